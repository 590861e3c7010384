package io.crosstrace.wire.client;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.ProtocolException;
import io.crosstrace.wire.SpanDecoder;
import io.crosstrace.wire.proto.Ack;
import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.FromClient;
import io.crosstrace.wire.proto.Health;
import io.crosstrace.wire.proto.Hello;
import io.crosstrace.wire.proto.Reject;
import io.crosstrace.wire.proto.Resume;
import io.crosstrace.wire.proto.Routes;
import io.crosstrace.wire.proto.SpanBatch;
import io.crosstrace.wire.proto.Watch;
import io.crosstrace.wire.proto.Welcome;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Keeps one agent connected: opens the connection, opens it again when it breaks, goes on where it broke,
 * and hands what arrives to an {@link AgentListener}.
 *
 * <p>One daemon thread a connection. Methods may be called from any thread and never wait.
 */
public final class AgentConnection implements AutoCloseable {
	private static final int CONNECT_MILLIS = 5_000;
	/** Health comes once a second; ten missed ones are a dead agent or network. */
	private static final int SILENCE_MILLIS = 10_000;
	private static final long FIRST_RETRY_MILLIS = 250;
	private static final long LAST_RETRY_MILLIS = 10_000;

	private final AgentAddress address;
	private final String client;
	private final Dictionary names;
	private final AgentListener listener;
	private final Object lock = new Object();
	private volatile boolean closed;
	private volatile String offeredFingerprint = "";
	/** Replaced as wholes, so that a change is seen by identity. */
	private volatile List<Routes> routes = List.of();
	private volatile List<Watch> watches = List.of();
	/** Guarded by lock. */
	private Socket socket;

	/** The stream we are in and the span wanted next. Empty before the first welcome. Connection's thread only. */
	private String stream = "";
	private long nextSpan;
	private long retryMillis = FIRST_RETRY_MILLIS;

	private AgentConnection(AgentAddress address, String client, Dictionary names, AgentListener listener) {
		this.address = address;
		this.client = client;
		this.names = names;
		this.listener = listener;
	}

	/**
	 * Begins to connect and returns at once.
	 *
	 * @param client who we are, for the agent's log, such as "Eclipse on ada-laptop"
	 * @param names takes the names of all spans; may be shared by many connections
	 */
	public static AgentConnection connect(AgentAddress address, String client, Dictionary names,
			AgentListener listener) {
		AgentConnection connection = new AgentConnection(address, client, names, listener);
		Thread thread = new Thread(connection::run, "CrossTrace agent " + address.host() + ":" + address.port());
		thread.setDaemon(true);
		thread.start();
		return connection;
	}

	public AgentAddress address() {
		return address;
	}

	/**
	 * SHA-256 of the certificate the agent showed last, in hex; empty if it has shown none. After
	 * {@link ConnectionState#UNTRUSTED} a person can compare it with what the agent printed and connect anew
	 * with {@link AgentAddress#pinned}.
	 */
	public String offeredFingerprint() {
		return offeredFingerprint;
	}

	/**
	 * Tells the agent what routes services have, within a second, and again after each reconnect.
	 *
	 * @param all every service's routes, each message of at most {@value Frames#MAX_FROM_CLIENT} bytes
	 */
	public void tell(List<Routes> all) {
		routes = List.copyOf(all);
	}

	/** Tells the agent which programs to watch and what to call them, within a second, and again after each reconnect. */
	public void watch(List<Watch> all) {
		watches = List.copyOf(all);
	}

	/** Ends the connection; returns at once. The listener hears {@link ConnectionState#CLOSED} last. */
	@Override
	public void close() {
		synchronized (lock) {
			closed = true;
			lock.notifyAll();
			closeQuietly(socket); // wakes the thread out of connect, handshake or read
		}
	}

	private void run() {
		boolean again = true;
		while (again && !closed) {
			again = attempt();
		}
		if (closed) {
			listener.state(ConnectionState.CLOSED, "Disconnected.");
		}
	}

	/** One connection from opening to breaking. False if another try would end the same way. */
	private boolean attempt() {
		tell(ConnectionState.CONNECTING, "Connecting to " + where() + ".");
		try (Socket opened = open()) {
			converse(opened);
			return pause(where() + " closed the connection.");
		} catch (Rejected e) {
			if (e.mayPass) {
				return pause(e.getMessage());
			}
			tell(ConnectionState.REJECTED, e.getMessage());
			return false;
		} catch (PinnedTrust.Untrusted e) {
			tell(ConnectionState.UNTRUSTED, e.getMessage());
			return false;
		} catch (GeneralSecurityException e) {
			tell(ConnectionState.UNTRUSTED, "The certificates to trust cannot be used: " + e.getMessage());
			return false;
		} catch (IOException e) {
			return pause(inPlainWords(e));
		} catch (RuntimeException e) {
			return pause("A listener failed on what " + where() + " sent: " + e);
		} finally {
			synchronized (lock) {
				closeQuietly(socket); // also one that never came to be a connection
			}
		}
	}

	private Socket open() throws IOException, GeneralSecurityException {
		Socket plain = new Socket();
		use(plain);
		plain.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
		plain.setTcpNoDelay(true);
		plain.setSoTimeout(SILENCE_MILLIS);
		if (!address.tls()) {
			return plain;
		}
		PinnedTrust trust = new PinnedTrust(address);
		try {
			SSLSocket secure = trust.secure(plain);
			secure.startHandshake();
			return secure;
		} catch (SSLException e) {
			if (trust.refusal() != null) {
				throw trust.refusal();
			}
			throw e;
		} finally {
			offeredFingerprint = trust.offered();
		}
	}

	private void use(Socket plain) throws IOException {
		synchronized (lock) {
			socket = plain;
			if (closed) {
				closeQuietly(plain);
				throw new IOException("closed");
			}
		}
	}

	private void converse(Socket opened) throws IOException {
		OutputStream out = opened.getOutputStream();
		InputStream in = new BufferedInputStream(opened.getInputStream(), 1 << 16);
		Hello.Builder hello = Hello.newBuilder().setMagic(Frames.MAGIC).setVersion(Frames.VERSION)
				.setToken(address.token()).setClient(client);
		if (!stream.isEmpty()) {
			hello.setResume(Resume.newBuilder().setStream(stream).setNextSpan(nextSpan));
		}
		FromClient.newBuilder().setHello(hello).build().writeDelimitedTo(out);
		boolean welcomed = false;
		List<Routes> told = List.of();
		List<Watch> watched = List.of();
		while (!closed) {
			byte[] bytes = Frames.read(in, Frames.MAX_FROM_AGENT);
			if (bytes == null) {
				return;
			}
			FromAgent message = FromAgent.parseFrom(bytes);
			switch (message.getKindCase()) {
				case WELCOME -> {
					welcome(message.getWelcome());
					welcomed = true;
				}
				case REJECT -> throw new Rejected(message.getReject());
				default -> {
					if (!welcomed) {
						throw new ProtocolException("no welcome came first");
					}
				}
			}
			switch (message.getKindCase()) {
				case BATCH -> batch(message.getBatch());
				case GAP -> gapUpTo(message.getGap().getFirstSpan() + message.getGap().getSpans());
				case HEALTH -> {
					listener.health(health(message.getHealth()));
					FromClient.newBuilder().setAck(Ack.newBuilder().setNextSpan(nextSpan)).build().writeDelimitedTo(out);
					List<Watch> programs = watches;
					if (programs != watched) {
						watched = programs;
						for (Watch each : programs) {
							FromClient.newBuilder().setWatch(each).build().writeDelimitedTo(out);
						}
					}
					List<Routes> now = routes;
					if (now != told) {
						told = now;
						for (Routes each : now) {
							FromClient.newBuilder().setRoutes(each).build().writeDelimitedTo(out);
						}
					}
				}
				default -> { // a newer agent may say more than we know
				}
			}
		}
	}

	private void welcome(Welcome welcome) {
		if (!welcome.getResumed()) {
			nextSpan = welcome.getNextSpan();
		}
		stream = welcome.getStream();
		retryMillis = FIRST_RETRY_MILLIS;
		listener.welcome(new AgentInfo(welcome.getAgentId(), welcome.getAgentVersion(), welcome.getHostName(),
				welcome.getStream(), welcome.getProvider(), welcome.getStartedUnixNanos(), welcome.getResumed()));
		tell(ConnectionState.CONNECTED, "Connected to the agent on " + welcome.getHostName() + ".");
	}

	private void batch(SpanBatch batch) throws ProtocolException {
		if (batch.getFirstSpan() < nextSpan) {
			return; // sent twice
		}
		SpanTable spans = SpanDecoder.decode(batch, names);
		gapUpTo(batch.getFirstSpan());
		nextSpan += spans.size();
		listener.spans(spans);
	}

	private void gapUpTo(long firstSpan) {
		long missing = firstSpan - nextSpan;
		if (missing > 0) {
			nextSpan = firstSpan;
			listener.gap(missing);
		}
	}

	private static AgentHealth health(Health health) {
		return new AgentHealth(health.getUptimeMillis(), health.getProvider(), health.getSpans(),
				health.getSpansPerSecond(), health.getEvents(), health.getMemoryBytes(), health.getCpuNanos(),
				health.getClients(), health.getLostMap(), health.getCountersMap());
	}

	/** Waits before the next try, longer each time. Always true, so that a caller can return it. */
	private boolean pause(String reason) {
		long millis = retryMillis / 2 + ThreadLocalRandom.current().nextLong(retryMillis / 2 + 1);
		retryMillis = Math.min(LAST_RETRY_MILLIS, retryMillis * 2);
		tell(ConnectionState.WAITING, reason + " Trying again"
				+ (millis < 1_000 ? "." : " in " + (millis + 500) / 1_000 + " s."));
		long until = System.nanoTime() + millis * 1_000_000;
		synchronized (lock) {
			try {
				for (long left = millis; !closed && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
					lock.wait(left);
				}
			} catch (InterruptedException e) {
				closed = true;
			}
		}
		return true;
	}

	private void tell(ConnectionState state, String reason) {
		if (!closed) {
			listener.state(state, reason);
		}
	}

	private String where() {
		return address.host() + ":" + address.port();
	}

	private String inPlainWords(IOException e) {
		String message = String.valueOf(e.getMessage());
		if (e instanceof UnknownHostException) {
			return "The host " + address.host() + " is not known.";
		}
		if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
			return "Nothing answers at " + where() + " (" + message
					+ "). Is the agent running there, and is the port open?";
		}
		if (e instanceof SocketTimeoutException) {
			return where() + " does not answer.";
		}
		if (e instanceof SSLException && message.contains("Unsupported or unrecognized SSL message")) {
			return where() + " does not speak TLS. If it is a CrossTrace agent on this host, switch TLS off.";
		}
		if (e instanceof SSLException) {
			return "No TLS connection to " + where() + ": " + message + ".";
		}
		if (e instanceof ProtocolException || e instanceof com.google.protobuf.InvalidProtocolBufferException) {
			return where() + " does not speak CrossTrace's protocol, or needs TLS (" + message + ").";
		}
		if (e instanceof EOFException) {
			return where() + " closed the connection in the middle of a message.";
		}
		return "The connection to " + where() + " broke: " + message + ".";
	}

	private static void closeQuietly(Socket socket) {
		if (socket != null) {
			try {
				socket.close();
			} catch (IOException e) {
				// it is gone either way
			}
		}
	}

	private static final class Rejected extends IOException {
		private static final long serialVersionUID = 1L;
		/** Whether the same Hello may be welcome later. */
		final boolean mayPass;

		Rejected(Reject reject) {
			super(reject.getMessage());
			mayPass = switch (reject.getCode()) {
				case TOO_MANY_CLIENTS, TOO_MANY_TRIES, STOPPING -> true;
				default -> false;
			};
		}
	}
}
