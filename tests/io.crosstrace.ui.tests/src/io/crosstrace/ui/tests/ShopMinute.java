package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.util.Random;

/** A minute of a small shop: a gateway, orders, stock and pricing, and a database that nobody watches. */
final class ShopMinute {
	private static final long MILLI = 1_000_000;
	private final SpanTable spans;
	private final Random random = new Random(42);
	private long nextId = 1;

	private ShopMinute(Dictionary names) {
		spans = new SpanTable(names);
	}

	/** {@code traces} traces of up to 9 spans over the minute before {@code endNanos}; always the same. */
	static SpanTable minute(Dictionary names, int traces, long endNanos) {
		ShopMinute shop = new ShopMinute(names);
		for (int i = 0; i < traces; i++) {
			shop.trace(endNanos - 60_000 * MILLI + i * 59_000L * MILLI / traces, i);
		}
		return shop.spans;
	}

	private void trace(long start, int i) {
		boolean slow = random.nextInt(12) == 0;
		long work = MILLI * (20 + random.nextInt(30) + (slow ? 120 + random.nextInt(200) : 0));
		long gateway = span(0, "gateway", SpanTable.SERVER, "POST", "/shop/checkout/" + i, start, work + 14 * MILLI,
				"", i % 40 == 0);
		call(gateway, "gateway", "pricing", "GET", "/pricing/discounts/" + i, start + MILLI, 6 * MILLI, false);
		long orders = call(gateway, "gateway", "orders", "POST", "/orders/" + i, start + 8 * MILLI, work, i % 40 == 0);
		call(orders, "orders", "stock", "POST", "/stock/reservations/" + i, start + 10 * MILLI, work / 2, i % 40 == 0);
		call(orders, "orders", "stock", "GET", "/stock/levels/" + i, start + 10 * MILLI + work / 2, work / 4, false);
		span(orders, "orders", SpanTable.CLIENT, "INSERT", "/", start + 9 * MILLI, 3 * MILLI, "10.0.0.9:5432", false);
	}

	/** Both ends of a call; answers the id of the end that served. */
	private long call(long parent, String from, String to, String verb, String path, long start, long nanos,
			boolean failed) {
		long client = span(parent, from, SpanTable.CLIENT, verb, path, start, nanos, to + ":8080", failed);
		return span(client, to, SpanTable.SERVER, verb, path, start + MILLI / 2, nanos - MILLI, "", failed);
	}

	private long span(long parent, String service, int kind, String verb, String path, long start, long nanos,
			String peer, boolean failed) {
		int row = spans.add();
		long id = nextId++;
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(verb + " " + path.replaceAll("\\d+", "{id}")));
		spans.peer.set(row, spans.names.id(peer));
		spans.startNanos.set(row, start);
		spans.firstByteNanos.set(row, start + nanos);
		spans.endNanos.set(row, start + nanos);
		spans.status.set(row, failed ? 500 : 200);
		spans.confidence.set(row, 1_000_000);
		if (failed) {
			spans.set(row, SpanTable.ERROR);
		}
		spans.addAttribute(spans.names.id("http.request.method"), spans.values.id(verb));
		spans.addAttribute(spans.names.id("url.path"), spans.values.id(path));
		return id;
	}
}
