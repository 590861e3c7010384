package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/** A large landscape: each service calls three others, layer below layer; every fortieth call fails. */
final class ManyServices {
	private ManyServices() {
	}

	static SpanTable of(Dictionary names, int services, long start) {
		SpanTable spans = new SpanTable(names);
		long[] served = new long[services];
		for (int i = 0; i < services; i++) {
			long at = start + i * 1_000L;
			long took = (services - i) * 100_000L;
			long call = 0;
			if (i > 0) {
				call = span(spans, served[(i - 1) / 3], SpanTable.CLIENT, (i - 1) / 3, i, at, took, i % 40 == 7);
			}
			served[i] = span(spans, call, SpanTable.SERVER, i, i, at + 100, took - 200, i % 40 == 7);
		}
		return spans;
	}

	private static long span(SpanTable spans, long parent, int kind, int service, int callee, long start, long nanos,
			boolean failed) {
		int row = spans.add();
		spans.spanId.set(row, 900_000_000L + row);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id("service-" + service));
		spans.operation.set(row, spans.names.id("GET /things"));
		spans.peer.set(row, spans.names.id("10.1." + callee / 250 + "." + callee % 250 + ":80"));
		spans.startNanos.set(row, start);
		spans.endNanos.set(row, start + nanos);
		spans.confidence.set(row, 1_000_000);
		if (failed) {
			spans.set(row, SpanTable.ERROR);
		}
		return spans.spanId.get(row);
	}
}
