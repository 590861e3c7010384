package io.crosstrace.ide.timeline;

import java.util.Arrays;

/**
 * The stretches of time in which any of many spans ran. Immutable. Making one costs O(k log k) for k spans, a
 * picture of it O(pixels x log k): that is what lets a folded million be panned.
 */
final class Busy {
	private final long[] starts;
	private final long[] stops;

	private Busy(long[] starts, long[] stops) {
		this.starts = starts;
		this.stops = stops;
	}

	/** @param starts of the spans, in any order; sorted by this call, as are {@code stops} */
	static Busy of(long[] starts, long[] stops) {
		Arrays.sort(starts);
		Arrays.sort(stops);
		long[] from = new long[starts.length];
		long[] to = new long[starts.length];
		int size = 0;
		for (int i = 0; i < starts.length; i++) {
			if (i > 0 && starts[i] <= stops[i - 1]) {
				continue;
			}
			if (i > 0) { // as many have ended as began: nothing ran until now
				to[size - 1] = stops[i - 1];
			}
			from[size++] = starts[i];
		}
		if (size > 0) {
			to[size - 1] = stops[stops.length - 1];
		}
		return new Busy(Arrays.copyOf(from, size), Arrays.copyOf(to, size));
	}

	int[] bars(Scale scale) {
		Bars bars = new Bars();
		int at = firstEndingAt(scale.from());
		while (at < starts.length && starts[at] <= scale.to()) {
			int x = Math.max(0, scale.x(starts[at]));
			int right = Math.min(scale.widthPx(), Math.max(x + 1, scale.x(stops[at])));
			if (right > x) {
				bars.add(x, right - x);
			}
			at = Math.max(at + 1, firstEndingAt(scale.nanosAt(Math.max(right, x + 1))));
		}
		return bars.pairs();
	}

	private int firstEndingAt(long nanos) {
		int at = Arrays.binarySearch(stops, nanos);
		return at >= 0 ? at : -at - 1;
	}
}
