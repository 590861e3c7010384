package io.crosstrace.core.span;

import java.util.Arrays;

/** A growing array of longs, one entry a row. Reading a row never written gives 0. One writer at a time. */
public final class LongColumn {
	private long[] values;

	public LongColumn() {
		this(16);
	}

	/** @param capacity rows to have room for without growing */
	public LongColumn(int capacity) {
		values = new long[capacity];
	}

	public long get(int row) {
		return row < values.length ? values[row] : 0;
	}

	/** Doubles when full; otherwise one store. A column of nothing but zeroes takes no room. */
	public void set(int row, long value) {
		if (row >= values.length) {
			if (value == 0) {
				return; // what a row never written reads
			}
			values = Arrays.copyOf(values, Math.max(row + 1, 2 * values.length));
		}
		values[row] = value;
	}

	/** Reads what {@code other} holds now; its later rows may or may not show. */
	void share(LongColumn other) {
		values = other.values;
	}
}
