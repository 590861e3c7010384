package io.crosstrace.ide.session;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * The traces a list shows, filtered and in an order. Immutable; any thread. Made off the UI thread: newest first
 * without a filter costs little, else O(spans), and O(n log n) for another order.
 */
public final class TraceList {
	/** What the list is in order of. */
	public enum Order {
		/** Newest first. */
		START(null),
		/** Longest first. */
		DURATION(Comparator.comparingLong(Trace::durationNanos).reversed()),
		/** Largest first. */
		SPANS(Comparator.comparingInt(Trace::size).reversed()),
		/** Most services first. */
		SERVICES(Comparator.comparingInt(Trace::services).reversed()),
		/** Most errors first. */
		ERRORS(Comparator.comparingInt(Trace::errors).reversed());

		private final Comparator<Trace> comparator;

		Order(Comparator<Trace> comparator) {
			this.comparator = comparator;
		}
	}

	/** How long the beginning of a trace may take to follow its later parts. */
	private static final long LATE_NANOS = 2_500_000_000L;
	/** Only the newest traces can be waiting; looking at more would cost time for nothing. */
	private static final int MOST_WAITING = 5_000;

	private final Traces traces;
	/** Places by start of the first traces of the list. */
	private final int[] head;
	/** The traces of the places below this one follow, newest first. */
	private final int older;
	private final int waiting;

	private TraceList(Traces traces, int[] head, int older, int waiting) {
		this.traces = traces;
		this.head = head;
		this.older = older;
		this.waiting = waiting;
	}

	/**
	 * @param filter as {@link TraceFilter} takes it; blank for all
	 * @param nowNanos Unix time: parts of a trace whose beginning is known to be missing are left out for as long
	 *        as it may still come
	 */
	public static TraceList of(Traces traces, String filter, Order order, long nowNanos) {
		boolean all = filter.isBlank() && order == Order.START;
		int older = all ? Math.max(0, traces.size() - MOST_WAITING) : 0;
		int last = traces.size() - 1;
		int[] whole = IntStream.rangeClosed(older, last).map(i -> older + last - i)
				.filter(place -> !waits(traces, place, nowNanos)).toArray();
		int waiting = traces.size() - older - whole.length;
		if (all) {
			return new TraceList(traces, whole, older, waiting);
		}
		TraceFilter test = new TraceFilter(traces, filter);
		int[] places = Arrays.stream(whole).filter(place -> filter.isBlank() || test.test(traces.byStart(place)))
				.toArray();
		if (order != Order.START) {
			Integer[] boxed = Arrays.stream(places).boxed().toArray(Integer[]::new);
			Arrays.sort(boxed, (a, b) -> order.comparator.compare(traces.byStart(a), traces.byStart(b)));
			places = Arrays.stream(boxed).mapToInt(place -> place).toArray();
		}
		return new TraceList(traces, places, 0, waiting);
	}

	/** A root that names a parent is a part that came before its beginning. Clocks of hosts may be apart. */
	private static boolean waits(Traces traces, int place, long nowNanos) {
		Trace trace = traces.byStart(place);
		return Math.abs(nowNanos - trace.endNanos()) < LATE_NANOS
				&& traces.spans().parentId.get(trace.rootRow()) != 0;
	}

	public Traces traces() {
		return traces;
	}

	/** How many parts of traces were left out because their beginning may still come: ask again soon. */
	public int waiting() {
		return waiting;
	}

	public int size() {
		return head.length + older;
	}

	public Trace trace(int position) {
		return traces.byStart(position < head.length ? head[position] : older - 1 - (position - head.length));
	}

	/** The position of the trace with this root, or -1. O(n) in the traces that are not simply newest first. */
	public int position(int rootRow) {
		int place = traces.place(rootRow);
		if (place < 0) {
			return -1;
		}
		if (place < older) {
			return head.length + older - 1 - place;
		}
		for (int position = 0; position < head.length; position++) {
			if (head[position] == place) {
				return position;
			}
		}
		return -1;
	}
}
