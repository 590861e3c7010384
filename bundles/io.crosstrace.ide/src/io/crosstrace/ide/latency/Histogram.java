package io.crosstrace.ide.latency;

import java.util.Arrays;

/**
 * Counts durations in buckets that grow with them, so that any percentile is right to within 3 %.
 *
 * <p>Nanoseconds, from 0; negative ones count as 0. One thread. At most 8 KB, however many are recorded.
 */
public final class Histogram {
	/** Buckets for each power of two: the next is at most 1/32 larger. */
	private static final int SUB_BITS = 5;
	private static final int SUB = 1 << SUB_BITS;

	private int[] counts = new int[0];
	private long total;
	private long max;

	/** Counts one duration. */
	public void record(long nanos) {
		long value = Math.max(0, nanos);
		int bucket = bucket(value);
		if (bucket >= counts.length) {
			counts = Arrays.copyOf(counts, Math.max(bucket + 1, counts.length * 3 / 2));
		}
		counts[bucket]++;
		total++;
		max = Math.max(max, value);
	}

	/** How many were counted. */
	public long total() {
		return total;
	}

	/** The longest one, exactly; 0 if none. */
	public long max() {
		return max;
	}

	/**
	 * The duration that {@code share} of all do not exceed.
	 *
	 * @param share from 0 to 1, such as 0.95
	 * @return nanoseconds; 0 if nothing was counted
	 * @throws IllegalArgumentException if {@code share} is outside 0 to 1
	 */
	public long percentile(double share) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("no share of a whole: " + share);
		}
		long wanted = Math.max(1, (long) Math.ceil(share * total));
		long seen = 0;
		for (int i = 0; i < counts.length; i++) {
			seen += counts[i];
			if (seen >= wanted) {
				return Math.min(max, last(i));
			}
		}
		return max;
	}

	private static int bucket(long value) {
		if (value < SUB) {
			return (int) value;
		}
		int power = 63 - Long.numberOfLeadingZeros(value);
		return (power - SUB_BITS) * SUB + (int) (value >>> (power - SUB_BITS));
	}

	/** The largest value that falls into a bucket. */
	private static long last(int bucket) {
		if (bucket < 2 * SUB) {
			return bucket;
		}
		int shift = bucket / SUB - 1;
		return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
	}
}
