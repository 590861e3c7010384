package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.util.Random;

/** Spans as a shop's agents would send them: a gateway that calls orders and users, which call stock and payments. */
final class ShopSpans {
	static final long MILLI = 1_000_000;
	private static final String[][] CALLS = { { "orders", "users" }, { "stock", "pricing", "payments" }, { "search" } };

	private final Random random = new Random(7);
	private final Dictionary names = new Dictionary(1000);
	private final long epoch;
	private long nextId = 1;
	private int requests;

	/** @param epoch Unix nanoseconds of the first request */
	ShopSpans(long epoch) {
		this.epoch = epoch;
	}

	/** A batch of requests, 40 ms apart, each with all it caused. Every ninth fails. */
	SpanTable requests(int count) {
		SpanTable batch = new SpanTable(names);
		for (int i = 0; i < count; i++) {
			long start = epoch + requests * 40 * MILLI;
			long duration = (30 + random.nextInt(120)) * MILLI;
			boolean fails = requests % 9 == 4;
			String operation = requests % 3 == 0 ? "POST /checkout" : "GET /orders/{id}";
			long root = add(batch, 0, SpanTable.SERVER, "gateway", operation, start, duration, fails ? 500 : 200, 0);
			calls(batch, root, "gateway", start, duration, 0, fails);
			requests++;
		}
		return batch;
	}

	private void calls(SpanTable batch, long parent, String service, long start, long duration, int level, boolean fails) {
		if (level == CALLS.length) {
			return;
		}
		long at = start + duration / 12;
		int count = 1 + random.nextInt(3);
		for (int i = 0; i < count; i++) {
			String to = CALLS[level][random.nextInt(CALLS[level].length)];
			long length = duration * (60 + random.nextInt(60)) / 100 / (count + 1);
			int status = fails && i == 0 ? 503 : 200;
			String operation = "GET /" + to + "/{id}";
			int confidence = 550_000 + random.nextInt(450_000);
			long call = add(batch, parent, SpanTable.CLIENT, service, operation, at, length, status, confidence);
			long request = add(batch, call, SpanTable.SERVER, to, operation, at + length / 20, length * 9 / 10, status,
					1_000_000);
			calls(batch, request, to, at + length / 20, length * 9 / 10, level + 1, fails && i == 0);
			at += random.nextInt(3) == 0 ? length / 10 : length + duration / 50;
		}
	}

	private long add(SpanTable batch, long parent, int kind, String service, String operation, long start, long duration,
			int status, int confidence) {
		int row = batch.add();
		long id = nextId++;
		batch.spanId.set(row, id);
		batch.parentId.set(row, parent);
		batch.kind.set(row, kind);
		batch.service.set(row, names.id(service));
		batch.operation.set(row, names.id(operation));
		batch.startNanos.set(row, start);
		batch.firstByteNanos.set(row, start + duration * 8 / 10);
		batch.endNanos.set(row, start + duration);
		batch.status.set(row, status);
		batch.confidence.set(row, confidence);
		if (status >= 500) {
			batch.set(row, SpanTable.ERROR);
		}
		batch.addAttribute(names.id("url.path"), batch.values.id(operation.replace("{id}", "r" + requests)));
		batch.addAttribute(names.id("http.response.status_code"), batch.values.id(String.valueOf(status)));
		return id;
	}
}
