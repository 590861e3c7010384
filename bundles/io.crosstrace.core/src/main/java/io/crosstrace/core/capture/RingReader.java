package io.crosstrace.core.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Drains a BPF ring mapped into this process, without a native call. Given buffers, not a file descriptor:
 * tests build a ring by hand.
 *
 * <p>A record begins with a 32-bit header: its length, and two flags. The data is mapped twice in a row, so
 * a record that crosses the end can be read in one piece.
 *
 * <p>One thread drains; any thread may ask {@link #backlog} or close. Cost: 10 to 20 ns a record.
 */
public final class RingReader implements AutoCloseable {
	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

	private static final int BUSY = 1 << 31;
	private static final int DISCARD = 1 << 30;
	private static final int HEADER = 8;

	private final CaptureRecord record = new CaptureRecord();
	private final int mask;
	private ByteBuffer consumer;
	private ByteBuffer producer;
	private ByteBuffer data;

	/**
	 * @param consumer writable; the position up to which we have read is its first long
	 * @param producer the position up to which the kernel has written is its first long
	 * @param data the ring twice in a row; half its capacity must be a power of two
	 */
	public RingReader(ByteBuffer consumer, ByteBuffer producer, ByteBuffer data) {
		int size = data.capacity() / 2;
		if (Integer.bitCount(size) != 1) {
			throw new IllegalArgumentException("not a power of two: a ring of " + size + " bytes");
		}
		this.consumer = consumer;
		this.producer = producer;
		this.data = data;
		mask = size - 1;
	}

	/**
	 * Hands complete records to {@code sink}, oldest first. Records of the ring that are too short to be
	 * ours are skipped.
	 *
	 * @return how many it handed over, at most {@code limit}; 0 if there is nothing to do yet, or the reader
	 *         is closed: the caller decides how to wait
	 */
	public synchronized int drain(Sink sink, int limit) {
		if (data == null) {
			return 0;
		}
		long at = (long) LONG.get(consumer, 0);
		long end = (long) LONG.getAcquire(producer, 0);
		int done = 0;
		try {
			while (at < end && done < limit) {
				int offset = (int) at & mask;
				int header = (int) INT.getAcquire(data, offset);
				if ((header & BUSY) != 0) {
					break; // records complete out of order, but are freed in order
				}
				int length = header & ~DISCARD;
				at += length + HEADER + 7 & ~7;
				if ((header & DISCARD) == 0 && length >= CaptureRecord.HEADER_BYTES) {
					done++;
					sink.record(record.wrap(data, offset + HEADER));
				}
			}
		} finally {
			LONG.setRelease(consumer, 0, at); // a sink that throws loses its record, not the ring
		}
		return done;
	}

	/** Bytes written but not yet drained; 0 if closed. */
	public synchronized long backlog() {
		return data == null ? 0 : (long) LONG.getAcquire(producer, 0) - (long) LONG.getAcquire(consumer, 0);
	}

	/** Bytes the ring can hold. */
	public int capacity() {
		return mask + 1;
	}

	/** Waits for a {@link #drain} in progress, and lets go of the buffers: they may be unmapped afterwards. */
	@Override
	public synchronized void close() {
		consumer = null;
		producer = null;
		data = null;
	}
}
