package io.crosstrace.agent.export;

import io.crosstrace.core.span.LongColumn;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds finished spans until the root of their trace is known, which often ends last, and gives them out with
 * their trace id and in Unix time.
 *
 * <p>A span waits {@link #PATIENCE_NANOS} at most, then goes with the trace of the highest span known. The id
 * of a trace that no application named is a function of its root's id. One thread; bounded.
 */
public final class TraceHold {
	static final long PATIENCE_NANOS = 10_000_000_000L;
	/** Before this, the calls between a span and its root may still wait for their parents. */
	static final long SETTLE_NANOS = 1_500_000_000L;
	private static final int MOST_WAITING = 100_000;
	private static final int MOST_REMEMBERED = 50_000;

	private record TraceId(long high, long low) {
	}

	private record Waiting(SpanTable table, int row, long offsetNanos, long sinceNanos) {
		long id() {
			return table.spanId.get(row);
		}

		long parent() {
			return table.parentId.get(row);
		}
	}

	private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
	private final Map<Long, Waiting> byId = new HashMap<>();
	private final Map<Long, TraceId> released = new LinkedHashMap<>() {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, TraceId> eldest) {
			return size() > MOST_REMEMBERED;
		}
	};

	/**
	 * @param spans kept until given out; not changed any more by the caller
	 * @param offsetNanos what makes the table's times Unix time
	 */
	public void add(SpanTable spans, long offsetNanos, long nowNanos) {
		for (int row = 0; row < spans.size(); row++) {
			Waiting span = new Waiting(spans, row, offsetNanos, nowNanos);
			waiting.add(span);
			byId.put(span.id(), span);
		}
	}

	/** The spans whose trace is known by now, appended to {@code out}. */
	public void release(long nowNanos, SpanTable out) {
		release(nowNanos, false, out);
	}

	/** All spans that wait. */
	public void releaseAll(SpanTable out) {
		release(0, true, out);
	}

	private void release(long nowNanos, boolean all, SpanTable out) {
		for (int turns = waiting.size(); turns > 0; turns--) {
			Waiting span = waiting.peek();
			boolean full = waiting.size() > MOST_WAITING;
			long waited = nowNanos - span.sinceNanos;
			if (!all && !full && waited < SETTLE_NANOS) {
				break; // those behind came later, or have been looked at
			}
			waiting.remove();
			TraceId trace = trace(span, all || full || waited >= PATIENCE_NANOS);
			if (trace == null) {
				waiting.add(span);
				continue;
			}
			int row = out.addCopy(span.table, span.row);
			out.traceIdHigh.set(row, trace.high);
			out.traceIdLow.set(row, trace.low);
			toUnix(out.startNanos, row, span.offsetNanos);
			toUnix(out.firstByteNanos, row, span.offsetNanos);
			toUnix(out.endNanos, row, span.offsetNanos);
			released.put(span.id(), trace);
			byId.remove(span.id(), span);
		}
	}

	private static void toUnix(LongColumn times, int row, long offsetNanos) {
		long nanos = times.get(row);
		times.set(row, nanos == 0 ? 0 : nanos + offsetNanos);
	}

	/** The trace of the span's root, or null if the root may still come. Iterative: traces may be deep. */
	private TraceId trace(Waiting span, boolean now) {
		Waiting top = span;
		for (int steps = 0; steps <= waiting.size(); steps++) {
			SpanTable table = top.table;
			if ((table.traceIdHigh.get(top.row) | table.traceIdLow.get(top.row)) != 0) {
				return new TraceId(table.traceIdHigh.get(top.row), table.traceIdLow.get(top.row));
			}
			if (top.parent() == 0) {
				return minted(top.id());
			}
			TraceId known = released.get(top.parent());
			if (known != null) {
				return known;
			}
			Waiting parent = byId.get(top.parent());
			if (parent == null) {
				return now ? minted(top.parent()) : null;
			}
			top = parent;
		}
		return minted(span.id()); // a circle: ids have collided
	}

	private static TraceId minted(long root) {
		long high = SpanIds.mix64(root ^ 0x9E3779B97F4A7C15L);
		return new TraceId(high, SpanIds.mix64(high + root));
	}
}
