package io.crosstrace.ide.timeline;

import java.util.List;

/**
 * What can be seen of a timeline: a few rows of one stretch of time, in pixels and words, ready to paint. Immutable.
 *
 * @param rows which spans have a row at all
 * @param firstRow the row of {@code lines.get(0)}
 * @param fromNanos left edge, since the trace's start
 * @param toNanos right edge, since the trace's start
 * @param widthPx pixels between them
 */
public record TimelinePicture(TimelineRows rows, int firstRow, long fromNanos, long toNanos, int widthPx,
		List<Line> lines, List<TimeRuler.Tick> ticks) {
	/** Confidence of an edge that was not inferred. */
	public static final int EXACT = -1;

	/**
	 * Many repeated spans in one row.
	 *
	 * @param count how many
	 * @param errors how many of them failed
	 * @param sumNanos their durations added up
	 * @param bars pairs of x and width: when any of them ran
	 */
	public record Group(int count, int errors, long sumNanos, int[] bars) {
	}

	/**
	 * One row. All x are pixels from the left edge, cut to one pixel beyond the picture.
	 *
	 * @param index the span's place in the trace
	 * @param children whether there is anything to collapse or to open
	 * @param service id of the service's name
	 * @param call whether the span is the caller's end
	 * @param widthPx of the bar, at least 1; 0 if the bar is outside
	 * @param firstByteX where the answer began; -1 if that is not known or outside
	 * @param confidencePercent how sure the edge to the parent is, or {@link #EXACT}
	 * @param critical pairs of x and width: where this span held up the answer
	 * @param below pairs of x and width: what collapsed spans below did, melted together
	 * @param group the spans this row stands for, or null for one span; the bar then reaches from the first to the last
	 */
	public record Line(int index, int depth, boolean children, boolean collapsed, int service, String serviceName,
			String operation, String duration, boolean call, boolean error, boolean incomplete, int x, int widthPx,
			int firstByteX, int confidencePercent, int[] critical, int[] below, Group group) {
		/** Whether the bar can be seen. */
		public boolean hasBar() {
			return widthPx > 0;
		}
	}

	/** The line of a row, or null if the picture does not show it. */
	public Line line(int row) {
		int at = row - firstRow;
		return at >= 0 && at < lines.size() ? lines.get(at) : null;
	}

	/** The time at a pixel, since the trace's start. */
	public long nanosAt(double x) {
		return fromNanos + Math.round(x / Math.max(1, widthPx) * (toNanos - fromNanos));
	}

	/** The pixel of a time, which may be outside. */
	public int xOf(long nanos) {
		return (int) Math.round((nanos - fromNanos) / (double) Math.max(1, toNanos - fromNanos) * widthPx);
	}
}
