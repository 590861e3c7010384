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

	@Test
	void grownGraph_keepsTheOrderOfWhatWasThere() {
		LayeredLayout before = layout(5, "01 02 03 04");
		double[] places = new double[7];
		for (int node = 0; node < 7; node++) {
			places[node] = node < 5 ? before.y(node) : Double.NaN;
		}
		// 5 and 6 are new; a fresh layout would be free to turn everything around
		LayeredLayout after = LayeredLayout.of(7, new int[] { 0, 0, 0, 0, 0, 3, 1 }, new int[] { 1, 2, 3, 4, 5, 6, 6 },
				SIZES, places);
		for (int a = 1; a < 5; a++) {
			for (int b = 1; b < a; b++) {
				assertEquals(Integer.signum(before.y(a) - before.y(b)), Integer.signum(after.y(a) - after.y(b)),
						a + " and " + b + " changed places");
			}
		}
	}

	@Test
	void orderThatCostsManyCrossings_isGivenUp() {
		int half = 12;
		int[] from = new int[half];
		int[] to = new int[half];
		double[] upsideDown = new double[2 * half];
		for (int i = 0; i < half; i++) {
			from[i] = i;
			to[i] = half + i;
			upsideDown[i] = i;
			upsideDown[half + i] = half - i;
		}
		LayeredLayout layout = LayeredLayout.of(2 * half, from, to, SIZES, upsideDown);
		assertEquals(0, crossings(layout, from, to));
	}

	@Test
	void fiveHundredServices_areLaidOutWithoutOverlaps() {
		Random random = new Random(5);
		int nodes = 500;
		int[] from = new int[700];
		int[] to = new int[700];
		for (int i = 0; i < from.length; i++) {
			int a = random.nextInt(nodes);
			from[i] = i < nodes - 1 ? i / 3 : a;
			to[i] = i < nodes - 1 ? i + 1 : Math.min(nodes - 1, a + 1 + random.nextInt(40));
		}
		LayeredLayout layout = LayeredLayout.of(nodes, from, to, SIZES);
		for (int a = 0; a < nodes; a++) {
			for (int b = 0; b < a; b++) {
				assertFalse(layout.x(a) == layout.x(b) && Math.abs(layout.y(a) - layout.y(b)) < 40,
						"boxes " + a + " and " + b + " overlap");
			}
		}
		assertTrue(layout.width() < 3 * layout.height() && layout.height() < 3 * layout.width(),
				layout.width() + " x " + layout.height() + " is no shape to look at");
		for (int edge = 0; edge < from.length; edge++) {
			int[] line = from[edge] == to[edge] ? new int[0] : layout.line(edge);
			for (int i = 0; i + 3 < line.length; i += 2) {
				for (int box = 0; line[i + 1] == line[i + 3] && box < nodes; box++) {
					boolean through = line[i + 1] > layout.y(box) && line[i + 1] < layout.y(box) + 40
							&& Math.max(line[i], line[i + 2]) > layout.x(box)
							&& Math.min(line[i], line[i + 2]) < layout.x(box) + 100;
					assertFalse(through, "line " + edge + " runs through box " + box);
				}
			}
		}
	}

	private static int crossings(LayeredLayout layout, int[] from, int[] to) {
		int crossings = 0;
		for (int a = 0; a < from.length; a++) {
			for (int b = 0; b < a; b++) {
				int left = Integer.signum(layout.y(from[a]) - layout.y(from[b]));
				crossings += left * Integer.signum(layout.y(to[a]) - layout.y(to[b])) < 0 ? 1 : 0;
			}
		}
		return crossings;
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
