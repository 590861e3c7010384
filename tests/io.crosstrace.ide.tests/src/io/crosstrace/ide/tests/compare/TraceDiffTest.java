package io.crosstrace.ide.tests.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.compare.TraceDiff;
import io.crosstrace.ide.compare.TraceDiff.Change;
import io.crosstrace.ide.compare.TraceDiff.Row;
import io.crosstrace.ide.tests.timeline.Drawn;
import io.crosstrace.ide.timeline.TimelineLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceDiffTest {
	private static final long LATER = 1_000_000;
	private final Drawn drawn = new Drawn();

	@Test
	void whatOnlyOneDid_isAddedOrRemoved() {
		long a = drawn.serve(0, "shop", "GET /", 0, 1000);
		drawn.call(a, "shop", "old", 100, 200);
		drawn.call(a, "shop", "both", 300, 400);
		long b = drawn.serve(0, "shop", "GET /", LATER, LATER + 1000);
		drawn.call(b, "shop", "both", LATER + 300, LATER + 400);
		drawn.call(b, "shop", "new", LATER + 500, LATER + 600);
		TraceDiff diff = diff();
		assertEquals(List.of("GET /", "old", "both", "new"), diff.rows().stream().map(Row::operation).toList());
		assertEquals(List.of(Change.SAME, Change.REMOVED, Change.SAME, Change.ADDED),
				diff.rows().stream().map(Row::change).toList());
		assertEquals(4, diff.rows().get(0).end());
		assertEquals(2, diff.rows().get(1).end());
	}

	@Test
	void loops_areComparedAsAWhole() {
		loop(0, 12, 10);
		loop(LATER, 40, 10);
		Row row = diff().rows().get(1);
		assertEquals(Change.MORE, row.change());
		assertEquals(12, row.a().count());
		assertEquals(40, row.b().count());
		assertEquals(280, row.deltaNanos());
	}

	@Test
	void failure_outweighsDuration() {
		long a = drawn.serve(0, "shop", "GET /", 0, 1000);
		drawn.call(a, "shop", "x", 100, 200);
		long b = drawn.serve(0, "shop", "GET /", LATER, LATER + 1000);
		drawn.call(b, "shop", "x", LATER + 100, LATER + 900);
		drawn.failed();
		assertEquals(Change.FAILS, diff().rows().get(1).change());
	}

	@Test
	void smallDifferences_areNone() {
		long a = drawn.serve(0, "shop", "GET /", 0, 100_000);
		drawn.call(a, "shop", "tiny", 100, 200);
		long b = drawn.serve(0, "shop", "GET /", LATER, LATER + 104_000);
		drawn.call(b, "shop", "tiny", LATER + 100, LATER + 400);
		assertTrue(diff().rows().stream().allMatch(row -> row.change() == Change.SAME));
	}

	@Test
	void causes_areWhereTheDifferenceIsOwnTime() {
		long a = drawn.serve(0, "shop", "GET /", 0, 1000);
		long call = drawn.call(a, "shop", "GET /stock", 100, 300);
		drawn.serve(call, "stock", "GET /stock", 110, 290);
		long b = drawn.serve(0, "shop", "GET /", LATER, LATER + 3000);
		long slow = drawn.call(b, "shop", "GET /stock", LATER + 100, LATER + 2300);
		drawn.serve(slow, "stock", "GET /stock", LATER + 110, LATER + 2290);
		TraceDiff diff = diff();
		Row worst = diff.rows().get(diff.causes(3).get(0));
		assertEquals("stock", worst.service());
		assertEquals(2000, worst.ownDeltaNanos());
		assertEquals(Change.SLOWER, worst.change());
		assertEquals(0, diff.rows().get(0).ownDeltaNanos());
	}

	@Test
	void bars_shareOneAxis() {
		drawn.serve(0, "shop", "GET /", 0, 500);
		drawn.serve(0, "shop", "GET /", LATER, LATER + 1000);
		TraceDiff diff = diff();
		assertEquals(50, diff.bars(0, false, 100)[1]);
		assertEquals(100, diff.bars(0, true, 100)[1]);
	}

	@Test
	void aHundredThousandLevels_overflowNothing() {
		long parent = 0;
		for (int i = 0; i < 100_000; i++) {
			parent = drawn.serve(parent, "s", "level", i, 300_000 - i);
		}
		TimelineLayout layout = drawn.layout();
		TraceDiff diff = TraceDiff.of(layout, layout);
		assertEquals(100_000, diff.rows().size());
		assertEquals(100_000, diff.rows().get(99_999).end());
	}

	@Test
	void typicalTrace_isTheMiddleOneOfTheOthers() {
		for (int duration : new int[] { 100, 900, 300, 5000, 200 }) {
			drawn.serve(0, "shop", "GET /", LATER * duration, LATER * duration + duration);
		}
		Traces traces = drawn.traces();
		List<Trace> all = new ArrayList<>();
		for (int i = 0; i < traces.size(); i++) {
			all.add(traces.byStart(i));
		}
		assertEquals(300, TraceDiff.typical(traces.newest(0), all).durationNanos());
		assertNull(TraceDiff.typical(traces.newest(0), List.of(traces.newest(0))));
	}

	private void loop(long start, int times, int nanos) {
		long root = drawn.serve(0, "shop", "GET /", start, start + 1000);
		for (int i = 0; i < times; i++) {
			drawn.call(root, "shop", "item", start + 20 * i, start + 20 * i + nanos);
		}
	}

	private TraceDiff diff() {
		Traces traces = drawn.traces();
		return TraceDiff.of(new TimelineLayout(traces, traces.byStart(0)), new TimelineLayout(traces,
				traces.byStart(1)));
	}
}
