package io.crosstrace.ide.tests.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.SessionStore;
import org.junit.jupiter.api.Test;

class SessionStoreTest {
	private final Dictionary names = new Dictionary(1000);

	@Test
	void batches_becomeTraces() {
		SessionStore store = new SessionStore(1000, names);
		store.add(Spans.traces(names, 0, 2), "one");
		store.add(Spans.traces(new Dictionary(1000), 2, 4), "two");
		Traces traces = store.traces();
		assertEquals(4, traces.size());
		assertEquals(3, traces.newest(0).size());
		assertEquals(2, traces.newest(0).services());
		SpanTable spans = traces.spans();
		int row = traces.newest(0).rootRow();
		assertEquals("two", names.text(spans.host.get(row)));
		assertEquals("gateway", names.text(spans.service.get(row)));
		assertEquals("/gateway/10", spans.attribute(row, "url.path"));
	}

	@Test
	void spanSentAgain_isNotAddedAgain() {
		SessionStore store = new SessionStore(1000, names);
		store.add(Spans.traces(names, 0, 2), "");
		Traces before = store.traces();
		store.add(Spans.traces(names, 0, 2), "");
		assertSame(before, store.traces());
	}

	@Test
	void laterParent_isTakenOver() {
		SessionStore store = new SessionStore(1000, names);
		SpanTable call = new SpanTable(names);
		Spans.add(call, 2, 0, SpanTable.CLIENT, "gateway", Spans.EPOCH, Spans.MILLI);
		store.add(Spans.traces(names, 1, 2), "");
		store.add(call, "");
		assertEquals(2, store.traces().size());
		call.parentId.set(0, 4);
		call.confidence.set(0, 900_000);
		store.add(call, "");
		assertEquals(1, store.traces().size());
		Traces traces = store.traces();
		assertEquals(900_000, traces.spans().confidence.get(traces.row(2)));
	}

	@Test
	void fullBudget_dropsTheOldestTracesAndCountsThem() {
		SessionStore store = new SessionStore(120, names);
		int era = store.era();
		for (int n = 0; n < 100; n++) {
			store.add(Spans.traces(names, n, n + 1), "");
		}
		Traces traces = store.traces();
		assertTrue(traces.spans().size() < 120, "holds " + traces.spans().size());
		assertNotEquals(era, store.era());
		assertEquals(100, traces.size() + store.droppedTraces());
		assertEquals(300, traces.spans().size() + store.droppedSpans());
		SpanTable spans = traces.spans();
		assertEquals(3 * 99 + 1, spans.spanId.get(traces.newest(0).rootRow()));
		assertEquals("/gateway/298", spans.attribute(traces.newest(0).rootRow(), "url.path"));
	}

	@Test
	void traceBeyondTheWholeBudget_isDroppedNotKept() {
		SessionStore store = new SessionStore(50, names);
		SpanTable batch = new SpanTable(names);
		for (int i = 1; i <= 60; i++) {
			Spans.add(batch, i, i - 1, SpanTable.CLIENT, "a", Spans.EPOCH + i, 1);
		}
		store.add(batch, "");
		assertTrue(store.traces().spans().size() < 50);
		assertEquals(60, store.traces().spans().size() + store.droppedSpans());
	}

	@Test
	void clear_forgetsEverything() {
		SessionStore store = new SessionStore(1000, names);
		store.add(Spans.traces(names, 0, 2), "");
		store.clear();
		assertEquals(0, store.traces().size());
		assertNull(store.traces().of(0));
	}
}
