package io.crosstrace.ui.latency;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.latency.HeatMap;
import io.crosstrace.ide.latency.LatencyDiff;
import io.crosstrace.ide.latency.LatencyDiff.Group;
import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.latency.Took;
import io.crosstrace.ui.charts.Chart;
import io.crosstrace.ui.charts.LatencyCharts;
import io.crosstrace.ui.latency.ChangesPane.Changes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All that the Latency view shows, made off the UI thread. Time in the debugger is left out everywhere.
 *
 * @param picture null if nothing was ever served
 * @param changes null if nothing is compared
 */
record LatencyContent(List<Operation> operations, Operation operation, LatencyPicture picture, Chart histogram,
		Chart percentiles, HeatMap heat, Changes changes) {
	private static final int SLICES = 30;
	private static final AtomicBoolean REHEARSED = new AtomicBoolean();

	/** With what the shown requests are compared. */
	enum Against {
		/** Those outside the block of cells, if one is chosen. */
		REST,
		/** As much time before it. */
		BEFORE,
		OTHER
	}

	/**
	 * What a person asks for.
	 *
	 * @param operation null for the first one
	 * @param windowNanos 0 for all time
	 * @param other with {@link Against#OTHER}
	 * @param block the chosen cells, or null
	 */
	record Asked(Operation operation, long windowNanos, int columns, int rows, Against against, Operation other,
			Group block) {
	}

	static LatencyContent make(Traces traces, Asked asked) {
		List<Operation> operations = Operation.in(traces.spans());
		if (operations.isEmpty()) {
			return new LatencyContent(operations, asked.operation, null, null, null, null, null);
		}
		Operation operation = asked.operation == null ? operations.get(0) : asked.operation;
		Took took = new Took(traces, SuspendedTime.of(traces, Pauses.shared().all()));
		long first = Long.MAX_VALUE;
		long last = Long.MIN_VALUE;
		for (int i = 0; i < traces.size(); i++) {
			Trace trace = traces.byStart(i);
			first = Math.min(first, trace.startNanos());
			last = Math.max(last, trace.endNanos());
		}
		long to = Math.max(last, first) + 1;
		long from = asked.windowNanos == 0 ? first : Math.max(first, last - asked.windowNanos);
		LatencyPicture picture = LatencyPicture.of(took, operation, from, to, SLICES);
		Chart histogram = LatencyCharts.histogram(picture);
		Chart percentiles = LatencyCharts.percentiles(picture);
		if (REHEARSED.compareAndSet(false, true)) {
			histogram.rehearse();
			percentiles.rehearse();
		}
		return new LatencyContent(operations, operation, picture, histogram, percentiles,
				HeatMap.of(took, operation, from, to, asked.columns, asked.rows),
				changes(took, asked, new Group(operation, from, to), first));
	}

	/** @param first when the first trace began */
	private static Changes changes(Took took, Asked asked, Group shown, long first) {
		Group b = asked.block != null && asked.block.operation().equals(shown.operation()) ? asked.block : shown;
		switch (asked.against) {
			case BEFORE -> {
				// Where there is no time before it, its first half is compared with its second.
				boolean halves = b == shown && shown.fromNanos() <= first;
				long split = halves ? first + (b.toNanos() - first) / 2 : b.fromNanos();
				long nanos = b.toNanos() - split;
				Group after = halves ? new Group(b.operation(), split, b.toNanos()) : b;
				Group before = new Group(b.operation(), split - nanos, split, b.leastNanos(), b.mostNanos());
				return new Changes(LatencyDiff.of(took, before, after), after, Messages.sideBefore, Messages.sideAfter);
			}
			case OTHER -> {
				Group a = new Group(asked.other, b.fromNanos(), b.toNanos(), b.leastNanos(), b.mostNanos());
				return new Changes(LatencyDiff.of(took, a, b), b, name(asked.other), name(b.operation()));
			}
			default -> {
				return b == shown ? null : new Changes(LatencyDiff.withTheRest(took, shown, b), b, Messages.sideOthers,
						Messages.sideChosen);
			}
		}
	}

	static String name(Operation operation) {
		return operation.name().isEmpty() ? Messages.bind(Messages.allOperations, operation.service())
				: operation.service() + "  " + operation.name();
	}
}
