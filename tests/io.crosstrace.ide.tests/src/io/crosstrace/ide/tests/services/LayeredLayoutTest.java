package io.crosstrace.ide.tests.services;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.services.LayeredLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
	private static final LayeredLayout.Sizes SIZES = new LayeredLayout.Sizes(100, 40, 60, 20, 10);

	@Test
	void callers_areLeftOfWhatTheyCall() {
		LayeredLayout layout = layout(4, "01 02 13 23");
		assertEquals(10, layout.x(0));
		assertEquals(170, layout.x(1));
		assertEquals(170, layout.x(2));
		assertEquals(330, layout.x(3));
		assertEquals(layout.y(0), layout.y(3), "the ends of a diamond are level");
		assertEquals(440, layout.width());
		assertEquals(120, layout.height());
	}

	@Test
	void aCycle_isDrawnFromItsWayIn() {
		LayeredLayout layout = layout(3, "01 12 21");
		assertTrue(layout.x(0) < layout.x(1) && layout.x(1) < layout.x(2));
		int[] back = layout.line(2);
		assertEquals(layout.x(2), back[0], "the way back leaves on the caller's left");
		assertEquals(layout.x(1) + 100, back[2]);
	}

	@Test
	void aCallToItself_movesNothing() {
		assertEquals(layout(2, "01").x(1), layout(2, "00 01").x(1));
	}

	@Test
	void longLines_runThroughNoBox() {
		for (int seed = 0; seed < 50; seed++) {
			Random random = new Random(seed);
			int nodes = 2 + random.nextInt(14);
			int[] from = new int[nodes + 3];
			int[] to = new int[nodes + 3];
			for (int i = 0; i < from.length; i++) {
				from[i] = random.nextInt(nodes);
				to[i] = random.nextInt(nodes);
			}
			LayeredLayout layout = LayeredLayout.of(nodes, from, to, SIZES);
			for (int a = 0; a < nodes; a++) {
				for (int b = 0; b < a; b++) {
					assertFalse(layout.x(a) == layout.x(b) && Math.abs(layout.y(a) - layout.y(b)) < 40,
							"boxes " + a + " and " + b + " overlap, seed " + seed);
				}
				for (int edge = 0; edge < from.length; edge++) {
					int[] line = layout.line(edge);
					for (int i = 2; i < line.length - 2; i += 2) {
						boolean inside = line[i] >= layout.x(a) && line[i] <= layout.x(a) + 100
								&& line[i + 1] > layout.y(a) && line[i + 1] < layout.y(a) + 40;
						assertFalse(inside, "line " + edge + " bends in box " + a + ", seed " + seed);
					}
				}
			}
		}
	}

	@Test
	void theSameGraph_standsStill() {
		LayeredLayout a = layout(6, "01 02 13 14 24 25");
		LayeredLayout b = layout(6, "01 02 13 14 24 25");
		for (int node = 0; node < 6; node++) {
			assertArrayEquals(new int[] { a.x(node), a.y(node) }, new int[] { b.x(node), b.y(node) });
		}
	}

	@Test
	void edgeToNowhere_isTheCallersMistake() {
		assertThrows(IllegalArgumentException.class, () -> layout(1, "01"));
		assertEquals(0, layout(0, "").width());
	}

	/** Edges as pairs of digits. */
	private static LayeredLayout layout(int nodes, String edges) {
		String[] pairs = edges.isEmpty() ? new String[0] : edges.split(" ");
		int[] from = new int[pairs.length];
		int[] to = new int[pairs.length];
		for (int i = 0; i < pairs.length; i++) {
			from[i] = pairs[i].charAt(0) - '0';
			to[i] = pairs[i].charAt(1) - '0';
		}
		return LayeredLayout.of(nodes, from, to, SIZES);
	}
}
