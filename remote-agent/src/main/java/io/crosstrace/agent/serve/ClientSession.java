package io.crosstrace.agent.serve;

import com.google.protobuf.InvalidProtocolBufferException;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.ProtocolException;
import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.FromClient;
import io.crosstrace.wire.proto.Hello;
import io.crosstrace.wire.proto.Reject;
import io.crosstrace.wire.proto.Welcome;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * One connection, from its first byte to its last: a thread that reads what the client says, and once the
 * client is welcome, one that writes what it is owed. Whatever a stranger sends ends in a Reject or a close,
 * and in a counter.
 */
final class ClientSession {
	/** From accept to a good Hello. */
	private static final long HELLO_NANOS = 5_000_000_000L;
	/** A client acknowledges health once a second; one that has not for so long is gone or hangs. */
	private static final long SILENCE_NANOS = 60_000_000_000L;
	/** Read after a Reject, so that a close with unread bytes does not reset it away. */
	private static final int LINGER_BYTES = 64 << 10;

	private final AgentServer server;
	private final Socket plain;
	private final Thread reader = new Thread(this::converse, "CrossTrace client reader");
	private final Thread writer = new Thread(this::write, "CrossTrace client writer");
	private volatile boolean welcomed;
	private volatile long lastHeardNanos = System.nanoTime();
	/** The same as plain without TLS. Written before the writer starts. */
	private Socket socket;
	private long nextSpan;

	ClientSession(AgentServer server, Socket plain) {
		this.server = server;
		this.plain = plain;
	}

	void start() {
		reader.setDaemon(true);
		writer.setDaemon(true);
		reader.start();
	}

	boolean welcomed() {
		return welcomed;
	}

	boolean overdue(long nowNanos) {
		return nowNanos - lastHeardNanos > (welcomed ? SILENCE_NANOS : HELLO_NANOS);
	}

	/** Ends the session now; both threads wake from whatever they wait for. */
	void hangUp() {
		AgentServer.close(plain);
		writer.interrupt();
	}

	/** Ends the session once the client has everything, at {@code untilNanos} at the latest. */
	void finish(long untilNanos) {
		try {
			long millis = (untilNanos - System.nanoTime()) / 1_000_000;
			if (welcomed && millis > 0) {
				writer.join(millis);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		hangUp();
	}

	private void converse() {
		try {
			plain.setTcpNoDelay(true);
			socket = server.tls() == null ? plain : secure();
			InputStream in = new BufferedInputStream(socket.getInputStream());
			FromClient first = read(in);
			if (first == null) {
				return;
			}
			Reject refusal = judge(first);
			if (refusal != null) {
				reject(refusal, in);
				return;
			}
			welcome(first.getHello());
			FromClient more;
			while ((more = read(in)) != null) {
				lastHeardNanos = System.nanoTime();
				if (more.hasRoutes()) {
					server.routes().take(more.getRoutes());
				} else if (more.hasWatch()) {
					server.watch(more.getWatch());
				}
			}
		} catch (ProtocolException | InvalidProtocolBufferException e) {
			notUnderstood(e);
		} catch (EOFException | SSLException e) {
			server.serveCounters().notUnderstood.incrementAndGet();
		} catch (IOException e) {
			// the client is gone: nothing is lost that it could not ask for again
		} finally {
			hangUp();
			server.gone(this);
		}
	}

	private Socket secure() throws IOException {
		SSLSocket secure = (SSLSocket) server.tls().context().getSocketFactory()
				.createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
		secure.setUseClientMode(false);
		secure.setEnabledProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
		secure.startHandshake();
		return secure;
	}

	private static FromClient read(InputStream in) throws IOException {
		byte[] bytes = Frames.read(in, Frames.MAX_FROM_CLIENT);
		return bytes == null ? null : FromClient.parseFrom(bytes);
	}

	/** Null if the client is welcome. */
	private Reject judge(FromClient first) {
		ServeCounters counters = server.serveCounters();
		Hello hello = first.getHello();
		if (!first.hasHello() || hello.getMagic() != Frames.MAGIC) {
			counters.notUnderstood.incrementAndGet();
			return refusal(Reject.Code.NOT_UNDERSTOOD, "This port is a CrossTrace agent's; connect to it from the "
					+ "Agents view of CrossTrace in Eclipse.");
		}
		if (hello.getVersion() != Frames.VERSION) {
			counters.notUnderstood.incrementAndGet();
			boolean clientIsOlder = hello.getVersion() < Frames.VERSION;
			return refusal(Reject.Code.WRONG_VERSION, "The agent speaks version " + Frames.VERSION
					+ " of the protocol and the client version " + Integer.toUnsignedString(hello.getVersion())
					+ ". Update " + (clientIsOlder ? "CrossTrace in Eclipse." : "the agent."));
		}
		switch (server.gate().ask(plain.getInetAddress(), hello.getToken(), System.nanoTime())) {
			case WRONG -> {
				counters.wrongToken.incrementAndGet();
				return refusal(Reject.Code.WRONG_TOKEN, hello.getToken().isEmpty()
						? "The agent asks for a token. Copy it from the token file that the agent names at start."
						: "The token is wrong. Copy it from the token file that the agent names at start.");
			}
			case TOO_MANY_TRIES -> {
				counters.wrongToken.incrementAndGet();
				return refusal(Reject.Code.TOO_MANY_TRIES, "Too many wrong tokens came from this address. Wait "
						+ TokenGate.PERIOD_NANOS / 1_000_000_000 + " seconds.");
			}
			default -> {
			}
		}
		if (server.closing()) {
			return refusal(Reject.Code.STOPPING, "The agent is stopping.");
		}
		if (server.clients() >= AgentServer.MAX_CLIENTS) {
			counters.turnedAway.incrementAndGet();
			return refusal(Reject.Code.TOO_MANY_CLIENTS, "The agent has " + AgentServer.MAX_CLIENTS
					+ " clients already. Disconnect one.");
		}
		return null;
	}

	private static Reject refusal(Reject.Code code, String message) {
		return Reject.newBuilder().setCode(code).setMessage(message).build();
	}

	private void welcome(Hello hello) throws IOException {
		SpanStream stream = server.stream();
		boolean hasResume = hello.hasResume();
		boolean resumed = hasResume && hello.getResume().getStream().equals(server.identity().getStream());
		if (resumed) {
			nextSpan = Math.max(0, Math.min(hello.getResume().getNextSpan(), stream.nextSpan()));
		} else {
			// A client that followed an agent before this one started wants all there is since.
			nextSpan = hasResume ? stream.oldestSpan() : stream.nextSpan();
		}
		Welcome welcome = server.identity().toBuilder().setResumed(resumed).setNextSpan(nextSpan).build();
		lastHeardNanos = System.nanoTime();
		server.serveCounters().welcomed.incrementAndGet();
		welcomed = true; // before the client knows: what it asks next must find it counted
		socket.getOutputStream().write(AgentServer.delimited(FromAgent.newBuilder().setWelcome(welcome).build()));
		writer.start();
	}

	private void write() {
		ServeCounters counters = server.serveCounters();
		long healthSeen = 0;
		try {
			SpanStream.Next next;
			while ((next = server.stream().next(nextSpan, healthSeen)) != null) {
				socket.getOutputStream().write(next.frame());
				if (next.isGap()) {
					counters.gapSpans.addAndGet(next.nextSpan() - nextSpan);
				}
				counters.bytesSent.addAndGet(next.frame().length);
				nextSpan = next.nextSpan();
				healthSeen = next.healthSeen();
			}
		} catch (IOException e) {
			// the client is gone: the reader's thread learns it too, and cleans up
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			AgentServer.close(plain);
		}
	}

	private void notUnderstood(IOException problem) {
		server.serveCounters().notUnderstood.incrementAndGet();
		if (welcomed) {
			return; // the writer owns the stream now; a Reject could land inside a message
		}
		try {
			reject(refusal(Reject.Code.NOT_UNDERSTOOD, "This port is a CrossTrace agent's, and what came was not "
					+ "understood: " + problem.getMessage()), socket.getInputStream());
		} catch (IOException e) {
			// it would not have understood anyway
		}
	}

	private void reject(Reject refusal, InputStream in) throws IOException {
		socket.getOutputStream().write(AgentServer.delimited(FromAgent.newBuilder().setReject(refusal).build()));
		socket.shutdownOutput();
		plain.setSoTimeout(500);
		byte[] scrap = new byte[4 << 10];
		int read = 0;
		for (int n; read < LINGER_BYTES && (n = in.read(scrap)) > 0;) {
			read += n;
		}
	}
}
