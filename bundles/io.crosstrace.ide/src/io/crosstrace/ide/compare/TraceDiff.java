package io.crosstrace.ide.compare;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.timeline.TimelineLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What two traces have in common and what only one of them did. Spans are matched by their way from the root, by
 * service, operation and kind; repetitions of one way are one row, so a loop of forty calls against one of twelve
 * is a row that says so, not twenty-eight that are missing.
 *
 * <p>Rows are depth first, siblings in the order in which they began. Immutable; any thread. O(n log n) in the
 * spans of both, whatever their depth.
 */
public final class TraceDiff {
	/** What happened to a row from the first trace to the second. */
	public enum Change {
		SAME,
		/** Only the second did it. */
		ADDED,
		/** Only the first did it. */
		REMOVED,
		/** It fails now and did not before. */
		FAILS,
		/** It failed and does not any more. */
		FIXED,
		/** Done more often. */
		MORE,
		/** Done less often. */
		FEWER,
		SLOWER,
		FASTER
	}

	/**
	 * What one of the traces did in a row.
	 *
	 * @param count how often; 0 if never
	 * @param nanos all durations added up
	 * @param selfNanos the part of them that no child covers
	 * @param first index of the first span in its trace, or {@link Trace#NONE}
	 */
	public record Side(int count, int errors, long nanos, long selfNanos, int first) {
		static final Side NOTHING = new Side(0, 0, 0, 0, Trace.NONE);
	}

	/**
	 * @param end one after the last row below this one
	 * @param call whether the spans are the caller's end
	 */
	public record Row(int depth, int end, String service, String operation, boolean call, Side a, Side b,
			Change change) {
		/** How much longer the second took; negative if less. */
		public long deltaNanos() {
			return b.nanos - a.nanos;
		}

		/** How much of the difference is this row's own and not of what is below it. */
		public long ownDeltaNanos() {
			return b.selfNanos - a.selfNanos;
		}
	}

	/** A change of duration below both shares is no change: of the row, and of the longer trace. */
	private static final double LEAST_OF_ROW = 0.10;
	private static final double LEAST_OF_TRACE = 0.01;

	private record Key(int above, String service, String operation, boolean call) {
	}

	private static final class Node {
		final int depth;
		final Key key;
		final List<Integer> children = new ArrayList<>();
		final int[] count = new int[2];
		final int[] errors = new int[2];
		final long[] nanos = new long[2];
		final long[] self = new long[2];
		final int[] first = { Trace.NONE, Trace.NONE };
		final int[] last = { Trace.NONE, Trace.NONE };
		long begins = Long.MAX_VALUE;

		Node(int depth, Key key) {
			this.depth = depth;
			this.key = key;
		}

		Side side(int which) {
			return count[which] == 0 ? Side.NOTHING
					: new Side(count[which], errors[which], nanos[which], self[which], first[which]);
		}
	}

	private final TimelineLayout a;
	private final TimelineLayout b;
	private final List<Row> rows;
	private final List<Node> nodes;
	private final int[][] next;

	private TraceDiff(TimelineLayout a, TimelineLayout b, List<Row> rows, List<Node> nodes, int[][] next) {
		this.next = next;
		this.a = a;
		this.b = b;
		this.rows = rows;
		this.nodes = nodes;
	}

	/** Compares {@code b}, the later or the stranger one, with {@code a}. */
	public static TraceDiff of(TimelineLayout a, TimelineLayout b) {
		List<Node> nodes = new ArrayList<>();
		nodes.add(new Node(-1, null));
		Map<Key, Integer> known = new HashMap<>();
		int[][] next = { add(a, 0, nodes, known), add(b, 1, nodes, known) };
		List<Row> rows = new ArrayList<>();
		List<Node> ordered = new ArrayList<>();
		order(nodes, ordered);
		int[] ends = ends(ordered);
		long longer = Math.max(a.durationNanos(), b.durationNanos());
		for (int i = 0; i < ordered.size(); i++) {
			Node node = ordered.get(i);
			Side before = node.side(0);
			Side after = node.side(1);
			rows.add(new Row(node.depth, ends[i], node.key.service, node.key.operation, node.key.call, before, after,
					change(before, after, longer)));
		}
		return new TraceDiff(a, b, List.copyOf(rows), ordered, next);
	}

	/** Answers for each span the next one of the same row. */
	private static int[] add(TimelineLayout layout, int side, List<Node> nodes, Map<Key, Integer> known) {
		Trace trace = layout.trace();
		int[] next = new int[trace.size()];
		Arrays.fill(next, Trace.NONE);
		SpanTable spans = layout.traces().spans();
		int[] nodeOf = new int[trace.size()];
		long[] covered = new long[trace.size()];
		for (int i = 0; i < trace.size(); i++) {
			int row = trace.row(i);
			int above = i == 0 ? 0 : nodeOf[trace.parent(i)];
			Key key = new Key(above, spans.names.text(spans.service.get(row)),
					spans.names.text(spans.operation.get(row)), !spans.isRequest(row));
			int at = known.computeIfAbsent(key, x -> {
				nodes.add(new Node(nodes.get(above).depth + 1, key));
				nodes.get(above).children.add(nodes.size() - 1);
				return nodes.size() - 1;
			});
			nodeOf[i] = at;
			Node node = nodes.get(at);
			long start = layout.startNanos(i);
			long end = layout.endNanos(i);
			node.count[side]++;
			node.errors[side] += spans.has(row, SpanTable.ERROR) ? 1 : 0;
			node.nanos[side] += end - start;
			node.self[side] += end - start;
			if (node.first[side] == Trace.NONE) {
				node.first[side] = i;
			} else {
				next[node.last[side]] = i;
			}
			node.last[side] = i;
			node.begins = Math.min(node.begins, start);
			covered[i] = start;
			if (i > 0) { // children come by start, so what is covered only grows
				int up = trace.parent(i);
				long until = Math.min(end, layout.endNanos(up));
				long since = Math.max(covered[up], start);
				if (until > since) {
					nodes.get(above).self[side] -= until - since;
					covered[up] = until;
				}
			}
		}
		return next;
	}

	/** Depth first without recursion: traces can be deeper than the stack. */
	private static void order(List<Node> nodes, List<Node> ordered) {
		List<Integer> stack = new ArrayList<>(List.of(0));
		while (!stack.isEmpty()) {
			Node node = nodes.get(stack.removeLast());
			if (node.depth >= 0) {
				ordered.add(node);
			}
			node.children.sort(Comparator.comparingLong((Integer child) -> nodes.get(child).begins).reversed());
			stack.addAll(node.children);
		}
	}

	private static int[] ends(List<Node> ordered) {
		int[] ends = new int[ordered.size()];
		int[] lastOfDepth = new int[16];
		int open = 0;
		for (int i = 0; i <= ordered.size(); i++) {
			int depth = i == ordered.size() ? 0 : ordered.get(i).depth;
			while (open > depth) {
				ends[lastOfDepth[--open]] = i;
			}
			if (i < ordered.size()) {
				if (depth >= lastOfDepth.length) {
					lastOfDepth = Arrays.copyOf(lastOfDepth, 2 * depth);
				}
				lastOfDepth[open++] = i;
			}
		}
		return ends;
	}

	private static Change change(Side a, Side b, long longerNanos) {
		if (a.count == 0 || b.count == 0) {
			return a.count == 0 ? Change.ADDED : Change.REMOVED;
		}
		if (a.errors == 0 != (b.errors == 0)) {
			return b.errors > 0 ? Change.FAILS : Change.FIXED;
		}
		if (a.count != b.count) {
			return b.count > a.count ? Change.MORE : Change.FEWER;
		}
		long delta = b.nanos - a.nanos;
		boolean small = Math.abs(delta) < LEAST_OF_ROW * Math.max(a.nanos, b.nanos)
				|| Math.abs(delta) < LEAST_OF_TRACE * longerNanos;
		return small ? Change.SAME : delta > 0 ? Change.SLOWER : Change.FASTER;
	}

	public List<Row> rows() {
		return rows;
	}

	/** The trace compared with. */
	public TimelineLayout a() {
		return a;
	}

	/** The trace compared. */
	public TimelineLayout b() {
		return b;
	}

	/** The rows that make most of the difference by themselves, largest first; only those of any weight. */
	public List<Integer> causes(int most) {
		long whole = Math.abs(b.durationNanos() - a.durationNanos());
		List<Integer> causes = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			if (Math.abs(rows.get(i).ownDeltaNanos()) * 20 > Math.max(1, whole)) {
				causes.add(i);
			}
		}
		causes.sort(Comparator.comparingLong((Integer row) -> Math.abs(rows.get(row).ownDeltaNanos())).reversed());
		return causes.subList(0, Math.min(most, causes.size()));
	}

	/**
	 * When the spans of a row ran, on an axis that both traces share.
	 *
	 * @param second whether of the second trace
	 * @return pairs of x and width, at most one for each pixel
	 */
	public int[] bars(int row, boolean second, int widthPx) {
		TimelineLayout layout = second ? b : a;
		long longer = Math.max(a.durationNanos(), b.durationNanos());
		BitSet lit = new BitSet(widthPx);
		int side = second ? 1 : 0;
		for (int i = nodes.get(row).first[side]; i != Trace.NONE; i = next[side][i]) {
			int x = (int) (layout.startNanos(i) * (double) widthPx / longer);
			int right = (int) (layout.endNanos(i) * (double) widthPx / longer);
			lit.set(Math.min(x, widthPx - 1), Math.min(widthPx, Math.max(right, x + 1)));
		}
		int[] pairs = new int[2 * widthPx + 2];
		int size = 0;
		for (int x = lit.nextSetBit(0); x >= 0; x = lit.nextSetBit(lit.nextClearBit(x))) {
			pairs[size++] = x;
			pairs[size++] = lit.nextClearBit(x) - x;
		}
		return Arrays.copyOf(pairs, size);
	}

	/**
	 * The trace of the middle duration among the newest that begin like one, that one left out; null if there is no
	 * other.
	 */
	public static Trace typical(Trace like, List<Trace> alike) {
		List<Trace> others = new ArrayList<>(alike);
		others.removeIf(trace -> trace.rootRow() == like.rootRow());
		others.sort(Comparator.comparingLong(Trace::durationNanos).thenComparingInt(Trace::rootRow));
		return others.isEmpty() ? null : others.get(others.size() / 2);
	}
}
