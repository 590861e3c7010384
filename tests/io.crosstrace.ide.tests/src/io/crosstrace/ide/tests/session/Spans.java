package io.crosstrace.ide.tests.session;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/** Small batches of spans as an agent sends them. */
final class Spans {
	static final long EPOCH = 1_700_000_000_000_000_000L;
	static final long MILLI = 1_000_000;

	private Spans() {
	}

	/** A trace of three spans over two services: request, call, request; ids are 3 n + 1 to 3 n + 3. */
	static void addTrace(SpanTable batch, int n) {
		long id = 3L * n + 1;
		long start = EPOCH + n * 10 * MILLI;
		add(batch, id, 0, SpanTable.SERVER, "gateway", start, 9 * MILLI);
		add(batch, id + 1, id, SpanTable.CLIENT, "gateway", start + MILLI, 7 * MILLI);
		add(batch, id + 2, id + 1, SpanTable.SERVER, "orders", start + 2 * MILLI, 5 * MILLI);
	}

	static SpanTable traces(Dictionary names, int from, int to) {
		SpanTable batch = new SpanTable(names);
		for (int n = from; n < to; n++) {
			addTrace(batch, n);
		}
		return batch;
	}

	static int add(SpanTable batch, long id, long parent, int kind, String service, long start, long duration) {
		int row = batch.add();
		batch.spanId.set(row, id);
		batch.parentId.set(row, parent);
		batch.kind.set(row, kind);
		batch.service.set(row, batch.names.id(service));
		batch.operation.set(row, batch.names.id("GET /" + service));
		batch.startNanos.set(row, start);
		batch.endNanos.set(row, start + duration);
		batch.addAttribute(batch.names.id("url.path"), batch.values.id("/" + service + "/" + id));
		return row;
	}
}
