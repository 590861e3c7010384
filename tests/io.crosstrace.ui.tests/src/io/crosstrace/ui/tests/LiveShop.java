package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.util.Random;

/**
 * A busy shop of eleven services on two hosts, as its two agents tell of it: requests that have just ended, of 8 to
 * 26 spans, some slow, some failed, each with its own path and half of it on the other host.
 */
final class LiveShop {
	private static final long MILLI = 1_000_000;
	private static final String[] SERVICES = { "gateway", "orders", "users", "stock", "pricing", "payments", "search",
			"mail", "carts", "reviews", "shipping" };
	private static final String[] VERBS = { "GET", "GET", "GET", "POST", "PUT" };

	private final Random random = new Random(11);
	private final Dictionary names;
	private SpanTable here;
	private SpanTable there;
	private long nextId = 1;

	LiveShop(Dictionary names) {
		this.names = names;
	}

	/**
	 * Requests that ended at {@code now}, of at least {@code spans} spans in all.
	 *
	 * @return what the one agent saw of them, and the other
	 */
	SpanTable[] requests(int spans, long now) {
		here = new SpanTable(names);
		there = new SpanTable(names);
		while (here.size() + there.size() < spans) {
			request(now);
		}
		return new SpanTable[] { here, there };
	}

	private void request(long now) {
		int calls = 3 + random.nextInt(10);
		long length = (20 + random.nextInt(60) + (random.nextInt(20) == 0 ? random.nextInt(900) : 0)) * MILLI;
		long start = now - length - random.nextInt(20) * MILLI;
		int failed = random.nextInt(25) == 0 ? random.nextInt(calls) : -1;
		String verb = VERBS[random.nextInt(VERBS.length)];
		long[] ids = new long[calls + 1];
		int[] services = new int[calls + 1];
		ids[0] = span(0, 0, SpanTable.SERVER, verb, 0, start, length, failed >= 0);
		long slot = length / (calls + 1);
		for (int i = 1; i <= calls; i++) {
			int parent = random.nextInt(Math.min(i, 4));
			services[i] = 1 + random.nextInt(SERVICES.length - 1);
			verb = VERBS[random.nextInt(VERBS.length)];
			long at = start + i * slot - slot / 2;
			boolean fails = i - 1 == failed;
			long client = span(ids[parent], services[parent], SpanTable.CLIENT, verb, services[i], at, slot, fails);
			ids[i] = span(client, services[i], SpanTable.SERVER, verb, services[i], at + slot / 10, slot * 8 / 10, fails);
		}
		span(ids[calls], services[calls], SpanTable.CLIENT, "SELECT", -1, start + length - slot / 2, slot / 4, false);
	}

	/** @param to the service that is called; below 0 a database nobody watches */
	private long span(long parent, int service, int kind, String verb, int to, long start, long nanos, boolean failed) {
		SpanTable spans = service % 2 == 0 ? here : there;
		int row = spans.add();
		long id = nextId++ * 0x9e3779b97f4a7c15L;
		String name = to < 0 ? "items" : SERVICES[to];
		String path = "/" + name + "/" + random.nextInt(50_000);
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.service.set(row, names.id(SERVICES[service]));
		spans.operation.set(row, names.id(verb + " /" + name + "/{id}"));
		spans.peer.set(row, names.id(kind == SpanTable.SERVER ? "" : to < 0 ? "10.0.0.9:5432" : name + ":8080"));
		spans.startNanos.set(row, start);
		spans.firstByteNanos.set(row, start + nanos * 3 / 4);
		spans.endNanos.set(row, start + nanos);
		spans.status.set(row, failed ? 500 : 200);
		spans.confidence.set(row, 700_000 + random.nextInt(300_000));
		if (failed) {
			spans.set(row, SpanTable.ERROR);
		}
		spans.addAttribute(names.id("http.request.method"), spans.values.id(verb));
		spans.addAttribute(names.id("url.path"), spans.values.id(path));
		return id;
	}
}
