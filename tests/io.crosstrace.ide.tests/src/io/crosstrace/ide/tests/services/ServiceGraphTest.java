package io.crosstrace.ide.tests.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.ide.services.ServiceGraph;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {
	private static final long MS = 1_000_000;
	private static final int NONE = -1;
	private final SpanTable spans = new SpanTable(new Dictionary(1000));

	@Test
	void calls_goFromTheCallersServiceToTheOneThatAnswered() {
		int request = span("gateway", SpanTable.SERVER, 0, 100, NONE);
		int call = span("gateway", SpanTable.CLIENT, 10, 90, request);
		span("orders", SpanTable.SERVER, 20, 80, call);
		ServiceGraph graph = graph(0);
		assertEquals(List.of("gateway 1 p95=100", "orders 1 p95=60"), nodes(graph));
		assertEquals(List.of("gateway>orders 1 p95=80"), calls(graph));
	}

	@Test
	void peerNobodyWatches_isANodeByItsAddress() {
		int call = span("gateway", SpanTable.CLIENT, 10, 90, NONE);
		spans.peer.set(call, spans.names.id("10.0.0.9:5432"));
		ServiceGraph graph = graph(0);
		assertEquals(List.of("gateway>10.0.0.9:5432 1 p95=80"), calls(graph));
		assertFalse(graph.nodes().get(0).watched());
	}

	@Test
	void databaseNobodyWatches_isANodeWithItsSystem() {
		int call = span("gateway", SpanTable.CLIENT, 10, 90, NONE);
		spans.addAttribute(spans.names.id("db.system.name"), spans.values.id("postgresql"));
		spans.peer.set(call, spans.names.id("10.0.0.9:5432"));
		assertEquals(List.of("gateway>postgresql 10.0.0.9:5432 1 p95=80"), calls(graph(0)));
	}

	@Test
	void callWhoseAnswerWasNotSeen_goesToTheServiceKnownAtThatAddress() {
		for (int i = 0; i < 2; i++) {
			int call = span("gateway", SpanTable.CLIENT, i * 100, i * 100 + 50, NONE);
			spans.peer.set(call, spans.names.id("10.0.0.9:80"));
			if (i == 0) {
				span("orders", SpanTable.SERVER, 10, 20, call);
			}
		}
		assertEquals(List.of("gateway>orders 2 p95=50"), calls(graph(0)));
	}

	@Test
	void messages_goFromWhoSentThemToWhoTookThem() {
		for (int i = 0; i < 2; i++) { // equal messages, and a broker that is watched
			int sent = message("orders", SpanTable.PRODUCER, i * 100, i * 100 + 5, NONE, true);
			message("broker", SpanTable.SERVER, i * 100 + 1, i * 100 + 4, sent, true);
			int push = message("broker", SpanTable.CLIENT, i * 100 + 29, i * 100 + 40, NONE, false);
			message("billing", SpanTable.CONSUMER, i * 100 + 30, i * 100 + 40, push, false);
		}
		ServiceGraph graph = graph(0);
		assertEquals(List.of("broker>billing 2 p95=11", "orders>billing 2 p95=30", "orders>broker 2 p95=5"), calls(graph));
		assertEquals(List.of(false, true, false), graph.calls().stream().map(ServiceGraph.Call::messages).toList());
	}

	private int message(String service, int kind, int start, int end, int parent, boolean produced) {
		int row = span(service, kind, start, end, parent);
		spans.addLink(SpanTable.link(4711, produced));
		return row;
	}

	@Test
	void numbers_areOfTheWindowOnly() {
		for (int second = 0; second < 100; second++) {
			int row = span("orders", SpanTable.SERVER, second * 1000, second * 1000 + (second < 50 ? 900 : 10), NONE);
			if (second % 2 == 0) {
				spans.set(row, SpanTable.ERROR);
			}
		}
		ServiceGraph graph = graph(20_000 * MS);
		ServiceGraph.Numbers numbers = graph.nodes().get(0).numbers();
		assertEquals(21, numbers.count());
		assertEquals(10, numbers.p95Nanos() / (double) MS, 0.4);
		assertEquals(10 / 21.0, numbers.errorRate(), 1e-9);
		assertEquals(20, graph.seconds(), 1e-9);
		assertEquals(21 / 20.0, graph.rate(numbers), 1e-9);
	}

	@Test
	void noTraces_areAnEmptyGraph() {
		assertEquals(0, graph(0).nodes().size());
	}

	@Test
	void expandedService_isANodeForEachOperation() {
		int request = span("gateway", SpanTable.SERVER, 0, 100, NONE);
		spans.operation.set(request, spans.names.id("GET /cart"));
		int call = span("gateway", SpanTable.CLIENT, 10, 90, request);
		int served = span("orders", SpanTable.SERVER, 20, 80, call);
		spans.operation.set(served, spans.names.id("GET /orders"));
		int other = span("orders", SpanTable.SERVER, 20, 30, NONE);
		spans.operation.set(other, spans.names.id("PUT /orders"));
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		ServiceGraph apart = ServiceGraph.of(assembler.snapshot(), 0, Set.of("orders", "gateway"));
		assertEquals(List.of("gateway GET /cart 1 p95=100", "orders GET /orders 1 p95=60", "orders PUT /orders 1 p95=10"),
				nodes(apart));
		assertEquals(List.of("gateway GET /cart>orders GET /orders 1 p95=80"), calls(apart));
	}

	private int span(String service, int kind, long startMillis, long endMillis, int parent) {
		int row = spans.add();
		spans.spanId.set(row, row + 1);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.startNanos.set(row, 1_000_000_000 + startMillis * MS);
		spans.endNanos.set(row, 1_000_000_000 + endMillis * MS);
		spans.parentId.set(row, parent + 1);
		return row;
	}

	private ServiceGraph graph(long windowNanos) {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return ServiceGraph.of(assembler.snapshot(), windowNanos);
	}

	private static List<String> nodes(ServiceGraph graph) {
		return graph.nodes().stream().map(node -> node.name() + " " + text(node.numbers())).toList();
	}

	private static List<String> calls(ServiceGraph graph) {
		return graph.calls().stream().map(call -> graph.nodes().get(call.from()).name() + ">"
				+ graph.nodes().get(call.to()).name() + " " + text(call.numbers())).toList();
	}

	private static String text(ServiceGraph.Numbers numbers) {
		return numbers.count() + " p95=" + numbers.p95Nanos() / MS;
	}
}
