package io.crosstrace.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import org.junit.jupiter.api.Test;

class TraceHoldTest {
	private static final long SETTLED = TraceHold.SETTLE_NANOS;
	private final Dictionary names = new Dictionary(100);
	private final TraceHold hold = new TraceHold();

	@Test
	void spanWhoseRootEndsLast_waitsForItsTraceId() {
		add(0, 3, 2);
		add(0, 2, 1);
		assertEquals(0, release(SETTLED).size(), "the root may still come");
		add(SETTLED, 1, 0);
		SpanTable out = release(SETTLED * 2);
		assertEquals(3, out.size());
		assertEquals(out.traceIdLow.get(0), out.traceIdLow.get(2));
		assertNotEquals(0, out.traceIdLow.get(0));
	}

	@Test
	void spanWhoseRootNeverComes_goesAfterAWhile() {
		add(0, 3, 2);
		add(0, 4, 2);
		assertEquals(0, release(TraceHold.PATIENCE_NANOS - 1).size());
		SpanTable out = release(TraceHold.PATIENCE_NANOS);
		assertEquals(2, out.size());
		assertEquals(out.traceIdLow.get(0), out.traceIdLow.get(1), "siblings stay together");
	}

	@Test
	void traceIdOfTheApplication_isKeptAndInherited() {
		SpanTable root = table(1, 0);
		root.traceIdHigh.set(0, 7);
		root.traceIdLow.set(0, 8);
		hold.add(root, 0, 0);
		add(0, 2, 1);
		SpanTable out = release(SETTLED);
		assertEquals(7, out.traceIdHigh.get(1));
		assertEquals(8, out.traceIdLow.get(1));
	}

	@Test
	void parentsInACircle_endSomewhere() {
		add(0, 1, 2);
		add(0, 2, 1);
		assertEquals(2, release(SETTLED).size());
	}

	@Test
	void times_becomeUnixTimesAndNoneStaysNone() {
		SpanTable span = table(1, 0);
		span.startNanos.set(0, 5);
		hold.add(span, 1000, 0);
		SpanTable out = release(SETTLED);
		assertEquals(1005, out.startNanos.get(0));
		assertEquals(0, out.endNanos.get(0));
	}

	private void add(long now, long id, long parent) {
		hold.add(table(id, parent), 0, now);
	}

	private SpanTable table(long id, long parent) {
		SpanTable spans = new SpanTable(names);
		spans.spanId.set(spans.add(), id);
		spans.parentId.set(0, parent);
		return spans;
	}

	private SpanTable release(long now) {
		SpanTable out = new SpanTable(names);
		hold.release(now, out);
		return out;
	}
}
