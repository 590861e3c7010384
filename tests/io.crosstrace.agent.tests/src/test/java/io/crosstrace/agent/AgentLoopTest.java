package io.crosstrace.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.SpanExport;
import io.crosstrace.agent.export.SpanWriter;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.agent.serve.Heard;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.ConnectionState;
import io.crosstrace.wire.proto.Route;
import io.crosstrace.wire.proto.Routes;
import io.crosstrace.wire.proto.Welcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From captured records to a client and a span file, in one process. */
@Timeout(60)
class AgentLoopTest {
	private static final int GATEWAY = 100;
	private static final int ORDERS = 200;

	private final Replay replay = new Replay();
	private final Dictionary names = new Dictionary(10_000);
	private final Heard heard = new Heard();
	private List<Routes> told = List.of();

	@Test
	void callOverTwoServices_isOneTraceAtTheClientAndInTheFile(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("spans.jsonl");
		SpanTable spans;
		try (SpanWriter writer = SpanWriter.open(file, "test-host")) {
			spans = run(List.of(writer), 3);
		}
		int call = row(spans, SpanIds.client(21, 0));
		int served = row(spans, SpanIds.server(SpanIds.client(21, 0)));
		int first = 3 - call - served;
		assertEquals("gateway", spans.names.text(spans.service.get(first)));
		assertEquals("gateway", spans.names.text(spans.service.get(call)));
		assertEquals("orders", spans.names.text(spans.service.get(served)));
		assertEquals(spans.spanId.get(call), spans.parentId.get(served), "across services: exact");
		assertEquals(spans.spanId.get(first), spans.parentId.get(call), "inside a service: inferred");
		long now = System.currentTimeMillis() * 1_000_000;
		assertTrue(Math.abs(now - spans.startNanos.get(first)) < 60_000_000_000L, "times are Unix times");

		List<String> lines = Files.readAllLines(file);
		assertEquals(3, lines.size());
		assertEquals(1, lines.stream().map(line -> field(line, "trace")).distinct().count(), "one trace id");
		String callLine = lines.stream().filter(line -> line.contains("\"kind\":\"client\"")).findAny().orElseThrow();
		assertEquals("gateway", field(callLine, "service"));
		assertEquals("/orders/17", field(callLine, "path").replaceFirst("^http://[^/]*", ""));
		assertTrue(callLine.contains("\"status\":200"), callLine);

		StringWriter out = new StringWriter();
		int exit = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
				.execute("correlate", "--input", file.toString(), "--score");
		assertEquals(0, exit, out.toString());
	}

	@Test
	void routesToldByAClient_nameTheRequestsOfTheirService() throws Exception {
		told = List.of(Routes.newBuilder().setService("orders").addRoute(Route.newBuilder().setVerbs("GET")
				.setTemplate("/orders/{orderId}").setPattern("/orders/[^/]+/?")).build());
		SpanTable spans = run(List.of(), 3);
		int served = row(spans, SpanIds.server(SpanIds.client(21, 0)));
		assertEquals("GET /orders/{orderId}", spans.names.text(spans.operation.get(served)));
		assertEquals("/orders/{orderId}", spans.attribute(served, "http.route"));
	}

	@Test
	void exporterThatFails_endsAloneAndIsCounted() throws Exception {
		SpanExport full = new SpanExport() {
			@Override
			public void write(SpanTable spans) throws IOException {
				if (spans.size() > 0) {
					throw new IOException("No space left on device");
				}
			}

			@Override
			public void close() {
			}
		};
		run(List.of(full), 3);
		heard.until(h -> h.lastHealth() != null && h.lastHealth().lost().containsKey("spans not written: the exporter failed"));
		assertEquals(3, heard.lastHealth().lost().get("spans not written: the exporter failed"));
	}

	@Test
	void partThatDecides_endsTheAgentWithItsOwnEnd() throws Exception {
		SpanExport broken = new SpanExport() {
			@Override
			public void write(SpanTable spans) {
				throw new NoClassDefFoundError("com/example/Missing");
			}

			@Override
			public void close() {
			}
		};
		try (AgentServer server = new AgentServer(new AgentServer.Options(new InetSocketAddress("127.0.0.1", 0), "", null),
				Welcome.getDefaultInstance())) {
			server.start("replay");
			AgentLoop loop = new AgentLoop(replay, names, PipelineOptions.standard(), new ServiceNames(names, List.of()),
					server, List.of(broken), true);
			var e = assertThrows(IllegalStateException.class, () -> loop.run(0));
			assertTrue(e.getMessage().contains("com/example/Missing"), e.getMessage());
		}
	}

	@Test
	void health_tellsLossesApartFromFacts() throws Exception {
		run(List.of(), 3);
		heard.until(h -> h.lastHealth() != null && h.lastHealth().spans() == 3);
		assertEquals(2, heard.lastHealth().lost().get("records lost: the ring was full"));
		assertEquals(3, heard.lastHealth().counters().get("options written"));
		assertEquals("replay", heard.lastHealth().provider());
		assertEquals("replay", heard.agent().provider());
		assertNotEquals(0, heard.lastHealth().memoryBytes());
		assertNotEquals(0, heard.lastHealth().events());
	}

	/** Plays one request over two services; returns what the client got. */
	private SpanTable run(List<SpanExport> exports, int expected) throws Exception {
		ServiceNames services = new ServiceNames(names, List.of(GATEWAY + "=gateway", ORDERS + "=orders"));
		try (AgentServer server = new AgentServer(new AgentServer.Options(new InetSocketAddress("127.0.0.1", 0), "", null),
				Welcome.getDefaultInstance())) {
			server.start("replay");
			AgentLoop loop = new AgentLoop(replay, names, PipelineOptions.standard(), services, server, exports, true);
			Thread thread = new Thread(() -> loop.run(0), "loop");
			thread.start();
			try (AgentConnection connection = AgentConnection.connect(AgentAddress.plain("127.0.0.1", server.port(), ""),
					"test", new Dictionary(1000), heard)) {
				heard.until(ConnectionState.CONNECTED);
				connection.tell(told);
				heard.until(h -> server.routes().services() == told.size());
				replay.play(this::request);
				heard.until(h -> h.count() == expected);
				loop.stop();
				thread.join();
				heard.until(h -> h.lastHealth() != null && h.lastHealth().spans() == expected);
				return heard.spans();
			} finally {
				loop.stop();
				thread.join();
			}
		}
	}

	private void request() {
		Captured.Connection in = replay.wire.open(1, "127.0.0.1:8080", "127.0.0.1:40000", false).process(GATEWAY, 101);
		Captured.Connection out = replay.wire.open(2, "127.0.0.1:40001", "127.0.0.1:8081", true).process(GATEWAY, 101)
				.nonces(21, 22);
		Captured.Connection served = replay.wire.open(3, "127.0.0.1:8081", "127.0.0.1:40001", false).process(ORDERS, 201)
				.nonces(22, 21);
		String ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
		in.nonces(12, 11).receives("GET /shop/17 HTTP/1.1\r\nHost: shop\r\n\r\n");
		out.sends("GET /orders/17 HTTP/1.1\r\nHost: orders\r\n\r\n");
		served.receives("GET /orders/17 HTTP/1.1\r\nHost: orders\r\n\r\n").sends(ok);
		out.receives(ok);
		in.sends(ok);
	}

	private static int row(SpanTable spans, long id) {
		for (int row = 0; row < spans.size(); row++) {
			if (spans.spanId.get(row) == id) {
				return row;
			}
		}
		throw new AssertionError("no span " + Long.toHexString(id));
	}

	private static String field(String line, String name) {
		var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(line);
		return found.find() ? found.group(1) : "";
	}
}
