package io.crosstrace.ide.services;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where to draw a graph of calls: callers left of what they call, few crossings, no line through a box.
 *
 * <p>The same graph gives the same places, so a picture that only changes its numbers stands still. Cycles are
 * drawn as one line that runs back. Pixels; immutable; any thread. Cost: milliseconds for hundreds of nodes.
 * After Sugiyama, Tagawa, Toda: Methods for Visual Understanding of Hierarchical System Structures, 1981.
 */
public final class LayeredLayout {
	private static final int SWEEPS = 8;
	private static final int SETTLING = 6;

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
		for (int i = 0; i < from.length; i++) {
			if (Math.min(from[i], to[i]) < 0 || Math.max(from[i], to[i]) >= nodes) {
				throw new IllegalArgumentException("edge " + from[i] + " to " + to[i] + " of " + nodes + " nodes");
			}
		}
		LayeredLayout layout = new LayeredLayout(nodes, from.length);
		new Work(nodes, from, to, sizes).into(layout);
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

		Work(int nodes, int[] from, int[] to, Sizes sizes) {
			this.nodes = nodes;
			this.from = from;
			this.to = to;
			this.sizes = sizes;
			back = new boolean[from.length];
			layer = new int[nodes];
		}

		void into(LayeredLayout out) {
			breakCycles();
			assignLayers();
			addBends();
			for (int sweep = 0; sweep < SWEEPS; sweep++) {
				order(sweep % 2 == 0);
			}
			settle();
			emit(out);
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

		/** Moves the boxes of each column towards their neighbours, keeping order and distance. */
		private void settle() {
			for (int round = 0; round < SETTLING; round++) {
				for (int k = 0; k < columns.size(); k++) {
					List<Integer> column = columns.get(round % 2 == 0 ? k : columns.size() - 1 - k);
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

		/** Bends need half a box's room. */
		private double room(List<Integer> column, int i) {
			return column.get(i) >= nodes && column.get(i - 1) >= nodes ? 0.5 : 1;
		}

		private double middle(List<Integer> near, double otherwise) {
			return near.stream().mapToDouble(item -> place[item]).average().orElse(otherwise);
		}

		private void emit(LayeredLayout out) {
			double top = Arrays.stream(place).min().orElse(0);
			double bottom = Arrays.stream(place).max().orElse(0);
			int pitch = sizes.height() + sizes.gapY();
			for (int node = 0; node < nodes; node++) {
				out.x[node] = column(layer[node]);
				out.y[node] = (int) Math.round(sizes.margin() + (place[node] - top) * pitch);
			}
			out.width = nodes == 0 ? 0 : column(columns.size() - 1) + sizes.width() + sizes.margin();
			out.height = nodes == 0 ? 0
					: (int) Math.round((bottom - top) * pitch) + sizes.height() + 2 * sizes.margin();
			for (int edge = 0; edge < from.length; edge++) {
				out.lines[edge] = line(chains.get(edge), back[edge], top, pitch);
			}
		}

		private int column(int layer) {
			return sizes.margin() + layer * (sizes.width() + sizes.gapX());
		}

		private int[] line(int[] chain, boolean reversed, double top, int pitch) {
			int[] points = new int[2 * chain.length + 2 * (chain.length - 2)];
			int at = 0;
			for (int k = 0; k < chain.length; k++) {
				int item = chain[k];
				int x = column(item < nodes ? layer[item] : bendLayer.get(item - nodes));
				int y = (int) Math.round(sizes.margin() + (place[item] - top) * pitch) + sizes.height() / 2;
				if (k > 0) {
					points[at++] = x;
					points[at++] = y;
				}
				if (k < chain.length - 1) {
					points[at++] = x + sizes.width();
					points[at++] = y;
				}
			}
			return reversed ? turned(points) : points;
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
}
