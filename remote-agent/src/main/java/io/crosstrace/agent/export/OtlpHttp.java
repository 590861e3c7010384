package io.crosstrace.agent.export;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** OTLP over HTTP with protobuf (OTLP specification 1.x, "OTLP/HTTP"). */
final class OtlpHttp implements OtlpSender {
	/** The specification's retryable codes. */
	private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

	private final OtlpOptions options;
	private final HttpClient client;

	/** @param trust null for the run-time's own authorities */
	OtlpHttp(OtlpOptions options, SSLContext trust) {
		this.options = options;
		HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(options.timeout());
		if (trust != null) {
			builder.sslContext(trust);
		}
		client = builder.build();
	}

	@Override
	public CompletableFuture<Answer> send(byte[] request) {
		HttpRequest.Builder post = HttpRequest.newBuilder(options.endpoint()).timeout(options.timeout())
				.header("Content-Type", "application/x-protobuf");
		options.headers().forEach(post::header);
		if (options.gzip()) {
			post.header("Content-Encoding", "gzip");
		}
		post.POST(BodyPublishers.ofByteArray(options.gzip() ? zipped(request) : request));
		return client.sendAsync(post.build(), BodyHandlers.ofByteArray())
				.handle((response, failure) -> failure == null ? answer(response) : Answer.of(Outcome.UNREACHABLE));
	}

	private static Answer answer(HttpResponse<byte[]> response) {
		if (response.statusCode() / 100 != 2) {
			return Answer.of(PASSING.contains(response.statusCode()) ? Outcome.TRY_AGAIN : Outcome.REFUSED);
		}
		try {
			return new Answer(Outcome.ACCEPTED,
					ExportTraceServiceResponse.parseFrom(response.body()).getPartialSuccess().getRejectedSpans());
		} catch (InvalidProtocolBufferException e) {
			return Answer.of(Outcome.ACCEPTED); // said to be well, in words we do not know
		}
	}

	private static byte[] zipped(byte[] bytes) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
		try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
			zip.write(bytes);
		} catch (IOException e) {
			throw new UncheckedIOException(e); // memory does not fail
		}
		return out.toByteArray();
	}

	@Override
	public void close() {
		client.shutdownNow();
	}
}
