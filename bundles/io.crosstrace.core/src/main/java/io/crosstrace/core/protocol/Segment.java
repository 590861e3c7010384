package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Bytes one system call moved on one direction of a connection, with when and by whom. A window: the buffer
 * is valid only during the call that hands it over. Reused.
 */
public final class Segment {
	/** By this host's process: received (false) or sent (true). */
	public boolean sent;
	/** Position of the first byte in this direction's stream, from 0; the same at both ends. */
	public long offset;
	/** TCP sequence number of the first byte. */
	public int sequence;
	/** Nonce of the direction, 0 if unknown. */
	public long nonce;
	/** Monotonic clock. */
	public long nanos;
	public int pid;
	public int tid;
	/** What was sent: the last byte its thread had received, by connection (0: none) and place in the stream. */
	public long readConnection;
	public long readOffset;
	/** The last byte that whoever woke the thread had received. */
	public long wokeConnection;
	public long wokeOffset;
	/** 1 if the waker itself had, 2 if its waker had ...; negative if the thread received something after it was woken. */
	public int wokeHops;
	/** How long before that was. */
	public int wokeMicros;
	/** Bytes moved. */
	public int total;
	/** The first {@code captured} of them are in {@link #buffer} from index {@link #at}. */
	public int captured;
	public ByteBuffer buffer;
	public int at;

	/** A copy that owns its bytes. */
	Segment copy() {
		Segment copy = new Segment();
		copy.sent = sent;
		copy.offset = offset;
		copy.sequence = sequence;
		copy.nonce = nonce;
		copy.nanos = nanos;
		copy.pid = pid;
		copy.tid = tid;
		copy.readConnection = readConnection;
		copy.readOffset = readOffset;
		copy.wokeConnection = wokeConnection;
		copy.wokeOffset = wokeOffset;
		copy.wokeHops = wokeHops;
		copy.wokeMicros = wokeMicros;
		copy.total = total;
		copy.captured = captured;
		byte[] bytes = new byte[captured];
		buffer.get(at, bytes);
		copy.buffer = ByteBuffer.wrap(bytes);
		return copy;
	}
}
