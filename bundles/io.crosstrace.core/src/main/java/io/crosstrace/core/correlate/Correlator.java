package io.crosstrace.core.correlate;

import io.crosstrace.core.span.SpanTable;

/**
 * Finds, for each call that service instances made, the request that caused it.
 *
 * <p>An instance is one process (column pid) of one service. Rows may come in any order and from many
 * instances; a call is only ever given to a request of its own instance. A call whose
 * {@link SpanTable#PARENT_PROVEN} flag is set keeps the parent it has.
 *
 * <p>Pure: no I/O, no clock, no threads, no logging; the same table gives the same answer. Truth, such as
 * column parentId of calls without proof, is never read.
 */
public interface Correlator {
	/** Never null; indexes are those of {@code spans}. */
	Parents correlate(SpanTable spans);
}
