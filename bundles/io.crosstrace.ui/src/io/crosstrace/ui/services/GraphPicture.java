package io.crosstrace.ui.services;

import io.crosstrace.ide.services.LayeredLayout;
import io.crosstrace.ide.services.ServiceGraph;

/**
 * A graph and where its parts go, in pixels before scaling. Immutable. Flows to the right or, where there is more
 * height than width, downwards.
 */
final class GraphPicture {
	static final int NODE_WIDTH = 148;
	static final int NODE_HEIGHT = 62;
	private static final int GAP = 26;
	private static final int FLOW_GAP = 76;
	private static final int MARGIN = 14;
	static final GraphPicture EMPTY = of(ServiceGraph.EMPTY, 1, 1);

	final ServiceGraph graph;
	final boolean down;
	private final LayeredLayout layout;

	private GraphPicture(ServiceGraph graph, LayeredLayout layout, boolean down) {
		this.graph = graph;
		this.layout = layout;
		this.down = down;
	}

	/** Chooses the direction that lets the graph be drawn largest in the room there is. */
	static GraphPicture of(ServiceGraph graph, int width, int height) {
		int[] from = graph.calls().stream().mapToInt(ServiceGraph.Call::from).toArray();
		int[] to = graph.calls().stream().mapToInt(ServiceGraph.Call::to).toArray();
		GraphPicture right = new GraphPicture(graph, LayeredLayout.of(graph.nodes().size(), from, to,
				new LayeredLayout.Sizes(NODE_WIDTH, NODE_HEIGHT, FLOW_GAP, GAP, MARGIN)), false);
		GraphPicture down = new GraphPicture(graph, LayeredLayout.of(graph.nodes().size(), from, to,
				new LayeredLayout.Sizes(NODE_HEIGHT, NODE_WIDTH, FLOW_GAP * 3 / 4, GAP, MARGIN)), true);
		return right.scale(width, height) >= down.scale(width, height) ? right : down;
	}

	/** How much to shrink so that all fits; never enlarges. */
	float scale(int width, int height) {
		return width() == 0 ? 1 : Math.min(1, Math.min((float) width / width(), (float) height / height()));
	}

	int width() {
		return down ? layout.height() : layout.width();
	}

	int height() {
		return down ? layout.width() : layout.height();
	}

	int x(int node) {
		return down ? layout.y(node) : layout.x(node);
	}

	int y(int node) {
		return down ? layout.x(node) : layout.y(node);
	}

	/** Points of a call's line, x and y in turn; of a call to oneself the corner it loops at. */
	int[] line(int call) {
		int[] line = layout.line(call).clone();
		for (int i = 0; down && i < line.length; i += 2) {
			int swap = line[i];
			line[i] = line[i + 1];
			line[i + 1] = swap;
		}
		return line;
	}

	/** The node at a place, or -1. */
	int nodeAt(int px, int py) {
		for (int node = 0; node < graph.nodes().size(); node++) {
			if (px >= x(node) && px < x(node) + NODE_WIDTH && py >= y(node) && py < y(node) + NODE_HEIGHT) {
				return node;
			}
		}
		return -1;
	}

	/** The node with a name, or -1. */
	int node(String name) {
		for (int node = 0; node < graph.nodes().size(); node++) {
			if (graph.nodes().get(node).name().equals(name)) {
				return node;
			}
		}
		return -1;
	}

	/** The nearest node from one in a direction, or the same: what an arrow key does. */
	int beside(int node, int dx, int dy) {
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
