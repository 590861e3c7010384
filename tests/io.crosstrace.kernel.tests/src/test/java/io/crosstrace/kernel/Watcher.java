package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.capture.CaptureRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** An agent that watches this test's process and keeps what it saw, by connection. */
final class Watcher implements AutoCloseable {
	/** One end of a connection, as its address and ports tell it. */
	record End(InetAddress local, int localPort, InetAddress peer, int peerPort, int active) {
		boolean isPeerOf(End other) {
			return localPort == other.peerPort && peerPort == other.localPort && local.equals(other.peer)
					&& peer.equals(other.local);
		}
	}

	/** One send or receive. */
	record Moved(long nanos, int direction, long offset, long nonce, int sequence, int total, int pid, int tid,
			byte[] payload, long readConnection, long readOffset, long wokeConnection, long wokeOffset, int wokeHops,
			int wokeAgeMicros) {
	}

	/** Everything seen of one end. */
	static final class Connection {
		final End end;
		final List<Moved> moved = new ArrayList<>();
		boolean closed;

		Connection(End end) {
			this.end = end;
		}

		List<Moved> moved(int direction) {
			return moved.stream().filter(m -> m.direction == direction).toList();
		}

		long bytes(int direction) {
			return moved(direction).stream().mapToLong(Moved::total).sum();
		}
	}

	final KernelCapture capture;
	final Map<Long, Connection> connections = new HashMap<>();
	long withoutOpen;
	private final Thread drainer;
	private volatile boolean stopped;
	private Throwable failure;

	private Watcher(KernelCapture capture) {
		this.capture = capture;
		drainer = new Thread(this::drain, "drainer");
		drainer.start();
	}

	/** Watches this process; skips the test if that is not possible here. */
	static Watcher ofThisProcess() {
		return of(CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid())));
	}

	static Watcher of(CaptureOptions options) {
		try {
			return new Watcher(KernelCapture.open(options.withRingBytes(64 << 20)));
		} catch (CaptureException e) {
			return abort(e.getMessage());
		}
	}

	/** Skips the test on kernels before 6.12 or so, where such connections are joined by address and sequence number. */
	void assumeOldConnectionsJoin() {
		assumeTrue(oldConnectionsJoin(), "this kernel switches the option on for new connections only");
	}

	boolean oldConnectionsJoin() {
		return capture.counters().get("connections older than the agent, refused by the kernel") == 0;
	}

	private void drain() {
		try {
			while (!stopped) {
				capture.await(5_000_000);
				synchronized (this) {
					while (capture.reader().drain(this::keep, 10_000) > 0) {
						continue;
					}
				}
			}
		} catch (Throwable t) {
			failure = t;
		}
	}

	private void keep(CaptureRecord record) {
		ByteBuffer buffer = record.buffer();
		byte[] payload = new byte[record.captured()];
		buffer.get(record.payloadAt(), payload);
		Connection connection = connections.get(record.connection());
		switch (record.kind()) {
			case CaptureRecord.OPEN -> connections.put(record.connection(), new Connection(end(payload)));
			case CaptureRecord.DATA -> {
				if (connection == null) {
					withoutOpen++;
				} else {
					connection.moved.add(new Moved(record.nanos(), record.direction(), record.offset(), record.nonce(),
							record.sequence(), record.total(), record.pid(), record.tid(), payload,
							record.readConnection(), record.readOffset(), record.wokeConnection(), record.wokeOffset(),
							record.wokeHops(), record.wokeAgeMicros()));
				}
			}
			case CaptureRecord.CLOSE -> {
				if (connection != null) {
					connection.closed = true;
				}
			}
			default -> throw new IllegalStateException("a record of kind " + record.kind());
		}
	}

	private static End end(byte[] conn) {
		ByteBuffer in = ByteBuffer.wrap(conn).order(ByteOrder.nativeOrder());
		int family = in.getShort(0);
		return new End(address(conn, 8, family), in.getShort(2) & 0xffff, address(conn, 24, family),
				in.getShort(4) & 0xffff, conn[6]);
	}

	private static InetAddress address(byte[] conn, int at, int family) {
		byte[] bytes = new byte[family == 2 ? 4 : 16];
		System.arraycopy(conn, at, bytes, 0, bytes.length);
		try {
			return InetAddress.getByAddress(bytes);
		} catch (UnknownHostException e) {
			throw new AssertionError(e);
		}
	}

	/** Waits until {@code condition} holds for what was seen; fails after ten seconds. */
	void await(String what, BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + 10_000_000_000L;
		while (true) {
			synchronized (this) {
				if (failure != null) {
					throw new AssertionError("the drainer died", failure);
				}
				if (condition.getAsBoolean()) {
					return;
				}
				assertTrue(System.nanoTime() < end, () -> "not seen in 10 s: " + what + "; " + capture.counters());
			}
			Thread.sleep(5); // for the drainer, which naps between looks at the ring
		}
	}

	/** The ends whose local port is {@code port}: those of a server. */
	synchronized List<Connection> local(int port) {
		return connections.values().stream().filter(c -> c.end.localPort == port).toList();
	}

	/** The other end of a connection, if it was seen. */
	synchronized Connection peerOf(Connection connection) {
		return connections.values().stream().filter(c -> c.end.isPeerOf(connection.end)).findAny().orElse(null);
	}

	@Override
	public void close() throws InterruptedException {
		stopped = true;
		drainer.join();
		capture.close();
	}
}
