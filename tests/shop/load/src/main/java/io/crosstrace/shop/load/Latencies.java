package io.crosstrace.shop.load;

/**
 * Counts times in buckets that are at most 3 % wide, from 1 microsecond to an hour. Fixed size, 5 kB. One thread
 * adds; others may read what is nearly up to date.
 */
final class Latencies {
	private static final int FINE_BITS = 5;
	private static final int FINE = 1 << FINE_BITS;

	private final long[] buckets = new long[FINE * 28];
	private long count;
	private long maxMicros;

	void add(long micros) {
		long time = Math.max(0, Math.min(micros, 3_600_000_000L));
		buckets[bucket(time)]++;
		count++;
		maxMicros = Math.max(maxMicros, time);
	}

	void add(Latencies other) {
		for (int i = 0; i < buckets.length; i++) {
			buckets[i] += other.buckets[i];
		}
		count += other.count;
		maxMicros = Math.max(maxMicros, other.maxMicros);
	}

	long count() {
		return count;
	}

	/** The time that the given part of all times does not exceed, in milliseconds; 0 if there are none. */
	double millis(double part) {
		long rank = (long) Math.ceil(part * count);
		long seen = 0;
		for (int i = 0; i < buckets.length && rank > 0; i++) {
			seen += buckets[i];
			if (seen >= rank) {
				return Math.min(upperEnd(i), maxMicros) / 1000.0;
			}
		}
		return 0;
	}

	/** The first 32 buckets are a microsecond each; every doubling after that is cut into 32. */
	private static int bucket(long micros) {
		int octave = Math.max(0, 63 - Long.numberOfLeadingZeros(micros | 1) - FINE_BITS + 1);
		int shift = Math.max(0, octave - 1);
		return octave == 0 ? (int) micros : octave * FINE + (int) (micros >>> shift) - FINE;
	}

	private static long upperEnd(int bucket) {
		int octave = bucket / FINE;
		return octave == 0 ? bucket : (long) (bucket % FINE + FINE + 1) << octave - 1;
	}
}
