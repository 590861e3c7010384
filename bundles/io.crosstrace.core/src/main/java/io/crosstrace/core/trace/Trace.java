package io.crosstrace.core.trace;

/**
 * One trace: the rows of a root and of all it caused, depth first, children by start. An index counts within the
 * trace, a row within the table ({@link Traces#spans}); index 0 is the root.
 *
 * <p>Immutable; any thread. Times are Unix nanoseconds by the reference host's clock.
 */
public final class Trace {
	/** Parent index of the root. */
	public static final int NONE = -1;

	private final int[] rows;
	private final int[] parents;
	private final long startNanos;
	private final long endNanos;
	private final int services;
	private final int errors;

	Trace(int[] rows, int[] parents, long startNanos, long endNanos, int services, int errors) {
		this.rows = rows;
		this.parents = parents;
		this.startNanos = startNanos;
		this.endNanos = endNanos;
		this.services = services;
		this.errors = errors;
	}

	/** Number of spans, at least 1. */
	public int size() {
		return rows.length;
	}

	public int row(int index) {
		return rows[index];
	}

	public int rootRow() {
		return rows[0];
	}

	/** Index of the span that caused this one, or {@link #NONE}. Always below {@code index}. */
	public int parent(int index) {
		return parents[index];
	}

	/** The index of a row, or {@link #NONE} if it is not of this trace. Linear. */
	public int indexOf(int row) {
		for (int i = 0; i < rows.length; i++) {
			if (rows[i] == row) {
				return i;
			}
		}
		return NONE;
	}

	/** Earliest start of any span. */
	public long startNanos() {
		return startNanos;
	}

	/** Latest end of any span. */
	public long endNanos() {
		return endNanos;
	}

	public long durationNanos() {
		return endNanos - startNanos;
	}

	/** Number of different services. */
	public int services() {
		return services;
	}

	/** Number of spans that failed. */
	public int errors() {
		return errors;
	}

	/** Levels above each span, 0 for the root. Made anew by each call; linear. */
	public int[] depths() {
		int[] depths = new int[rows.length];
		for (int i = 1; i < depths.length; i++) {
			depths[i] = depths[parents[i]] + 1;
		}
		return depths;
	}

	/**
	 * Where the subtree of each span ends: it is {@code [index, ends[index])}, so a span's first child is
	 * {@code index + 1} and each further one {@code ends[child]}. Made anew by each call; linear.
	 */
	public int[] ends() {
		int[] ends = new int[rows.length];
		for (int i = ends.length - 1; i >= 0; i--) {
			ends[i] = Math.max(ends[i], i + 1);
			if (i > 0) {
				ends[parents[i]] = Math.max(ends[parents[i]], ends[i]);
			}
		}
		return ends;
	}
}
