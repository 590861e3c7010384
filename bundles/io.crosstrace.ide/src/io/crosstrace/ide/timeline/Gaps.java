package io.crosstrace.ide.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * The times at which a span ran and nothing below it did, and what that means. Times are nanoseconds since the
 * trace's start. No state; any thread.
 */
public final class Gaps {
	/** Why nothing below ran. */
	public enum Kind {
		/** A request's own work, before it called anybody. */
		BEFORE_CALLS,
		/** A request's own work, between two calls. */
		BETWEEN_CALLS,
		/** A request's own work, after its last call. */
		AFTER_CALLS,
		/** A request that called nobody: its own work, or calls that no agent sees. */
		NO_CALLS,
		/** A call on its way to the callee: network, proxies, and the callee's queue of connections. */
		WAY_THERE,
		/** An answer on its way back. */
		WAY_BACK,
		/** A call whose other end no agent sees. */
		NOT_SEEN
	}

	/**
	 * @param after the child that ended before the gap, an index, or {@link Trace#NONE}
	 * @param before the child that began after it, likewise
	 * @param heldUp how much of it the trace's answer waited for
	 */
	public record Gap(long fromNanos, long toNanos, Kind kind, int after, int before, long heldUp) {
		public long nanos() {
			return toNanos - fromNanos;
		}
	}

	private Gaps() {
	}

	/** The gaps of a span by time. Linear in its children. */
	public static List<Gap> of(TimelineLayout layout, int index) {
		SpanTable spans = layout.traces().spans();
		boolean request = spans.isRequest(layout.trace().row(index));
		boolean leaf = !layout.hasChildren(index);
		List<Gap> gaps = new ArrayList<>();
		long start = layout.startNanos(index);
		long stop = layout.endNanos(index);
		long at = start;
		int last = Trace.NONE;
		for (int child = index + 1; child < layout.subtreeEnd(index) && at < stop; child = layout.subtreeEnd(child)) {
			long begun = Math.min(layout.startNanos(child), stop);
			if (begun > at) {
				Kind kind = !request ? last == Trace.NONE ? Kind.WAY_THERE : Kind.WAY_BACK
						: last == Trace.NONE ? Kind.BEFORE_CALLS : Kind.BETWEEN_CALLS;
				gaps.add(gap(layout, index, at, begun, kind, last, child));
			}
			if (layout.endNanos(child) > at) {
				at = layout.endNanos(child);
				last = child;
			}
		}
		if (at < stop) {
			Kind kind = leaf ? request ? Kind.NO_CALLS : Kind.NOT_SEEN : request ? Kind.AFTER_CALLS : Kind.WAY_BACK;
			gaps.add(gap(layout, index, at, stop, kind, last, Trace.NONE));
		}
		return gaps;
	}

	private static Gap gap(TimelineLayout layout, int index, long from, long to, Kind kind, int after, int before) {
		return new Gap(from, to, kind, after, before, layout.heldUpNanos(index, from, to));
	}

	/** The gap at a moment, or null. */
	public static Gap at(List<Gap> gaps, long nanos) {
		for (Gap gap : gaps) {
			if (nanos >= gap.fromNanos && nanos <= gap.toNanos) {
				return gap;
			}
		}
		return null;
	}
}
