package io.crosstrace.agent.export;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.OtlpSpans;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends spans to an OpenTelemetry collector: OTLP over HTTP, protobuf. Never waits: while too many requests are
 * under way, spans are dropped and counted. A request that fails is not repeated.
 */
public final class OtlpExporter implements SpanExport {
	private static final int MOST_UNDER_WAY = 4;
	private static final int MOST_SPANS = 2_000;
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final URI endpoint;
	private final Map<String, String> resource;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(TIMEOUT).build();
	private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
	private final AtomicLong tooSlow = new AtomicLong();
	private final AtomicLong refused = new AtomicLong();
	private final AtomicLong unreachable = new AtomicLong();

	/**
	 * @param endpoint base address as in OTEL_EXPORTER_OTLP_ENDPOINT; v1/traces is appended unless it is there
	 * @param resource attributes of every resource, such as host.name
	 * @throws IllegalArgumentException if it is no http or https address; the message can be shown
	 */
	public OtlpExporter(String endpoint, Map<String, String> resource) {
		this.resource = Map.copyOf(resource);
		try {
			URI base = URI.create(endpoint);
			if (base.getHost() == null || !"http".equals(base.getScheme()) && !"https".equals(base.getScheme())) {
				throw new IllegalArgumentException(endpoint);
			}
			this.endpoint = endpoint.endsWith("/v1/traces") ? base
					: URI.create(endpoint.replaceFirst("/+$", "") + "/v1/traces");
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("--otlp-endpoint wants an address such as http://localhost:4318, not '"
					+ endpoint + "'.", e);
		}
	}

	@Override
	public void write(SpanTable spans) {
		for (int row = 0; row < spans.size(); row += MOST_SPANS) {
			int end = Math.min(spans.size(), row + MOST_SPANS);
			int count = end - row;
			if (!free.tryAcquire()) {
				tooSlow.addAndGet(count);
				continue;
			}
			// TracesData and ExportTraceServiceRequest are the same bytes.
			HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT)
					.header("Content-Type", "application/x-protobuf")
					.POST(BodyPublishers.ofByteArray(OtlpSpans.toOtlp(spans, row, end, resource).toByteArray())).build();
			client.sendAsync(request, BodyHandlers.discarding())
					.whenComplete((response, failure) -> done(count, response, failure));
		}
	}

	private void done(int count, HttpResponse<Void> response, Throwable failure) {
		if (failure != null) {
			unreachable.addAndGet(count);
		} else if (response.statusCode() / 100 != 2) {
			refused.addAndGet(count);
		}
		free.release();
	}

	@Override
	public Map<String, Long> losses() {
		Map<String, Long> losses = new LinkedHashMap<>();
		losses.put("spans not exported: the OTLP endpoint was too slow", tooSlow.get());
		losses.put("spans not exported: the OTLP endpoint refused them", refused.get());
		losses.put("spans not exported: the OTLP endpoint was not reached", unreachable.get());
		return losses;
	}

	/** Gives what is under way three seconds. */
	@Override
	public void close() {
		try {
			free.tryAcquire(MOST_UNDER_WAY, 3, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
