package io.crosstrace.core.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.crosstrace.testing.Drawn;

class SpanTableTest {
	@Test
	void drawnSpans_haveTheTimesOfTheirColumns() {
		SpanTable spans = Drawn.spans(
				"AAAA..BB  op=GET_/x pid=7",
				".00.....  parent=A");
		assertEquals(3, spans.size());
		int call = Drawn.row(spans, '0');
		assertEquals(1 * Drawn.COLUMN_NANOS, spans.startNanos.get(call));
		assertEquals(3 * Drawn.COLUMN_NANOS, spans.endNanos.get(call));
		assertEquals(spans.spanId.get(Drawn.row(spans, 'A')), spans.parentId.get(call));
		assertEquals("GET /x", spans.names.text(spans.operation.get(Drawn.row(spans, 'B'))));
		assertEquals(7, spans.pid.get(Drawn.row(spans, 'B')));
		assertTrue(spans.isRequest(0));
		assertFalse(spans.isRequest(call));
	}

	@Test
	void aCopiedRow_keepsAttributesAndTokensUnderOtherDictionaries() {
		SpanTable from = new SpanTable(new Dictionary(100));
		from.names.id("only here");
		from.add();
		int source = from.add();
		from.service.set(source, from.names.id("orders"));
		from.startNanos.set(source, 42);
		from.addAttribute(from.names.id("url.path"), from.values.id("/a/1"));
		from.addToken(99);
		from.addToken(100);
		from.addLink(SpanTable.link(7, true));
		SpanTable to = new SpanTable(new Dictionary(100));
		int row = to.addCopy(from, source);
		assertEquals("orders", to.names.text(to.service.get(row)));
		assertEquals("/a/1", to.attribute(row, "url.path"));
		assertEquals(42, to.startNanos.get(row));
		assertEquals(2, to.tokenCount(row));
		assertEquals(100, to.token(row, 1));
		assertEquals(1, to.linkCount(row));
		assertTrue(SpanTable.produced(to.link(row, 0)));
		assertEquals(SpanTable.link(7, false), to.link(row, 0) | 1);
	}

	@Test
	void aRow_hasOnlyItsOwnAttributes() {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 100; i++) {
			int row = spans.add();
			for (int j = 0; j < i % 4; j++) {
				spans.addAttribute(spans.names.id("k" + j), spans.values.id("v" + i));
			}
		}
		for (int row = 0; row < 100; row++) {
			assertEquals(row % 4, spans.attributeCount(row));
			assertEquals(row % 4 > 2 ? "v" + row : "", spans.attribute(row, "k2"));
		}
	}

	@Test
	void ids_areTheSameAtBothEndsAndDifferBetweenMessages() {
		assertEquals(SpanIds.client(5, 100), SpanIds.client(5, 100));
		assertNotEquals(SpanIds.client(5, 100), SpanIds.client(5, 101));
		assertNotEquals(SpanIds.client(5, 100), SpanIds.client(6, 100));
		assertEquals(0, SpanIds.client(0, 100));
		assertEquals(0, SpanIds.server(0));
	}

	@Test
	void aFullDictionary_saysSoInsteadOfGrowing() {
		Dictionary names = new Dictionary(4);
		int a = names.id("a");
		names.id("b");
		assertEquals(Dictionary.OVERFLOW_TEXT, names.text(names.id("c")));
		assertEquals(a, names.id("a"));
		assertEquals(1, names.overflowed());
	}
}
