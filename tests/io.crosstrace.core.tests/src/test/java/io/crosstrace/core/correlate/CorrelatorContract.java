package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Drawn;

/** What every method owes its callers. */
abstract class CorrelatorContract {
	abstract Correlator correlator();

	@Test
	void noSpans_giveNoParents() {
		assertEquals(0, correlator().correlate(new SpanTable(new Dictionary(10))).row().length);
	}

	@Test
	void callInsideOneRequest_belongsToIt() {
		SpanTable spans = Drawn.spans(
				"AAAAAAAA....",
				"..00........");
		assertArrayEquals(new int[] { Parents.NONE, 0 }, correlator().correlate(spans).row());
	}

	@Test
	void callOutsideEveryRequest_hasNoParent() {
		SpanTable spans = Drawn.spans(
				"...AAAA.....",
				".0.......1..");
		assertArrayEquals(new int[] { Parents.NONE, Parents.NONE, Parents.NONE }, correlator().correlate(spans).row());
	}

	@Test
	void callOfAnotherProcess_hasNoParent() {
		SpanTable spans = Drawn.spans(
				"AAAAAAAA....",
				"..00........ pid=2");
		assertArrayEquals(new int[] { Parents.NONE, Parents.NONE }, correlator().correlate(spans).row());
	}

	@Test
	void requestStillOpen_mayBeChosen() {
		SpanTable spans = Drawn.spans(
				"AAAAAAAA....",
				".....000....");
		spans.endNanos.set(0, 0);
		assertEquals(0, correlator().correlate(spans).row()[1]);
	}

	@Test
	void provenParent_isKept() {
		SpanTable spans = Drawn.spans(
				"AAAAAAAAAAAA",
				".BBBBBBBBBBB",
				"..00........ parent=A",
				"...11....... parent=B");
		spans.set(2, SpanTable.PARENT_PROVEN);
		spans.set(3, SpanTable.PARENT_PROVEN);
		Parents parents = correlator().correlate(spans);
		assertArrayEquals(new int[] { Parents.NONE, Parents.NONE, 0, 1 }, parents.row());
		assertEquals(1, parents.confidence()[2]);
	}

	@Test
	void truthWithoutProof_isNotRead() {
		SpanTable with = RandomLoad.of(7).requests(300).concurrency(6).spans();
		SpanTable without = RandomLoad.of(7).requests(300).concurrency(6).spans();
		for (int row = 0; row < without.size(); row++) {
			if (!without.isRequest(row)) {
				without.parentId.set(row, 0);
			}
		}
		assertArrayEquals(correlator().correlate(with).row(), correlator().correlate(without).row());
	}

	@Test
	void sameTableTwice_givesTheSameAnswer() {
		SpanTable spans = RandomLoad.of(11).requests(300).concurrency(8).spans();
		Correlator correlator = correlator();
		Parents first = correlator.correlate(spans);
		Parents second = correlator.correlate(spans);
		assertArrayEquals(first.row(), second.row());
		assertArrayEquals(first.confidence(), second.confidence());
	}

	@Test
	void answers_areOpenRequestsOfTheSameProcessWithASaneConfidence() {
		for (int seed = 1; seed <= 20; seed++) {
			SpanTable spans = RandomLoad.of(seed).requests(100).concurrency(1 + seed).background(0.1).spans();
			Parents parents = correlator().correlate(spans);
			for (int row = 0; row < spans.size(); row++) {
				String where = "seed " + seed + " row " + row;
				int parent = parents.row()[row];
				assertTrue(parents.confidence()[row] >= 0 && parents.confidence()[row] <= 1, where);
				if (parent != Parents.NONE) {
					assertTrue(!spans.isRequest(row) && spans.isRequest(parent), where);
					assertTrue(spans.startNanos.get(parent) <= spans.startNanos.get(row), where);
					assertTrue(spans.endNanos.get(parent) >= spans.startNanos.get(row), where);
				}
			}
		}
	}

	@Test
	void hostileTimes_doNotThrow() {
		SpanTable spans = Drawn.spans("AAAA", "BBBB", "0.", "1.", "2.");
		spans.startNanos.set(0, Long.MIN_VALUE / 4);
		spans.endNanos.set(0, Long.MAX_VALUE / 4);
		spans.endNanos.set(1, -5);
		spans.startNanos.set(2, Long.MAX_VALUE / 4);
		spans.endNanos.set(3, -1);
		assertEquals(spans.size(), correlator().correlate(spans).row().length);
	}
}
