package io.crosstrace.ide.session;

/** A stretch of time, Unix nanoseconds: from {@code fromNanos} on, before {@code toNanos}. Immutable. */
public record TimeRange(long fromNanos, long toNanos) {
	public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

	/** @throws IllegalArgumentException if it is empty */
	public TimeRange {
		if (fromNanos >= toNanos) {
			throw new IllegalArgumentException("empty time range: [" + fromNanos + ", " + toNanos + ") ns");
		}
	}

	public boolean isAll() {
		return equals(ALL);
	}

	public boolean has(long nanos) {
		return nanos >= fromNanos && nanos < toNanos;
	}
}
