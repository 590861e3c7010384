package io.crosstrace.ide.services;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where to draw a graph of calls: callers left of what they call, few crossings, no line through a box.
 *
 * <p>The same graph gives the same places, so a picture that only changes its numbers stands still. A graph that
 * grew keeps the order of what was there, unless that would cost many crossings. A column that would be much higher
 * than the picture is wide stands in several, and lines run between its rows. Cycles are drawn as one line that runs
 * back. Pixels; immutable; any thread. Cost: O(nodes x calls) at worst; a tenth of a second for 500 nodes.
 * After Sugiyama, Tagawa, Toda: Methods for Visual Understanding of Hierarchical System Structures, 1981.
 */
public final class LayeredLayout {
	private static final int SWEEPS = 8;
	private static final int SETTLING = 6;
	/** An order that is kept may have this many times the crossings of a new one, and a few more. */
	private static final double PATIENCE = 1.5;
	private static final int FEW_CROSSINGS = 4;
	/** A column of fewer boxes stays one. */
	private static final int LEAST_ROWS = 12;
	/** Between the boxes of a column that stands in several: room for a line to turn. */
	private static final int SUB_GAP = 28;

	private final int[] x;
	private final int[] y;
	private final int[][] lines;
	private int width;
	private int height;

	private LayeredLayout(int nodes, int edges) {
		x = new int[nodes];
		y = new int[nodes];
		lines = new int[edges][];
	}

	/**
	 * Sizes in pixels.
	 *
	 * @param width of a node's box
	 * @param height of a node's box
	 * @param gapX free room between columns, for lines and their labels
	 * @param gapY free room between boxes of a column
	 * @param margin around all
	 */
	public record Sizes(int width, int height, int gapX, int gapY, int margin) {
	}

	/**
	 * Lays out {@code nodes} boxes.
	 *
	 * @param from callers, one entry an edge
	 * @param to callees, likewise
	 * @throws IllegalArgumentException if an edge names a node that is not there
	 */
	public static LayeredLayout of(int nodes, int[] from, int[] to, Sizes sizes) {
		double[] nowhere = new double[nodes];
		Arrays.fill(nowhere, Double.NaN);
		return of(nodes, from, to, sizes, nowhere);
	}

	/**
	 * As {@link #of(int, int[], int[], Sizes)}, keeping an order.
	 *
	 * @param before where each node was from top to bottom, in any unit; NaN for a new one
	 */
	public static LayeredLayout of(int nodes, int[] from, int[] to, Sizes sizes, double[] before) {
		for (int i = 0; i < from.length; i++) {
			if (Math.min(from[i], to[i]) < 0 || Math.max(from[i], to[i]) >= nodes) {
				throw new IllegalArgumentException("edge " + from[i] + " to " + to[i] + " of " + nodes + " nodes");
			}
		}
		LayeredLayout layout = new LayeredLayout(nodes, from.length);
		new Work(nodes, from, to, sizes).into(layout, before);
		return layout;
	}

	/** Left edge of a node's box. */
	public int x(int node) {
		return x[node];
	}

	/** Upper edge of a node's box. */
	public int y(int node) {
		return y[node];
	}

	/** The points an edge goes through, x and y in turn, from the caller's side to the callee's. */
	public int[] line(int edge) {
		return lines[edge];
	}

	public int width() {
		return width;
	}

	public int height() {
		return height;
	}

	/** The nodes, and behind them one bend for each column that a long edge passes. */
	private static final class Work {
		private final int nodes;
		private final int[] from;
		private final int[] to;
		private final Sizes sizes;
		private final boolean[] back;
		private final int[] layer;
		private final List<int[]> chains = new ArrayList<>();
		private final List<Integer> bendLayer = new ArrayList<>();
		private final List<List<Integer>> columns = new ArrayList<>();
		private final List<List<Integer>> left = new ArrayList<>();
		private final List<List<Integer>> right = new ArrayList<>();
		private double[] place;
		/** How many columns a layer stands in, which of them a node is in, and where each layer begins. */
		private int[] widths;
		private int[] sub;
		private int[] columnX;

		Work(int nodes, int[] from, int[] to, Sizes sizes) {
			this.nodes = nodes;
			this.from = from;
			this.to = to;
			this.sizes = sizes;
			back = new boolean[from.length];
			layer = new int[nodes];
		}

		void into(LayeredLayout out, double[] before) {
			breakCycles();
			assignLayers();
			addBends();
			int fewest = crossings();
			List<List<Integer>> best = copy();
			for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
				order(sweep % 2 == 0);
				int now = crossings();
				if (now < fewest) {
					fewest = now;
					best = copy();
				}
			}
			restore(best);
			if (keep(before) && crossings() > PATIENCE * fewest + FEW_CROSSINGS) {
				restore(best);
			}
			wrap();
			settle();
			emit(out);
		}

		/** Lets layers of many boxes stand in several columns: rows from left to right, lines between the rows. */
		private void wrap() {
			widths = new int[columns.size()];
			sub = new int[nodes];
			columnX = new int[columns.size() + 1];
			columnX[0] = sizes.margin();
			int pitchX = sizes.width() + sizes.gapX();
			int most = (int) Math.max(LEAST_ROWS,
					Math.ceil(Math.sqrt((double) nodes * pitchX / (sizes.height() + sizes.gapY()))));
			for (int k = 0; k < columns.size(); k++) {
				List<Integer> column = columns.get(k);
				pack(column);
				int boxes = (int) column.stream().filter(item -> item < nodes).count();
				widths[k] = boxes <= most ? 1 : Math.ceilDiv(boxes, most);
				if (widths[k] > 1) {
					wrap(column, widths[k], Math.ceilDiv(boxes, widths[k]));
				}
				columnX[k + 1] = columnX[k] + widths[k] * sizes.width() + (widths[k] - 1) * SUB_GAP + sizes.gapX();
			}
		}

		/** As close as they may stand: until now each item, also a bend, had a row. */
		private void pack(List<Integer> column) {
			for (int i = 0; i < column.size(); i++) {
				place[column.get(i)] = i == 0 ? 0 : place[column.get(i - 1)] + room(column, i);
			}
			double middle = column.isEmpty() ? 0 : place[column.getLast()] / 2;
			column.forEach(item -> place[item] -= middle);
		}

		private void wrap(List<Integer> column, int width, int rows) {
			double top = -(rows - 1) / 2.0;
			int box = 0;
			for (int item : column) {
				if (item < nodes) {
					sub[item] = box % width;
					place[item] = top + box / width;
					box++;
				} else {
					place[item] = top + box / width - 0.5; // between two rows
				}
			}
		}

		/** Sorts each column by where its nodes were; bends and new nodes go to the middle of their neighbours. */
		private boolean keep(double[] before) {
			if (Arrays.stream(before).allMatch(Double::isNaN)) {
				return false;
			}
			double[] at = new double[place.length];
			Arrays.fill(at, Double.NaN);
			System.arraycopy(before, 0, at, 0, nodes);
			for (int round = 0; round < columns.size(); round++) { // a chain of bends is as long as there are columns
				for (int item = 0; item < at.length; item++) {
					if (item >= nodes || Double.isNaN(before[item])) {
						List<Integer> near = new ArrayList<>(left.get(item));
						near.addAll(right.get(item));
						double known = near.stream().mapToDouble(other -> at[other]).filter(y -> !Double.isNaN(y))
								.average().orElse(Double.NaN);
						at[item] = Double.isNaN(known) ? at[item] : known;
					}
				}
			}
			for (List<Integer> column : columns) {
				column.sort((a, b) -> Double.compare(Double.isNaN(at[a]) ? Double.MAX_VALUE : at[a],
						Double.isNaN(at[b]) ? Double.MAX_VALUE : at[b]));
				number(column);
			}
			return true;
		}

		private List<List<Integer>> copy() {
			List<List<Integer>> copy = new ArrayList<>();
			columns.forEach(column -> copy.add(new ArrayList<>(column)));
			return copy;
		}

		private void restore(List<List<Integer>> order) {
			for (int i = 0; i < columns.size(); i++) {
				columns.get(i).clear();
				columns.get(i).addAll(order.get(i));
				number(columns.get(i));
			}
		}

		/** How many pairs of lines cross: inversions between neighbouring columns, counted by a sorted insert. */
		private int crossings() {
			int crossings = 0;
			for (List<Integer> column : columns) {
				List<Double> ends = new ArrayList<>(); // of the lines so far, sorted
				for (int item : column) {
					double[] to = right.get(item).stream().mapToDouble(other -> place[other]).sorted().toArray();
					for (double end : to) {
						crossings += ends.size() - firstAbove(ends, end);
					}
					for (double end : to) {
						ends.add(firstAbove(ends, end), end);
					}
				}
			}
			return crossings;
		}

		private static int firstAbove(List<Double> sorted, double value) {
			int low = 0;
			int high = sorted.size();
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (sorted.get(middle) > value) {
					high = middle;
				} else {
					low = middle + 1;
				}
			}
			return low;
		}

		/** Edges that close a cycle, found depth first in order of the nodes, run backwards. */
		private void breakCycles() {
			int[] state = new int[nodes]; // 0 new, 1 open, 2 done
			int[] stack = new int[nodes];
			int[] next = new int[nodes];
			boolean[] called = new boolean[nodes];
			for (int i = 0; i < from.length; i++) {
				called[to[i]] |= from[i] != to[i];
			}
			for (int pass = 0; pass < 2; pass++) {
				for (int root = 0; root < nodes; root++) {
					if (state[root] != 0 || pass == 0 && called[root]) {
						continue; // start where nobody calls, so that the way in is on the left
					}
					int depth = 0;
					stack[0] = root;
					state[root] = 1;
					while (depth >= 0) {
						int node = stack[depth];
						if (next[node] == from.length) {
							state[node] = 2;
							depth--;
							continue;
						}
						int edge = next[node]++;
						if (from[edge] != node) {
							continue;
						}
						if (state[to[edge]] == 1) {
							back[edge] = true;
						} else if (state[to[edge]] == 0) {
							state[to[edge]] = 1;
							stack[++depth] = to[edge];
						}
					}
				}
			}
		}

		private void assignLayers() {
			for (boolean moved = true; moved;) {
				moved = false;
				for (int i = 0; i < from.length; i++) {
					if (!back[i] && layer[to[i]] <= layer[from[i]]) {
						layer[to[i]] = layer[from[i]] + 1;
						moved = true;
					}
				}
			}
		}

		private void addBends() {
			int last = Arrays.stream(layer).max().orElse(-1);
			for (int i = 0; i <= last; i++) {
				columns.add(new ArrayList<>());
			}
			for (int node = 0; node < nodes; node++) {
				columns.get(layer[node]).add(node);
				left.add(new ArrayList<>());
				right.add(new ArrayList<>());
			}
			for (int i = 0; i < from.length; i++) {
				int a = back[i] ? to[i] : from[i];
				int b = back[i] ? from[i] : to[i];
				int[] chain = new int[Math.max(2, layer[b] - layer[a] + 1)];
				chain[0] = a;
				for (int k = 1; k < chain.length - 1; k++) {
					chain[k] = nodes + bendLayer.size();
					bendLayer.add(layer[a] + k);
					columns.get(layer[a] + k).add(chain[k]);
					left.add(new ArrayList<>());
					right.add(new ArrayList<>());
				}
				chain[chain.length - 1] = b;
				for (int k = 1; a != b && k < chain.length; k++) {
					right.get(chain[k - 1]).add(chain[k]);
					left.get(chain[k]).add(chain[k - 1]);
				}
				chains.add(chain);
			}
			place = new double[left.size()];
			columns.forEach(this::number);
		}

		private void number(List<Integer> column) {
			for (int i = 0; i < column.size(); i++) {
				place[column.get(i)] = i - (column.size() - 1) / 2.0;
			}
		}

		/** Sorts each column by the middle of its neighbours in the one before; who has none stays. */
		private void order(boolean forward) {
			for (int k = 0; k < columns.size(); k++) {
				List<Integer> column = columns.get(forward ? k : columns.size() - 1 - k);
				double[] wanted = place.clone();
				for (int item : column) {
					wanted[item] = middle(forward ? left.get(item) : right.get(item), place[item]);
				}
				column.sort((a, b) -> Double.compare(wanted[a], wanted[b]));
				number(column);
			}
		}

		/** Moves the boxes of each column towards their neighbours, keeping order and distance; wrapped ones stay. */
		private void settle() {
			for (int round = 0; round < SETTLING; round++) {
				for (int k = 0; k < columns.size(); k++) {
					int at = round % 2 == 0 ? k : columns.size() - 1 - k;
					if (widths[at] > 1) {
						continue;
					}
					List<Integer> column = columns.get(at);
					double[] wanted = new double[column.size()];
					double drift = 0;
					double[] got = new double[column.size()];
					for (int i = 0; i < wanted.length; i++) {
						int item = column.get(i);
						List<Integer> near = new ArrayList<>(left.get(item));
						near.addAll(right.get(item));
						wanted[i] = middle(near, place[item]);
						got[i] = i == 0 ? wanted[0] : Math.max(wanted[i], got[i - 1] + room(column, i));
						drift += (wanted[i] - got[i]) / wanted.length;
					}
					for (int i = 0; i < got.length; i++) {
						place[column.get(i)] = got[i] + drift;
					}
				}
			}
		}

		/** Lines need little room beside each other, and more beside a box. */
		private double room(List<Integer> column, int i) {
			boolean bend = column.get(i) >= nodes;
			boolean bendBefore = column.get(i - 1) >= nodes;
			return bend && bendBefore ? 0.12 : bend || bendBefore ? 0.6 : 1;
		}

		private double middle(List<Integer> near, double otherwise) {
			return near.stream().mapToDouble(item -> place[item]).average().orElse(otherwise);
		}

		private void emit(LayeredLayout out) {
			double top = Arrays.stream(place).min().orElse(0);
			double bottom = Arrays.stream(place).max().orElse(0);
			int pitch = sizes.height() + sizes.gapY();
			for (int node = 0; node < nodes; node++) {
				out.x[node] = left(node);
				out.y[node] = (int) Math.round(sizes.margin() + (place[node] - top) * pitch);
			}
			out.width = nodes == 0 ? 0 : columnX[columns.size()] - sizes.gapX() + sizes.margin();
			out.height = nodes == 0 ? 0
					: (int) Math.round((bottom - top) * pitch) + sizes.height() + 2 * sizes.margin();
			for (int edge = 0; edge < from.length; edge++) {
				out.lines[edge] = line(chains.get(edge), back[edge], top, pitch);
			}
		}

		private int left(int node) {
			return columnX[layer[node]] + sub[node] * (sizes.width() + SUB_GAP);
		}

		private int middleY(double at, double top, int pitch) {
			return (int) Math.round(sizes.margin() + (at - top) * pitch) + sizes.height() / 2;
		}

		private int[] line(int[] chain, boolean reversed, double top, int pitch) {
			Points points = new Points();
			for (int k = 0; k < chain.length; k++) {
				int item = chain[k];
				int y = middleY(place[item], top, pitch);
				if (item >= nodes) {
					int at = bendLayer.get(item - nodes);
					points.add(columnX[at], y);
					points.add(columnX[at + 1] - sizes.gapX(), y);
					continue;
				}
				int between = middleY(place[item] + 0.5, top, pitch);
				if (k > 0) {
					if (sub[item] > 0) {
						points.add(columnX[layer[item]], between);
						points.add(left(item) - SUB_GAP, between);
					}
					points.add(left(item), y);
				}
				if (k < chain.length - 1) {
					points.add(left(item) + sizes.width(), y);
					if (sub[item] < widths[layer[item]] - 1) {
						points.add(left(item) + sizes.width() + SUB_GAP, between);
						points.add(columnX[layer[item] + 1] - sizes.gapX(), between);
					}
				}
			}
			return reversed ? turned(points.all()) : points.all();
		}

		private static int[] turned(int[] points) {
			int[] out = new int[points.length];
			for (int i = 0; i < points.length; i += 2) {
				out[i] = points[points.length - 2 - i];
				out[i + 1] = points[points.length - 1 - i];
			}
			return out;
		}
	}

	/** Grows a list of points. */
	private static final class Points {
		private int[] xy = new int[8];
		private int size;

		void add(int x, int y) {
			if (size == xy.length) {
				xy = Arrays.copyOf(xy, 2 * size);
			}
			xy[size++] = x;
			xy[size++] = y;
		}

		int[] all() {
			return Arrays.copyOf(xy, size);
		}
	}
}
