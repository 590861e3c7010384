package io.crosstrace.agent.export;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** OTLP over gRPC (OTLP specification 1.x, "OTLP/gRPC"). */
final class OtlpGrpc implements OtlpSender {
	private static final MethodDescriptor<byte[], ExportTraceServiceResponse> EXPORT = MethodDescriptor
			.<byte[], ExportTraceServiceResponse>newBuilder().setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
			.setRequestMarshaller(new Bytes()).setResponseMarshaller(new Response()).build();
	/** The specification's retryable codes. */
	private static final Set<Status.Code> PASSING = EnumSet.of(Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED,
			Status.Code.RESOURCE_EXHAUSTED, Status.Code.ABORTED, Status.Code.OUT_OF_RANGE, Status.Code.DATA_LOSS);

	private final OtlpOptions options;
	private final ManagedChannel channel;
	private final Channel calls;

	/** @param trust null for the run-time's own authorities */
	OtlpGrpc(OtlpOptions options, SSLContext trust) {
		this.options = options;
		URI endpoint = options.endpoint();
		boolean tls = "https".equals(endpoint.getScheme());
		OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(endpoint.getHost(),
				endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80);
		if (!tls) {
			builder.usePlaintext();
		} else if (trust != null) {
			builder.sslSocketFactory(trust.getSocketFactory());
		}
		channel = builder.build();
		Metadata headers = new Metadata();
		options.headers().forEach((name, value) -> headers.put(
				Metadata.Key.of(name.toLowerCase(java.util.Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER), value));
		calls = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
	}

	@Override
	public CompletableFuture<Answer> send(byte[] request) {
		CallOptions call = CallOptions.DEFAULT.withDeadlineAfter(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
		if (options.gzip()) {
			call = call.withCompression("gzip");
		}
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		Futures.addCallback(ClientCalls.futureUnaryCall(calls.newCall(EXPORT, call), request), new FutureCallback<>() {
			@Override
			public void onSuccess(ExportTraceServiceResponse response) {
				answer.complete(new Answer(Outcome.ACCEPTED, response.getPartialSuccess().getRejectedSpans()));
			}

			@Override
			public void onFailure(Throwable failure) {
				Status.Code code = Status.fromThrowable(failure).getCode();
				answer.complete(Answer.of(code == Status.Code.UNAVAILABLE ? Outcome.UNREACHABLE
						: PASSING.contains(code) ? Outcome.TRY_AGAIN : Outcome.REFUSED));
			}
		}, MoreExecutors.directExecutor());
		return answer;
	}

	@Override
	public void close() {
		channel.shutdownNow();
	}

	/** The request is made of columns elsewhere; here it is bytes. */
	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}

	private static final class Response implements MethodDescriptor.Marshaller<ExportTraceServiceResponse> {
		@Override
		public InputStream stream(ExportTraceServiceResponse value) {
			return value.toByteString().newInput();
		}

		@Override
		public ExportTraceServiceResponse parse(InputStream stream) {
			try {
				return ExportTraceServiceResponse.parseFrom(stream);
			} catch (IOException e) {
				throw Status.INTERNAL.withDescription("not an answer of OTLP").withCause(e).asRuntimeException();
			}
		}
	}
}
