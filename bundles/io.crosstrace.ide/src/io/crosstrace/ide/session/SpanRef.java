package io.crosstrace.ide.session;

import io.crosstrace.core.span.SpanTable;

/**
 * One span: a row of a table that does not change. Stays valid however the session goes on, and keeps its table
 * in memory as long as it is held.
 */
public record SpanRef(SpanTable table, int row) {
	/** @throws IllegalArgumentException if the table has no such row */
	public SpanRef {
		if (row < 0 || row >= table.size()) {
			throw new IllegalArgumentException("row " + row + " of a table of " + table.size());
		}
	}

	public String service() {
		return table.names.text(table.service.get(row));
	}

	public String operation() {
		return table.names.text(table.operation.get(row));
	}

	/** Last byte of the answer minus first byte of the request, never negative. */
	public long durationNanos() {
		return Math.max(0, table.endNanos.get(row) - table.startNanos.get(row));
	}
}
