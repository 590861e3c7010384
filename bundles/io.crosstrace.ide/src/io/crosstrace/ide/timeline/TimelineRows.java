package io.crosstrace.ide.timeline;

import io.crosstrace.core.trace.Trace;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which spans of a trace have a row. Hidden are those below a collapsed span, the repetitions of a span whose group
 * is folded, and those that {@link Focus} leaves out. Immutable; any thread.
 */
public final class TimelineRows {
	private final Trace trace;
	private final int[] ends;
	private final Repeats repeats;
	private final int[] indexes;
	private final BitSet collapsed;
	private final BitSet folded;
	private final BitSet only;

	/**
	 * @param collapsed spans whose children are hidden
	 * @param folded heads of groups that are shown as one row
	 * @param only spans to show, each with all its ancestors; null for all
	 */
	TimelineRows(Trace trace, int[] ends, Repeats repeats, BitSet collapsed, BitSet folded, BitSet only) {
		this.trace = trace;
		this.ends = ends;
		this.repeats = repeats;
		this.collapsed = collapsed;
		this.folded = folded;
		this.only = only;
		int[] visible = new int[ends.length];
		int size = 0;
		for (int i = 0; i < ends.length;) {
			boolean one = folded.get(repeats.head(i));
			if (only != null && !only.get(i) || one && repeats.head(i) != i) {
				i = ends[i];
				continue;
			}
			visible[size++] = i;
			i = one || collapsed.get(i) ? ends[i] : i + 1;
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

	/** The row of a span, or of the one it is hidden in. O(log n) and the span's depth. */
	public int row(int index) {
		int seen = index;
		for (int at = index; at != Trace.NONE; at = trace.parent(at)) {
			if (only != null && !only.get(at)) {
				seen = Math.max(0, trace.parent(at));
			} else if (folded.get(repeats.head(at))) {
				seen = repeats.head(at);
			} else if (at != index && collapsed.get(at)) {
				seen = at;
			}
		}
		return Math.max(0, Arrays.binarySearch(indexes, seen));
	}

	/** Whether what is below this span, or what repeats it, is hidden. */
	public boolean collapsed(int index) {
		return collapsed.get(index) || folded(index);
	}

	/** Whether this row stands for a whole group of repeated spans. */
	public boolean folded(int index) {
		return folded.get(index);
	}

	/** Whether spans are left out because they are not looked for. */
	public boolean filtered() {
		return only != null;
	}

	/** Shows as one row each group of repeated spans there is, or opens all of them. */
	public TimelineRows foldRepeats(boolean fold) {
		return with(collapsed, fold ? repeats.groups(Repeats.LEAST) : new BitSet(), only);
	}

	/** Collapses all that is below the root's children, or opens everything. */
	public TimelineRows collapseAll(boolean collapse) {
		BitSet closed = new BitSet();
		for (int i = 1; collapse && i < trace.size(); i = ends[i]) {
			closed.set(i, hasChildren(i));
		}
		return with(closed, collapse ? folded : new BitSet(), only);
	}

	/** Collapses a span or opens it again; opens a group. A span without children stays as it is. */
	public TimelineRows toggle(int index) {
		if (folded.get(index)) {
			BitSet groups = folded();
			groups.clear(index);
			return with(collapsed, groups, only);
		}
		if (!hasChildren(index)) {
			return this;
		}
		BitSet closed = collapsed();
		closed.flip(index);
		return with(closed, folded, only);
	}

	/** Opens a span and everything below it. */
	public TimelineRows expand(int index) {
		BitSet closed = collapsed();
		BitSet groups = folded();
		closed.clear(index, ends[index]);
		groups.clear(index, ends[index]);
		return with(closed, groups, only);
	}

	/** Shows the group a span is in as one row; the same rows if it is in none or that is so already. */
	public TimelineRows foldGroup(int index) {
		if (!repeats.isGroup(index) || folded.get(repeats.head(index))) {
			return this;
		}
		BitSet groups = folded();
		groups.set(repeats.head(index));
		return with(collapsed, groups, only);
	}

	/** Opens whatever hides a span; the same rows if nothing does. */
	public TimelineRows reveal(int index) {
		BitSet closed = collapsed();
		BitSet groups = folded();
		for (int at = index; at != Trace.NONE; at = trace.parent(at)) {
			if (at != index) {
				closed.clear(at);
				groups.clear(repeats.head(at));
			} else if (repeats.head(at) != at) {
				groups.clear(repeats.head(at));
			}
		}
		boolean leftOut = only != null && !only.get(index);
		boolean same = closed.equals(collapsed) && groups.equals(folded) && !leftOut;
		return same ? this : with(closed, groups, leftOut ? null : only);
	}

	private boolean hasChildren(int index) {
		return ends[index] > index + 1;
	}

	/** The sets are this object's to keep. */
	TimelineRows with(BitSet newCollapsed, BitSet newFolded, BitSet newOnly) {
		return new TimelineRows(trace, ends, repeats, newCollapsed, newFolded, newOnly);
	}

	BitSet collapsed() {
		return (BitSet) collapsed.clone();
	}

	BitSet folded() {
		return (BitSet) folded.clone();
	}

	BitSet only() {
		return only;
	}
}
