package io.crosstrace.ide.tests.timeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelineRows;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TimelineLayoutTest {
	private static final long EPOCH = 1_700_000_000_000_000_000L;
	private static final BitSet NOTHING = new BitSet();

	private final SpanTable spans = new SpanTable(new Dictionary(100));

	@Test
	void bars_lieWhereTheirTimesAre() {
		TimelinePicture picture = draw(0, 100, 100,
				span(1, 0, 0, 100),
				span(2, 1, 10, 60),
				span(3, 2, 20, 25));
		assertBar(0, 100, picture, 0);
		assertBar(10, 50, picture, 1);
		assertBar(20, 5, picture, 2);
		assertEquals(2, picture.lines().get(2).depth());
	}

	@Test
	void zoomedPicture_cutsBarsAtItsEdges() {
		TimelinePicture picture = draw(50, 60, 100,
				span(1, 0, 0, 100),
				span(2, 1, 55, 90),
				span(3, 1, 10, 20));
		assertBar(-1, 102, picture, 0);
		assertBar(50, 51, picture, 2);
		assertFalse(picture.lines().get(1).hasBar());
	}

	@Test
	void shortSpan_isStillSeen() {
		TimelinePicture picture = draw(0, 1_000_000, 100,
				span(1, 0, 0, 1_000_000),
				span(2, 1, 500_000, 500_001));
		assertBar(50, 1, picture, 1);
	}

	@Test
	void collapsedSpan_showsWhatItHidesMelted() {
		TimelineLayout layout = layout(
				span(1, 0, 0, 100),
				span(2, 1, 10, 20),
				span(3, 1, 15, 40),
				span(4, 1, 60, 70));
		TimelineRows rows = layout.rows(NOTHING).toggle(0);
		assertEquals(1, rows.size());
		TimelinePicture.Line line = layout.picture(rows, 0, 9, 0, 100, 100).lines().get(0);
		assertArrayEquals(new int[] { 10, 30, 60, 10 }, line.below());
		assertEquals(0, rows.row(3));
	}

	@Test
	void hiddenSpan_isRevealed() {
		TimelineLayout layout = layout(span(1, 0, 0, 9), span(2, 1, 1, 8), span(3, 2, 2, 7));
		TimelineRows folded = layout.rows(NOTHING).toggle(1).toggle(0);
		assertEquals(1, folded.size());
		assertEquals(2, folded.reveal(2).row(2));
		assertSame(folded, folded.reveal(0));
	}

	@Test
	void criticalPath_isDrawnUnderTheSpanThatHeldUp() {
		TimelinePicture picture = draw(0, 100, 100,
				span(1, 0, 0, 100),
				span(2, 1, 10, 30),
				span(3, 1, 40, 90));
		assertArrayEquals(new int[] { 0, 10, 30, 10, 90, 10 }, picture.lines().get(0).critical());
		assertArrayEquals(new int[] { 40, 50 }, picture.lines().get(2).critical());
	}

	@Test
	void selfTime_isWhatNoChildCovers() {
		TimelineLayout layout = layout(
				span(1, 0, 0, 100),
				span(2, 1, 10, 30),
				span(3, 1, 20, 40),
				span(4, 1, 90, 150));
		assertEquals(60, layout.selfNanos(0));
		assertEquals(20, layout.selfNanos(1));
	}

	@Test
	void rowsBeyondTheEnd_areLeftOut() {
		TimelineLayout layout = layout(span(1, 0, 0, 100), span(2, 1, 10, 30));
		assertEquals(1, layout.picture(layout.rows(NOTHING), 1, 50, 0, 100, 100).lines().size());
		assertTrue(layout.picture(layout.rows(NOTHING), 9, 50, 0, 100, 100).lines().isEmpty());
	}

	@Test
	void emptyStretch_isRefused() {
		TimelineLayout layout = layout(span(1, 0, 0, 100));
		assertThrows(IllegalArgumentException.class, () -> layout.picture(layout.rows(NOTHING), 0, 1, 5, 5, 100));
	}

	@Test
	void pixelsAndTimes_goBothWays() {
		TimelinePicture picture = draw(100, 300, 400, span(1, 0, 0, 1000));
		assertEquals(200, picture.nanosAt(200));
		assertEquals(200, picture.xOf(200));
	}

	@Test
	void overview_hasNoMoreBarsThanPixels() {
		for (int i = 1; i <= 50_000; i++) {
			span(i, Math.max(0, i - 1 - i % 7), i, i + 3);
		}
		TimelineLayout layout = layout(0);
		int[] bars = layout.overview(300, 40);
		assertTrue(bars.length / 4 <= 300 * 40, bars.length / 4 + " bars");
		for (int i = 0; i < bars.length; i += 4) {
			assertTrue(bars[i] >= 0 && bars[i] + bars[i + 2] <= 300 && bars[i + 1] >= 0 && bars[i + 1] < 40);
		}
	}

	@Test
	void traceOfAHundredThousandLevels_isLaidOut() {
		for (int i = 1; i <= 100_000; i++) {
			span(i, i - 1, i, 300_000 - i);
		}
		assertDoesNotThrow(() -> { // recursion would overflow the stack
			TimelineLayout layout = layout(0);
			TimelineRows rows = layout.rows(NOTHING);
			assertEquals(50, layout.picture(rows, 90_000, 50, 0, layout.durationNanos(), 1000).lines().size());
			layout.overview(1000, 40);
			assertEquals(1, rows.toggle(0).size());
		});
	}

	private static void assertBar(int x, int width, TimelinePicture picture, int row) {
		assertEquals(x, picture.lines().get(row).x(), "x of row " + row);
		assertEquals(width, picture.lines().get(row).widthPx(), "width of row " + row);
	}

	private TimelinePicture draw(long from, long to, int width, int... rows) {
		TimelineLayout layout = layout(rows);
		return layout.picture(layout.rows(NOTHING), 0, 100, from, to, width);
	}

	private TimelineLayout layout(int... rows) {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		Traces traces = assembler.snapshot();
		return new TimelineLayout(traces, traces.byStart(0));
	}

	private int span(long id, long parent, long start, long end) {
		int row = spans.add();
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.kind.set(row, SpanTable.SERVER);
		spans.startNanos.set(row, EPOCH + start);
		spans.endNanos.set(row, EPOCH + end);
		return row;
	}
}
