package io.crosstrace.ide.tests.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceList.Order;

class TraceListTest {
	private static final long SECOND = 1_000_000_000L;

	@Test
	void partWithoutItsBeginning_isShownOnlyWhenItMayNotComeAnyMore() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		add(spans, 1, 0, 10 * SECOND);
		add(spans, 2, 99, 11 * SECOND); // its parent is not here
		add(spans, 3, 0, 12 * SECOND);
		Traces traces = traces(spans);
		TraceList soon = TraceList.of(traces, "", Order.START, 12 * SECOND);
		assertEquals(2, soon.size());
		assertEquals(1, soon.waiting());
		assertEquals(2, soon.trace(0).rootRow());
		assertEquals(0, soon.trace(1).rootRow());
		assertEquals(-1, soon.position(1));
		TraceList later = TraceList.of(traces, "", Order.START, 20 * SECOND);
		assertEquals(3, later.size());
		assertEquals(0, later.waiting());
		assertEquals(1, later.position(1));
	}

	@Test
	void manyTraces_areListedNewestFirstAndFoundAgain() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 12_000; i++) {
			add(spans, i + 1, 0, i * SECOND);
		}
		TraceList list = TraceList.of(traces(spans), "", Order.START, 20_000 * SECOND);
		assertEquals(12_000, list.size());
		for (int position = 0; position < list.size(); position += 499) {
			assertEquals(11_999 - position, list.trace(position).rootRow());
			assertEquals(position, list.position(11_999 - position));
		}
		TraceList byLength = TraceList.of(traces(spans), "", Order.DURATION, 20_000 * SECOND);
		assertEquals(12_000, byLength.size());
	}

	private static Traces traces(SpanTable spans) {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	private static void add(SpanTable spans, long id, long parent, long startNanos) {
		int row = spans.add();
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.kind.set(row, SpanTable.SERVER);
		spans.startNanos.set(row, startNanos);
		spans.endNanos.set(row, startNanos + 1000);
		spans.service.set(row, spans.names.id("shop"));
	}
}
