package io.crosstrace.core.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One record of the kernel ring, read in place. Mirrors struct ct_event of bpf/include/ct_event.h.
 * <pre>
 *  0       8       16       24      32   36   40   44     48        50    51   52    56
 *  +-------+-------+--------+-------+----+----+----+------+---------+-----+----+-----+
 *  | ts_ns | conn  | offset | nonce | pid| tid|seq |total |captured |kind |dir | lost|
 *  +-------+-------+--------+-------+----+----+----+------+---------+-----+----+-----+
 *  56          64            72          80            88     90      92         96
 *  +-----------+-------------+-----------+-------------+------+-------+----------+---------+
 *  | read_conn | read_offset | woke_conn | woke_offset | hops | later | woke_age | payload |
 *  +-----------+-------------+-----------+-------------+------+-------+----------+---------+
 * </pre>
 * A record is a window, not a value: valid only inside the callback that received it. Native byte order,
 * but for addresses in the payload.
 */
public final class CaptureRecord {
	public static final int HEADER_BYTES = 96;

	/** Bytes moved on a connection. Payload: the first bytes moved. */
	public static final int DATA = 1;
	/** First sight of a connection, before its first {@link #DATA}. Payload: struct ct_conn. */
	public static final int OPEN = 2;
	/** The connection is gone; no payload. */
	public static final int CLOSE = 3;

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

	/** Of a send: connection of the last byte its thread had received; 0 if none. Of a receive: undefined, as what follows. */
	public long readConnection() {
		return (long) LONG.get(buffer, at + 56);
	}

	/** That byte's place in its stream. */
	public long readOffset() {
		return (long) LONG.get(buffer, at + 64);
	}

	/** Of a send: connection of the last byte that whoever woke its thread had received; 0 if none. */
	public long wokeConnection() {
		return (long) LONG.get(buffer, at + 72);
	}

	public long wokeOffset() {
		return (long) LONG.get(buffer, at + 80);
	}

	/** 1 if the waker itself had received it, 2 if the waker's waker had, and so on. */
	public int wokeHops() {
		return (short) SHORT.get(buffer, at + 88) & 0xffff;
	}

	/** Whether the thread was woken after it received, not before. */
	public boolean wokeLater() {
		return (short) SHORT.get(buffer, at + 90) != 0;
	}

	/** How long ago it was woken, in microseconds; an unsigned int, of which all ones mean very long. */
	public int wokeAgeMicros() {
		return (int) INT.get(buffer, at + 92);
	}

	public ByteBuffer buffer() {
		return buffer;
	}

	/** Where in {@link #buffer()} the payload starts. */
	public int payloadAt() {
		return at + HEADER_BYTES;
	}
}
