package io.crosstrace.ide.span;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import java.util.HexFormat;

/** The id by which other tools know a trace: what its application said, or else what we name it when we save it. */
public final class TraceId {
	private TraceId() {
	}

	/** 128 bits as 32 hexadecimal digits. */
	public static String of(SpanTable spans, Trace trace) {
		for (int i = 0; i < trace.size(); i++) {
			int row = trace.row(i);
			if (spans.traceIdHigh.get(row) != 0 || spans.traceIdLow.get(row) != 0) {
				return text(spans.traceIdHigh.get(row), spans.traceIdLow.get(row));
			}
		}
		long root = spans.spanId.get(trace.rootRow());
		return text(SpanIds.mix64(root), root);
	}

	private static String text(long high, long low) {
		return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
	}
}
