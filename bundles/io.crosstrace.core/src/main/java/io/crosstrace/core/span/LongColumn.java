package io.crosstrace.core.span;

import java.util.Arrays;

/** A growing array of longs, one entry a row. Reading a row never written gives 0. One writer at a time. */
public final class LongColumn {
	private long[] values = new long[16];

	public long get(int row) {
		return row < values.length ? values[row] : 0;
	}

	/** Grows by half when full; otherwise one store. */
	public void set(int row, long value) {
		if (row >= values.length) {
			values = Arrays.copyOf(values, Math.max(row + 1, values.length + (values.length >> 1)));
		}
		values[row] = value;
	}

	/** Reads what {@code other} holds now; its later rows may or may not show. */
	void share(LongColumn other) {
		values = other.values;
	}
}
