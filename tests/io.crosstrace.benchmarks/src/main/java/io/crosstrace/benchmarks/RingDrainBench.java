package io.crosstrace.benchmarks;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.capture.RingReader;
import io.crosstrace.core.capture.Sink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Records a second that one core drains from a full ring, for records with and without payload. The ring is
 * laid out by hand in the kernel's format, so that the figure is the reader's and not the kernel's.
 */
public final class RingDrainBench implements Bench {
	private static final int SIZE = 8 << 20;
	private static final int ROUNDS = 9;
	private static final long ROUND_NANOS = 300_000_000;

	private static final class Sum implements Sink {
		long sum;

		@Override
		public void record(CaptureRecord record) {
			sum += record.connection() ^ record.offset() ^ record.total() ^ record.kind();
		}
	}

	@Override
	public String name() {
		return "ring-drain";
	}

	@Override
	public void run(Report report) {
		for (int payload : new int[] { 0, 200, 4096 }) {
			report.figure(best(payload), "events/s", "one core, " + payload + " bytes of payload left in place, an "
					+ (SIZE >> 20) + " MB ring, best of " + ROUNDS + " rounds");
		}
	}

	private static double best(int payload) {
		ByteBuffer consumer = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
		ByteBuffer producer = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
		ByteBuffer data = ByteBuffer.allocateDirect(2 * SIZE).order(ByteOrder.nativeOrder());
		int length = CaptureRecord.HEADER_BYTES + payload;
		int step = length + 8 + 7 & ~7;
		int records = SIZE / step;
		for (int i = 0; i < records; i++) {
			data.putInt(i * step, length);
			data.putLong(i * step + 16, i);
			data.putInt(i * step + 8 + 44, payload);
			data.put(i * step + 8 + 50, (byte) CaptureRecord.DATA);
		}
		RingReader reader = new RingReader(consumer, producer, data);
		Sum sum = new Sum();
		double best = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long start = System.nanoTime();
			long now = start;
			long done = 0;
			while (now - start < ROUND_NANOS) {
				consumer.putLong(0, 0);
				producer.putLong(0, (long) records * step);
				done += reader.drain(sum, Integer.MAX_VALUE);
				now = System.nanoTime();
			}
			best = Math.max(best, done * 1e9 / (now - start));
		}
		if (sum.sum == 42) {
			System.err.println(); // the sum is used, so the loop cannot be dropped
		}
		return best;
	}
}
