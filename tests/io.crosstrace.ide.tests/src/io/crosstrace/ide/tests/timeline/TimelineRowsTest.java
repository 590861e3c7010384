package io.crosstrace.ide.tests.timeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelineRows;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineRowsTest {
	private static final BitSet NOTHING = new BitSet();

	private final Drawn drawn = new Drawn();

	/** A loop that asks stock and pricing in turn, {@code times} times, each call served and each tenth ns long. */
	private TimelineLayout loop(int times) {
		long root = drawn.serve(0, "orders", "POST /orders", 0, 100 * times);
		for (int i = 0; i < times; i++) {
			long stock = drawn.call(root, "orders", "GET /stock", 100 * i, 100 * i + 40);
			drawn.serve(stock, "stock", "GET /stock", 100 * i + 5, 100 * i + 35);
			if (i == 3) {
				drawn.failed();
			}
			drawn.call(root, "orders", "GET /price", 100 * i + 50, 100 * i + 90);
		}
		return drawn.layout();
	}

	@Test
	void manyRepeatedSiblings_areOneRowEach() {
		TimelineLayout layout = loop(40);
		TimelineRows rows = layout.rows();
		assertEquals(3, rows.size());
		TimelinePicture picture = layout.picture(rows, 0, 9, 0, 4000, 4000);
		TimelinePicture.Group stock = picture.lines().get(1).group();
		assertEquals(40, stock.count());
		assertEquals(40 * 40, stock.sumNanos());
		assertEquals(40, stock.bars().length / 2);
		assertEquals(100, stock.bars()[2]);
		assertEquals(3940, picture.lines().get(1).widthPx());
		assertNull(picture.lines().get(0).group());
	}

	@Test
	void fewRepeatedSiblings_areFoldedOnlyOnRequest() {
		TimelineLayout layout = loop(4);
		assertEquals(13, layout.rows().size());
		TimelineRows folded = layout.rows().foldRepeats(true);
		assertEquals(3, folded.size());
		assertEquals(13, folded.foldRepeats(false).size());
	}

	@Test
	void failureInsideAGroup_isCountedAndShown() {
		long root = drawn.serve(0, "orders", "POST /orders", 0, 1000);
		for (int i = 0; i < 12; i++) {
			drawn.call(root, "orders", "GET /stock", 10 * i, 10 * i + 5);
			if (i == 7) {
				drawn.failed();
			}
		}
		TimelineLayout layout = drawn.layout();
		TimelinePicture.Line line = layout.picture(layout.rows(), 1, 1, 0, 1000, 100).lines().get(0);
		assertTrue(line.error());
		assertEquals(1, line.group().errors());
	}

	@Test
	void group_opensAndFoldsAgainFromAnyOfItsSpans() {
		TimelineLayout layout = loop(40);
		TimelineRows open = layout.rows().toggle(1);
		assertEquals(1 + 80 + 1, open.size());
		int second = open.index(4);
		TimelineRows again = open.foldGroup(second);
		assertEquals(3, again.size());
		assertEquals(1, again.row(second));
		assertTrue(again.folded(layout.groupHead(second)));
	}

	@Test
	void spanHiddenInAGroup_hasTheGroupsRowAndIsRevealed() {
		TimelineLayout layout = loop(40);
		TimelineRows rows = layout.rows();
		int served = 5; // below the second call of the group
		assertEquals(1, rows.row(served));
		TimelineRows open = rows.reveal(served);
		assertEquals(served, open.index(open.row(served)));
		assertFalse(open.folded(1));
	}

	@Test
	void focus_keepsWhatIsLookedForAndItsCallers() {
		TimelineLayout layout = loop(5);
		TimelineRows problems = layout.focus(layout.rows(), Focus.PROBLEMS, null);
		assertEquals(3, problems.size());
		assertEquals("stock", line(layout, problems, 2).serviceName());
		assertTrue(problems.filtered());
		assertEquals(layout.rows().size(), layout.focus(problems, Focus.ALL, null).size());
		BitSet found = new BitSet();
		found.set(2);
		assertEquals(3, layout.focus(layout.rows(), Focus.FOUND, found).size());
	}

	@Test
	void criticalFocus_leavesOutWhatNobodyWaitedFor() {
		long root = drawn.serve(0, "a", "GET /", 0, 100);
		drawn.call(root, "a", "slow", 10, 90);
		drawn.call(root, "a", "quick", 20, 30);
		TimelineLayout layout = drawn.layout();
		TimelineRows rows = layout.focus(layout.rows(), Focus.CRITICAL_PATH, null);
		assertEquals(2, rows.size());
		assertEquals("slow", line(layout, rows, 1).operation());
		assertEquals(1, rows.reveal(1).row(1));
		assertEquals(3, rows.reveal(2).size(), "to see what is left out, all is shown");
	}

	@Test
	void shortSteps_areLeftOut() {
		long root = drawn.serve(0, "a", "GET /", 0, 1000);
		drawn.call(root, "a", "tiny", 10, 15);
		drawn.call(root, "a", "tenth", 20, 120);
		TimelineLayout layout = drawn.layout();
		TimelineRows rows = layout.focus(layout.rows(), Focus.LONG, null);
		assertEquals("tenth", line(layout, rows, 1).operation());
		assertEquals(2, rows.size());
	}

	@Test
	void grownTrace_keepsWhatAPersonFolded() {
		TimelineLayout before = loop(4);
		TimelineRows rows = before.rows().foldGroup(4).toggle(0);
		drawn.call(1, "orders", "GET /late", 395, 399);
		TimelineLayout after = drawn.layout();
		TimelineRows kept = after.rowsAs(before, rows);
		assertEquals(1, kept.size());
		TimelineRows open = kept.toggle(0);
		assertEquals(1 + 1 + 4 + 1, open.size());
		assertTrue(open.folded(1));
	}

	/** What is melted once and searched must look like what is melted for each picture. */
	@Test
	void largeSubtree_meltsLikeASmallOne() {
		Random random = new Random(11);
		long root = drawn.serve(0, "a", "root", 0, 1_000_000);
		long[] from = new long[5000];
		long[] to = new long[5000];
		for (int i = 0; i < from.length; i++) {
			from[i] = random.nextInt(1_000_000);
			to[i] = Math.min(1_000_000, from[i] + random.nextInt(i % 50 == 0 ? 20_000 : 60));
			drawn.call(root, "a", "call " + i % 7, from[i], to[i]);
		}
		TimelineLayout layout = drawn.layout();
		TimelineRows folded = layout.rows(NOTHING).toggle(0);
		for (int picture = 0; picture < 20; picture++) {
			long left = random.nextInt(900_000);
			long right = left + 1000 + random.nextInt(99_000);
			int[] bars = layout.picture(folded, 0, 1, left, right, 500).lines().get(0).below();
			BitSet lit = new BitSet();
			for (int i = 0; i < from.length; i++) {
				if (to[i] >= left && from[i] <= right) {
					int x = (int) Math.max(0, Math.floor((from[i] - left) / (double) (right - left) * 500));
					int end = (int) Math.floor((to[i] - left) / (double) (right - left) * 500);
					lit.set(x, Math.max(x, Math.min(500, Math.max(end, x + 1))));
				}
			}
			lit.clear(500, 600);
			BitSet drawnBars = new BitSet();
			for (int i = 0; i < bars.length; i += 2) {
				drawnBars.set(bars[i], bars[i] + bars[i + 1]);
			}
			lit.xor(drawnBars);
			int at = picture;
			lit.stream().forEach(x -> assertTrue(drawnBars.get(x - 1) && !drawnBars.get(x), "seed 11, picture " + at
					+ ": only the pixel that a bar ends in may differ, not " + x));
		}
	}

	@Test
	void snap_findsTheNearestEdgeAndElseTheTimeItself() {
		long root = drawn.serve(0, "a", "GET /", 0, 1000);
		drawn.call(root, "a", "x", 333, 700);
		TimelineLayout layout = drawn.layout();
		TimelinePicture picture = layout.picture(layout.rows(), 0, 5, 0, 1000, 100);
		assertEquals(333, layout.snap(picture, 34, 4));
		assertEquals(500, layout.snap(picture, 50, 4));
		assertArrayEquals(new long[] { 0, 1000 }, new long[] { layout.snap(picture, 2, 4), layout.snap(picture, 99, 4) });
	}

	private static TimelinePicture.Line line(TimelineLayout layout, TimelineRows rows, int row) {
		return layout.picture(rows, row, 1, 0, layout.durationNanos(), 100).lines().get(0);
	}
}
