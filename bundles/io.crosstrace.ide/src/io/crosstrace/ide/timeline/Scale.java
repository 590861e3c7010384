package io.crosstrace.ide.timeline;

/** From times to pixels, cut to one pixel beyond either edge. */
record Scale(long from, long to, int widthPx) {
	int x(long nanos) {
		double x = (nanos - from) / (double) (to - from) * widthPx;
		return (int) Math.max(-1, Math.min(widthPx + 1, Math.floor(x)));
	}

	/** At least 1 for what is inside, 0 for what is not. */
	int width(long start, long stop) {
		return stop < from || start > to ? 0 : Math.max(1, x(stop) - x(start));
	}

	/** The first time that lies in a pixel. */
	long nanosAt(int x) {
		return from + (long) Math.ceil(x * ((to - from) / (double) widthPx));
	}
}
