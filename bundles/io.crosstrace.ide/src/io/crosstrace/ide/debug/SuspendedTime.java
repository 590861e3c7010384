package io.crosstrace.ide.debug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * How much of each span somebody held up in the debugger: the spans that the paused thread served, what they called
 * meanwhile, and all that waited for them, across services. Immutable; any thread.
 *
 * <p>A thread is known by its id in the operating system. Where that could not be told, a pause counts only if one
 * request alone was open in the process then. Making it costs a pass over the spans for all pauses together, nothing
 * without pauses.
 */
public final class SuspendedTime {
	/** Nobody used the debugger. */
	public static final SuspendedTime NONE = new SuspendedTime(Map.of());
	private static final long[] NEVER = { };

	private final Map<Integer, long[]> byRow;

	private SuspendedTime(Map<Integer, long[]> byRow) {
		this.byRow = byRow;
	}

	public static SuspendedTime of(Traces traces, List<Pause> pauses) {
		return pauses.isEmpty() ? NONE : of(traces, IntStream.range(0, traces.spans().size()).toArray(), pauses);
	}

	/** The same for the spans of one trace, at a cost of these alone. */
	public static SuspendedTime of(Traces traces, Trace trace, List<Pause> pauses) {
		List<Pause> near = pauses.stream()
				.filter(pause -> pause.startNanos() < trace.endNanos() && pause.endNanos() > trace.startNanos()).toList();
		return near.isEmpty() ? NONE : of(traces, IntStream.range(0, trace.size()).map(trace::row).toArray(), near);
	}

	private static SuspendedTime of(Traces traces, int[] rows, List<Pause> pauses) {
		SpanTable spans = traces.spans();
		Map<Pause, List<Integer>> open = new HashMap<>();
		for (int row : rows) {
			for (Pause pause : pauses) {
				if (spans.pid.get(row) == pause.pid() && overlaps(spans, row, pause) && spans.isRequest(row)) {
					open.computeIfAbsent(pause, x -> new ArrayList<>()).add(row);
				}
			}
		}
		Map<Integer, List<long[]>> found = new HashMap<>();
		open.forEach((pause, requests) -> {
			for (int row : heldUp(spans, pause, requests)) {
				spread(traces, pause, row, found);
			}
		});
		Map<Integer, long[]> out = new HashMap<>();
		found.forEach((row, pieces) -> out.put(row, merge(pieces)));
		return out.isEmpty() ? NONE : new SuspendedTime(out);
	}

	private static List<Integer> heldUp(SpanTable spans, Pause pause, List<Integer> open) {
		if (pause.tid() == Pause.ALL) {
			return open;
		}
		List<Integer> byThread = open.stream()
				.filter(row -> spans.tid.get(row) == pause.tid() || spans.endTid.get(row) == pause.tid()).toList();
		return !byThread.isEmpty() ? byThread : open.size() == 1 ? open : List.of();
	}

	/** To the span itself, to what it called in its own process, and to all that waited for it. */
	private static void spread(Traces traces, Pause pause, int row, Map<Integer, List<long[]>> out) {
		SpanTable spans = traces.spans();
		Trace trace = traces.of(row);
		Set<Integer> rows = new LinkedHashSet<>(List.of(row));
		if (trace != null) {
			int index = trace.indexOf(row);
			for (int up = trace.parent(index); up != Trace.NONE; up = trace.parent(up)) {
				rows.add(trace.row(up));
			}
			for (int i = index + 1; i < trace.size(); i++) {
				if (trace.parent(i) == index && spans.pid.get(trace.row(i)) == pause.pid()) {
					rows.add(trace.row(i));
				}
			}
		}
		for (int each : rows) {
			if (overlaps(spans, each, pause)) {
				out.computeIfAbsent(each, x -> new ArrayList<>()).add(new long[] {
						Math.max(pause.startNanos(), spans.startNanos.get(each)),
						Math.min(pause.endNanos(), spans.endNanos.get(each)) });
			}
		}
	}

	private static boolean overlaps(SpanTable spans, int row, Pause pause) {
		return pause.startNanos() < spans.endNanos.get(row) && pause.endNanos() > spans.startNanos.get(row);
	}

	private static long[] merge(List<long[]> pieces) {
		pieces.sort((a, b) -> Long.compare(a[0], b[0]));
		List<long[]> merged = new ArrayList<>();
		for (long[] piece : pieces) {
			long[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
			if (last != null && piece[0] <= last[1]) {
				last[1] = Math.max(last[1], piece[1]);
			} else {
				merged.add(piece.clone());
			}
		}
		return merged.stream().flatMapToLong(piece -> LongStream.of(piece)).toArray();
	}

	/** Whether any span was held up. */
	public boolean isEmpty() {
		return byRow.isEmpty();
	}

	/** Starts and ends of a row's pauses, in turn, in Unix nanoseconds by its own host's clock; empty if none. */
	public long[] pieces(int row) {
		return byRow.getOrDefault(row, NEVER);
	}

	/** For how long a row was held up. */
	public long nanos(int row) {
		long[] pieces = pieces(row);
		long sum = 0;
		for (int i = 0; i < pieces.length; i += 2) {
			sum += pieces[i + 1] - pieces[i];
		}
		return sum;
	}
}
