package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/** A span that arrives when its trace is on the screen already. */
final class LateSpan {
	private LateSpan() {
	}

	static SpanTable below(Dictionary names, long parent, long start) {
		SpanTable spans = new SpanTable(names);
		int row = spans.add();
		spans.spanId.set(row, 77_000_000);
		spans.parentId.set(row, parent);
		spans.kind.set(row, SpanTable.CLIENT);
		spans.service.set(row, names.id("gateway"));
		spans.operation.set(row, names.id("GET /late"));
		spans.startNanos.set(row, start);
		spans.endNanos.set(row, start + 1_000_000);
		spans.confidence.set(row, 900_000);
		return spans;
	}
}
