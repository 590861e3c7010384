package io.crosstrace.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OtlpExporterTest {
	private final List<TracesData> received = new CopyOnWriteArrayList<>();
	private final CountDownLatch answer = new CountDownLatch(1);
	private volatile int status = 200;
	private HttpServer collector;

	@BeforeEach
	void start() throws Exception {
		collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/v1/traces", exchange -> {
			received.add(TracesData.parseFrom(exchange.getRequestBody().readAllBytes()));
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
		status = 503;
		OtlpExporter exporter = exporter();
		exporter.write(spans(5));
		exporter.close();
		assertEquals(5, exporter.losses().get("spans not exported: the OTLP endpoint refused them"));
	}

	@Test
	void addressThatIsNone_isRefusedInWords() {
		for (String bad : new String[] { "localhost:4318", "ftp://x", "http://", "a b" }) {
			var e = assertThrows(IllegalArgumentException.class, () -> new OtlpExporter(bad, Map.of()));
			assertTrue(e.getMessage().contains("--otlp-endpoint"), e.getMessage());
		}
	}

	private OtlpExporter exporter() {
		return new OtlpExporter("http://127.0.0.1:" + collector.getAddress().getPort(), Map.of("host.name", "h"));
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
