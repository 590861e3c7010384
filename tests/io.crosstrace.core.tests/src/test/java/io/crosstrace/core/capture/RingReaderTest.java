package io.crosstrace.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingReaderTest {
	private static final int SIZE = 4096;
	private static final int BUSY = 1 << 31;
	private static final int DISCARD = 1 << 30;

	private final ByteBuffer consumer = buffer(8);
	private final ByteBuffer producer = buffer(8);
	private final ByteBuffer data = buffer(2 * SIZE);
	private final RingReader reader = new RingReader(consumer, producer, data);
	private final List<Long> seen = new ArrayList<>();

	private static ByteBuffer buffer(int size) {
		return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
	}

	/** Writes as the kernel does; both copies of the ring show it. */
	private long write(long conn, int payload, int flags) {
		long at = producer.getLong(0);
		int length = CaptureRecord.HEADER_BYTES + payload;
		byte[] record = new byte[8 + length];
		ByteBuffer in = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
		in.putInt(0, length | flags).putLong(8 + 8, conn).putShort(8 + 48, (short) payload);
		for (int i = 0; i < record.length; i++) {
			int where = (int) (at + i) & SIZE - 1;
			data.put(where, record[i]);
			data.put(where + SIZE, record[i]);
		}
		producer.putLong(0, at + (record.length + 7 & ~7));
		return at;
	}

	private int drain(int limit) {
		return reader.drain(record -> seen.add(record.connection()), limit);
	}

	@Test
	void emptyRing_givesNothing() {
		assertEquals(0, drain(10));
	}

	@Test
	void recordsAcrossTheEnd_areReadInOnePiece() {
		Random random = new Random(7);
		List<Long> written = new ArrayList<>();
		for (long i = 1; i <= 10_000; i++) {
			write(i, random.nextInt(900), 0);
			written.add(i);
			if (random.nextInt(3) == 0 || reader.backlog() > SIZE / 2) {
				drain(Integer.MAX_VALUE);
			}
		}
		drain(Integer.MAX_VALUE);
		assertEquals(written, seen);
		assertEquals(0, reader.backlog());
	}

	@Test
	void recordStillBeingWritten_holdsBackThoseBehindIt() {
		write(1, 10, 0);
		int busy = (int) write(2, 10, BUSY);
		write(3, 10, 0);
		assertEquals(1, drain(10));
		assertEquals(0, drain(10));
		data.putInt(busy, data.getInt(busy) & ~BUSY);
		assertEquals(2, drain(10));
		assertEquals(List.of(1L, 2L, 3L), seen);
	}

	@Test
	void recordTheKernelGaveUp_isSkipped() {
		write(1, 10, DISCARD);
		write(2, 10, 0);
		assertEquals(1, drain(10));
		assertEquals(List.of(2L), seen);
	}

	@Test
	void limit_leavesTheRestForLater() {
		for (int i = 0; i < 5; i++) {
			write(i, 0, 0);
		}
		assertEquals(3, drain(3));
		assertEquals(2, drain(3));
	}

	@Test
	void sinkThatThrows_losesItsRecordAndNotTheRing() {
		write(1, 0, 0);
		write(2, 0, 0);
		assertThrows(IllegalStateException.class, () -> reader.drain(record -> {
			throw new IllegalStateException();
		}, 10));
		drain(10);
		assertEquals(List.of(2L), seen);
	}

	@Test
	void closedReader_givesNothing() {
		write(1, 0, 0);
		reader.close();
		assertEquals(0, drain(10));
		assertEquals(0, reader.backlog());
	}
}
