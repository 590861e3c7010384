package io.crosstrace.ide.latency;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.CriticalPath;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Completion;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What made one group of requests slower than another, such as those of a minute than those of the minute before, and
 * where. The average request is taken apart by its critical path: which service's own work, and which way between two
 * services, its answer waited for. So the differences of all rows add up to the difference of the averages.
 *
 * <p>Immutable; any thread. Linear in the spans of the requests' traces, n log n where spans have many children.
 */
public final class LatencyDiff {
	/**
	 * A group of requests: what is asked of a row of the table, and what of its length.
	 *
	 * @param leastNanos requests that took less are not of it
	 * @param mostNanos requests that took so long are not of it any more
	 */
	public record Group(Operation operation, long fromNanos, long toNanos, long leastNanos, long mostNanos) {
		public Group(Operation operation, long fromNanos, long toNanos) {
			this(operation, fromNanos, toNanos, 0, Long.MAX_VALUE);
		}

		/** A filter, as {@link io.crosstrace.ide.filter.Query} reads it, that its requests pass. */
		public String filter() {
			StringBuilder text = new StringBuilder("service = ").append(Completion.quoted(operation.service()));
			if (!operation.name().isEmpty()) {
				text.append(" && name = ").append(Completion.quoted(operation.name()));
			}
			text.append(" && kind != client && start >= ").append(time(fromNanos)).append(" && start < ").append(time(toNanos));
			if (leastNanos > 0) {
				text.append(" && duration >= ").append(nanos(leastNanos));
			}
			if (mostNanos < Long.MAX_VALUE) {
				text.append(" && duration < ").append(nanos(mostNanos));
			}
			return text.toString();
		}

		private static String nanos(long nanos) {
			return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
		}

		private static String time(long nanos) {
			return LocalDateTime.ofInstant(Instant.ofEpochSecond(0, nanos), ZoneId.systemDefault()).toString();
		}

		private IntPredicate test(Took took) {
			Operation.Test test = operation.test(took.traces().spans());
			return row -> {
				long start = took.traces().startNanos(row);
				return start >= fromNanos && start < toNanos && test.has(row) && took.nanos(row) >= leastNanos
						&& took.nanos(row) < mostNanos;
			};
		}
	}

	/** Of a group: how many requests, and how long the average one took. */
	public record Side(Histogram times, int failed, double meanNanos) {
	}

	/**
	 * A step of the average request.
	 *
	 * @param service empty for the work of the compared operation itself
	 * @param operation what the service was doing, or what was called if {@code onTheWay}
	 * @param onTheWay the time between sending a call and the callee's beginning, or between its end and the answer's
	 * @param a nanoseconds of the average request of the first group
	 * @param callsA how often the average request of the first group did it
	 */
	public record Row(String service, String operation, boolean onTheWay, double a, double b, double callsA,
			double callsB) {
		/** How much longer the second group took; negative if less. */
		public double delta() {
			return b - a;
		}

		/** Whether this is what the compared operation did by itself. */
		public boolean own() {
			return service.isEmpty();
		}
	}

	private final Side a;
	private final Side b;
	private final List<Row> rows;

	private LatencyDiff(Side a, Side b, List<Row> rows) {
		this.a = a;
		this.b = b;
		this.rows = rows;
	}

	/** Compares {@code b} with {@code a}. */
	public static LatencyDiff of(Took took, Group a, Group b) {
		return of(took, a.test(took), b.test(took));
	}

	/** Compares {@code some} with all the others of a group. */
	public static LatencyDiff withTheRest(Took took, Group all, Group some) {
		IntPredicate chosen = some.test(took);
		IntPredicate any = all.test(took);
		return of(took, row -> any.test(row) && !chosen.test(row), chosen);
	}

	private static LatencyDiff of(Took took, IntPredicate a, IntPredicate b) {
		Sums first = new Sums(took);
		Sums second = new Sums(took);
		Traces traces = took.traces();
		for (int i = 0; i < traces.size(); i++) {
			first.add(traces.byStart(i), a);
			second.add(traces.byStart(i), b);
		}
		List<Row> rows = new ArrayList<>();
		SpanTable spans = traces.spans();
		Map<Key, double[]> all = new HashMap<>();
		first.steps.forEach((key, step) -> all.put(key,
				new double[] { step.nanos / first.requests(), 0, step.count / first.requests(), 0 }));
		second.steps.forEach((key, step) -> {
			double[] both = all.computeIfAbsent(key, x -> new double[4]);
			both[1] = step.nanos / second.requests();
			both[3] = step.count / second.requests();
		});
		all.forEach((key, both) -> rows.add(new Row(key.service < 0 ? "" : spans.names.text(key.service),
				key.service < 0 ? "" : spans.names.text(key.operation), key.onTheWay, both[0], both[1], both[2], both[3])));
		rows.sort(Comparator.comparingDouble((Row row) -> -Math.abs(row.delta())).thenComparing(Row::service)
				.thenComparing(Row::operation));
		return new LatencyDiff(first.side(), second.side(), List.copyOf(rows));
	}

	/** The group compared with. */
	public Side a() {
		return a;
	}

	/** The group compared. */
	public Side b() {
		return b;
	}

	/** Largest difference first. */
	public List<Row> rows() {
		return rows;
	}

	/** How much longer the average request of the second group took. */
	public double deltaNanos() {
		return b.meanNanos - a.meanNanos;
	}

	/** The operation itself is {@link #OWN}, so that two operations' own work stands side by side. */
	private record Key(int service, int operation, boolean onTheWay) {
		static final Key OWN = new Key(-1, -1, false);
	}

	private static final class Step {
		double nanos;
		long count;
	}

	private static final class Sums {
		final Took took;
		final Map<Key, Step> steps = new HashMap<>();
		final Histogram times = new Histogram();
		int failed;
		double nanos;

		Sums(Took took) {
			this.took = took;
		}

		double requests() {
			return Math.max(1, times.total());
		}

		Side side() {
			return new Side(times, failed, nanos / requests());
		}

		/** Adds the requests of a trace that pass; one below another is a part of that one. */
		void add(Trace trace, IntPredicate test) {
			int[] found = new int[4];
			int count = 0;
			int[] ends = null;
			for (int i = 0; i < trace.size(); i++) {
				if (test.test(trace.row(i))) {
					if (count == found.length) {
						found = Arrays.copyOf(found, 2 * count);
					}
					found[count++] = i;
					ends = ends == null ? trace.ends() : ends;
					i = ends[i] - 1;
				}
			}
			if (count > 0) {
				add(trace, Arrays.copyOf(found, count), ends);
			}
		}

		private void add(Trace trace, int[] requests, int[] ends) {
			SpanTable spans = took.traces().spans();
			long[] waited = new long[trace.size()];
			CriticalPath path = CriticalPath.of(trace, took.traces(), requests);
			for (int step = 0; step < path.size(); step++) {
				int index = path.index(step);
				waited[index] += took.nanos(trace.row(index), path.startNanos(step), path.endNanos(step));
			}
			for (int request : requests) {
				times.record(took.nanos(trace.row(request)));
				failed += spans.has(trace.row(request), SpanTable.ERROR) ? 1 : 0;
				for (int i = request; i < ends[request]; i++) {
					int row = trace.row(i);
					if (waited[i] > 0) {
						Step step = steps.computeIfAbsent(i == request ? Key.OWN : new Key(spans.service.get(row),
								spans.operation.get(row), !spans.isRequest(row)), key -> new Step());
						step.nanos += waited[i];
						step.count++;
						nanos += waited[i];
					}
				}
			}
		}
	}
}
