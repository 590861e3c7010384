package io.crosstrace.ide.session;

import java.util.BitSet;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Query;

/**
 * The traces a list shows, filtered and in an order. Immutable; any thread. Made off the UI thread: O(spans) the first
 * time, then O(traces + spans of traces that changed), and O(n log n) for another order than by start.
 */
public final class TraceList {
	/** What the list is in order of. */
	public enum Order {
		/** Newest first. */
		START,
		/** Longest first. */
		DURATION,
		/** Largest first. */
		SPANS,
		/** Most services first. */
		SERVICES,
		/** Most errors first. */
		ERRORS,
		/** By service and operation of the root. */
		OPERATION;

		private boolean ascends() {
			return this == OPERATION;
		}
	}

	/** How long the beginning of a trace may take to follow its later parts. */
	private static final long LATE_NANOS = 2_500_000_000L;
	/** Only the newest traces can be waiting; looking at more would cost time for nothing. */
	private static final int MOST_WAITING = 5_000;

	private final Traces traces;
	private final TraceListing listing;
	private final Query.Tester filter;
	private final Query.Tester muted;
	/** By place: whether the trace passes the filter, and whether it is muted. */
	private final BitSet passes;
	private final BitSet mutes;
	/** Places that pass, newest first, before the time range. */
	private final int[] inTime;
	/** Places by start, in the list's order. */
	private final int[] places;
	private final int waiting;
	private final int mutedCount;

	private TraceList(Traces traces, TraceListing listing, TraceList before, long nowNanos) {
		this.traces = traces;
		this.listing = listing;
		boolean known = before != null && listing.sameTests(before.listing);
		filter = known ? before.filter : listing.filter().tester();
		muted = known ? before.muted : listing.muted() == null ? null : listing.muted().tester();
		int size = traces.size();
		passes = new BitSet(size);
		mutes = new BitSet(size);
		test(known ? before : null);
		int[] found = new int[size];
		int count = 0;
		int waits = 0;
		int quiet = 0;
		for (int place = size - 1; place >= 0; place--) {
			if (place >= size - MOST_WAITING && waits(traces, place, nowNanos)) {
				waits++;
			} else if (passes.get(place)) {
				if (mutes.get(place)) {
					quiet++;
				} else {
					found[count++] = place;
				}
			}
		}
		waiting = waits;
		mutedCount = quiet;
		inTime = java.util.Arrays.copyOf(found, count);
		places = ordered(inRange(inTime));
	}

	/**
	 * @param before the list that is shown now, or null: what it knows of traces that did not change is not asked again
	 * @param nowNanos Unix time: parts of a trace whose beginning is known to be missing are left out for as long
	 *        as it may still come
	 */
	public static TraceList of(Traces traces, TraceListing listing, TraceList before, long nowNanos) {
		return new TraceList(traces, listing, before, nowNanos);
	}

	private void test(TraceList before) {
		filter.use(traces);
		if (muted != null) {
			muted.use(traces);
		}
		boolean all = listing.filter().isAll();
		if (all) {
			passes.set(0, traces.size());
		}
		int old = 0;
		int olds = before == null ? 0 : before.traces.size();
		for (int place = 0; place < traces.size(); place++) {
			Trace trace = traces.byStart(place);
			while (old < olds && before.traces.byStart(old) != trace && isBefore(before.traces.byStart(old), trace)) {
				old++;
			}
			if (old < olds && before.traces.byStart(old) == trace) {
				passes.set(place, all || before.passes.get(old));
				mutes.set(place, before.mutes.get(old));
				old++;
			} else {
				passes.set(place, all || filter.test(trace));
				mutes.set(place, muted != null && muted.testRoot(trace));
			}
		}
	}

	/** In the order of {@link Traces}: both lists hold the same objects, where traces did not change. */
	private boolean isBefore(Trace old, Trace trace) {
		SpanTable spans = traces.spans();
		long a = spans.startNanos.get(old.rootRow());
		long b = spans.startNanos.get(trace.rootRow());
		return a < b || a == b && old.rootRow() <= trace.rootRow();
	}

	/** A root that names a parent is a part that came before its beginning. Clocks of hosts may be apart. */
	private static boolean waits(Traces traces, int place, long nowNanos) {
		Trace trace = traces.byStart(place);
		return Math.abs(nowNanos - trace.endNanos()) < LATE_NANOS
				&& traces.spans().parentId.get(trace.rootRow()) != 0;
	}

	private int[] inRange(int[] all) {
		TimeRange range = listing.range();
		return range.isAll() ? all
				: java.util.Arrays.stream(all).filter(place -> range.has(traces.byStart(place).startNanos())).toArray();
	}

	private int[] ordered(int[] newestFirst) {
		Order order = listing.order();
		int[] result = newestFirst;
		if (order != Order.START) {
			long[] keys = new long[traces.size()];
			int[] ranks = order == Order.OPERATION ? ranks(traces.spans().names) : null;
			for (int place : newestFirst) {
				Trace trace = traces.byStart(place);
				long key = switch (order) {
					case DURATION -> trace.durationNanos();
					case SPANS -> trace.size();
					case SERVICES -> trace.services();
					case ERRORS -> trace.errors();
					default -> (long) ranks[traces.spans().service.get(trace.rootRow())] << 32
							| ranks[traces.spans().operation.get(trace.rootRow())];
				};
				keys[place] = order.ascends() != listing.reversed() ? key : -key;
			}
			result = sort(newestFirst, keys);
		} else if (listing.reversed()) {
			result = new int[newestFirst.length];
			for (int i = 0; i < result.length; i++) {
				result[i] = newestFirst[result.length - 1 - i];
			}
		}
		return result;
	}

	private static int[] ranks(Dictionary names) {
		Integer[] ids = new Integer[names.size()];
		java.util.Arrays.setAll(ids, id -> id);
		java.util.Arrays.sort(ids, java.util.Comparator.comparing(names::text, String.CASE_INSENSITIVE_ORDER));
		int[] ranks = new int[ids.length + 1_000]; // names that came since sort first
		for (int rank = 0; rank < ids.length; rank++) {
			ranks[ids[rank]] = rank;
		}
		return ranks;
	}

	/** Merge sort by keys: stable, and without an object for each of a million traces. */
	private static int[] sort(int[] items, long[] keys) {
		int[] from = items.clone();
		int[] to = new int[from.length];
		for (int run = 1; run < from.length; run *= 2) {
			for (int low = 0; low < from.length; low += 2 * run) {
				int middle = Math.min(low + run, from.length);
				int high = Math.min(low + 2 * run, from.length);
				int left = low;
				int right = middle;
				for (int at = low; at < high; at++) {
					to[at] = left < middle && (right == high || keys[from[left]] <= keys[from[right]])
							? from[left++] : from[right++];
				}
			}
			int[] swap = from;
			from = to;
			to = swap;
		}
		return from;
	}

	public Traces traces() {
		return traces;
	}

	public TraceListing listing() {
		return listing;
	}

	/** How many parts of traces were left out because their beginning may still come: ask again soon. */
	public int waiting() {
		return waiting;
	}

	/** How many traces pass the filter and are muted. */
	public int muted() {
		return mutedCount;
	}

	public int size() {
		return places.length;
	}

	public Trace trace(int position) {
		return traces.byStart(places[position]);
	}

	/** The position of the trace with this root, or -1. O(n). */
	public int position(int rootRow) {
		int place = traces.place(rootRow);
		for (int position = 0; place >= 0 && position < places.length; position++) {
			if (places[position] == place) {
				return position;
			}
		}
		return -1;
	}

	/**
	 * How many traces began when, of all that pass the filter whatever the time range. Linear.
	 *
	 * @param slices how many stretches of equal length, at least 1
	 */
	public Arrivals arrivals(int slices) {
		return Arrivals.of(traces, inTime, slices);
	}
}
