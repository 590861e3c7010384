package io.crosstrace.ide.tests.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ide.session.Arrivals;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceList.Order;
import io.crosstrace.ide.session.TraceListing;

class TraceListTest {
	private static final long SECOND = 1_000_000_000L;

	@Test
	void partWithoutItsBeginning_isShownOnlyWhenItMayNotComeAnyMore() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		add(spans, 1, 0, 10 * SECOND);
		add(spans, 2, 99, 11 * SECOND); // its parent is not here
		add(spans, 3, 0, 12 * SECOND);
		Traces traces = traces(spans);
		TraceList soon = TraceList.of(traces, TraceListing.ALL, null, 12 * SECOND);
		assertEquals(2, soon.size());
		assertEquals(1, soon.waiting());
		assertEquals(2, soon.trace(0).rootRow());
		assertEquals(0, soon.trace(1).rootRow());
		assertEquals(-1, soon.position(1));
		TraceList later = TraceList.of(traces, TraceListing.ALL, soon, 20 * SECOND);
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
		TraceList list = TraceList.of(traces(spans), TraceListing.ALL, null, 20_000 * SECOND);
		assertEquals(12_000, list.size());
		for (int position = 0; position < list.size(); position += 499) {
			assertEquals(11_999 - position, list.trace(position).rootRow());
			assertEquals(position, list.position(11_999 - position));
		}
		for (Order order : Order.values()) {
			for (boolean reversed : new boolean[] { false, true }) {
				TraceListing listing = new TraceListing(Query.ALL, null, TimeRange.ALL, order, reversed);
				assertEquals(12_000, TraceList.of(traces(spans), listing, list, 20_000 * SECOND).size());
			}
		}
	}

	@Test
	void order_isByWhatWasAskedAndCanBeReversed() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 100; i++) {
			add(spans, i + 1, 0, i * SECOND);
			spans.endNanos.set(i, i * SECOND + (i * 37 % 100) * 1000);
		}
		Traces traces = traces(spans);
		TraceList longest = TraceList.of(traces, new TraceListing(Query.ALL, null, TimeRange.ALL, Order.DURATION, false),
				null, 0);
		TraceList shortest = TraceList.of(traces, new TraceListing(Query.ALL, null, TimeRange.ALL, Order.DURATION, true),
				longest, 0);
		for (int i = 0; i < 100; i++) {
			assertEquals((99 - i) * 1000, longest.trace(i).durationNanos());
			assertEquals(i * 1000, shortest.trace(i).durationNanos());
		}
	}

	@Test
	void filterMuteAndRange_leaveOutWhatTheySay() throws QueryProblem {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 100; i++) {
			add(spans, i + 1, 0, i * SECOND);
			spans.operation.set(i, spans.names.id(i % 10 == 0 ? "GET /health" : i % 2 == 0 ? "GET /a" : "GET /b"));
		}
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		TraceListing listing = new TraceListing(Query.of("!(name = \"GET /a\")"), Query.of("name =~ \".*/health\""),
				new TimeRange(20 * SECOND, 40 * SECOND), Order.START, false);
		TraceList list = TraceList.of(assembler.snapshot(), listing, null, 0);
		assertEquals(10, list.muted());
		assertEquals(10, list.size());
		assertEquals(39, list.trace(0).rootRow());
		assertEquals(50, count(list.arrivals(10)), "arrivals are those of all times");
		add(spans, 101, 0, 30 * SECOND);
		spans.operation.set(100, spans.names.id("GET /b"));
		add(spans, 102, 1, SECOND); // the first trace grows, and is asked again
		spans.operation.set(101, spans.names.id("GET /a"));
		assembler.update(spans);
		TraceList later = TraceList.of(assembler.snapshot(), listing, list, 0);
		TraceList anew = TraceList.of(assembler.snapshot(), listing, null, 0);
		assertEquals(11, later.size());
		assertEquals(anew.size(), later.size());
		assertEquals(anew.muted(), later.muted());
		for (int i = 0; i < anew.size(); i++) {
			assertEquals(anew.trace(i), later.trace(i));
		}
	}

	@Test
	void arrivals_countEveryTraceOnceAndFindItsSlice() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 50; i++) {
			add(spans, i + 1, 0, i * i * SECOND);
			if (i % 5 == 0) {
				spans.set(i, SpanTable.ERROR);
			}
		}
		Arrivals arrivals = TraceList.of(traces(spans), TraceListing.ALL, null, 0).arrivals(7);
		assertEquals(50, count(arrivals));
		for (int i = 0; i < 50; i++) {
			int slice = arrivals.slice(i * i * SECOND);
			assertEquals(true, arrivals.range(slice, slice).has(i * i * SECOND));
		}
		assertEquals(true, TraceList.of(traces(new SpanTable(new Dictionary(9))), TraceListing.ALL, null, 0).arrivals(0).isEmpty());
	}

	private static int count(Arrivals arrivals) {
		int sum = 0;
		for (int slice = 0; slice < arrivals.slices(); slice++) {
			sum += arrivals.traces(slice);
		}
		return sum;
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
