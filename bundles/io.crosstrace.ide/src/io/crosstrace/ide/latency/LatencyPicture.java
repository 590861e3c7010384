package io.crosstrace.ide.latency;

import java.util.Arrays;

import io.crosstrace.core.span.SpanTable;

/**
 * Latencies of one operation over a stretch of time: how they are distributed, and how percentiles moved.
 *
 * <p>All arrays are the picture's own and not to be changed; any thread. Times are Unix nanoseconds, durations
 * nanoseconds; a percentile of a slice without requests is {@code NaN}.
 */
public final class LatencyPicture {
	/** The percentiles of {@link #percentiles}, in its order. */
	public static final double[] SHARES = { 0.5, 0.95, 0.99 };
	/** Bars for each power of ten of the histogram. */
	private static final int BARS_PER_DECADE = 10;
	private static final int MAX_BARS = 120;

	private final long fromNanos;
	private final long sliceNanos;
	private final double[][] percentiles;
	private final int[] requests;
	private final int[] failures;
	private final double firstBarNanos;
	private final int[] barRequests;
	private final int[] barFailures;
	private final Histogram all;
	private final int allFailures;

	private LatencyPicture(long fromNanos, long sliceNanos, Slices slices, Bars bars) {
		this.fromNanos = fromNanos;
		this.sliceNanos = sliceNanos;
		this.percentiles = slices.percentiles();
		this.requests = slices.requests;
		this.failures = slices.failures;
		this.firstBarNanos = bars.firstNanos;
		this.barRequests = bars.requests;
		this.barFailures = bars.failures;
		this.all = slices.all;
		this.allFailures = Arrays.stream(slices.failures).sum();
	}

	/**
	 * Computes the picture of all spans that began in [{@code fromNanos}, {@code toNanos}). Linear in the rows.
	 *
	 * @param slices how many points the percentiles' lines have
	 * @throws IllegalArgumentException if the time is empty or {@code slices} is below 1
	 */
	public static LatencyPicture of(Took took, Operation operation, long fromNanos, long toNanos, int slices) {
		SpanTable spans = took.traces().spans();
		if (toNanos <= fromNanos || slices < 1) {
			throw new IllegalArgumentException("empty window: [" + fromNanos + ", " + toNanos + ") ns in " + slices);
		}
		long slice = Math.max(1, (toNanos - fromNanos + slices - 1) / slices);
		Slices inTime = new Slices(slices);
		Operation.Test test = operation.test(spans);
		for (int row = 0; row < spans.size(); row++) {
			long start = spans.startNanos.get(row);
			if (start >= fromNanos && start < toNanos && test.has(row)) {
				inTime.add((int) ((start - fromNanos) / slice), took.nanos(row),
						spans.has(row, SpanTable.ERROR));
			}
		}
		Bars bars = new Bars(inTime.all);
		for (int row = 0; row < spans.size(); row++) {
			long start = spans.startNanos.get(row);
			if (start >= fromNanos && start < toNanos && test.has(row)) {
				bars.add(took.nanos(row), spans.has(row, SpanTable.ERROR));
			}
		}
		return new LatencyPicture(fromNanos, slice, inTime, bars);
	}

	/** How many points each line has. */
	public int slices() {
		return requests.length;
	}

	/** When a slice begins, Unix nanoseconds. */
	public long sliceStartNanos(int slice) {
		return fromNanos + slice * sliceNanos;
	}

	/** A point of the line of {@code SHARES[share]}, nanoseconds or {@code NaN}. */
	public double percentile(int share, int slice) {
		return percentiles[share][slice];
	}

	/** Requests that began in a slice. */
	public int requests(int slice) {
		return requests[slice];
	}

	/** Those of them that failed. */
	public int failures(int slice) {
		return failures[slice];
	}

	/** How many bars the histogram has; 0 if there was no request. */
	public int bars() {
		return barRequests.length;
	}

	/** Where a bar begins, nanoseconds; each is wider than the one before by the same factor. */
	public double barStartNanos(int bar) {
		return firstBarNanos * Math.pow(10, (double) bar / BARS_PER_DECADE);
	}

	/** Requests in a bar. */
	public int barRequests(int bar) {
		return barRequests[bar];
	}

	/** Those of them that failed. */
	public int barFailures(int bar) {
		return barFailures[bar];
	}

	/** All requests of the picture. */
	public Histogram all() {
		return all;
	}

	/** How many of all failed. */
	public int allFailures() {
		return allFailures;
	}

	private static final class Slices {
		final Histogram[] times;
		final int[] requests;
		final int[] failures;
		final Histogram all = new Histogram();

		Slices(int count) {
			times = new Histogram[count];
			requests = new int[count];
			failures = new int[count];
		}

		void add(int slice, long nanos, boolean failed) {
			if (times[slice] == null) {
				times[slice] = new Histogram();
			}
			times[slice].record(nanos);
			all.record(nanos);
			requests[slice]++;
			failures[slice] += failed ? 1 : 0;
		}

		double[][] percentiles() {
			double[][] out = new double[SHARES.length][times.length];
			for (int share = 0; share < SHARES.length; share++) {
				for (int slice = 0; slice < times.length; slice++) {
					out[share][slice] = times[slice] == null ? Double.NaN : times[slice].percentile(SHARES[share]);
				}
			}
			return out;
		}
	}

	private static final class Bars {
		final double firstNanos;
		final int[] requests;
		final int[] failures;

		Bars(Histogram all) {
			double low = Math.max(1000, all.percentile(0)); // below a microsecond nothing can be told apart
			int first = (int) Math.floor(Math.log10(low) * BARS_PER_DECADE);
			int last = (int) Math.floor(Math.log10(Math.max(low, all.max())) * BARS_PER_DECADE);
			int count = all.total() == 0 ? 0 : Math.min(MAX_BARS, last - first + 1);
			firstNanos = Math.pow(10, (double) first / BARS_PER_DECADE);
			requests = new int[count];
			failures = new int[count];
		}

		void add(long nanos, boolean failed) {
			int bar = (int) Math.floor(Math.log10(Math.max(1, nanos) / firstNanos) * BARS_PER_DECADE);
			int kept = Math.clamp(bar, 0, requests.length - 1);
			requests[kept]++;
			failures[kept] += failed ? 1 : 0;
		}
	}
}
