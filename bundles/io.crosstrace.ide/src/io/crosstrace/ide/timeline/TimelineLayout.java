package io.crosstrace.ide.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
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
	private static final int[] NO_BARS = new int[0];
	/** Below it, two marks of the ruler would touch. */
	private static final int TICK_GAP_PX = 90;

	private final Traces traces;
	private final Trace trace;
	private final SpanTable spans;
	private final int[] depths;
	private final int[] ends;
	private final long[] starts;
	private final long[] stops;
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

	/** All spans, but for what lies below the collapsed ones. */
	public TimelineRows rows(BitSet collapsed) {
		return new TimelineRows(ends, (BitSet) collapsed.clone());
	}

	/** Collapses a span, or opens it again. A span without children stays as it is. */
	public TimelineRows toggle(TimelineRows rows, int index) {
		if (!hasChildren(index)) {
			return rows;
		}
		BitSet collapsed = rows.collapsed();
		collapsed.flip(index);
		return rows(collapsed);
	}

	/** Opens whatever hides a span. */
	public TimelineRows reveal(TimelineRows rows, int index) {
		BitSet collapsed = rows.collapsed();
		for (int at = trace.parent(index); at != Trace.NONE; at = trace.parent(at)) {
			collapsed.clear(at);
		}
		return collapsed.equals(rows.collapsed()) ? rows : rows(collapsed);
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

	private TimelinePicture.Line line(TimelineRows rows, int index, Scale scale) {
		int row = trace.row(index);
		boolean call = !spans.isRequest(row);
		boolean collapsed = rows.collapsed(index);
		int x = scale.x(starts[index]);
		long firstByte = spans.firstByteNanos.get(row) == 0 ? -1
				: spans.firstByteNanos.get(row) - spans.startNanos.get(row) + starts[index];
		return new TimelinePicture.Line(index, depths[index], hasChildren(index), collapsed, spans.service.get(row),
				spans.names.text(spans.service.get(row)), spans.names.text(spans.operation.get(row)),
				Durations.text(stops[index] - starts[index]), call, spans.has(row, SpanTable.ERROR),
				spans.has(row, SpanTable.INCOMPLETE | SpanTable.UNANSWERED), x, scale.width(starts[index], stops[index]),
				firstByte < scale.from || firstByte > scale.to ? -1 : scale.x(firstByte), confidence(index, row, call),
				critical(index, scale), collapsed ? below(index, scale) : NO_BARS);
	}

	private int confidence(int index, int row, boolean call) {
		int millionths = spans.confidence.get(row);
		boolean inferred = index > 0 && call && !spans.has(row, SpanTable.PARENT_PROVEN) && millionths < 1_000_000;
		return inferred ? millionths / 10_000 : TimelinePicture.EXACT;
	}

	private int[] critical(int index, Scale scale) {
		Bars bars = new Bars();
		for (int i = stepsFrom[index]; i < stepsFrom[index + 1]; i++) {
			bars.add(scale.x(path.startNanos(steps[i]) - trace.startNanos()),
					scale.width(path.startNanos(steps[i]) - trace.startNanos(),
							path.endNanos(steps[i]) - trace.startNanos()));
		}
		return bars.pairs();
	}

	/** Pixels in which anything below was running: never more bars than pixels, however many spans there are. */
	private int[] below(int index, Scale scale) {
		BitSet lit = new BitSet(scale.widthPx);
		for (int i = index + 1; i < ends[index]; i++) {
			int width = scale.width(starts[i], stops[i]);
			int x = Math.max(0, scale.x(starts[i]));
			int right = Math.min(scale.widthPx, scale.x(starts[i]) + width);
			if (right > x && lit.nextClearBit(x) < right) {
				lit.set(x, right);
			}
		}
		Bars bars = new Bars();
		for (int x = lit.nextSetBit(0); x >= 0; x = lit.nextSetBit(lit.nextClearBit(x))) {
			bars.add(x, lit.nextClearBit(x) - x);
		}
		return bars.pairs();
	}

	/** From times to pixels, cut to one pixel beyond either edge. */
	private record Scale(long from, long to, int widthPx) {
		int x(long nanos) {
			double x = (nanos - from) / (double) (to - from) * widthPx;
			return (int) Math.max(-1, Math.min(widthPx + 1, Math.floor(x)));
		}

		/** At least 1 for what is inside, 0 for what is not. */
		int width(long start, long stop) {
			return stop < from || start > to ? 0 : Math.max(1, x(stop) - x(start));
		}
	}

	/** Grows a list of bars, where one that touches the last melts into it. */
	private static final class Bars {
		private int[] pairs = NO_BARS;
		private int size;

		void add(int x, int width) {
			if (width == 0) {
				return;
			}
			if (size > 0 && x <= pairs[size - 2] + pairs[size - 1]) {
				pairs[size - 1] = Math.max(pairs[size - 1], x + width - pairs[size - 2]);
				return;
			}
			if (size == pairs.length) {
				pairs = Arrays.copyOf(pairs, Math.max(4, size * 2));
			}
			pairs[size++] = x;
			pairs[size++] = width;
		}

		int[] pairs() {
			return Arrays.copyOf(pairs, size);
		}
	}
}
