package io.crosstrace.ide.timeline;

import java.util.Arrays;
import java.util.BitSet;

/** Which spans of a trace have a row: those below no collapsed one. Immutable; any thread. */
public final class TimelineRows {
	private final int[] indexes;
	private final BitSet collapsed;

	TimelineRows(int[] ends, BitSet collapsed) {
		this.collapsed = collapsed;
		int[] visible = new int[ends.length];
		int size = 0;
		for (int i = 0; i < ends.length; i = collapsed.get(i) ? ends[i] : i + 1) {
			visible[size++] = i;
		}
		indexes = Arrays.copyOf(visible, size);
	}

	public int size() {
		return indexes.length;
	}

	/** The span, as an index of the trace, shown in a row. */
	public int index(int row) {
		return indexes[row];
	}

	/** The row of a span, or of the collapsed one it is hidden in. O(log n). */
	public int row(int index) {
		int at = Arrays.binarySearch(indexes, index);
		return at >= 0 ? at : -at - 2;
	}

	/** Whether what is below this span is hidden. */
	public boolean collapsed(int index) {
		return collapsed.get(index);
	}

	BitSet collapsed() {
		return (BitSet) collapsed.clone();
	}
}
