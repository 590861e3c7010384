package io.crosstrace.core.trace;

import io.crosstrace.core.span.SpanTable;

/**
 * All traces at one moment, by start. Immutable; any thread.
 *
 * <p>Spans whose cause is not known (yet) are roots of traces of their own.
 */
public final class Traces {
	private final SpanTable spans;
	private final Trace[] byStart;
	private final int[] rootOfRow;
	private final ClockSkew.Offsets clocks;
	private final long duplicates;

	Traces(SpanTable spans, Trace[] byStart, int[] rootOfRow, ClockSkew.Offsets clocks, long duplicates) {
		this.spans = spans;
		this.byStart = byStart;
		this.rootOfRow = rootOfRow;
		this.clocks = clocks;
		this.duplicates = duplicates;
	}

	/** No traces of a table without rows. */
	public static Traces none(SpanTable spans) {
		return new Traces(spans.frozen(), new Trace[0], new int[0], ClockSkew.Offsets.NONE, 0);
	}

	/** The rows that the traces point into, {@link SpanTable#frozen}. */
	public SpanTable spans() {
		return spans;
	}

	/** Number of traces. */
	public int size() {
		return byStart.length;
	}

	/** The trace that began {@code place}-th, from 0, the oldest. */
	public Trace byStart(int place) {
		return byStart[place];
	}

	/** The trace that began {@code place}-th last: 0 is the newest. */
	public Trace newest(int place) {
		return byStart[byStart.length - 1 - place];
	}

	/** The trace a row is in, or null if the row came later than these traces or is a duplicate. O(log n). */
	public Trace of(int row) {
		if (row < 0 || row >= rootOfRow.length || rootOfRow[row] < 0) {
			return null;
		}
		int place = place(rootOfRow[row]);
		return place < 0 ? null : byStart[place];
	}

	/** The row with a span id, or -1. Linear in all rows: for one lookup, not for many. */
	public int row(long spanId) {
		for (int row = 0; row < rootOfRow.length; row++) {
			if (spans.spanId.get(row) == spanId && rootOfRow[row] >= 0) {
				return row;
			}
		}
		return -1;
	}

	/** A span's start by the reference host's clock. */
	public long startNanos(int row) {
		return spans.startNanos.get(row) - clocks.ahead(spans.host.get(row));
	}

	/** A span's end by the reference host's clock; its start if no end was seen. */
	public long endNanos(int row) {
		return Math.max(spans.endNanos.get(row), spans.startNanos.get(row)) - clocks.ahead(spans.host.get(row));
	}

	/** How far hosts' clocks were found to be apart. */
	public ClockSkew.Offsets clocks() {
		return clocks;
	}

	/** How many rows bore the id of an earlier one and were left out. */
	public long duplicates() {
		return duplicates;
	}

	/** Where the trace with this root is by start, or a negative number if there is none. O(log n). */
	public int place(int rootRow) {
		if (rootRow < 0 || rootRow >= rootOfRow.length) {
			return -1;
		}
		int low = 0;
		int high = byStart.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = TraceAssembler.order(spans, byStart[middle].rootRow(), rootRow);
			if (order == 0) {
				return middle;
			}
			if (order < 0) {
				low = middle + 1;
			} else {
				high = middle - 1;
			}
		}
		return -1;
	}
}
