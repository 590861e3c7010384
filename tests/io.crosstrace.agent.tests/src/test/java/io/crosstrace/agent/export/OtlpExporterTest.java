package io.crosstrace.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OtlpExporterTest {
	private final List<TracesData> received = new CopyOnWriteArrayList<>();
	private final List<Headers> headers = new CopyOnWriteArrayList<>();
	private final CountDownLatch answer = new CountDownLatch(1);
	private volatile int status = 200;
	private HttpServer collector;

	@BeforeEach
	void start() throws Exception {
		collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/v1/traces", exchange -> {
			headers.add(exchange.getRequestHeaders());
			boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			received.add(TracesData.parseFrom(zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()));
			try {
				answer.await();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		collector.start();
	}

	@AfterEach
	void stop() {
		answer.countDown();
		collector.stop(0);
	}

	@Test
	void spans_arriveAtTheCollector() {
		answer.countDown();
		try (OtlpExporter exporter = exporter()) {
			exporter.write(spans(3));
		}
		assertEquals(1, received.size());
		assertEquals(3, received.get(0).getResourceSpans(0).getScopeSpans(0).getSpansCount());
		assertTrue(received.get(0).getResourceSpans(0).getResource().toString().contains("host.name"));
	}

	@Test
	void collectorThatHangs_costsSpansNotTime() {
		OtlpExporter exporter = exporter();
		long before = System.nanoTime();
		for (int i = 0; i < 10; i++) {
			exporter.write(spans(100));
		}
		assertTrue(System.nanoTime() - before < 5_000_000_000L);
		assertEquals(600, exporter.losses().get("spans not exported: the OTLP endpoint was too slow"));
		answer.countDown();
		exporter.close();
	}

	@Test
	void collectorThatRefuses_isCounted() {
		answer.countDown();
		status = 400;
		OtlpExporter exporter = exporter();
		exporter.write(spans(5));
		exporter.close();
		assertEquals(1, received.size());
		assertEquals(5, exporter.losses().get("spans not exported: the OTLP endpoint refused them"));
	}

	@Test
	void collectorThatIsBusy_isAskedAgain() throws Exception {
		answer.countDown();
		status = 503;
		OtlpExporter exporter = exporter();
		exporter.write(spans(5));
		for (int i = 0; i < 1_000 && received.isEmpty(); i++) {
			Thread.sleep(10);
		}
		status = 200;
		for (int i = 0; i < 1_000 && received.size() < 2; i++) {
			Thread.sleep(10);
		}
		exporter.close();
		assertEquals(2, received.size());
		assertEquals(0, exporter.losses().get("spans not exported: the OTLP endpoint refused them"));
	}

	@Test
	void variablesOfOpenTelemetry_areHeeded() {
		answer.countDown();
		Map<String, String> variables = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url() + "/",
				"OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b,x=1", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
				"OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging");
		try (OtlpExporter exporter = new OtlpExporter(OtlpOptions.of(null, null, variables::get), Map.of())) {
			exporter.write(spans(1));
		}
		assertEquals("a b", headers.get(0).getFirst("api-key"));
		assertEquals("gzip", headers.get(0).getFirst("Content-Encoding"));
		assertTrue(received.get(0).toString().contains("staging"));
	}

	@Test
	void nothingIsExported_unlessSomebodyAsksForIt() {
		assertNull(OtlpOptions.of(null, null, name -> null));
		assertNull(OtlpOptions.of(null, null, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url(), "OTEL_TRACES_EXPORTER", "none")::get));
		assertEquals("http://localhost:4317", OtlpOptions.of(null, null, Map.of("OTEL_TRACES_EXPORTER", "otlp",
				"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")::get).endpoint().toString());
		assertEquals("http://c:1/own", OtlpOptions.of(null, null, Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:1/own",
				"OTEL_EXPORTER_OTLP_ENDPOINT", "http://d:2")::get).endpoint().toString());
	}

	@Test
	void spans_arriveByGrpc_withHeaders_andWhatTheCollectorRejectsIsCounted() throws Exception {
		List<String> keys = new CopyOnWriteArrayList<>();
		List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
				.intercept(new ServerInterceptor() {
					@Override
					public <A, B> ServerCall.Listener<A> interceptCall(ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
						keys.add(headers.get(Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER)));
						return next.startCall(call, headers);
					}
				}).addService(new TraceServiceGrpc.TraceServiceImplBase() {
					@Override
					public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> out) {
						requests.add(request);
						out.onNext(ExportTraceServiceResponse.newBuilder()
								.setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(2)).build());
						out.onCompleted();
					}
				}).build().start();
		try {
			OtlpExporter exporter = new OtlpExporter(OtlpOptions.of("http://127.0.0.1:" + server.getPort(), "grpc",
					Map.of("OTEL_EXPORTER_OTLP_HEADERS", "api-key=k", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")::get),
					Map.of("host.name", "h"));
			exporter.write(spans(7));
			exporter.close();
			assertEquals(7, requests.get(0).getResourceSpans(0).getScopeSpans(0).getSpansCount());
			assertEquals(List.of("k"), keys);
			assertEquals(2, exporter.losses().get("spans not exported: the OTLP endpoint refused them"));
		} finally {
			server.shutdownNow();
		}
	}

	@Test
	void addressThatIsNone_isRefusedInWords() {
		for (String bad : new String[] { "localhost:4318", "ftp://x", "http://", "a b" }) {
			var e = assertThrows(IllegalArgumentException.class, () -> OtlpOptions.http(bad));
			assertTrue(e.getMessage().contains("--otlp-endpoint"), e.getMessage());
		}
	}

	private OtlpExporter exporter() {
		return new OtlpExporter(OtlpOptions.http(url()), Map.of("host.name", "h"));
	}

	private String url() {
		return "http://127.0.0.1:" + collector.getAddress().getPort();
	}

	private static SpanTable spans(int count) {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 1; i <= count; i++) {
			int row = spans.add();
			spans.spanId.set(row, i);
			spans.traceIdLow.set(row, 1);
			spans.kind.set(row, SpanTable.SERVER);
			spans.service.set(row, spans.names.id("orders"));
			spans.startNanos.set(row, i);
			spans.endNanos.set(row, i + 1);
		}
		return spans;
	}
}
