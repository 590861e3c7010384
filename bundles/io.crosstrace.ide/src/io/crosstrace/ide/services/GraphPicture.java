package io.crosstrace.ide.services;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A graph and where its parts go, in pixels before scaling. Immutable. Flows to the right or, where there is more
 * height than width, downwards.
 */
public final class GraphPicture {
	public static final int NODE_WIDTH = 148;
	public static final int NODE_HEIGHT = 62;
	/** Drawn smaller than this, numbers cannot be read and are left out. */
	public static final float NUMBERS_FROM = 0.6f;
	private static final int GAP = 26;
	private static final int FLOW_GAP = 76;
	private static final int MARGIN = 14;
	/** A picture that could be this much larger the other way is turned. */
	private static final float WORTH_TURNING = 0.6f;
	public static final GraphPicture EMPTY = of(ServiceGraph.EMPTY, 1, 1, null);

	private final ServiceGraph graph;
	private final boolean down;
	private final Map<String, Integer> byName = new HashMap<>();
	private final LayeredLayout layout;

	private GraphPicture(ServiceGraph graph, LayeredLayout layout, boolean down) {
		this.graph = graph;
		this.layout = layout;
		this.down = down;
		for (int i = 0; i < graph.nodes().size(); i++) {
			byName.put(graph.nodes().get(i).name(), i);
		}
	}

	/**
	 * Chooses the direction that lets the graph be drawn largest in the room there is. A graph that grew keeps the
	 * order of what it was before, and its direction unless numbers could be read in the other one only.
	 *
	 * @param before the picture shown until now, or null
	 */
	public static GraphPicture of(ServiceGraph graph, int width, int height, GraphPicture before) {
		int[] from = graph.calls().stream().mapToInt(ServiceGraph.Call::from).toArray();
		int[] to = graph.calls().stream().mapToInt(ServiceGraph.Call::to).toArray();
		GraphPicture right = of(graph, from, to, false, before);
		GraphPicture down = of(graph, from, to, true, before);
		float best = Math.max(right.scale(width, height), down.scale(width, height));
		if (before != null && before.sharesWith(graph)) {
			GraphPicture same = before.down ? down : right;
			float kept = same.scale(width, height);
			if (kept > best * WORTH_TURNING && (kept >= NUMBERS_FROM || best < NUMBERS_FROM)) {
				return same;
			}
		}
		return right.scale(width, height) == best ? right : down;
	}

	private static GraphPicture of(ServiceGraph graph, int[] from, int[] to, boolean down, GraphPicture before) {
		double[] places = new double[graph.nodes().size()];
		for (int i = 0; i < places.length; i++) {
			int old = before == null || before.down != down ? -1 : before.node(graph.nodes().get(i).name());
			places[i] = old < 0 ? Double.NaN : before.layout.y(old);
		}
		LayeredLayout.Sizes sizes = down
				? new LayeredLayout.Sizes(NODE_HEIGHT, NODE_WIDTH, FLOW_GAP * 3 / 4, GAP, MARGIN)
				: new LayeredLayout.Sizes(NODE_WIDTH, NODE_HEIGHT, FLOW_GAP, GAP, MARGIN);
		return new GraphPicture(graph, LayeredLayout.of(places.length, from, to, sizes, places), down);
	}

	private boolean sharesWith(ServiceGraph other) {
		return other.nodes().stream().anyMatch(node -> byName.containsKey(node.name()));
	}

	/** Whether this is a picture of the same nodes and calls, so that only numbers differ. */
	public boolean hasShapeOf(ServiceGraph other) {
		if (graph.nodes().size() != other.nodes().size() || graph.calls().size() != other.calls().size()) {
			return false;
		}
		for (int i = 0; i < other.nodes().size(); i++) {
			if (!graph.nodes().get(i).name().equals(other.nodes().get(i).name())) {
				return false;
			}
		}
		for (int i = 0; i < other.calls().size(); i++) {
			ServiceGraph.Call mine = graph.calls().get(i);
			ServiceGraph.Call theirs = other.calls().get(i);
			if (mine.from() != theirs.from() || mine.to() != theirs.to() || mine.messages() != theirs.messages()) {
				return false;
			}
		}
		return true;
	}

	/** The same picture with new numbers of a graph of the same shape. */
	public GraphPicture with(ServiceGraph newNumbers) {
		return new GraphPicture(newNumbers, layout, down);
	}

	public ServiceGraph graph() {
		return graph;
	}

	/** Whether calls run downwards rather than to the right. */
	public boolean down() {
		return down;
	}

	/** The next node after one, in order of names, whose name has all the letters; -1 if there is none. */
	public int find(String letters, int after) {
		String wanted = letters.toLowerCase(Locale.ROOT);
		int count = graph.nodes().size();
		for (int i = 1; i <= count; i++) {
			int node = Math.floorMod(after + i, count);
			if (graph.nodes().get(node).name().toLowerCase(Locale.ROOT).contains(wanted)) {
				return node;
			}
		}
		return -1;
	}

	/** How much to shrink so that all fits; never enlarges. */
	public float scale(int width, int height) {
		return width() == 0 ? 1 : Math.min(1, Math.min((float) width / width(), (float) height / height()));
	}

	public int width() {
		return down ? layout.height() : layout.width();
	}

	public int height() {
		return down ? layout.width() : layout.height();
	}

	public int x(int node) {
		return down ? layout.y(node) : layout.x(node);
	}

	public int y(int node) {
		return down ? layout.x(node) : layout.y(node);
	}

	/** Points of a call's line, x and y in turn; of a call to oneself the corner it loops at. */
	public int[] line(int call) {
		int[] line = layout.line(call).clone();
		for (int i = 0; down && i < line.length; i += 2) {
			int swap = line[i];
			line[i] = line[i + 1];
			line[i + 1] = swap;
		}
		return line;
	}

	/** The node at a place, or -1. */
	public int nodeAt(int px, int py) {
		for (int node = 0; node < graph.nodes().size(); node++) {
			if (px >= x(node) && px < x(node) + NODE_WIDTH && py >= y(node) && py < y(node) + NODE_HEIGHT) {
				return node;
			}
		}
		return -1;
	}

	/** The node with a name, or -1. */
	public int node(String name) {
		return byName.getOrDefault(name, -1);
	}

	/** The nearest node from one in a direction, or the same: what an arrow key does. */
	public int beside(int node, int dx, int dy) {
		int best = node;
		double least = Double.MAX_VALUE;
		for (int other = 0; other < graph.nodes().size(); other++) {
			int along = (x(other) - x(node)) * dx + (y(other) - y(node)) * dy;
			int across = Math.abs((x(other) - x(node)) * dy) + Math.abs((y(other) - y(node)) * dx);
			double distance = along + 2.0 * across;
			if (along > 0 && distance < least) {
				best = other;
				least = distance;
			}
		}
		return best;
	}
}
