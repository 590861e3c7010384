package io.crosstrace.core.trace;

import java.util.Arrays;

/**
 * Where the time of a trace went: for every moment of the root span, the one span that the answer waited for. Making
 * a span shorter makes the trace faster only where it is on this path.
 *
 * <p>Found backwards from the root's end: of the calls that had ended, the last one held up its caller. Immutable.
 * Cost: O(n log n) once, memory 24 bytes a step.
 */
public final class CriticalPath {
	private int[] indexes = new int[16];
	private long[] starts = new long[16];
	private long[] ends = new long[16];
	private int steps;

	private CriticalPath() {
	}

	/** @param traces the ones {@code trace} was taken from */
	public static CriticalPath of(Trace trace, Traces traces) {
		return of(trace, traces, new int[] { 0 });
	}

	/**
	 * The paths of several spans of a trace, one after the other.
	 *
	 * @param from their indexes, ascending; none of them below another
	 */
	public static CriticalPath of(Trace trace, Traces traces, int[] from) {
		CriticalPath path = new CriticalPath();
		int[][] children = childrenByEnd(trace, traces);
		int[] next = new int[trace.size()]; // of each span's children, the one to look at
		for (int i = from.length - 1; i >= 0; i--) {
			path.find(trace, traces, children, next, from[i]);
		}
		path.reverse();
		return path;
	}

	/** Number of steps; those of one span's path are in order of time and do not overlap. */
	public int size() {
		return steps;
	}

	/** The span, as an index of the trace, that step {@code step} was spent in. */
	public int index(int step) {
		return indexes[step];
	}

	public long startNanos(int step) {
		return starts[step];
	}

	public long endNanos(int step) {
		return ends[step];
	}

	private void find(Trace trace, Traces traces, int[][] children, int[] next, int from) {
		int[] stack = new int[16];
		long[] floors = new long[16]; // a child counts no further back than its callers began
		int depth = 0;
		long cursor = traces.endNanos(trace.row(from));
		stack[0] = from;
		floors[0] = traces.startNanos(trace.row(from));
		while (depth >= 0) {
			int index = stack[depth];
			long floor = floors[depth];
			int child = nextChild(trace, traces, children[index], next, index, cursor, floor);
			if (child == Trace.NONE) {
				add(index, floor, cursor);
				cursor = Math.min(cursor, floor);
				depth--;
				continue;
			}
			long end = Math.min(cursor, traces.endNanos(trace.row(child)));
			add(index, end, cursor);
			cursor = end;
			if (++depth == stack.length) {
				stack = Arrays.copyOf(stack, depth * 2);
				floors = Arrays.copyOf(floors, depth * 2);
			}
			stack[depth] = child;
			floors[depth] = Math.max(floor, traces.startNanos(trace.row(child)));
		}
	}

	/** The child that ended last of those that began before {@code cursor}. */
	private static int nextChild(Trace trace, Traces traces, int[] byEnd, int[] next, int index, long cursor,
			long floor) {
		while (next[index] < byEnd.length) {
			int child = byEnd[next[index]++];
			int row = trace.row(child);
			if (traces.startNanos(row) < cursor && traces.endNanos(row) > floor) {
				return child;
			}
		}
		return Trace.NONE;
	}

	private static int[][] childrenByEnd(Trace trace, Traces traces) {
		int[] count = new int[trace.size()];
		for (int i = 1; i < trace.size(); i++) {
			count[trace.parent(i)]++;
		}
		int[][] children = new int[trace.size()][];
		int[] none = new int[0];
		for (int i = 0; i < children.length; i++) {
			children[i] = count[i] == 0 ? none : new int[count[i]];
		}
		for (int i = trace.size() - 1; i > 0; i--) {
			int parent = trace.parent(i);
			children[parent][--count[parent]] = i;
		}
		for (int i = 0; i < children.length; i++) {
			if (children[i].length > 1) {
				children[i] = Arrays.stream(children[i]).boxed().sorted((a, b) -> Long.compare(
						traces.endNanos(trace.row(b)), traces.endNanos(trace.row(a)))).mapToInt(x -> x).toArray();
			}
		}
		return children;
	}

	private void add(int index, long start, long end) {
		if (end <= start) {
			return;
		}
		if (steps == indexes.length) {
			indexes = Arrays.copyOf(indexes, steps * 2);
			starts = Arrays.copyOf(starts, steps * 2);
			ends = Arrays.copyOf(ends, steps * 2);
		}
		indexes[steps] = index;
		starts[steps] = start;
		ends[steps++] = end;
	}

	private void reverse() {
		for (int i = 0, j = steps - 1; i < j; i++, j--) {
			int index = indexes[i];
			indexes[i] = indexes[j];
			indexes[j] = index;
			long start = starts[i];
			starts[i] = starts[j];
			starts[j] = start;
			long end = ends[i];
			ends[i] = ends[j];
			ends[j] = end;
		}
	}
}
