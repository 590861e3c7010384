package io.crosstrace.ide.session;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * The traces a list shows, filtered and in an order. Immutable; any thread. Made off the UI thread: newest first
 * without a filter costs nothing, else O(spans), and O(n log n) for another order.
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

	private final Traces traces;
	/** Places by start; null stands for all of them, newest first. */
	private final int[] places;

	private TraceList(Traces traces, int[] places) {
		this.traces = traces;
		this.places = places;
	}

	/** @param filter as {@link TraceFilter} takes it; blank for all */
	public static TraceList of(Traces traces, String filter, Order order) {
		if (filter.isBlank() && order == Order.START) {
			return new TraceList(traces, null);
		}
		TraceFilter test = new TraceFilter(traces, filter);
		int last = traces.size() - 1;
		IntStream newestFirst = IntStream.rangeClosed(0, last).map(i -> last - i);
		int[] places = newestFirst.filter(place -> filter.isBlank() || test.test(traces.byStart(place))).toArray();
		if (order != Order.START) {
			Integer[] boxed = Arrays.stream(places).boxed().toArray(Integer[]::new);
			Arrays.sort(boxed, (a, b) -> order.comparator.compare(traces.byStart(a), traces.byStart(b)));
			places = Arrays.stream(boxed).mapToInt(place -> place).toArray();
		}
		return new TraceList(traces, places);
	}

	public Traces traces() {
		return traces;
	}

	public int size() {
		return places == null ? traces.size() : places.length;
	}

	public Trace trace(int position) {
		return places == null ? traces.newest(position) : traces.byStart(places[position]);
	}

	/** The position of the trace with this root, or -1. O(log n) if newest first and all, else O(n). */
	public int position(int rootRow) {
		int place = traces.place(rootRow);
		if (place < 0) {
			return -1;
		}
		if (places == null) {
			return traces.size() - 1 - place;
		}
		for (int position = 0; position < places.length; position++) {
			if (places[position] == place) {
				return position;
			}
		}
		return -1;
	}
}
