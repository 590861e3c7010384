package io.crosstrace.agent.serve;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.crosstrace.agent.routes.RouteTable;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.SpanEncoder;
import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.Health;
import io.crosstrace.wire.proto.SpanBatch;
import io.crosstrace.wire.proto.Watch;
import io.crosstrace.wire.proto.Welcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Listens for clients and sends them what the agent sees. {@link #publish} and {@link #health} are for one
 * thread, the agent's loop, and never wait for a client; a client has two threads of its own.
 */
public final class AgentServer implements AutoCloseable {
	/**
	 * Where and how to listen.
	 *
	 * @param token empty to let everybody in
	 * @param tls null for none
	 */
	public record Options(InetSocketAddress address, String token, ServerTls tls) {
	}

	static final int MAX_CLIENTS = 16;
	/** Connections in all: clients, and strangers that have not said Hello yet. */
	private static final int MAX_CONNECTIONS = 48;
	private static final long REPLAY_BYTES = 16 << 20;
	/** Keeps a batch well below {@link Frames#MAX_FROM_AGENT} with spans of ordinary size. */
	private static final int MAX_BATCH_SPANS = 2_000;
	private static final int MAX_BATCH_BYTES = Frames.MAX_FROM_AGENT - (64 << 10);
	private static final int SWEEP_MILLIS = 500;

	private final Options options;
	private final ServerSocket listening;
	private volatile Welcome identity;
	private final SpanStream stream;
	private final TokenGate gate;
	private final ServeCounters counters = new ServeCounters();
	private final RouteTable routes = new RouteTable();
	private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
	private final SpanEncoder encoder = new SpanEncoder();
	private final Thread acceptor;
	private volatile Consumer<Watch> watch = program -> { };
	private volatile boolean closed;

	/**
	 * Binds the port; clients are let in from {@link #start} on.
	 *
	 * @param identity who the agent is; version, stream and place in the stream are filled in here
	 * @throws ServeException if the port is taken or not ours, or the address is not safe to listen on as asked
	 */
	public AgentServer(Options options, Welcome identity) throws ServeException {
		this(options, identity, REPLAY_BYTES);
	}

	AgentServer(Options options, Welcome identity, long replayBytes) throws ServeException {
		this.options = options;
		stream = new SpanStream(replayBytes);
		gate = new TokenGate(options.token());
		byte[] streamId = new byte[8];
		new SecureRandom().nextBytes(streamId);
		this.identity = identity.toBuilder().setVersion(Frames.VERSION)
				.setStream(HexFormat.of().formatHex(streamId)).build();
		listening = listen(options);
		acceptor = new Thread(this::accept, "CrossTrace accept");
		acceptor.setDaemon(true);
	}

	private static ServerSocket listen(Options options) throws ServeException {
		InetAddress address = options.address().getAddress();
		if (address == null) {
			throw new ServeException("The address to listen on, " + options.address().getHostString()
					+ ", is not known on this host.");
		}
		if (!address.isLoopbackAddress() && (options.token().isEmpty() || options.tls() == null)) {
			throw new ServeException("The agent listens on " + address.getHostAddress() + " with TLS and a token "
					+ "only, because others can reach it there. Drop --no-token and --no-tls, or listen on 127.0.0.1.");
		}
		ServerSocket socket = null;
		try {
			socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.setSoTimeout(SWEEP_MILLIS);
			socket.bind(options.address(), 50);
			return socket;
		} catch (BindException e) {
			close(socket);
			String where = address.getHostAddress() + ":" + options.address().getPort();
			String problem = String.valueOf(e.getMessage());
			if (problem.contains("in use")) {
				throw new ServeException("Port " + where + " is taken, perhaps by another CrossTrace agent. "
						+ "Stop it, or choose another port with --listen.");
			}
			throw new ServeException("The agent cannot listen on " + where + ": " + problem
					+ ". Choose another address with --listen.");
		} catch (IOException e) {
			close(socket);
			throw new ServeException("The agent cannot listen on " + options.address() + ": " + e.getMessage()
					+ ". Choose another address with --listen.");
		}
	}

	/**
	 * Lets clients in.
	 *
	 * @param provider how the kernel's events are captured, known only after the port was bound
	 */
	public void start(String provider) {
		identity = identity.toBuilder().setProvider(provider).build();
		acceptor.start();
	}

	/** The port bound; useful when asked for port 0. */
	public int port() {
		return listening.getLocalPort();
	}

	/**
	 * Sends spans to all clients.
	 *
	 * @param unixOffsetNanos what to add to the table's times to make them Unix time
	 */
	public void publish(SpanTable spans, long unixOffsetNanos) {
		for (int row = 0; row < spans.size(); row += MAX_BATCH_SPANS) {
			publish(spans, row, Math.min(spans.size(), row + MAX_BATCH_SPANS), unixOffsetNanos);
		}
	}

	private void publish(SpanTable spans, int fromRow, int toRow, long unixOffsetNanos) {
		SpanBatch batch = encoder.encode(spans, fromRow, toRow, stream.nextSpan(), unixOffsetNanos);
		FromAgent message = FromAgent.newBuilder().setBatch(batch).build();
		if (message.getSerializedSize() <= MAX_BATCH_BYTES) {
			stream.append(delimited(message), toRow - fromRow);
		} else if (toRow - fromRow > 1) {
			int middle = (fromRow + toRow) >>> 1;
			publish(spans, fromRow, middle, unixOffsetNanos);
			publish(spans, middle, toRow, unixOffsetNanos);
		} else {
			counters.tooLarge.incrementAndGet();
		}
	}

	/** Sends health to all clients, with the server's own counters added. */
	public void health(Health.Builder health) {
		health.setSpans(stream.nextSpan()).setClients(clients()).putAllCounters(counters.byName());
		if (counters.tooLarge.get() > 0) {
			health.putLost("spans too large to send", counters.tooLarge.get());
		}
		stream.health(delimited(FromAgent.newBuilder().setHealth(health).build()));
	}

	/** What clients said the services' routes are. */
	public RouteTable routes() {
		return routes;
	}

	/** @param listener hears, on a client's thread, of each program that a client wants watched and named */
	public void onWatch(Consumer<Watch> listener) {
		watch = listener;
	}

	void watch(Watch program) {
		watch.accept(program);
	}

	/** Clients welcomed and still there. */
	public int clients() {
		int clients = 0;
		for (ClientSession session : sessions) {
			clients += session.welcomed() ? 1 : 0;
		}
		return clients;
	}

	/** What happened on the socket since the start, by name. */
	public Map<String, Long> counters() {
		return counters.byName();
	}

	/** Lets clients have what is there, for up to a second, and hangs up. */
	@Override
	public void close() {
		closed = true;
		close(listening);
		joinAcceptor();
		stream.close();
		long until = System.nanoTime() + 1_000_000_000L;
		for (ClientSession session : sessions) {
			session.finish(until);
		}
	}

	/** The kernel lets the port go only when no thread is inside accept any more. */
	private void joinAcceptor() {
		try {
			acceptor.join(2 * SWEEP_MILLIS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void accept() {
		while (!closed) {
			try {
				Socket socket = listening.accept();
				if (sessions.size() >= MAX_CONNECTIONS) {
					counters.turnedAway.incrementAndGet();
					socket.close();
					continue;
				}
				ClientSession session = new ClientSession(this, socket);
				sessions.add(session);
				session.start();
			} catch (SocketTimeoutException e) {
				sweep();
			} catch (IOException e) {
				if (!closed) {
					sleepAfterFailure(); // out of file descriptors, most likely: it may pass
				}
			}
		}
	}

	private void sweep() {
		long now = System.nanoTime();
		for (ClientSession session : sessions) {
			if (session.overdue(now)) {
				counters.turnedAway.incrementAndGet();
				session.hangUp();
			}
		}
	}

	private static void sleepAfterFailure() {
		try {
			Thread.sleep(SWEEP_MILLIS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	SpanStream stream() {
		return stream;
	}

	ServeCounters serveCounters() {
		return counters;
	}

	TokenGate gate() {
		return gate;
	}

	ServerTls tls() {
		return options.tls();
	}

	Welcome identity() {
		return identity;
	}

	boolean closing() {
		return closed;
	}

	void gone(ClientSession session) {
		sessions.remove(session);
	}

	/** The bytes of a message behind its length. */
	static byte[] delimited(MessageLite message) {
		int size = message.getSerializedSize();
		byte[] frame = new byte[CodedOutputStream.computeUInt32SizeNoTag(size) + size];
		CodedOutputStream out = CodedOutputStream.newInstance(frame);
		try {
			out.writeUInt32NoTag(size);
			message.writeTo(out);
		} catch (IOException e) {
			throw new UncheckedIOException(e); // an array of the right size does not fail
		}
		return frame;
	}

	static void close(java.io.Closeable socket) {
		if (socket != null) {
			try {
				socket.close();
			} catch (IOException e) {
				// it is gone either way
			}
		}
	}
}
