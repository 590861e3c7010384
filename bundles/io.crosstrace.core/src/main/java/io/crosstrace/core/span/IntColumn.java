package io.crosstrace.core.span;

import java.util.Arrays;

/** A growing array of ints, one entry a row. Reading a row never written gives 0. One writer at a time. */
public final class IntColumn {
	private int[] values = new int[16];

	public int get(int row) {
		return row < values.length ? values[row] : 0;
	}

	/** Grows by half when full; otherwise one store. */
	public void set(int row, int value) {
		if (row >= values.length) {
			values = Arrays.copyOf(values, Math.max(row + 1, values.length + (values.length >> 1)));
		}
		values[row] = value;
	}

	/** Reads what {@code other} holds now; its later rows may or may not show. */
	void share(IntColumn other) {
		values = other.values;
	}
}
