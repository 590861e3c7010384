package io.crosstrace.ide.session;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.wire.otlp.SpanFiles;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Writes traces as they were put together here: a span whose trace nobody named gets the id of its trace, and one whose
 * parent was found by its connection names that parent, so that any tool shows the same trees. Not for the UI thread.
 */
public final class Export {
	private static final int SPANS_AT_ONCE = 10_000;

	private Export() {
	}

	/**
	 * @param count how many traces
	 * @param trace each of them, by a number from 0
	 * @param proceed asked now and then with how many traces were written; false stops, and leaves no file behind
	 * @throws CancellationException if it was stopped
	 * @throws IOException if the file cannot be written; one that was there before is as it was
	 */
	public static void write(Path file, Format format, Traces traces, int count, IntFunction<Trace> trace,
			IntPredicate proceed) throws IOException {
		try (SpanFiles.Writer writer = new SpanFiles.Writer(file, format, Map.of())) {
			SpanTable piece = piece(traces);
			for (int i = 0; i < count; i++) {
				add(trace.apply(i), traces.spans(), piece);
				if (piece.size() >= SPANS_AT_ONCE || i == count - 1) {
					writer.add(piece, 0, piece.size());
					piece = piece(traces);
					if (!proceed.test(i + 1)) {
						throw new CancellationException();
					}
				}
			}
			writer.complete();
		}
	}

	private static SpanTable piece(Traces traces) {
		return new SpanTable(traces.spans().names, new Dictionary(1 << 20), SPANS_AT_ONCE);
	}

	private static void add(Trace trace, SpanTable spans, SpanTable into) {
		long high = 0;
		long low = 0;
		for (int i = 0; i < trace.size() && high == 0 && low == 0; i++) {
			high = spans.traceIdHigh.get(trace.row(i));
			low = spans.traceIdLow.get(trace.row(i));
		}
		if (high == 0 && low == 0) {
			high = SpanIds.mix64(spans.spanId.get(trace.rootRow()));
			low = spans.spanId.get(trace.rootRow());
		}
		for (int i = 0; i < trace.size(); i++) {
			int row = into.addCopy(spans, trace.row(i));
			if (into.traceIdHigh.get(row) == 0 && into.traceIdLow.get(row) == 0) {
				into.traceIdHigh.set(row, high);
				into.traceIdLow.set(row, low);
			}
			if (into.parentId.get(row) == 0 && trace.parent(i) != Trace.NONE) {
				into.parentId.set(row, spans.spanId.get(trace.row(trace.parent(i))));
				into.confidence.set(row, 1_000_000);
			}
		}
	}
}
