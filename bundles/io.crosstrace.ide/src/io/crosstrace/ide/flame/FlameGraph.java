package io.crosstrace.ide.flame;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Traces as one flame graph: spans with the same way from the root, by service, operation and kind, are one frame. A
 * frame is as wide as the time spent in it and below it, where a span's own time is what no child of it covers.
 * So frames never overlap, and calls made at the same time add up, as threads do in a profiler's graph.
 *
 * <p>Frame 0 holds everything; its children are the roots. Immutable; any thread. Making one is linear in the spans,
 * whatever their depth; 60 bytes a frame.
 */
public final class FlameGraph {
	private final SpanTable spans;
	private final int traces;
	private int size = 1;
	private int levels;
	private int[] parent = new int[64];
	private int[] depth = new int[64];
	private int[] firstRow = new int[64];
	private int[] count = new int[64];
	private int[] errors = new int[64];
	private long[] self = new long[64];
	private long[] total = new long[64];
	/** Children of frame f, widest first: {@code children[from[f]]} to {@code children[from[f + 1] - 1]}. */
	private int[] from;
	private int[] children;

	private FlameGraph(SpanTable spans, int traces) {
		this.spans = spans;
		this.traces = traces;
		parent[0] = Trace.NONE;
		depth[0] = -1;
		firstRow[0] = -1;
	}

	/**
	 * Merges traces.
	 *
	 * @param traces the ones {@code selection} is of
	 */
	public static FlameGraph of(Traces traces, List<Trace> selection) {
		FlameGraph graph = new FlameGraph(traces.spans(), selection.size());
		Index index = new Index();
		for (Trace trace : selection) {
			graph.add(traces, trace, index);
		}
		graph.sumUp();
		return graph;
	}

	/** The newest traces that begin with the same service and operation as {@code like}, at most {@code most}. */
	public static List<Trace> alike(Traces traces, Trace like, int most) {
		SpanTable spans = traces.spans();
		int service = spans.service.get(like.rootRow());
		int operation = spans.operation.get(like.rootRow());
		List<Trace> alike = new ArrayList<>();
		for (int i = 0; i < traces.size() && alike.size() < most; i++) {
			int root = traces.newest(i).rootRow();
			if (spans.service.get(root) == service && spans.operation.get(root) == operation) {
				alike.add(traces.newest(i));
			}
		}
		return alike;
	}

	private void add(Traces traces, Trace trace, Index index) {
		int[] frames = new int[trace.size()];
		long[] covered = new long[trace.size()]; // until when children of a span have covered its time
		for (int i = 0; i < frames.length; i++) {
			int row = trace.row(i);
			int above = i == 0 ? 0 : frames[trace.parent(i)];
			int frame = index.frame(this, above, row);
			frames[i] = frame;
			long start = traces.startNanos(row);
			long end = traces.endNanos(row);
			count[frame]++;
			errors[frame] += spans.has(row, SpanTable.ERROR) ? 1 : 0;
			self[frame] += end - start;
			covered[i] = start;
			if (i > 0) { // children come by start, so what is covered only grows
				int up = trace.parent(i);
				long ends = Math.min(end, traces.endNanos(trace.row(up)));
				long begins = Math.max(covered[up], start);
				if (ends > begins) {
					self[above] -= ends - begins;
					covered[up] = ends;
				}
			}
		}
	}

	private int newFrame(int above, int row) {
		if (size == parent.length) {
			int room = size * 2;
			parent = Arrays.copyOf(parent, room);
			depth = Arrays.copyOf(depth, room);
			firstRow = Arrays.copyOf(firstRow, room);
			count = Arrays.copyOf(count, room);
			errors = Arrays.copyOf(errors, room);
			self = Arrays.copyOf(self, room);
			total = Arrays.copyOf(total, room);
		}
		parent[size] = above;
		depth[size] = depth[above] + 1;
		levels = Math.max(levels, depth[size] + 1);
		firstRow[size] = row;
		return size++;
	}

	private void sumUp() {
		for (int i = size - 1; i >= 0; i--) { // a frame is always made after the one above it
			total[i] += self[i];
			if (i > 0) {
				total[parent[i]] += total[i];
			}
		}
		from = new int[size + 1];
		for (int i = 1; i < size; i++) {
			from[parent[i] + 1]++;
		}
		for (int i = 0; i < size; i++) {
			from[i + 1] += from[i];
		}
		children = new int[size - 1];
		int[] next = Arrays.copyOf(from, size);
		for (int i = 1; i < size; i++) {
			children[next[parent[i]]++] = i;
		}
		for (int i = 0; i < size; i++) {
			if (from[i + 1] - from[i] > 1) {
				sortWidestFirst(from[i], from[i + 1]);
			}
		}
	}

	private void sortWidestFirst(int begin, int end) {
		Integer[] some = new Integer[end - begin];
		for (int i = begin; i < end; i++) {
			some[i - begin] = children[i];
		}
		Arrays.sort(some, (a, b) -> total[a] != total[b] ? Long.compare(total[b], total[a]) : a - b);
		for (int i = begin; i < end; i++) {
			children[i] = some[i - begin];
		}
	}

	/** Number of frames, with frame 0. */
	public int size() {
		return size;
	}

	/** Number of levels, 0 if there is no frame but frame 0. */
	public int levels() {
		return levels;
	}

	/** How many traces were merged. */
	public int traces() {
		return traces;
	}

	/** The frame above, or {@link Trace#NONE} above frame 0. */
	public int parent(int frame) {
		return parent[frame];
	}

	/** -1 for frame 0, 0 for roots. */
	public int depth(int frame) {
		return depth[frame];
	}

	/** Children, widest first. */
	public int[] children(int frame) {
		return Arrays.copyOfRange(children, from[frame], from[frame + 1]);
	}

	/** How many spans were merged into a frame. */
	public int count(int frame) {
		return count[frame];
	}

	public int errors(int frame) {
		return errors[frame];
	}

	/** Time spent in a frame's spans and in none of their children. */
	public long selfNanos(int frame) {
		return self[frame];
	}

	/** Time spent in a frame and below it. */
	public long totalNanos(int frame) {
		return total[frame];
	}

	/** Whether a frame is the caller's end of calls. */
	public boolean call(int frame) {
		return frame > 0 && !spans.isRequest(firstRow[frame]);
	}

	/** Empty for frame 0. */
	public String service(int frame) {
		return frame == 0 ? "" : spans.names.text(spans.service.get(firstRow[frame]));
	}

	/** Empty for frame 0. */
	public String operation(int frame) {
		return frame == 0 ? "" : spans.names.text(spans.operation.get(firstRow[frame]));
	}

	/** The row of the first span that was merged into a frame, or -1 for frame 0. */
	public int firstRow(int frame) {
		return firstRow[frame];
	}

	/**
	 * What can be seen with {@code root} as wide as the picture: its ancestors above it, and what is below down to
	 * {@code levels}. Frames narrower than a pixel are left out.
	 *
	 * @param firstLevel how many levels are scrolled away at the top
	 */
	public FlamePicture picture(int root, int firstLevel, int levels, int widthPx) {
		List<FlamePicture.Frame> frames = new ArrayList<>();
		int base = depth[root];
		for (int at = root; at > 0; at = parent[at]) {
			if (depth[at] >= firstLevel && depth[at] < firstLevel + levels) {
				frames.add(frame(at, 0, widthPx));
			}
		}
		double perNano = widthPx / (double) Math.max(1, total[root]);
		int[] level = { root };
		double[] starts = { 0 };
		int size = 1;
		for (int at = base + 1; size > 0 && at < firstLevel + levels; at++) {
			int[] below = new int[16];
			double[] belowStarts = new double[16];
			int found = 0;
			for (int i = 0; i < size; i++) {
				double x = starts[i];
				for (int k = from[level[i]]; k < from[level[i] + 1]; k++) {
					int child = children[k];
					double width = total[child] * perNano;
					if (width < 1) {
						break; // those that follow are no wider
					}
					if (found == below.length) {
						below = Arrays.copyOf(below, 2 * found);
						belowStarts = Arrays.copyOf(belowStarts, 2 * found);
					}
					below[found] = child;
					belowStarts[found++] = x;
					if (at >= firstLevel) {
						int left = (int) Math.round(x);
						frames.add(frame(child, left, Math.max(1, (int) Math.round(x + width) - left)));
					}
					x += width;
				}
			}
			level = below;
			starts = belowStarts;
			size = found;
		}
		return new FlamePicture(root, firstLevel, widthPx, List.copyOf(frames));
	}

	private FlamePicture.Frame frame(int frame, int x, int width) {
		return new FlamePicture.Frame(frame, depth[frame], x, width);
	}

	/** Finds the frame of a span below another frame: open addressing, the row of the frame's first span as its key. */
	private static final class Index {
		private int[] table = new int[256];
		private int used;

		int frame(FlameGraph graph, int above, int row) {
			int at = hash(graph, above, row) & table.length - 1;
			while (table[at] != 0) {
				int frame = table[at];
				if (graph.parent[frame] == above && same(graph.spans, graph.firstRow[frame], row)) {
					return frame;
				}
				at = at + 1 & table.length - 1;
			}
			table[at] = graph.newFrame(above, row);
			int made = table[at];
			if (++used * 2 > table.length) {
				grow(graph);
			}
			return made;
		}

		private void grow(FlameGraph graph) {
			table = new int[table.length * 4];
			for (int frame = 1; frame < graph.size; frame++) {
				int at = hash(graph, graph.parent[frame], graph.firstRow[frame]) & table.length - 1;
				while (table[at] != 0) {
					at = at + 1 & table.length - 1;
				}
				table[at] = frame;
			}
		}

		private static boolean same(SpanTable spans, int a, int b) {
			return spans.service.get(a) == spans.service.get(b) && spans.operation.get(a) == spans.operation.get(b)
					&& spans.kind.get(a) == spans.kind.get(b);
		}

		private static int hash(FlameGraph graph, int above, int row) {
			int hash = above * 0x9E3779B1 + graph.spans.service.get(row);
			hash = hash * 0x9E3779B1 + graph.spans.operation.get(row);
			hash = hash * 0x9E3779B1 + graph.spans.kind.get(row);
			return hash ^ hash >>> 15;
		}
	}
}
