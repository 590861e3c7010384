package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.util.Random;

/**
 * One request as it goes wrong in practice: an order that asks stock for forty items one after the other, waits on
 * its way to a slow price, and fails to tell the mail service, which nobody watches.
 */
final class LoopTrace {
	private static final long MILLI = 1_000_000;
	private final SpanTable spans;
	private final Random random = new Random(3);
	private long nextId;

	private LoopTrace(Dictionary names, int number) {
		spans = new SpanTable(names);
		nextId = 1_000_000L * (number + 1);
	}

	/** @param number makes the ids of several traces differ; odd ones are quicker and ask for fewer items */
	static SpanTable trace(Dictionary names, long start, int number) {
		LoopTrace trace = new LoopTrace(names, number);
		int items = number % 2 == 0 ? 40 : 12;
		long loop = items * 9 * MILLI;
		long end = start + loop + 320 * MILLI;
		long root = trace.span(0, SpanTable.SERVER, "gateway", "POST /checkout/{id}", start, end, 502, 1_000_000, true);
		long call = trace.span(root, SpanTable.CLIENT, "gateway", "POST /orders", start + 4 * MILLI, end - 5 * MILLI, 502,
				980_000, true);
		long order = trace.span(call, SpanTable.SERVER, "orders", "POST /orders", start + 9 * MILLI, end - 7 * MILLI, 502,
				1_000_000, true);
		for (int i = 0; i < items; i++) {
			long at = start + 20 * MILLI + i * 9 * MILLI;
			long took = 5 * MILLI + trace.random.nextInt(2_000_000);
			long stock = trace.span(order, SpanTable.CLIENT, "orders", "GET /stock/{item}", at, at + took, 200, 990_000,
					false);
			trace.span(stock, SpanTable.SERVER, "stock", "GET /stock/{item}", at + MILLI, at + took - MILLI, 200,
					1_000_000, false);
		}
		long at = start + 30 * MILLI + loop;
		long price = trace.span(order, SpanTable.CLIENT, "orders", "GET /price/{item}", at, at + 150 * MILLI, 200, 640_000,
				false);
		trace.span(price, SpanTable.SERVER, "pricing", "GET /price/{item}", at + 90 * MILLI, at + 145 * MILLI, 200,
				1_000_000, false);
		trace.span(order, SpanTable.CLIENT, "orders", "POST /mail", at + 170 * MILLI, at + 250 * MILLI, 503, 870_000, true);
		return trace.spans;
	}

	private long span(long parent, int kind, String service, String operation, long start, long end, int status,
			int confidence, boolean failed) {
		int row = spans.add();
		spans.spanId.set(row, nextId);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(operation));
		spans.peer.set(row, spans.names.id(kind == SpanTable.CLIENT ? "10.0.0.8:8080" : "10.0.0.7"));
		spans.startNanos.set(row, start);
		spans.firstByteNanos.set(row, start + (end - start) * 9 / 10);
		spans.endNanos.set(row, end);
		spans.status.set(row, status);
		spans.confidence.set(row, confidence);
		spans.pid.set(row, 4242);
		spans.tid.set(row, 4300);
		spans.host.set(row, spans.names.id("shop-1"));
		spans.connection.set(row, 0x5001);
		if (failed) {
			spans.set(row, SpanTable.ERROR);
		}
		attribute("http.request.method", operation.substring(0, operation.indexOf(' ')));
		attribute("url.path", operation.substring(operation.indexOf('/')).replace("{item}", String.valueOf(row))
				.replace("{id}", "77"));
		attribute("http.response.status_code", String.valueOf(status));
		attribute("server.address", "10.0.0.8");
		attribute("server.port", "8080");
		attribute("network.protocol.version", "1.1");
		return nextId++;
	}

	private void attribute(String key, String value) {
		spans.addAttribute(spans.names.id(key), spans.values.id(value));
	}
}
