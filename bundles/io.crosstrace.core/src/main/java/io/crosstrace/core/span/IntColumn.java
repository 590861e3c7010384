package io.crosstrace.core.span;

import java.util.Arrays;

/** A growing array of ints, one entry a row. Reading a row never written gives 0. One writer at a time. */
public final class IntColumn {
	private int[] values;

	public IntColumn() {
		this(16);
	}

	/** @param capacity rows to have room for without growing */
	public IntColumn(int capacity) {
		values = new int[capacity];
	}

	public int get(int row) {
		return row < values.length ? values[row] : 0;
	}

	/** Doubles when full; otherwise one store. A column of nothing but zeroes takes no room. */
	public void set(int row, int value) {
		if (row >= values.length) {
			if (value == 0) {
				return; // what a row never written reads
			}
			values = Arrays.copyOf(values, Math.max(row + 1, 2 * values.length));
		}
		values[row] = value;
	}

	/** Reads what {@code other} holds now; its later rows may or may not show. */
	void share(IntColumn other) {
		values = other.values;
	}
}
