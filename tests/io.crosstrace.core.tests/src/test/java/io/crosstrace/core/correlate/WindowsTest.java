package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Drawn;

class WindowsTest {
	private static final long MS = 1_000_000;
	private static final WindowOptions BOUNDED = new WindowOptions(50 * MS, 1_000 * MS, 1_000, 10_000);
	private final SpanTable none = new SpanTable(new Dictionary(10));
	private final Windows windows = new Windows(FusionCorrelator.remembering(), WindowOptions.LIVE);

	@Test
	void finishedRequest_goesOutAtOnce_andItsCallOnceItHasSettled() {
		windows.add(Drawn.spans("AAAAAAAA", "..00...."));
		SpanTable first = windows.close(none, 100 * MS);
		assertEquals(1, first.size());
		assertTrue(first.isRequest(0));
		SpanTable second = windows.close(none, 150 * MS);
		assertEquals(1, second.size());
		assertEquals(first.spanId.get(0), second.parentId.get(0));
		assertTrue(second.confidence.get(0) > 900_000);
		assertEquals(0, windows.close(none, 5_000 * MS).size());
	}

	@Test
	void openRequestThatMayOwnACall_keepsItWaiting_butNotForever() {
		SpanTable both = Drawn.spans("AAAAAAAA", "..00....");
		SpanTable open = only(both, 0);
		open.endNanos.set(0, 0);
		windows.add(only(both, 1));
		assertEquals(0, windows.close(open, 10 * MS).size());
		assertEquals(0, windows.close(open, 900 * MS).size());
		SpanTable out = windows.close(open, 1_010 * MS);
		assertEquals(1, out.size());
		assertEquals(open.spanId.get(0), out.parentId.get(0));
	}

	@Test
	void openRequestOfAnotherProcess_keepsNothingWaiting() {
		SpanTable both = Drawn.spans("AAAAAAAA pid=2", "..00....");
		SpanTable open = only(both, 0);
		open.endNanos.set(0, 0);
		windows.add(only(both, 1));
		windows.close(open, 0);
		assertEquals(1, windows.close(open, 60 * MS).size());
	}

	@Test
	void requestThatFinishesLater_isStillKnownToItsCall() {
		SpanTable both = Drawn.spans("AAAAAAAA", "..00....");
		SpanTable open = only(both, 0);
		open.endNanos.set(0, 0);
		windows.add(only(both, 1));
		windows.close(open, 0);
		windows.add(only(both, 0));
		SpanTable out = windows.close(none, 60 * MS);
		assertEquals(2, out.size());
		assertEquals(both.spanId.get(0), out.parentId.get(out.isRequest(0) ? 1 : 0));
	}

	@Test
	void callThatComesAfterItsRequestWasDecided_findsIt() {
		SpanTable both = Drawn.spans("AAAAAAAA", "..00....");
		windows.add(only(both, 0));
		windows.close(none, 0);
		windows.add(only(both, 1));
		windows.close(none, 100 * MS);
		SpanTable out = windows.close(none, 200 * MS);
		assertEquals(both.spanId.get(0), out.parentId.get(0));
	}

	@Test
	void clockThatRunsBackwards_decidesEverything() {
		SpanTable both = Drawn.spans("AAAAAAAA", "..00....");
		SpanTable open = only(both, 0);
		open.endNanos.set(0, 0);
		windows.add(only(both, 1));
		windows.close(open, 10_000 * MS);
		assertEquals(1, windows.close(open, 5 * MS).size());
	}

	@Test
	void moreCallsThanMayWait_areForcedAndCounted() {
		Windows small = new Windows(FusionCorrelator.remembering(), new WindowOptions(50 * MS, 1_000 * MS, 10, 2));
		small.add(Drawn.spans("AAAAAAAA", ".0......", "..1.....", "...2....", "....3..."));
		assertEquals(3, small.close(none, 0).size());
		assertEquals(2, small.forced());
		assertEquals(2, small.pending());
	}

	@Test
	void batchLargerThanTheContext_losesNoRequestOfACallThatWaits() {
		Windows small = new Windows(FusionCorrelator.remembering(), new WindowOptions(50 * MS, 1_000 * MS, 10, 10_000));
		SpanTable batch = new SpanTable(new Dictionary(100));
		SpanTable pair = Drawn.spans("AAAAAAAA", "..00....");
		for (int i = 0; i < 200; i++) {
			for (int source = 0; source < 2; source++) {
				int row = batch.addCopy(pair, source);
				batch.spanId.set(row, 1000 + 2 * i + source);
				batch.parentId.set(row, 0);
				batch.startNanos.set(row, pair.startNanos.get(source) + i * 20 * MS);
				batch.endNanos.set(row, pair.endNanos.get(source) + i * 20 * MS);
			}
		}
		small.add(batch);
		assertEquals(200, small.close(none, 0).size());
		SpanTable calls = small.close(none, 100 * MS);
		assertEquals(200, calls.size());
		for (int row = 0; row < calls.size(); row++) {
			assertEquals(calls.spanId.get(row) - 1, calls.parentId.get(row));
		}
	}

	@Test
	void aStream_goesOutOnce_andMemoryStaysBounded() {
		stream(new Windows(FusionCorrelator.remembering(), BOUNDED), () -> { });
	}

	@Test
	void aStream_doesNotWaitForWhatIsLearntOnTheWay() {
		Deque<Runnable> lessons = new ArrayDeque<>();
		int[] late = { 0 };
		stream(new Windows(FusionCorrelator.remembering(lessons::add), BOUNDED), () -> {
			if (!lessons.isEmpty() && ++late[0] % 5 == 0) { // long after it was asked for
				assertEquals(1, lessons.size(), "one lesson of a service at a time");
				lessons.remove().run();
			}
		});
		assertTrue(late[0] >= 5, "lessons waited " + late[0] + " times");
	}

	@Test
	void requestWithMoreCallsThanMost_isDecidedLikeAnyOther() {
		Windows live = new Windows(FusionCorrelator.remembering(), BOUNDED);
		SpanTable batch = new SpanTable(new Dictionary(100));
		SpanTable pair = Drawn.spans("AAAAAAAA", "..00....");
		int id = 0;
		int[] made = { 1, 1, 1, 70, 1, 1, 90 };
		for (int request = 0; request < 140; request++) {
			long start = request * 1_000 * MS;
			int parent = ++id;
			int row = batch.addCopy(pair, 0);
			batch.spanId.set(row, parent);
			batch.startNanos.set(row, start);
			batch.endNanos.set(row, start + 800 * MS);
			for (int call = 0; call < made[request % made.length]; call++) {
				row = batch.addCopy(pair, 1);
				batch.spanId.set(row, ++id);
				batch.parentId.set(row, 0);
				batch.startNanos.set(row, start + (5 + 8 * call) * MS + 37 * id); // of a clock that is not coarse
				batch.endNanos.set(row, start + (9 + 8 * call) * MS);
			}
		}
		live.add(batch);
		live.close(none, 0);
		SpanTable calls = live.close(none, 100 * MS);
		assertEquals(batch.size() - 140, calls.size());
		live.add(batch); // with what was learnt of the first
		live.close(none, 200 * MS);
		assertEquals(calls.size(), live.close(none, 300 * MS).size());
	}

	@Test
	void inAHurry_allIsDecidedAllTheSame_andCounted() {
		Windows live = new Windows(FusionCorrelator.remembering(), BOUNDED);
		live.hurry(true);
		stream(live, () -> { });
		long hurried = live.decidedInHurry();
		assertTrue(hurried > 1_000, hurried + " counted");
		live.hurry(false);
		live.add(Drawn.spans("AAAAAAAA", "..00...."));
		live.closeAll(none);
		assertEquals(hurried, live.decidedInHurry());
	}

	/** Plays requests as they come, and expects each span once, and nine parents in ten right. */
	private static void stream(Windows live, Runnable afterEach) {
		SpanTable all = RandomLoad.of(3).requests(1_500).concurrency(4).spans();
		int decided = 0;
		int right = 0;
		int calls = 0;
		long now = 0;
		int next = 0;
		SpanTable byEnd = sortedByEnd(all);
		while (next < byEnd.size() || live.pending() > 0) {
			now += 100 * MS;
			SpanTable finished = new SpanTable(all.names);
			while (next < byEnd.size() && byEnd.endNanos.get(next) <= now) {
				finished.addCopy(byEnd, next++);
			}
			SpanTable open = new SpanTable(all.names);
			for (int row = 0; row < all.size() && all.startNanos.get(row) <= now; row++) {
				if (all.isRequest(row) && all.endNanos.get(row) > now) {
					open.endNanos.set(open.addCopy(all, row), 0);
				}
			}
			SpanTable truth = new SpanTable(all.names);
			for (int row = 0; row < finished.size(); row++) {
				truth.addCopy(finished, row);
				if (!finished.isRequest(row)) {
					truth.parentId.set(row, 0);
				}
			}
			live.add(truth);
			SpanTable out = live.close(open, now);
			afterEach.run();
			decided += out.size();
			for (int row = 0; row < out.size(); row++) {
				if (!out.isRequest(row)) {
					calls++;
					long id = out.spanId.get(row);
					right += out.parentId.get(row) == all.parentId.get((int) id - 1) ? 1 : 0;
				}
			}
			assertTrue(live.kept() < 6_000, "kept " + live.kept());
		}
		assertEquals(all.size(), decided);
		assertTrue(right > 0.9 * calls, right + " of " + calls);
	}

	private static SpanTable sortedByEnd(SpanTable all) {
		Integer[] order = new Integer[all.size()];
		for (int i = 0; i < order.length; i++) {
			order[i] = i;
		}
		Arrays.sort(order, (a, b) -> Long.compare(all.endNanos.get(a), all.endNanos.get(b)));
		SpanTable sorted = new SpanTable(all.names);
		for (int row : order) {
			sorted.addCopy(all, row);
		}
		return sorted;
	}

	private static SpanTable only(SpanTable all, int row) {
		SpanTable one = new SpanTable(all.names);
		one.addCopy(all, row);
		return one;
	}
}
