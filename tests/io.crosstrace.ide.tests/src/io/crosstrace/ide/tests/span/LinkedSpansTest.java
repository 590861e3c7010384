package io.crosstrace.ide.tests.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.SessionStore;
import io.crosstrace.ide.span.LinkedSpans;
import io.crosstrace.ide.span.LinkedSpans.Linked;
import io.crosstrace.ide.span.LinkedSpans.Role;
import io.crosstrace.ide.tests.timeline.Drawn;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkedSpansTest {
	private static final long KEY = 0x1234567890abcdefL;
	private final Drawn drawn = new Drawn();

	private int produced(long key, String service, long at) {
		drawn.span(0, SpanTable.PRODUCER, service, "send orders", at, at + 5);
		return link(key, true);
	}

	private int consumed(long key, String service, long at) {
		drawn.span(0, SpanTable.CONSUMER, service, "process orders", at, at + 5);
		return link(key, false);
	}

	private int link(long key, boolean produced) {
		drawn.spans.addLink(SpanTable.link(key, produced));
		return drawn.spans.size() - 1;
	}

	private List<Linked> links(int row) {
		return LinkedSpans.of(drawn.traces(), row).newest();
	}

	@Test
	void bothEnds_knowEachOtherAndWhenTheMessageCame() {
		int sent = produced(KEY, "orders", 100);
		drawn.call(0, "billing", "poll orders", 40, 130); // asked before there was anything to get
		int polled = link(KEY, false);
		drawn.spans.firstByteNanos.set(polled, Drawn.EPOCH + 120);
		int pushed = consumed(KEY, "audit", 150);
		consumed(KEY + 2, "stranger", 160);
		assertEquals(List.of(new Linked(pushed, Role.CONSUMER, 50), new Linked(polled, Role.CONSUMER, 20)), links(sent));
		assertEquals(List.of(new Linked(sent, Role.PRODUCER, -20)), links(polled));
		assertEquals(List.of(new Linked(sent, Role.PRODUCER, -50)), links(pushed));
	}

	@Test
	void watchedBroker_isNotAnEndOfItsOwn() {
		int sent = produced(KEY, "orders", 100);
		drawn.serve(sent + 1, "broker", "send orders", 101, 104);
		int taken = link(KEY, true);
		long poll = drawn.call(0, "billing", "poll orders", 110, 130);
		int polled = link(KEY, false);
		drawn.serve(poll, "broker", "poll orders", 111, 129);
		link(KEY, false);
		long push = drawn.call(0, "broker", "process orders", 140, 150);
		link(KEY, false);
		drawn.span(push, SpanTable.CONSUMER, "audit", "process orders", 141, 149);
		int pushed = link(KEY, false);
		List<Linked> links = List.of(new Linked(pushed, Role.CONSUMER, 41), new Linked(polled, Role.CONSUMER, 30));
		assertEquals(links, links(sent));
		assertEquals(links.stream().map(Linked::row).toList(), links(taken).stream().map(Linked::row).toList());
		assertEquals(List.of(sent), links(polled).stream().map(Linked::row).toList());
	}

	@Test
	void equalMessages_belongToWhoSentThemLast() {
		int first = produced(KEY, "pump", 100);
		int firstTaken = consumed(KEY, "monitor", 110);
		int second = produced(KEY, "pump", 200);
		int secondTaken = consumed(KEY, "monitor", 210);
		assertEquals(List.of(new Linked(firstTaken, Role.CONSUMER, 10)), links(first));
		assertEquals(List.of(new Linked(secondTaken, Role.CONSUMER, 10)), links(second));
		assertEquals(List.of(new Linked(second, Role.PRODUCER, -10)), links(secondTaken));
	}

	@Test
	void clocksThatDiffer_doNotHideTheOnlySender() {
		int sent = produced(KEY, "orders", 100);
		int taken = consumed(KEY, "billing", 90);
		assertEquals(List.of(new Linked(taken, Role.CONSUMER, -10)), links(sent));
		assertEquals(List.of(new Linked(sent, Role.PRODUCER, 10)), links(taken));
	}

	@Test
	void manyConsumers_areCountedAndTheNewestListed() {
		int sent = produced(KEY, "orders", 0);
		for (int i = 1; i <= 30; i++) {
			consumed(KEY, "billing", 10 * i);
		}
		LinkedSpans links = LinkedSpans.of(drawn.traces(), sent);
		assertEquals(30, links.total());
		assertEquals(LinkedSpans.MOST, links.newest().size());
		assertEquals(300, links.newest().get(0).laterNanos());
	}

	@Test
	void linksOfOtlp_areFollowedBothWays() {
		drawn.serve(0, "orders", "POST /orders", 0, 50);
		drawn.serve(0, "billing", "bill", 80, 90);
		drawn.attribute("otlp:rest", "{\"links\":[{\"traceId\":\"00000000000000000000000000000009\","
				+ "\"spanId\":\"0000000000000001\"}]}");
		drawn.serve(0, "billing", "bill", 95, 99);
		assertEquals(List.of(new Linked(1, Role.LINK, 80)), links(0));
		assertEquals(List.of(new Linked(0, Role.LINK, -80)), links(1));
		assertEquals(List.of(), links(2));
	}

	@Test
	void forgottenSpans_areLinkedNoMore() {
		SessionStore store = new SessionStore(100, drawn.spans.names);
		produced(KEY, "orders", 0);
		store.add(drawn.spans, "");
		Drawn later = new Drawn();
		later.spans.add(); // takes the id that the producer has
		for (int i = 1; i < 60; i++) {
			later.serve(0, "gateway", "GET /", 1_000 * i, 1_000 * i + 5);
		}
		later.span(0, SpanTable.CONSUMER, "billing", "process orders", 60_000, 60_005);
		later.spans.addLink(SpanTable.link(KEY, false));
		long consumer = later.spans.spanId.get(later.spans.size() - 1);
		later.spans.spanId.set(0, 999);
		later.spans.startNanos.set(0, Drawn.EPOCH + 10);
		store.add(later.spans, "");
		Traces before = store.traces();
		assertEquals(1, LinkedSpans.of(before, before.row(consumer)).total());
		Drawn more = new Drawn();
		for (int i = 0; i < 50; i++) {
			long id = more.serve(0, "gateway", "GET /", 70_000 + i, 70_005 + i);
			more.spans.spanId.set((int) id - 1, 1_000 + id);
		}
		store.add(more.spans, "");
		assertTrue(store.droppedSpans() > 0);
		Traces after = store.traces();
		assertEquals(0, LinkedSpans.of(after, after.row(consumer)).total());
		assertEquals(1, LinkedSpans.of(before, before.row(consumer)).total(), "an older answer's rows are still there");
	}
}
