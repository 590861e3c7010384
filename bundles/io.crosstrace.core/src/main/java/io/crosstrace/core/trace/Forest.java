package io.crosstrace.core.trace;

import java.util.Arrays;
import io.crosstrace.core.span.IntColumn;
import io.crosstrace.core.span.LongColumn;

/**
 * Which row hangs below which, as linked lists in columns: about 28 bytes a row. Links may be made and undone in
 * any order. A loop is let in and cut when it is climbed, at its earliest row, so that linking costs O(1).
 *
 * <p>Columns hold row + 1, because 0 is what a row never written reads. One thread.
 */
final class Forest {
	static final int NONE = -1;

	private final LongColumn start;
	private final IntColumn parent = new IntColumn();
	private final IntColumn firstChild = new IntColumn();
	private final IntColumn previous = new IntColumn();
	private final IntColumn next = new IntColumn();
	private final IntColumn stamp = new IntColumn();
	private final IntColumn top = new IntColumn();
	private int epoch = 1;
	private int[] path = new int[64];

	/** @param start children are put in the order of this column */
	Forest(LongColumn start) {
		this.start = start;
	}

	int parent(int row) {
		return parent.get(row) - 1;
	}

	/** The row must have no parent and not be {@code above} itself. */
	void link(int row, int above) {
		parent.set(row, above + 1);
		int first = firstChild.get(above);
		next.set(row, first);
		previous.set(row, 0);
		if (first != 0) {
			previous.set(first - 1, row + 1);
		}
		firstChild.set(above, row + 1);
	}

	/** Makes a row a root, with all that is below it. */
	void unlink(int row) {
		int above = parent.get(row);
		if (above == 0) {
			return;
		}
		int before = previous.get(row);
		int after = next.get(row);
		if (before == 0) {
			firstChild.set(above - 1, after);
		} else {
			next.set(before - 1, after);
		}
		if (after != 0) {
			previous.set(after - 1, before);
		}
		parent.set(row, 0);
		previous.set(row, 0);
		next.set(row, 0);
	}

	/** Forgets what {@link #top} remembered; call after links changed and before asking again. */
	void refresh() {
		epoch++;
	}

	/** The root above a row. Each row is climbed at most once between two calls of {@link #refresh}. */
	int top(int row) {
		int length = 0;
		int at = row;
		while (stamp.get(at) != epoch) {
			stamp.set(at, epoch);
			top.set(at, NONE);
			if (length == path.length) {
				path = Arrays.copyOf(path, length * 2);
			}
			path[length++] = at;
			if (parent(at) == NONE) {
				top.set(at, at);
				break;
			}
			at = parent(at);
		}
		int root = top.get(at);
		if (root == NONE) { // came back to a row of this very climb
			root = cutLoop(at);
		}
		for (int i = 0; i < length; i++) {
			top.set(path[i], root);
		}
		return root;
	}

	/** The answer {@link #top} gave when the row was last asked for or built. */
	int lastTop(int row) {
		return top.get(row);
	}

	private int cutLoop(int in) {
		int earliest = in;
		for (int at = parent(in); at != in; at = parent(at)) {
			if (start.get(at) < start.get(earliest) || (start.get(at) == start.get(earliest) && at < earliest)) {
				earliest = at;
			}
		}
		unlink(earliest);
		return earliest;
	}

	/**
	 * Walks a tree depth first, children by start.
	 *
	 * @return two arrays of equal length: the rows, and for each the index of its parent ({@link #NONE} first)
	 */
	int[][] depthFirst(int root) {
		int[] rows = new int[4];
		int[] parents = new int[4];
		int size = 0;
		int row = root;
		int above = NONE;
		while (true) {
			if (size == rows.length) {
				rows = Arrays.copyOf(rows, size * 2);
				parents = Arrays.copyOf(parents, size * 2);
			}
			rows[size] = row;
			parents[size] = above;
			stamp.set(row, epoch);
			top.set(row, root);
			sortChildren(row);
			int index = size++;
			if (firstChild.get(row) != 0) {
				row = firstChild.get(row) - 1;
				above = index;
				continue;
			}
			while (row != root && next.get(row) == 0) {
				row = parent(row);
				above = parents[above];
			}
			if (row == root) {
				return new int[][] { Arrays.copyOf(rows, size), Arrays.copyOf(parents, size) };
			}
			row = next.get(row) - 1;
		}
	}

	/** Merge sort from short runs to long ones: no recursion, no memory, and one pass over a sorted list. */
	private void sortChildren(int above) {
		int head = firstChild.get(above);
		if (sorted(head)) {
			return;
		}
		for (int run = 1, merges = 2; merges > 1; run *= 2) {
			merges = 0;
			int rest = head;
			int tail = 0;
			head = 0;
			while (rest != 0) {
				merges++;
				int left = rest;
				int right = rest;
				int leftLength = 0;
				while (leftLength < run && right != 0) {
					right = next.get(right - 1);
					leftLength++;
				}
				int rightLength = run;
				while (leftLength > 0 || (rightLength > 0 && right != 0)) {
					int taken;
					if (leftLength > 0 && (rightLength == 0 || right == 0 || !before(right - 1, left - 1))) {
						taken = left;
						left = next.get(left - 1);
						leftLength--;
					} else {
						taken = right;
						right = next.get(right - 1);
						rightLength--;
					}
					if (tail == 0) {
						head = taken;
					} else {
						next.set(tail - 1, taken);
					}
					previous.set(taken - 1, tail);
					tail = taken;
				}
				rest = right;
			}
			next.set(tail - 1, 0);
		}
		firstChild.set(above, head);
	}

	private boolean sorted(int head) {
		for (int at = head; at != 0; at = next.get(at - 1)) {
			int after = next.get(at - 1);
			if (after != 0 && before(after - 1, at - 1)) {
				return false;
			}
		}
		return true;
	}

	private boolean before(int a, int b) {
		long startA = start.get(a);
		long startB = start.get(b);
		return startA < startB || (startA == startB && a < b);
	}
}
