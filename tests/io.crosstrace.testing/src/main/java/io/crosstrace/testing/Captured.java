package io.crosstrace.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.capture.Sink;

/**
 * Captured traffic without a kernel: writes records as the capture programs would and hands each to a
 * {@link Sink}. Every record is {@link #STEP_NANOS} after the one before.
 * <pre>
 * Captured wire = new Captured(pipeline);
 * Captured.Connection c = wire.open(1, "10.0.0.1:4000", "10.0.0.2:80", true);
 * c.sends("GET / HTTP/1.1\r\n\r\n").receives("HTTP/1.1 204 No Content\r\n\r\n").closes();
 * </pre>
 */
public final class Captured {
	public static final long STEP_NANOS = 1_000_000;
	private static final int MAX_PAYLOAD = 65535;

	private final Sink sink;
	private final ByteBuffer buffer = ByteBuffer.allocate(CaptureRecord.HEADER_BYTES + MAX_PAYLOAD)
			.order(ByteOrder.nativeOrder());
	private final CaptureRecord record = new CaptureRecord();
	private long nanos;
	private int lost;
	private long readConnection;
	private long readOffset;
	private long wokeConnection;
	private long wokeOffset;
	private int wokeHops;
	private boolean wokeLater;

	public Captured(Sink sink) {
		this.sink = sink;
	}

	/** The time of the last record. */
	public long nanos() {
		return nanos;
	}

	/** Lets {@code more} nanoseconds pass before the next record. */
	public Captured later(long more) {
		nanos += more;
		return this;
	}

	/** The ring was full {@code times} times before the next record. */
	public Captured lost(int times) {
		lost += times;
		return this;
	}

	/**
	 * Writes an OPEN record for a new socket.
	 *
	 * @param local "address:port", IPv6 in brackets
	 * @param active this end connected
	 */
	public Connection open(long cookie, String local, String peer, boolean active) {
		Connection c = unopened(cookie);
		c.open(local, peer, active ? 1 : 0);
		return c;
	}

	/** A connection whose OPEN record is never seen unless {@link Connection#open} is called. */
	public Connection unopened(long cookie) {
		return new Connection(cookie);
	}

	private void header(int kind, int direction, long cookie, long offset, long nonce, int pid, int tid, int sequence,
			int total, int captured) {
		nanos += STEP_NANOS;
		buffer.putLong(0, nanos).putLong(8, cookie).putLong(16, offset).putLong(24, nonce);
		buffer.putInt(32, pid).putInt(36, tid).putInt(40, sequence).putInt(44, total);
		buffer.putShort(48, (short) captured).put(50, (byte) kind).put(51, (byte) direction).putInt(52, lost);
		for (int i = 56; i < CaptureRecord.HEADER_BYTES; i++) {
			buffer.put(i, (byte) 0);
		}
		if (kind == CaptureRecord.DATA && direction == CaptureRecord.SENT) {
			buffer.putLong(56, readConnection).putLong(64, readOffset).putLong(72, wokeConnection).putLong(80, wokeOffset);
			buffer.putShort(88, (short) wokeHops).putShort(90, (short) (wokeLater ? 1 : 0));
		}
	}

	/** Threads that send from now on had received this byte last; cookie 0: nothing. */
	public Captured read(long cookie, long offset) {
		readConnection = cookie;
		readOffset = offset;
		return this;
	}

	/** Threads that send from now on were woken by somebody who, {@code hops} wakers ago, had received this byte. */
	public Captured woke(long cookie, long offset, int hops, boolean later) {
		wokeConnection = cookie;
		wokeOffset = offset;
		wokeHops = hops;
		wokeLater = later;
		return this;
	}

	private void emit() {
		sink.record(record.wrap(buffer, 0));
	}

	/** One end of a TCP connection. Setters hold for the records that follow. */
	public final class Connection {
		private final long cookie;
		private final long[] offset = new long[2];
		private final long[] nonce = new long[2];
		private final int[] firstSequence = { 1000, 5000 };
		private int pid = 10;
		private int tid = 11;
		private int limit = MAX_PAYLOAD;

		private Connection(long cookie) {
			this.cookie = cookie;
		}

		/** @param active 1 this end connected, 0 it accepted, 2 not known */
		public Connection open(String local, String peer, int active) {
			header(CaptureRecord.OPEN, 0, cookie, 0, 0, pid, tid, 0, 48, 48);
			for (int i = 0; i < 48; i++) {
				buffer.put(CaptureRecord.HEADER_BYTES + i, (byte) 0);
			}
			int at = CaptureRecord.HEADER_BYTES;
			byte[] from = address(local);
			byte[] to = address(peer);
			buffer.putShort(at, (short) (from.length == 4 ? 2 : 10));
			buffer.putShort(at + 2, (short) port(local)).putShort(at + 4, (short) port(peer));
			buffer.put(at + 6, (byte) active);
			buffer.put(at + 8, from).put(at + 24, to);
			emit();
			return this;
		}

		public Connection process(int newPid, int newTid) {
			pid = newPid;
			tid = newTid;
			return this;
		}

		/** Nonces of the two directions; 0 is unknown. */
		public Connection nonces(long sent, long received) {
			nonce[CaptureRecord.SENT] = sent;
			nonce[CaptureRecord.RECEIVED] = received;
			return this;
		}

		/** TCP sequence numbers of offset 0 of the two directions. */
		public Connection sequences(int sent, int received) {
			firstSequence[CaptureRecord.SENT] = sent;
			firstSequence[CaptureRecord.RECEIVED] = received;
			return this;
		}

		/** At most {@code bytes} of each call are captured from now on. */
		public Connection limit(int bytes) {
			limit = bytes;
			return this;
		}

		/** The next records start at these stream offsets, as on a connection older than the agent. */
		public Connection joinedAt(long sent, long received) {
			offset[CaptureRecord.SENT] = sent;
			offset[CaptureRecord.RECEIVED] = received;
			return this;
		}

		public Connection sends(String text) {
			return moves(CaptureRecord.SENT, text.getBytes(StandardCharsets.ISO_8859_1));
		}

		public Connection receives(String text) {
			return moves(CaptureRecord.RECEIVED, text.getBytes(StandardCharsets.ISO_8859_1));
		}

		/** One call that moved {@code bytes}; the first of them are captured, up to the limit. */
		public Connection moves(int direction, byte[] bytes) {
			at(direction, offset[direction], bytes, bytes.length);
			offset[direction] += bytes.length;
			return this;
		}

		/** One call that moved {@code total} bytes of which none was captured, as sendfile does. */
		public Connection movesUnseen(int direction, int total) {
			at(direction, offset[direction], new byte[0], total);
			offset[direction] += total;
			return this;
		}

		/** {@code bytes} moved, but their record was lost. */
		public Connection loses(int direction, long bytes) {
			offset[direction] += bytes;
			return this;
		}

		/** A record at any offset, as when it comes late or twice. Does not move the stream on. */
		public Connection at(int direction, long from, byte[] bytes, int total) {
			int captured = Math.min(bytes.length, limit);
			header(CaptureRecord.DATA, direction, cookie, from, nonce[direction], pid, tid,
					firstSequence[direction] + (int) from, total, captured);
			buffer.put(CaptureRecord.HEADER_BYTES, bytes, 0, captured);
			emit();
			return this;
		}

		public Connection closes() {
			header(CaptureRecord.CLOSE, 0, cookie, 0, 0, pid, tid, 0, 0, 0);
			emit();
			return this;
		}

		private int port(String endpoint) {
			return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
		}

		private byte[] address(String endpoint) {
			String text = endpoint.substring(0, endpoint.lastIndexOf(':')).replace("[", "").replace("]", "");
			try {
				return InetAddress.getByName(text).getAddress(); // literals only: no lookup
			} catch (UnknownHostException e) {
				throw new IllegalArgumentException("not an address: " + endpoint, e);
			}
		}
	}
}
