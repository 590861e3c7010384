package io.crosstrace.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

class TraceAssemblerTest {
	private final TraceAssembler assembler = new TraceAssembler();

	@Test
	void spansOfThreeServices_becomeOneTree() {
		DrawnSpans drawn = DrawnSpans.of(
				"E<d stock   ....==....",
				"d<C orders  ...====...",
				"C<b orders  ..======..",
				"b<A gateway .========.",
				"f<A gateway .........=",
				"A   gateway ==========");
		assertEquals("A(b(C(d(E))) f)", text(drawn));
	}

	@Test
	void children_areInOrderOfStart_howeverTheyArrive() {
		DrawnSpans drawn = DrawnSpans.of(
				"c<A a ....==",
				"A   a ======",
				"e<A a =.....",
				"b<A a ...==.",
				"d<A a ..==..");
		assertEquals("A(e d b c)", text(drawn));
	}

	@Test
	void traceGrows_andTheOthersStay() {
		DrawnSpans drawn = DrawnSpans.of(
				"A   a ====",
				"C<b b ..=.",
				"K   a ..==");
		assertEquals("A C K", text(drawn));
		Trace k = assembler.snapshot().of(drawn.row('K'));
		drawn.add("b<A a .==.");
		assertEquals("A(b(C)) K", text(drawn));
		assertSame(k, assembler.snapshot().of(drawn.row('K')));
	}

	@Test
	void snapshot_isTheSameWhenNothingCame() {
		DrawnSpans drawn = DrawnSpans.of("A a =");
		text(drawn);
		assertSame(assembler.snapshot(), assembler.snapshot());
	}

	@Test
	void snapshotOfBefore_doesNotChange() {
		DrawnSpans drawn = DrawnSpans.of("C<b b ..=.");
		assembler.update(drawn.spans);
		Traces before = assembler.snapshot();
		drawn.add("b<A a .==.", "A   a ====");
		text(drawn);
		assertEquals("C", DrawnSpans.text(before));
		assertEquals(1, before.spans().size());
		assertNull(before.of(1));
	}

	@Test
	void loop_isCutAtItsEarliestSpan() {
		DrawnSpans drawn = DrawnSpans.of(
				"A<c a ..==",
				"b<A a .===",
				"c<b a ...=",
				"d<b a ...=");
		assertEquals("b(c(A) d)", text(drawn));
	}

	@Test
	void spanThatIsItsOwnParent_isARoot() {
		assertEquals("A", text(DrawnSpans.of("A<A a ===")));
	}

	@Test
	void secondSpanWithAnId_isLeftOutAndCounted() {
		DrawnSpans drawn = DrawnSpans.of("A a ===", "A a ===", "b<A a .=.");
		assertEquals("A(b)", text(drawn));
		assertEquals(1, assembler.snapshot().duplicates());
		assertNull(assembler.snapshot().of(1));
	}

	@Test
	void revisedParent_movesTheSubtree() {
		DrawnSpans drawn = DrawnSpans.of(
				"A   a =====.",
				"B   a .=====",
				"c<A a ..==..",
				"D<c b ..==..");
		assertEquals("A(c(D)) B", text(drawn));
		int c = drawn.row('c');
		drawn.spans.parentId.set(c, 'B');
		assembler.revised(c);
		assertEquals("A B(c(D))", text(drawn));
		drawn.spans.parentId.set(c, 0);
		assembler.revised(c);
		assertEquals("A B c(D)", text(drawn));
	}

	@Test
	void parentRevisedWhileWaiting_isNotPulledBack() {
		DrawnSpans drawn = DrawnSpans.of("c<A a ..==..", "d<A a ...=..");
		text(drawn);
		drawn.spans.parentId.set(0, 'B');
		assembler.revised(0);
		drawn.add("A   a =====.", "B   a .=====");
		assertEquals("A(d) B(c)", text(drawn));
	}

	@Test
	void requestWithoutParent_isJoinedByItsConnection() {
		DrawnSpans drawn = DrawnSpans.of(
				"B   b .==..", // the server end comes first
				"a   a ====.",
				"D   b ...=."); // other sequence number
		wire(drawn, 'a', 7, 100);
		wire(drawn, 'B', 7, 100);
		wire(drawn, 'D', 7, 200);
		assertEquals("a(B) D", text(drawn));
	}

	@Test
	void equalSequenceNumbers_areToldApartByTime() {
		DrawnSpans drawn = DrawnSpans.of(
				"a   a ==.......",
				"b   a ......==.",
				"C   b .......=.");
		for (char name : "abC".toCharArray()) {
			wire(drawn, name, 7, 100);
		}
		assertEquals("a b(C)", text(drawn));
	}

	@Test
	void exactParent_winsOverTheConnection() {
		DrawnSpans drawn = DrawnSpans.of("a   a ====.", "C<b b .==..");
		wire(drawn, 'a', 7, 100);
		wire(drawn, 'C', 7, 100);
		assertEquals("a(C)", text(drawn));
		drawn.add("b   a ====.");
		assertEquals("a b(C)", text(drawn));
	}

	@Test
	void trace_knowsItsTimesServicesAndErrors() {
		DrawnSpans drawn = DrawnSpans.of(
				"A   a ====..",
				"b<A a .==...",
				"C<b b ..xx..",
				"d<A a ...===");
		text(drawn);
		Trace trace = assembler.snapshot().newest(0);
		assertEquals(6 * DrawnSpans.MILLI, trace.durationNanos());
		assertEquals(2, trace.services());
		assertEquals(1, trace.errors());
		assertEquals(trace.row(2), drawn.row('C'));
	}

	@Test
	void serviceCount_staysRightWhenTheTraceIsBuiltAgain() {
		DrawnSpans drawn = DrawnSpans.of("A   a ====");
		text(drawn);
		drawn.add("b<A a .==.");
		text(drawn);
		assertEquals(1, assembler.snapshot().newest(0).services());
	}

	@Test
	void clocksOfTwoHosts_areBroughtTogether() {
		DrawnSpans drawn = DrawnSpans.of(
				"a   a@one ......====.",
				"B<a b@two .==........"); // 6 ms behind: must lie within a
		text(drawn);
		Traces traces = assembler.snapshot();
		assertEquals(DrawnSpans.EPOCH + 7 * DrawnSpans.MILLI, traces.startNanos(drawn.row('B')));
		assertEquals(4 * DrawnSpans.MILLI, traces.newest(0).durationNanos());
	}

	@Test
	void anyOrderOfArrival_givesTheSameTraces() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int size = 2_000;
		int[] parents = new int[size];
		for (int i = 0; i < size; i++) {
			parents[i] = i < 20 ? -1 : random.nextInt(i);
		}
		for (int round = 0; round < 5; round++) {
			SpanTable spans = new SpanTable(new Dictionary(100));
			TraceAssembler shuffled = new TraceAssembler();
			for (int at : random.ints(0, size).distinct().limit(size).toArray()) {
				add(spans, at, parents[at]);
				shuffled.update(spans);
				if (random.nextInt(50) == 0) {
					shuffled.snapshot();
				}
			}
			Traces traces = shuffled.snapshot();
			assertEquals(20, traces.size(), "seed " + seed);
			for (int i = 0; i < traces.size(); i++) {
				Trace trace = traces.byStart(i);
				for (int index = 1; index < trace.size(); index++) {
					assertEquals(spans.parentId.get(trace.row(index)),
							spans.spanId.get(trace.row(trace.parent(index))), "seed " + seed);
					assertSame(trace, traces.of(trace.row(index)));
				}
			}
		}
	}

	@Test
	void chainOfAHundredThousandLevels_inAnyOrder_isQuickAndDoesNotOverflow() {
		int depth = 100_000;
		for (int[] order : new int[][] { ascending(depth), descending(depth),
				new Random(1).ints(0, depth).distinct().limit(depth).toArray() }) {
			assertDoesNotThrow(() -> { // recursion would overflow the stack
				SpanTable spans = new SpanTable(new Dictionary(100));
				TraceAssembler chain = new TraceAssembler();
				for (int level : order) {
					add(spans, level, level - 1);
					if (spans.size() % 10_000 == 0) {
						chain.update(spans);
						chain.snapshot();
					}
				}
				Trace trace = chain.snapshot().newest(0);
				assertEquals(depth, trace.size());
				assertEquals(depth - 1, trace.depths()[depth - 1]);
				assertEquals(2 * depth - 1, CriticalPath.of(trace, chain.snapshot()).size());
			});
		}
	}

	@Test
	void otherTable_isRefused() {
		assembler.update(DrawnSpans.of("A a =").spans);
		assertThrows(IllegalArgumentException.class, () -> assembler.update(DrawnSpans.of("B a =").spans));
	}

	/** Spans numbered from 0; each lies 1 ns inside the one above. */
	private static void add(SpanTable spans, int number, int parent) {
		int row = spans.add();
		spans.spanId.set(row, number + 1);
		spans.parentId.set(row, parent + 1);
		spans.kind.set(row, number % 2 == 0 ? SpanTable.SERVER : SpanTable.CLIENT);
		spans.startNanos.set(row, 1_000_000_000L + number);
		spans.endNanos.set(row, 2_000_000_000L - number);
	}

	private static int[] ascending(int size) {
		return IntStream.range(0, size).toArray();
	}

	private static int[] descending(int size) {
		return IntStream.range(0, size).map(i -> size - 1 - i).toArray();
	}

	private static void wire(DrawnSpans drawn, char name, long tuple, int sequence) {
		drawn.spans.tuple.set(drawn.row(name), tuple);
		drawn.spans.sequence.set(drawn.row(name), sequence);
	}

	private String text(DrawnSpans drawn) {
		assembler.update(drawn.spans);
		return DrawnSpans.text(assembler.snapshot());
	}
}
