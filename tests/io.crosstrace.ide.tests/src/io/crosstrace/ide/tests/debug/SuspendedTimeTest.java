package io.crosstrace.ide.tests.debug;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.ide.debug.Pause;
import io.crosstrace.ide.debug.SuspendedTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose latency a pause in the debugger is. */
class SuspendedTimeTest {
	private static final int GATEWAY = 10;
	private static final int ORDERS = 20;
	private final SpanTable spans = new SpanTable(new Dictionary(100));

	@Test
	void pause_isTakenOutOfTheSpanItsCallerAndWhatItCalled() {
		int root = span(1, 0, SpanTable.SERVER, GATEWAY, 11, 0, 100);
		int call = span(2, 1, SpanTable.CLIENT, GATEWAY, 11, 10, 90);
		int served = span(3, 2, SpanTable.SERVER, ORDERS, 21, 12, 88);
		int query = span(4, 3, SpanTable.CLIENT, ORDERS, 21, 20, 80);
		int other = span(5, 0, SpanTable.SERVER, ORDERS, 22, 0, 100);
		SuspendedTime time = of(new Pause(ORDERS, 21, "exec-1", 30, 70));
		for (int row : new int[] { root, call, served, query }) {
			assertEquals(40, time.nanos(row), "row " + row);
		}
		assertEquals(0, time.nanos(other));
		assertArrayEquals(new long[] { 30, 70 }, time.pieces(served));
	}

	@Test
	void unknownThread_countsOnlyWhereOneRequestWasOpen() {
		int alone = span(1, 0, SpanTable.SERVER, ORDERS, 21, 0, 50);
		int one = span(2, 0, SpanTable.SERVER, ORDERS, 21, 100, 200);
		int two = span(3, 0, SpanTable.SERVER, ORDERS, 22, 100, 200);
		SuspendedTime time = of(new Pause(ORDERS, Pause.UNKNOWN, "x", 10, 20),
				new Pause(ORDERS, Pause.UNKNOWN, "x", 110, 120));
		assertEquals(10, time.nanos(alone));
		assertEquals(0, time.nanos(one) + time.nanos(two));
	}

	@Test
	void wholeMachine_holdsUpAllOfIts() {
		int one = span(1, 0, SpanTable.SERVER, ORDERS, 21, 0, 50);
		int two = span(2, 0, SpanTable.SERVER, ORDERS, 22, 0, 60);
		int elsewhere = span(3, 0, SpanTable.SERVER, GATEWAY, 11, 0, 60);
		SuspendedTime time = of(new Pause(ORDERS, Pause.ALL, "", 10, 30), new Pause(ORDERS, Pause.ALL, "", 20, 40),
				new Pause(ORDERS, Pause.ALL, "", 45, Long.MAX_VALUE));
		assertArrayEquals(new long[] { 10, 40, 45, 50 }, time.pieces(one));
		assertEquals(45, time.nanos(two));
		assertEquals(0, time.nanos(elsewhere));
		assertTrue(of().isEmpty());
	}

	private SuspendedTime of(Pause... pauses) {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return SuspendedTime.of(assembler.snapshot(), List.of(pauses));
	}

	private int span(long id, long parent, int kind, int pid, int tid, long start, long end) {
		int row = spans.add();
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.pid.set(row, pid);
		spans.tid.set(row, tid);
		spans.endTid.set(row, tid);
		spans.startNanos.set(row, start);
		spans.endNanos.set(row, end);
		return row;
	}
}
