package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpServer;
import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bodies of a megabyte on one connection: copied at first, passed over once the agent knows what they are. */
@Tag("kernel")
class LargeBodyTest {
	private static final int BODY = 1 << 20;

	private final Pipeline pipeline = new Pipeline(new Dictionary(1000), PipelineOptions.standard(), pid -> 0);
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private long captured;

	@Test
	void largeBodies_arePassedOver_andEachRequestIsStillWhole() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", exchange -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
		byte[] body = new byte[BODY];
		HttpRequest plain = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build();
		HttpRequest chunked = HttpRequest.newBuilder(uri)
				.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))).build();
		try (KernelCapture capture = capture()) {
			pipeline.onBodies(capture::passOver);
			call(plain);
			assertWhole(spans(capture));
			assertTrue(captured > BODY, captured + " bytes of the first");
			for (int i = 0; i < 5; i++) {
				captured = 0;
				call(plain);
				assertWhole(spans(capture));
				assertTrue(captured < BODY / 4, captured + " bytes captured of a body of " + BODY + " sent both ways");
			}
			call(chunked); // its body's end may be missed: nobody has said yet that its bytes are needed
			spans(capture);
			captured = 0;
			call(chunked);
			assertWhole(spans(capture));
			assertTrue(captured > BODY / 4, "a body in chunks must be seen, and only " + captured + " bytes were");
		} finally {
			server.stop(0);
			threads.shutdown();
		}
	}

	private void call(HttpRequest request) throws IOException, InterruptedException {
		assertEquals(BODY, client.send(request, BodyHandlers.ofByteArray()).body().length);
	}

	/** Those of the server and of the client, once they are there. */
	private SpanTable spans(KernelCapture capture) {
		SpanTable all = pipeline.takeFinished();
		long end = System.nanoTime() + 5_000_000_000L;
		while (all.size() < 2 && System.nanoTime() < end) {
			capture.await(10_000_000);
			capture.reader().drain(record -> {
				captured += record.captured();
				pipeline.record(record);
			}, 100_000);
			pipeline.tick(System.nanoTime());
			SpanTable more = pipeline.takeFinished();
			for (int row = 0; row < more.size(); row++) {
				all.addCopy(more, row);
			}
		}
		return all;
	}

	private void assertWhole(SpanTable spans) {
		assertEquals(2, spans.size(), () -> "lost: " + pipeline.losses().snapshot());
		for (int row = 0; row < 2; row++) {
			assertEquals(200, spans.status.get(row));
			assertFalse(spans.has(row, SpanTable.INCOMPLETE), () -> "lost: " + pipeline.losses().snapshot());
		}
	}

	private static KernelCapture capture() {
		try {
			return KernelCapture.open(CaptureOptions.defaults().withRingBytes(64 << 20)
					.withPids(Set.of((int) ProcessHandle.current().pid())));
		} catch (CaptureException e) {
			return abort(e.getMessage());
		}
	}
}
