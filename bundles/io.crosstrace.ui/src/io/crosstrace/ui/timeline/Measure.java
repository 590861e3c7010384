package io.crosstrace.ui.timeline;

/**
 * Two moments and what lies between them. Nanoseconds since the trace's start. Immutable.
 *
 * @param points how many are set: 0, 1 or 2
 */
public record Measure(int points, long a, long b) {
	static final Measure NONE = new Measure(0, 0, 0);

	/** Sets the first point, then the second, then begins anew. */
	Measure next(long nanos) {
		return points == 1 ? new Measure(2, a, nanos) : new Measure(1, nanos, nanos);
	}

	static Measure between(long a, long b) {
		return new Measure(2, a, b);
	}

	public long nanos() {
		return Math.abs(b - a);
	}
}
