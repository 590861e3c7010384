package io.crosstrace.ide.session;

import io.crosstrace.ide.filter.Query;

/**
 * How traces are to be listed. Immutable.
 *
 * @param filter traces that do not pass are left out
 * @param muted traces whose root passes are left out, and counted; null for none
 * @param range traces that began outside are left out
 * @param reversed whether the order's last come first
 */
public record TraceListing(Query filter, Query muted, TimeRange range, TraceList.Order order, boolean reversed) {
	/** All traces, newest first. */
	public static final TraceListing ALL = new TraceListing(Query.ALL, null, TimeRange.ALL, TraceList.Order.START, false);

	boolean sameTests(TraceListing other) {
		return filter == other.filter && muted == other.muted;
	}
}
