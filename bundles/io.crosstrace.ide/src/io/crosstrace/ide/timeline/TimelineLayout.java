package io.crosstrace.ide.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.CriticalPath;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * A trace made ready to be drawn again and again. Times are nanoseconds since the trace's start.
 *
 * <p>Immutable; any thread. Making one costs O(n log n) for n spans, about 60 bytes each; a picture costs as many
 * steps as it has lines, and for a collapsed line as many as it hides. Runs off the UI thread.
 */
public final class TimelineLayout {
	/** Below it, two marks of the ruler would touch. */
	private static final int TICK_GAP_PX = 90;
	/** Fewer hidden spans are looked at one by one for each picture. */
	private static final int FEW = 2_000;
	/** Groups from this size on are one row until a person opens them. */
	private static final int MANY_REPEATS = 10;
	/** A span shorter than this share of the trace is not {@link Focus#LONG}. */
	private static final int LONG_SHARE = 100;

	private final Traces traces;
	private final Trace trace;
	private final SpanTable spans;
	private final int[] depths;
	private final int[] ends;
	private final long[] starts;
	private final long[] stops;
	private final Repeats repeats;
	/** What was worked out once for large subtrees, large groups and spans that held up the trace many times. */
	private final Map<Integer, Busy> ran = new ConcurrentHashMap<>();
	private final Map<Integer, Busy> held = new ConcurrentHashMap<>();
	private final Map<Integer, Many> groups = new ConcurrentHashMap<>();
	private final CriticalPath path;
	/** Steps of the path, span by span: those of span i are {@code steps[stepsFrom[i]]} to {@code [i + 1] - 1}. */
	private final int[] stepsFrom;
	private final int[] steps;

	/** @param traces the ones {@code trace} is of */
	public TimelineLayout(Traces traces, Trace trace) {
		this.traces = traces;
		this.trace = trace;
		spans = traces.spans();
		depths = trace.depths();
		ends = trace.ends();
		starts = new long[trace.size()];
		stops = new long[trace.size()];
		for (int i = 0; i < starts.length; i++) {
			starts[i] = traces.startNanos(trace.row(i)) - trace.startNanos();
			stops[i] = traces.endNanos(trace.row(i)) - trace.startNanos();
		}
		repeats = Repeats.of(trace, spans);
		path = CriticalPath.of(trace, traces);
		stepsFrom = new int[trace.size() + 1];
		for (int step = 0; step < path.size(); step++) {
			stepsFrom[path.index(step) + 1]++;
		}
		for (int i = 0; i < trace.size(); i++) {
			stepsFrom[i + 1] += stepsFrom[i];
		}
		steps = new int[path.size()];
		int[] next = Arrays.copyOf(stepsFrom, trace.size());
		for (int step = 0; step < path.size(); step++) {
			steps[next[path.index(step)]++] = step;
		}
	}

	public Trace trace() {
		return trace;
	}

	public Traces traces() {
		return traces;
	}

	public long durationNanos() {
		return Math.max(1, trace.durationNanos());
	}

	/** A span's start. */
	public long startNanos(int index) {
		return starts[index];
	}

	/** A span's end. */
	public long endNanos(int index) {
		return stops[index];
	}

	/** Whether a span caused another. */
	public boolean hasChildren(int index) {
		return ends[index] > index + 1;
	}

	/** One after the last span below {@code index}. */
	public int subtreeEnd(int index) {
		return ends[index];
	}

	/** The time a span spent with none of its children running. Linear in the spans below it. */
	public long selfNanos(int index) {
		long self = 0;
		long at = starts[index];
		for (int child = index + 1; child < ends[index]; child = ends[child]) {
			if (starts[child] > at) {
				self += Math.min(starts[child], stops[index]) - at;
			}
			at = Math.max(at, Math.min(stops[child], stops[index]));
			if (at >= stops[index]) {
				return self;
			}
		}
		return self + stops[index] - at;
	}

	/** The part of the trace's duration that was spent waiting for this very span. */
	public long criticalNanos(int index) {
		long sum = 0;
		for (int i = stepsFrom[index]; i < stepsFrom[index + 1]; i++) {
			sum += path.endNanos(steps[i]) - path.startNanos(steps[i]);
		}
		return sum;
	}

	/** The part of a stretch that the trace's answer waited for this very span. */
	long heldUpNanos(int index, long from, long to) {
		long sum = 0;
		for (int i = stepsFrom[index]; i < stepsFrom[index + 1]; i++) {
			long start = Math.max(from, path.startNanos(steps[i]) - trace.startNanos());
			long end = Math.min(to, path.endNanos(steps[i]) - trace.startNanos());
			sum += Math.max(0, end - start);
		}
		return sum;
	}

	/** The critical path added up. */
	public WhereTimeWent whereTimeWent() {
		return WhereTimeWent.of(trace, spans, path);
	}

	/** All spans, but for what lies below the collapsed ones. */
	public TimelineRows rows(BitSet collapsed) {
		return rows((BitSet) collapsed.clone(), new BitSet(), null);
	}

	/** The rows to begin with: large groups of repeated spans are one row each. */
	public TimelineRows rows() {
		return rows(new BitSet(), repeats.groups(MANY_REPEATS), null);
	}

	/**
	 * Leaves out what is not looked for.
	 *
	 * @param found for {@link Focus#FOUND}, else ignored
	 */
	public TimelineRows focus(TimelineRows rows, Focus focus, BitSet found) {
		if (focus == Focus.ALL) {
			return rows(rows.collapsed(), rows.folded(), null);
		}
		BitSet only = new BitSet(trace.size());
		long least = durationNanos() / LONG_SHARE;
		for (int i = trace.size() - 1; i >= 0; i--) {
			boolean wanted = switch (focus) {
				case CRITICAL_PATH -> stepsFrom[i] < stepsFrom[i + 1];
				case PROBLEMS -> spans.has(trace.row(i), SpanTable.ERROR | SpanTable.INCOMPLETE | SpanTable.UNANSWERED);
				case LONG -> stops[i] - starts[i] >= least;
				default -> found.get(i);
			};
			if (wanted || i == 0 || only.get(i)) {
				only.set(i);
				if (i > 0) {
					only.set(trace.parent(i));
				}
			}
		}
		return rows(rows.collapsed(), rows.folded(), only);
	}

	/**
	 * The same rows as those of an earlier state of this trace, as far as its spans are still there: what was
	 * collapsed stays so. New groups are as {@link #rows()} has them.
	 */
	public TimelineRows rowsAs(TimelineLayout before, TimelineRows rows) {
		Map<Integer, Integer> indexes = new HashMap<>();
		BitSet wanted = rows.collapsed();
		wanted.or(before.repeats.groups(MANY_REPEATS));
		wanted.or(rows.folded());
		wanted.stream().forEach(index -> indexes.put(before.trace.row(index), -1));
		for (int i = 0; i < trace.size(); i++) {
			int index = i;
			indexes.computeIfPresent(trace.row(i), (row, none) -> index);
		}
		BitSet collapsed = new BitSet();
		BitSet folded = repeats.groups(MANY_REPEATS);
		wanted.stream().forEach(old -> {
			int index = indexes.get(before.trace.row(old));
			if (index >= 0) {
				collapsed.set(index, rows.collapsed().get(old) && hasChildren(index));
				folded.set(index, rows.folded(old) && repeats.head(index) == index && repeats.isGroup(index));
			}
		});
		return rows(collapsed, folded, null);
	}

	private TimelineRows rows(BitSet collapsed, BitSet folded, BitSet only) {
		return new TimelineRows(trace, ends, repeats, collapsed, folded, only);
	}

	/**
	 * A group of repeated spans added up.
	 *
	 * @param sumNanos their durations
	 * @param heldUpNanos how long the trace waited for any of them
	 */
	public record Repeated(int count, int errors, long sumNanos, long heldUpNanos) {
	}

	/** The group that a span is the first of, added up. */
	public Repeated repeated(int head) {
		Many many = many(head);
		return new Repeated(repeats.count(head), many.errors, many.sumNanos, many.heldUpNanos);
	}

	/** The first span of the group a span is in, or the span itself. */
	public int groupHead(int index) {
		return repeats.head(index);
	}

	/**
	 * Draws some rows of a stretch of time.
	 *
	 * @param firstRow cut to the rows there are, as is {@code count}
	 * @throws IllegalArgumentException if the stretch or the width is empty
	 */
	public TimelinePicture picture(TimelineRows rows, int firstRow, int count, long fromNanos, long toNanos,
			int widthPx) {
		if (toNanos <= fromNanos || widthPx <= 0) {
			throw new IllegalArgumentException("[" + fromNanos + ", " + toNanos + "] ns in " + widthPx + " px");
		}
		Scale scale = new Scale(fromNanos, toNanos, widthPx);
		int first = Math.max(0, Math.min(firstRow, rows.size()));
		int last = Math.min(rows.size(), first + Math.max(0, count));
		List<TimelinePicture.Line> lines = new ArrayList<>(last - first);
		for (int row = first; row < last; row++) {
			lines.add(line(rows, rows.index(row), scale));
		}
		return new TimelinePicture(rows, first, fromNanos, toNanos, widthPx, lines,
				TimeRuler.ticks(fromNanos, toNanos, widthPx, TICK_GAP_PX));
	}

	/**
	 * The whole trace in a small picture: spans spread over the height in order, what touches melted.
	 *
	 * @return quadruples of x, y, width and id of the service's name; every bar is one pixel high
	 */
	public int[] overview(int widthPx, int heightPx) {
		Scale scale = new Scale(0, durationNanos(), widthPx);
		int[] bars = new int[256];
		int size = 0;
		BitSet lit = new BitSet(widthPx);
		int lane = -1;
		for (int i = 0; i < starts.length; i++) {
			int y = heightPx > starts.length ? i * Math.min(3, heightPx / starts.length)
					: (int) ((long) i * heightPx / starts.length);
			if (y != lane) {
				lane = y;
				lit.clear();
			}
			int x = Math.max(0, scale.x(starts[i]));
			int right = Math.min(widthPx, x + Math.max(1, scale.width(starts[i], stops[i])));
			if (lit.nextClearBit(x) >= right) {
				continue;
			}
			lit.set(x, right);
			if (size + 4 > bars.length) {
				bars = Arrays.copyOf(bars, size * 2);
			}
			bars[size++] = x;
			bars[size++] = y;
			bars[size++] = right - x;
			bars[size++] = spans.service.get(trace.row(i));
		}
		return Arrays.copyOf(bars, size);
	}

	/**
	 * The start or end of a span seen in a picture that lies nearest to a pixel.
	 *
	 * @return the time itself if nothing is within {@code tolerancePx}
	 */
	public long snap(TimelinePicture picture, double x, int tolerancePx) {
		long best = picture.nanosAt(x);
		double nearest = tolerancePx + 0.5;
		for (TimelinePicture.Line line : picture.lines()) {
			for (long edge : new long[] { starts[line.index()], stops[line.index()] }) {
				double distance = Math.abs(picture.xOf(edge) - x);
				if (distance < nearest) {
					nearest = distance;
					best = edge;
				}
			}
		}
		return best;
	}

	private TimelinePicture.Line line(TimelineRows rows, int index, Scale scale) {
		int row = trace.row(index);
		boolean call = !spans.isRequest(row);
		boolean group = rows.folded(index);
		boolean collapsed = rows.collapsed(index);
		Many many = group ? many(index) : null;
		long stop = group ? many.stopNanos : stops[index];
		long firstByte = group || spans.firstByteNanos.get(row) == 0 ? -1
				: spans.firstByteNanos.get(row) - spans.startNanos.get(row) + starts[index];
		return new TimelinePicture.Line(index, depths[index], hasChildren(index) || repeats.isGroup(index), collapsed,
				spans.service.get(row), spans.names.text(spans.service.get(row)),
				spans.names.text(spans.operation.get(row)), Durations.text(stop - starts[index]), call,
				group ? many.errors > 0 : spans.has(row, SpanTable.ERROR),
				spans.has(row, SpanTable.INCOMPLETE | SpanTable.UNANSWERED), scale.x(starts[index]),
				scale.width(starts[index], stop), firstByte < scale.from() || firstByte > scale.to() ? -1
						: scale.x(firstByte),
				group ? TimelinePicture.EXACT : confidence(index, row, call), group ? many.heldUp.bars(scale) : critical(index, scale),
				collapsed && !group ? below(index, scale) : Bars.NONE,
				group ? new TimelinePicture.Group(repeats.count(index), many.errors, many.sumNanos, many.ran.bars(scale))
						: null);
	}

	/** What is said of many spans in one row. */
	private record Many(int errors, long sumNanos, long heldUpNanos, long stopNanos, Busy ran, Busy heldUp) {
	}

	private Many many(int head) {
		return groups.computeIfAbsent(head, x -> {
			long[] from = new long[repeats.count(head)];
			long[] to = new long[from.length];
			long[] waitedFrom = new long[16];
			long[] waitedTo = new long[16];
			int waits = 0;
			long sum = 0;
			long held = 0;
			int errors = 0;
			int at = 0;
			for (int i = head; i != Trace.NONE; i = repeats.next(i)) {
				from[at] = starts[i];
				to[at++] = stops[i];
				sum += stops[i] - starts[i];
				held += criticalNanos(i);
				errors += spans.has(trace.row(i), SpanTable.ERROR) ? 1 : 0;
				for (int k = stepsFrom[i]; k < stepsFrom[i + 1]; k++) {
					if (waits == waitedFrom.length) {
						waitedFrom = Arrays.copyOf(waitedFrom, 2 * waits);
						waitedTo = Arrays.copyOf(waitedTo, 2 * waits);
					}
					waitedFrom[waits] = path.startNanos(steps[k]) - trace.startNanos();
					waitedTo[waits++] = path.endNanos(steps[k]) - trace.startNanos();
				}
			}
			Busy ran = Busy.of(from, to);
			return new Many(errors, sum, held, to[to.length - 1], ran,
					Busy.of(Arrays.copyOf(waitedFrom, waits), Arrays.copyOf(waitedTo, waits)));
		});
	}

	private int confidence(int index, int row, boolean call) {
		int millionths = spans.confidence.get(row);
		boolean inferred = index > 0 && call && !spans.has(row, SpanTable.PARENT_PROVEN) && millionths < 1_000_000;
		return inferred ? millionths / 10_000 : TimelinePicture.EXACT;
	}

	private int[] critical(int index, Scale scale) {
		if (stepsFrom[index + 1] - stepsFrom[index] > FEW) {
			return held.computeIfAbsent(index, x -> {
				int count = stepsFrom[index + 1] - stepsFrom[index];
				long[] from = new long[count];
				long[] to = new long[count];
				for (int i = 0; i < count; i++) {
					from[i] = path.startNanos(steps[stepsFrom[index] + i]) - trace.startNanos();
					to[i] = path.endNanos(steps[stepsFrom[index] + i]) - trace.startNanos();
				}
				return Busy.of(from, to);
			}).bars(scale);
		}
		Bars bars = new Bars();
		for (int i = stepsFrom[index]; i < stepsFrom[index + 1]; i++) {
			long start = path.startNanos(steps[i]) - trace.startNanos();
			long end = path.endNanos(steps[i]) - trace.startNanos();
			bars.add(scale.x(start), scale.width(start, end));
		}
		return bars.pairs();
	}

	/** Pixels in which anything below was running: never more bars than pixels, however many spans there are. */
	private int[] below(int index, Scale scale) {
		int hidden = ends[index] - index - 1;
		if (hidden > FEW) {
			return ran.computeIfAbsent(index, x -> Busy.of(Arrays.copyOfRange(starts, index + 1, ends[index]),
					Arrays.copyOfRange(stops, index + 1, ends[index]))).bars(scale);
		}
		BitSet lit = new BitSet(scale.widthPx());
		for (int i = index + 1; i < ends[index]; i++) {
			int x = Math.max(0, scale.x(starts[i]));
			int right = Math.min(scale.widthPx(), scale.x(starts[i]) + scale.width(starts[i], stops[i]));
			if (right > x && lit.nextClearBit(x) < right) {
				lit.set(x, right);
			}
		}
		return Bars.of(lit);
	}
}
