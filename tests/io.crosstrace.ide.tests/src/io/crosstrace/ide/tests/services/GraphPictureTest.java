package io.crosstrace.ide.tests.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.services.GraphPicture;
import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.services.ServiceGraph.Call;
import io.crosstrace.ide.services.ServiceGraph.Node;
import io.crosstrace.ide.services.ServiceGraph.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphPictureTest {
	private static final Numbers SOME = new Numbers(10, 0, 1000, 2000);

	@Test
	void direction_isTheOneThatLeavesThePictureLargest() {
		ServiceGraph chain = graph("a b c d", "ab bc cd");
		assertFalse(GraphPicture.of(chain, 2000, 300, null).down());
		assertTrue(GraphPicture.of(chain, 300, 2000, null).down());
	}

	@Test
	void grownPicture_isNotTurnedForALittle() {
		GraphPicture before = GraphPicture.of(graph("a b", "ab"), 400, 300, null);
		GraphPicture after = GraphPicture.of(graph("a b c", "ab bc"), 400, 300, before);
		assertEquals(before.down(), after.down());
	}

	@Test
	void grownPicture_isTurned_whenNumbersCanBeReadInTheOtherDirectionOnly() {
		GraphPicture before = GraphPicture.of(graph("a b", "ab"), 440, 380, null);
		assertFalse(before.down());
		GraphPicture after = GraphPicture.of(graph("a b c d e", "ab bc cd de bd be ce"), 440, 380, before);
		assertTrue(after.down());
		assertTrue(after.scale(440, 380) >= GraphPicture.NUMBERS_FROM, after.scale(440, 380) + "");
	}

	@Test
	void newNumbers_moveNothing() {
		GraphPicture before = GraphPicture.of(graph("a b c", "ab ac"), 500, 500, null);
		ServiceGraph newer = new ServiceGraph(before.graph().nodes(),
				List.of(new Call(0, 1, SOME, false), new Call(0, 2, SOME, false)),
				9);
		assertTrue(before.hasShapeOf(newer));
		GraphPicture after = before.with(newer);
		assertEquals(before.x(2), after.x(2));
		assertEquals(9, after.graph().seconds());
		assertFalse(before.hasShapeOf(graph("a b c", "ab bc")));
		assertFalse(before.hasShapeOf(graph("a b d", "ab ad")));
	}

	@Test
	void nodes_areFoundByTheirLettersInTurn() {
		GraphPicture picture = GraphPicture.of(graph("cart carts shop", ""), 500, 500, null);
		assertEquals(0, picture.find("CART", -1));
		assertEquals(1, picture.find("cart", 0));
		assertEquals(0, picture.find("cart", 1));
		assertEquals(-1, picture.find("x", 0));
	}

	@Test
	void arrow_goesToTheNearestInItsDirection() {
		GraphPicture picture = GraphPicture.of(graph("a b c", "ab ac"), 2000, 300, null);
		int right = picture.beside(0, 1, 0);
		assertTrue(right == 1 || right == 2);
		assertEquals(0, picture.beside(right, -1, 0));
		assertEquals(0, picture.beside(0, -1, 0));
	}

	private static ServiceGraph graph(String names, String calls) {
		List<Node> nodes = new ArrayList<>();
		for (String name : names.split(" ")) {
			nodes.add(new Node(name, "", true, SOME));
		}
		List<Call> edges = new ArrayList<>();
		for (String call : calls.isEmpty() ? new String[0] : calls.split(" ")) {
			edges.add(new Call(call.charAt(0) - 'a', call.charAt(1) - 'a', SOME, false));
		}
		return new ServiceGraph(nodes, edges, 60);
	}
}
