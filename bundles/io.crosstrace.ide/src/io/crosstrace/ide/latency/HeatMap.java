package io.crosstrace.ide.latency;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;

/**
 * How many requests of one operation began when and took how long: time in columns, durations in rows that grow by a
 * factor, the shortest first. Immutable; any thread. Times are Unix nanoseconds by the reference host's clock.
 */
public final class HeatMap {
	private final Operation operation;
	private final long fromNanos;
	private final long columnNanos;
	private final double firstRowNanos;
	private final double factor;
	private final int columns;
	private final int rows;
	private final int[] requests;
	private final int[] failures;
	private final int most;

	private HeatMap(Operation operation, long fromNanos, long columnNanos, double firstRowNanos, double factor, int columns,
			int rows, int[] requests, int[] failures) {
		this.operation = operation;
		this.fromNanos = fromNanos;
		this.columnNanos = columnNanos;
		this.firstRowNanos = firstRowNanos;
		this.factor = factor;
		this.columns = columns;
		this.rows = rows;
		this.requests = requests;
		this.failures = failures;
		int max = 0;
		for (int count : requests) {
			max = Math.max(max, count);
		}
		most = max;
	}

	/**
	 * Counts all spans that began in [{@code fromNanos}, {@code toNanos}). Linear in the rows of the table.
	 *
	 * @throws IllegalArgumentException if the time is empty or there is to be no column or row
	 */
	public static HeatMap of(Took took, Operation operation, long fromNanos, long toNanos, int columns, int rows) {
		if (toNanos <= fromNanos || columns < 1 || rows < 1) {
			throw new IllegalArgumentException("empty picture: [" + fromNanos + ", " + toNanos + ") ns in " + columns + " x " + rows);
		}
		Traces traces = took.traces();
		SpanTable spans = traces.spans();
		Operation.Test test = operation.test(spans);
		long shortest = Long.MAX_VALUE;
		long longest = 0;
		for (int row = 0; row < spans.size(); row++) {
			if (test.has(row) && traces.startNanos(row) >= fromNanos && traces.startNanos(row) < toNanos) {
				long nanos = took.nanos(row);
				shortest = Math.min(shortest, nanos);
				longest = Math.max(longest, nanos);
			}
		}
		long column = Math.max(1, (toNanos - fromNanos + columns - 1) / columns);
		double first = Math.max(1_000, Math.min(shortest, longest)); // below a microsecond nothing can be told apart
		double factor = Math.pow(Math.max(2, (longest + 1) / first), 1.0 / rows);
		int[] requests = new int[columns * rows];
		int[] failures = new int[columns * rows];
		for (int row = 0; row < spans.size(); row++) {
			long start = traces.startNanos(row);
			if (test.has(row) && start >= fromNanos && start < toNanos) {
				int x = (int) ((start - fromNanos) / column);
				int y = Math.clamp((int) Math.floor(Math.log(Math.max(1, took.nanos(row)) / first) / Math.log(factor)), 0, rows - 1);
				requests[x * rows + y]++;
				failures[x * rows + y] += spans.has(row, SpanTable.ERROR) ? 1 : 0;
			}
		}
		return new HeatMap(operation, fromNanos, column, first, factor, columns, rows, requests, failures);
	}

	public Operation operation() {
		return operation;
	}

	public int columns() {
		return columns;
	}

	public int rows() {
		return rows;
	}

	public int requests(int column, int row) {
		return requests[column * rows + row];
	}

	/** Those of them that failed. */
	public int failures(int column, int row) {
		return failures[column * rows + row];
	}

	/** Requests of the fullest cell; 0 if there are none at all. */
	public int most() {
		return most;
	}

	/** When a column begins; that of {@link #columns} is when the last one ends. */
	public long startNanos(int column) {
		return fromNanos + column * columnNanos;
	}

	/** The shortest duration of a row. The first row holds shorter ones too, the last one longer ones. */
	public long durationNanos(int row) {
		return Math.round(firstRowNanos * Math.pow(factor, row));
	}

	/** The requests of a block of cells. */
	public LatencyDiff.Group group(int fromColumn, int fromRow, int toColumn, int toRow) {
		int low = Math.min(fromRow, toRow);
		int high = Math.max(fromRow, toRow) + 1;
		return new LatencyDiff.Group(operation, startNanos(Math.min(fromColumn, toColumn)),
				startNanos(Math.max(fromColumn, toColumn) + 1), low == 0 ? 0 : durationNanos(low),
				high == rows ? Long.MAX_VALUE : durationNanos(high));
	}

	/** A filter, as {@link io.crosstrace.ide.filter.Query} reads it, that the requests of a block of cells pass. */
	public String filter(int fromColumn, int fromRow, int toColumn, int toRow) {
		return group(fromColumn, fromRow, toColumn, toRow).filter();
	}
}
