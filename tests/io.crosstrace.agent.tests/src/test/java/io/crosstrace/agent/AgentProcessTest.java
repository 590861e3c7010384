package io.crosstrace.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.crosstrace.agent.bpf.KernelCheck;
import io.crosstrace.agent.serve.Heard;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.ConnectionState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a person meets it: what it says when it cannot, what it sees when it can, what it leaves behind. */
@Timeout(180)
class AgentProcessTest {
	private static final int REQUESTS = 50;

	@TempDir
	private Path folder;

	@Test
	void wrongOptions_endWithAClearSentence() throws Exception {
		expect(2, "--listen wants", "run", "--listen", "127.0.0.1:notaport");
		expect(2, "--service wants", AgentProcess.run(folder, "--service", "orders"));
		expect(2, "--tls-key", AgentProcess.run(folder, "--tls-cert", "x.pem"));
		expect(2, "--otlp-endpoint wants", AgentProcess.run(folder, "--otlp-endpoint", "localhost"));
	}

	@Test
	void portTaken_endsWithAClearSentenceBeforeAnythingIsLoaded() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			expect(1, "is taken", "run", "--state-dir", folder.resolve("state").toString(), "--listen",
					"127.0.0.1:" + taken.getLocalPort());
		}
	}

	@Test
	void offLoopbackWithoutToken_isRefused() throws Exception {
		expect(1, "TLS and a token", "run", "--state-dir", folder.resolve("state").toString(), "--listen", "0.0.0.0:0",
				"--no-token");
	}

	@Test
	void withoutRights_saysWhichAndHowToGetThem() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
		assumeTrue("root".equals(System.getProperty("user.name")), "only root can become nobody");
		// nobody must reach the classes and the state folder, which lie below root's folders
		Path open = Files.createDirectory(folder.resolve("open"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (AgentProcess agent = new AgentProcess(open, List.of("/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"),
				AgentProcess.run(open))) {
			int exit = agent.exit();
			assertEquals(1, exit, agent.text());
			assertTrue(agent.text().contains("lacks") && agent.text().contains("root"), agent.text());
			assertFalse(agent.text().contains("Exception"), agent.text());
		}
	}

	@Test
	@Tag("kernel")
	void liveTraffic_arrivesAsTracesAndSigtermLeavesNothingBehind() throws Exception {
		assumeTrue(KernelCheck.canCapture(KernelCheck.run()), "capturing is refused here");
		Path file = folder.resolve("spans.jsonl");
		long self = ProcessHandle.current().pid();
		try (AgentProcess agent = new AgentProcess(folder, List.of(), AgentProcess.run(folder, "--pid",
				Long.toString(self), "--service", self + "=shop", "--spans-out", file.toString()))) {
			Heard heard = new Heard();
			try (AgentConnection connection = AgentConnection.connect(agent.address(), "test", new Dictionary(10_000), heard)) {
				heard.until(ConnectionState.CONNECTED);
				twoHops();
				// client, front, client, back: four spans a request
				heard.until(h -> h.count() >= 4 * REQUESTS);
				heard.until(h -> h.lastHealth() != null && h.lastHealth().spans() >= 4 * REQUESTS);
				assertFalse(heard.agent().provider().isEmpty());
				assertJoined(heard.spans());
			}
			long before = System.nanoTime();
			agent.process.destroy(); // SIGTERM
			agent.exit();
			assertTrue(System.nanoTime() - before < 8_000_000_000L, "stopping took long: " + agent.text());
		}
		List<String> lines = Files.readAllLines(file).stream().filter(line -> line.contains("/back/")).toList();
		assertEquals(2 * REQUESTS, lines.size(), "the span file has every call and its answer");
		assertTrue(lines.stream().allMatch(line -> line.endsWith("}}")), "whole lines");
	}

	@Test
	@Tag("kernel")
	void killedAgent_harmsNobodyAndCanStartAgain() throws Exception {
		assumeTrue(KernelCheck.canCapture(KernelCheck.run()), "capturing is refused here");
		String pid = Long.toString(ProcessHandle.current().pid());
		try (AgentProcess agent = new AgentProcess(folder, List.of(), AgentProcess.run(folder, "--pid", pid))) {
			agent.address();
			agent.process.destroyForcibly().waitFor(); // SIGKILL
		}
		twoHops(); // throws if a request fails
		Files.delete(folder.resolve("port"));
		try (AgentProcess again = new AgentProcess(folder, List.of(), AgentProcess.run(folder, "--pid", pid,
				"--seconds", "2"))) {
			again.address();
			assertEquals(0, again.exit(), again.text());
		}
	}

	/** REQUESTS requests to a front server that calls a back server for each. */
	private static void twoHops() throws Exception {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpServer back = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		back.createContext("/back", exchange -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		front.createContext("/front", exchange -> {
			String id = exchange.getRequestURI().getPath().substring("/front/".length());
			try {
				int status = get(client, back, "/back/" + id);
				exchange.sendResponseHeaders(status, -1);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			exchange.close();
		});
		back.start();
		front.start();
		try {
			for (int i = 0; i < REQUESTS; i++) {
				assertEquals(204, get(client, front, "/front/" + (1000 + i)));
			}
		} finally {
			front.stop(0);
			back.stop(0);
		}
	}

	private static int get(HttpClient client, HttpServer server, String path) throws java.io.IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
		return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
	}

	/** Each server span hangs below the client span of the same path; the calls to /back below the right request. */
	private static void assertJoined(SpanTable spans) {
		Map<Long, Integer> rows = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			rows.put(spans.spanId.get(row), row);
		}
		int exact = 0;
		int inferred = 0;
		for (int row = 0; row < spans.size(); row++) {
			Integer parent = rows.get(spans.parentId.get(row));
			String id = id(spans, row);
			if (id.isEmpty() || parent == null) {
				continue;
			}
			if (spans.isRequest(row)) {
				assertEquals(path(spans, parent), path(spans, row), "joined to another call");
				exact++;
			} else if (path(spans, row).startsWith("/back/")) {
				assertTrue(id.equals(id(spans, parent)), path(spans, row) + " below " + path(spans, parent));
				inferred++;
			}
		}
		assertEquals(2 * REQUESTS, exact, "across services");
		assertTrue(inferred >= REQUESTS * 9 / 10, "only " + inferred + " of " + REQUESTS + " calls found their request");
	}

	private static String path(SpanTable spans, int row) {
		String path = spans.attribute(row, "url.path");
		return path.isEmpty() ? spans.attribute(row, "url.full").replaceFirst("^http://[^/]*", "") : path;
	}

	private static String id(SpanTable spans, int row) {
		String path = path(spans, row);
		return path.startsWith("/front/") || path.startsWith("/back/") ? path.substring(path.lastIndexOf('/') + 1) : "";
	}

	private void expect(int exit, String words, String... arguments) throws Exception {
		try (AgentProcess agent = new AgentProcess(folder, List.of(), arguments)) {
			assertEquals(exit, agent.exit(), agent.text());
			assertTrue(agent.text().contains(words), agent.text());
			assertFalse(agent.text().contains("\tat "), "a stack trace: " + agent.text());
		}
	}
}
