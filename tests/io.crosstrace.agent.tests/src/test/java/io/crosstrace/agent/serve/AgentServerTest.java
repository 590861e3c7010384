package io.crosstrace.agent.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.RandomSpans;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.ConnectionState;
import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.FromClient;
import io.crosstrace.wire.proto.Health;
import io.crosstrace.wire.proto.Hello;
import io.crosstrace.wire.proto.Reject;
import io.crosstrace.wire.proto.Resume;
import io.crosstrace.wire.proto.Welcome;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's socket as clients, slow clients and strangers meet it. */
@Timeout(60)
class AgentServerTest {
	private static final String TOKEN = "the right one";

	private final List<AutoCloseable> open = new ArrayList<>();
	private final Dictionary names = new Dictionary(1000);
	private long nextId = 1;

	@AfterEach
	void closeAll() throws Exception {
		for (int i = open.size() - 1; i >= 0; i--) {
			open.get(i).close();
		}
	}

	@Test
	void client_getsEverySpanInOrder() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		connect(server, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
		for (int i = 0; i < 50; i++) {
			publish(server, 100);
		}
		heard.until(h -> h.count() == 5000);
		assertEquals(LongStream.rangeClosed(1, 5000).boxed().toList(), heard.spanIds());
		assertEquals(0, heard.gaps());
		assertEquals("test-host", heard.agent().hostName());
	}

	@Test
	void largeTable_isCutIntoMessagesThatAreAllowed() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		connect(server, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
		SpanTable spans = new SpanTable(names);
		String path = "/" + "x".repeat(8_000);
		for (int i = 0; i < 3_000; i++) {
			spans.spanId.set(spans.add(), nextId++);
			spans.addAttribute(names.id("url.path"), spans.values.id(path + i));
		}
		server.publish(spans, 0);
		heard.until(h -> h.count() + h.gaps() == 3_000);
		assertEquals(3_000, heard.count() + heard.gaps());
		assertTrue(heard.count() > 500);
	}

	@Test
	void brokenConnection_isResumedWithoutLoss() throws Exception {
		AgentServer server = server(TOKEN, null);
		try (CuttingProxy proxy = new CuttingProxy(server.port())) {
			Heard heard = new Heard();
			open.add(AgentConnection.connect(AgentAddress.plain("127.0.0.1", proxy.port(), TOKEN), "test", names, heard));
			heard.until(ConnectionState.CONNECTED);
			int sent = 0;
			for (int cut = 0; cut < 5; cut++) {
				int before = sent;
				for (int i = 0; i < 20; i++) {
					publish(server, 10);
					sent += 10;
				}
				heard.until(h -> h.count() > before);
				proxy.cut();
				publish(server, 10); // while nobody listens
				sent += 10;
				heard.until(h -> h.agent().resumed());
			}
			int all = sent;
			heard.until(h -> h.count() >= all);
			assertEquals(LongStream.rangeClosed(1, all).boxed().toList(), heard.spanIds());
			assertEquals(0, heard.gaps());
		}
	}

	@Test
	void clientThatWasAwayTooLong_isToldHowManySpansItMissed() throws Exception {
		AgentServer server = server(TOKEN, null, 20_000);
		String stream;
		try (Socket first = hello(server, Hello.newBuilder().setToken(TOKEN))) {
			stream = receive(first).getWelcome().getStream();
		}
		while (server.clients() > 0) {
			Thread.onSpinWait(); // or it would miss spans, too
		}
		for (int i = 0; i < 100; i++) {
			publish(server, 100);
		}
		Socket again = hello(server, Hello.newBuilder().setToken(TOKEN)
				.setResume(Resume.newBuilder().setStream(stream).setNextSpan(0)));
		assertTrue(receive(again).getWelcome().getResumed());
		FromAgent gap = receive(again);
		assertTrue(gap.hasGap(), "the first thing told is what is missing");
		assertEquals(0, gap.getGap().getFirstSpan());
		FromAgent batch = receive(again);
		assertEquals(gap.getGap().getSpans(), batch.getBatch().getFirstSpan());
		assertEquals(gap.getGap().getSpans(), server.counters().get("spans a client was too slow for"));
	}

	@Test
	void resumeBeyondTheEnd_startsAtTheEnd() throws Exception {
		AgentServer server = server(TOKEN, null);
		publish(server, 5);
		String stream = receive(hello(server, Hello.newBuilder().setToken(TOKEN))).getWelcome().getStream();
		Socket odd = hello(server, Hello.newBuilder().setToken(TOKEN)
				.setResume(Resume.newBuilder().setStream(stream).setNextSpan(-1)));
		long start = receive(odd).getWelcome().getNextSpan();
		assertTrue(start == 0 || start == 5, "started at " + start);
	}

	/** The client reads nothing for as long as it takes to overflow every buffer; then it reads on. */
	@Test
	void clientThatStopsReading_slowsNobodyAndGetsAGap() throws Exception {
		AgentServer server = server(TOKEN, null, 1 << 20);
		Socket stuck = hello(server, Hello.newBuilder().setToken(TOKEN));
		assertTrue(receive(stuck).hasWelcome());
		Heard quick = new Heard();
		connect(server, TOKEN, quick);
		quick.until(ConnectionState.CONNECTED);
		SpanTable spans = RandomSpans.table(new Random(1), names, 1000);
		long slowest = 0;
		int rounds = 300;
		for (int i = 0; i < rounds; i++) {
			long before = System.nanoTime();
			server.publish(spans, 0);
			slowest = Math.max(slowest, System.nanoTime() - before);
			int sent = (i + 1) * 1000;
			quick.until(h -> h.count() + h.gaps() >= sent); // the quick one keeps up with each batch
		}
		assertEquals(0, quick.gaps());
		assertTrue(slowest < 2_000_000_000L, "publishing took " + slowest / 1_000_000 + " ms");

		long received = 0;
		long missed = 0;
		InputStream in = stuck.getInputStream();
		while (received + missed < rounds * 1000L) {
			FromAgent next = FromAgent.parseFrom(Frames.read(in, Frames.MAX_FROM_AGENT));
			received += next.getBatch().getSize();
			missed += next.getGap().getSpans();
		}
		assertEquals(rounds * 1000L, received + missed);
		assertTrue(missed > 0, "300 MB fitted somewhere");
	}

	@Test
	void wrongToken_isRejectedWithWhatToDo() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		connect(server, "a wrong one", heard);
		heard.until(ConnectionState.REJECTED);
		assertTrue(heard.reason().contains("token file"), heard.reason());
		assertEquals(1, server.counters().get("clients with a wrong token"));
	}

	@Test
	void manyWrongTokens_areKeptOutForAWhile() throws Exception {
		AgentServer server = server(TOKEN, null);
		for (int i = 0; i < TokenGate.TRIES; i++) {
			Socket wrong = hello(server, Hello.newBuilder().setToken("guess " + i));
			assertEquals(Reject.Code.WRONG_TOKEN, receive(wrong).getReject().getCode());
		}
		Socket right = hello(server, Hello.newBuilder().setToken(TOKEN));
		assertEquals(Reject.Code.TOO_MANY_TRIES, receive(right).getReject().getCode());
	}

	@Test
	void tokenGate_opensAgainAfterTheWait() throws Exception {
		TokenGate gate = new TokenGate(TOKEN);
		var from = java.net.InetAddress.getLoopbackAddress();
		for (int i = 0; i < TokenGate.TRIES; i++) {
			assertEquals(TokenGate.Answer.WRONG, gate.ask(from, "no", i));
		}
		assertEquals(TokenGate.Answer.TOO_MANY_TRIES, gate.ask(from, TOKEN, 100));
		assertEquals(TokenGate.Answer.RIGHT, gate.ask(from, TOKEN, TokenGate.PERIOD_NANOS + 101));
	}

	@Test
	void anotherVersion_isRejectedWithWhatToDo() throws Exception {
		AgentServer server = server(TOKEN, null);
		Socket socket = hello(server, Hello.newBuilder().setToken(TOKEN).setVersion(99));
		Reject reject = receive(socket).getReject();
		assertEquals(Reject.Code.WRONG_VERSION, reject.getCode());
		assertTrue(reject.getMessage().contains("Update the agent"), reject.getMessage());
	}

	@Test
	void garbage_isCountedAndHarmsNobody() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		connect(server, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
		long seed = System.nanoTime();
		System.out.println("AgentServerTest seed " + seed);
		Random random = new Random(seed);
		byte[] noise = new byte[5_000];
		random.nextBytes(noise);
		byte[] endlessLength = new byte[100];
		Arrays.fill(endlessLength, (byte) 0xff);
		byte[] half = { 100, 1, 2, 3 };
		byte[][] strangers = { "GET / HTTP/1.1\r\nHost: agent\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
				{ 0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc }, noise, endlessLength, half,
				{ (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07 }, { 0 } };
		for (byte[] bytes : strangers) {
			try (Socket socket = new Socket("127.0.0.1", server.port())) {
				socket.setSoTimeout(5_000);
				socket.getOutputStream().write(bytes);
				socket.shutdownOutput();
				try {
					socket.getInputStream().readAllBytes(); // a reject or nothing, then the end
				} catch (java.net.SocketException e) {
					// reset: also an end
				}
			}
		}
		publish(server, 3);
		heard.until(h -> h.count() == 3);
		assertEquals(strangers.length, server.counters().get("clients not understood"));
	}

	@Test
	void strangerThatSaysNothing_isSentAway() throws Exception {
		AgentServer server = server(TOKEN, null);
		try (Socket silent = new Socket("127.0.0.1", server.port())) {
			silent.setSoTimeout(10_000);
			assertEquals(-1, silent.getInputStream().read());
		}
		assertEquals(1, server.counters().get("clients turned away"));
	}

	@Test
	void garbageAfterTheWelcome_endsThatClientOnly() throws Exception {
		AgentServer server = server(TOKEN, null);
		Socket bad = hello(server, Hello.newBuilder().setToken(TOKEN));
		assertTrue(receive(bad).hasWelcome());
		bad.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII));
		while (bad.getInputStream().read() >= 0) {
			// up to the end
		}
		Heard heard = new Heard();
		connect(server, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
	}

	@Test
	void tls_carriesSpansToAClientThatPinsTheCertificate(@TempDir Path folder) throws Exception {
		ServerTls tls = ServerTls.selfMade(new Secrets(folder.resolve("state")), "test-host");
		AgentServer server = server(TOKEN, tls);
		Heard heard = new Heard();
		open.add(AgentConnection.connect(AgentAddress.pinned("127.0.0.1", server.port(), TOKEN, tls.fingerprint()),
				"test", names, heard));
		heard.until(ConnectionState.CONNECTED);
		publish(server, 100);
		heard.until(h -> h.count() == 100);
		assertEquals(tls.fingerprint(), ServerTls.selfMade(new Secrets(folder.resolve("state")), "x").fingerprint(),
				"the certificate stays the same when the agent starts again");
	}

	@Test
	void wrongCertificate_isNotTrustedAndGetsNoToken(@TempDir Path folder) throws Exception {
		ServerTls tls = ServerTls.selfMade(new Secrets(folder.resolve("state")), "test-host");
		AgentServer server = server(TOKEN, tls);
		Heard heard = new Heard();
		AgentConnection connection = AgentConnection.connect(
				AgentAddress.pinned("127.0.0.1", server.port(), TOKEN, "00".repeat(32)), "test", names, heard);
		open.add(connection);
		heard.until(ConnectionState.UNTRUSTED);
		assertEquals(tls.fingerprint(), connection.offeredFingerprint(), "what to show a person");
		assertEquals(0, server.counters().get("clients welcomed"));
	}

	@Test
	void unknownAuthority_isNotTrusted(@TempDir Path folder) throws Exception {
		ServerTls tls = ServerTls.selfMade(new Secrets(folder.resolve("state")), "test-host");
		AgentServer server = server(TOKEN, tls);
		Heard heard = new Heard();
		open.add(AgentConnection.connect(new AgentAddress("127.0.0.1", server.port(), TOKEN, true, "", ""), "test",
				names, heard));
		heard.until(ConnectionState.UNTRUSTED);
		assertTrue(heard.reason().contains("fingerprint"), heard.reason());
	}

	@Test
	void knownAuthority_isTrustedForItsHostName(@TempDir Path folder) throws Exception {
		Secrets secrets = new Secrets(folder.resolve("state"));
		AgentServer server = server(TOKEN, ServerTls.selfMade(secrets, "test-host"));
		String pem = java.nio.file.Files.readString(secrets.certificateFile());
		Heard heard = new Heard();
		open.add(AgentConnection.connect(new AgentAddress("localhost", server.port(), TOKEN, true, "", pem), "test",
				names, heard));
		heard.until(ConnectionState.CONNECTED);
	}

	@Test
	void tlsClientOfAPlainAgent_isToldSo() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		open.add(AgentConnection.connect(AgentAddress.pinned("127.0.0.1", server.port(), TOKEN, "00".repeat(32)),
				"test", names, heard));
		heard.until(ConnectionState.WAITING);
		assertTrue(heard.reason().contains("TLS"), heard.reason());
	}

	@Test
	void takenPort_isOneClearSentence() throws Exception {
		AgentServer server = server(TOKEN, null);
		ServeException e = assertThrows(ServeException.class, () -> new AgentServer(new AgentServer.Options(
				new InetSocketAddress("127.0.0.1", server.port()), TOKEN, null), Welcome.getDefaultInstance()));
		assertTrue(e.getMessage().contains("is taken"), e.getMessage());
		assertTrue(e.getMessage().contains("--listen"), e.getMessage());
	}

	@Test
	void offLoopback_plainOrOpenIsRefused() {
		for (String token : new String[] { TOKEN, "" }) {
			ServeException e = assertThrows(ServeException.class, () -> new AgentServer(new AgentServer.Options(
					new InetSocketAddress("0.0.0.0", 0), token, null), Welcome.getDefaultInstance()));
			assertTrue(e.getMessage().contains("TLS and a token"), e.getMessage());
		}
	}

	@Test
	void health_arrivesWithTheServersOwnCounts() throws Exception {
		AgentServer server = server("", null);
		Heard heard = new Heard();
		connect(server, "", heard);
		heard.until(ConnectionState.CONNECTED);
		publish(server, 7);
		server.health(Health.newBuilder().setProvider("tp_btf").putLost("ring full", 3));
		heard.until(h -> h.lastHealth() != null);
		assertEquals(7, heard.lastHealth().spans());
		assertEquals(1, heard.lastHealth().clients());
		assertEquals(3, heard.lastHealth().lostTotal());
		assertEquals("tp_btf", heard.lastHealth().provider());
	}

	@Test
	void close_isPromptOnBothSides() throws Exception {
		AgentServer server = server(TOKEN, null);
		Heard heard = new Heard();
		AgentConnection connection = connect(server, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
		long before = System.nanoTime();
		connection.close();
		heard.until(ConnectionState.CLOSED);
		server.close();
		assertTrue(System.nanoTime() - before < 2_000_000_000L);
		assertEquals("Disconnected.", heard.reason());
	}

	@Test
	void stoppedAgent_isTriedAgainUntilItIsBack() throws Exception {
		AgentServer first = server(TOKEN, null);
		Heard heard = new Heard();
		connect(first, TOKEN, heard);
		heard.until(ConnectionState.CONNECTED);
		int port = first.port();
		first.close();
		heard.until(ConnectionState.WAITING);
		AgentServer second = new AgentServer(new AgentServer.Options(new InetSocketAddress("127.0.0.1", port), TOKEN,
				null), identity());
		open.add(second);
		publish(second, 4); // before the client is back
		second.start("replay");
		heard.until(ConnectionState.CONNECTED);
		assertFalse(heard.agent().resumed());
		heard.until(h -> h.count() == 4);
	}

	private AgentServer server(String token, ServerTls tls) throws ServeException {
		return server(token, tls, 16 << 20);
	}

	private AgentServer server(String token, ServerTls tls, long replayBytes) throws ServeException {
		AgentServer server = new AgentServer(new AgentServer.Options(new InetSocketAddress("127.0.0.1", 0), token, tls),
				identity(), replayBytes);
		open.add(server);
		server.start("replay");
		return server;
	}

	private static Welcome identity() {
		return Welcome.newBuilder().setAgentId("a1").setHostName("test-host").build();
	}

	private AgentConnection connect(AgentServer server, String token, Heard heard) {
		AgentConnection connection = AgentConnection.connect(AgentAddress.plain("127.0.0.1", server.port(), token),
				"test", names, heard);
		open.add(connection);
		return connection;
	}

	private void publish(AgentServer server, int count) {
		SpanTable spans = new SpanTable(names);
		for (int i = 0; i < count; i++) {
			spans.spanId.set(spans.add(), nextId++);
		}
		server.publish(spans, 0);
	}

	private Socket hello(AgentServer server, Hello.Builder hello) throws Exception {
		Socket socket = new Socket("127.0.0.1", server.port());
		open.add(socket);
		socket.setSoTimeout(10_000);
		if (hello.getVersion() == 0) {
			hello.setVersion(Frames.VERSION);
		}
		OutputStream out = socket.getOutputStream();
		FromClient.newBuilder().setHello(hello.setMagic(Frames.MAGIC)).build().writeDelimitedTo(out);
		return socket;
	}

	private static FromAgent receive(Socket socket) throws Exception {
		byte[] bytes = Frames.read(socket.getInputStream(), Frames.MAX_FROM_AGENT);
		assertTrue(bytes != null, "the agent hung up");
		return FromAgent.parseFrom(bytes);
	}
}
