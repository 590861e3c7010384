package io.crosstrace.core.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One record of the kernel ring, read in place. Mirrors struct ct_event of bpf/include/ct_event.h.
 * <pre>
 *  0       8       16       24      32   36   40   44     48        50    51   52    56
 *  +-------+-------+--------+-------+----+----+----+------+---------+-----+----+-----+---------+
 *  | ts_ns | conn  | offset | nonce | pid| tid|seq |total |captured |kind |dir | lost| payload |
 *  +-------+-------+--------+-------+----+----+----+------+---------+-----+----+-----+---------+
 * </pre>
 * A record is a window, not a value: valid only inside the callback that received it. Native byte order,
 * but for addresses in the payload.
 */
public final class CaptureRecord {
	public static final int HEADER_BYTES = 56;

	/** Bytes moved on a connection. Payload: the first bytes moved. */
	public static final int DATA = 1;
	/** First sight of a connection, before its first {@link #DATA}. Payload: struct ct_conn. */
	public static final int OPEN = 2;
	/** The connection is gone; no payload. */
	public static final int CLOSE = 3;
	/** Thread {@link #tid} of process {@link #pid} woke thread {@link #offset}; no payload. */
	public static final int WAKE = 4;

	/** Received by this host's process. */
	public static final int RECEIVED = 0;
	/** Sent by this host's process. */
	public static final int SENT = 1;

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
	private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

	private ByteBuffer buffer;
	private int at;

	/** Points this window at a record. Returns itself. */
	public CaptureRecord wrap(ByteBuffer newBuffer, int newAt) {
		buffer = newBuffer;
		at = newAt;
		return this;
	}

	/** CLOCK_MONOTONIC. */
	public long nanos() {
		return (long) LONG.get(buffer, at);
	}

	/** The socket's cookie: unique on a host until it restarts. */
	public long connection() {
		return (long) LONG.get(buffer, at + 8);
	}

	/** Position of the first byte in this direction's stream, from 0; both ends count alike. */
	public long offset() {
		return (long) LONG.get(buffer, at + 16);
	}

	/** Nonce of this direction; 0 if not (yet) known, as when the peer has no agent. */
	public long nonce() {
		return (long) LONG.get(buffer, at + 24);
	}

	/** Process id as the root pid namespace sees it. */
	public int pid() {
		return (int) INT.get(buffer, at + 32);
	}

	public int tid() {
		return (int) INT.get(buffer, at + 36);
	}

	/** TCP sequence number of the first byte. */
	public int sequence() {
		return (int) INT.get(buffer, at + 40);
	}

	/** Bytes the call moved, at least {@link #captured()}. */
	public int total() {
		return (int) INT.get(buffer, at + 44);
	}

	/** Bytes of payload behind the header, 0 to 65535. */
	public int captured() {
		return (short) SHORT.get(buffer, at + 48) & 0xffff;
	}

	public int kind() {
		return buffer.get(at + 50);
	}

	public int direction() {
		return buffer.get(at + 51);
	}

	/** Records lost on this processor so far because the ring was full; wraps. */
	public int lost() {
		return (int) INT.get(buffer, at + 52);
	}

	public ByteBuffer buffer() {
		return buffer;
	}

	/** Where in {@link #buffer()} the payload starts. */
	public int payloadAt() {
		return at + HEADER_BYTES;
	}
}
