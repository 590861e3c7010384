package io.crosstrace.agent.export;

import io.crosstrace.agent.export.OtlpSender.Answer;
import io.crosstrace.agent.export.OtlpSender.Outcome;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.OtlpSpans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends spans to an OpenTelemetry collector, over HTTP or gRPC. Never waits: while too many requests are under way,
 * spans are dropped and counted. A request that a busy collector turned away is sent again, with growing pauses, as
 * OTLP asks for.
 */
public final class OtlpExporter implements SpanExport {
	private static final int MOST_UNDER_WAY = 4;
	private static final int MOST_SPANS = 2_000;
	private static final int ATTEMPTS = 4;
	private static final long FIRST_PAUSE_MILLIS = 500;

	private final Map<String, String> resource;
	private final OtlpSender sender;
	private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
	private final AtomicLong tooSlow = new AtomicLong();
	private final AtomicLong refused = new AtomicLong();
	private final AtomicLong unreachable = new AtomicLong();
	private volatile boolean closing;

	/**
	 * @param resource attributes of every resource, such as host.name; those of the options are added
	 * @throws IllegalArgumentException if the certificate to trust cannot be read; the message can be shown
	 */
	public OtlpExporter(OtlpOptions options, Map<String, String> resource) {
		Map<String, String> all = new LinkedHashMap<>(options.resource());
		all.putAll(resource);
		this.resource = Map.copyOf(all);
		SSLContext trust = trust(options);
		sender = options.grpc() ? new OtlpGrpc(options, trust) : new OtlpHttp(options, trust);
	}

	private static SSLContext trust(OtlpOptions options) {
		if (options.certificate() == null) {
			return null;
		}
		try (InputStream pem = Files.newInputStream(options.certificate())) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				store.setCertificateEntry("ca" + store.size(), certificate);
			}
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return context;
		} catch (IOException | GeneralSecurityException e) {
			throw new IllegalArgumentException("The collector's certificate, " + options.certificate()
					+ ", cannot be used: " + e.getMessage() + ". OTEL_EXPORTER_OTLP_CERTIFICATE wants a file in PEM.", e);
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
			send(OtlpSpans.toOtlp(spans, row, end, resource).toByteArray(), count, 1);
		}
	}

	private void send(byte[] request, int count, int attempt) {
		sender.send(request).thenAccept(answer -> {
			boolean passing = answer.outcome() == Outcome.TRY_AGAIN || answer.outcome() == Outcome.UNREACHABLE;
			if (passing && attempt < ATTEMPTS && !closing) {
				CompletableFuture.delayedExecutor(FIRST_PAUSE_MILLIS << attempt - 1, TimeUnit.MILLISECONDS)
						.execute(() -> send(request, count, attempt + 1));
			} else {
				done(count, answer);
			}
		});
	}

	private void done(int count, Answer answer) {
		switch (answer.outcome()) {
			case ACCEPTED -> refused.addAndGet(answer.rejected());
			case REFUSED, TRY_AGAIN -> refused.addAndGet(count);
			case UNREACHABLE -> unreachable.addAndGet(count);
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
		closing = true;
		try {
			free.tryAcquire(MOST_UNDER_WAY, 3, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		sender.close();
	}
}
