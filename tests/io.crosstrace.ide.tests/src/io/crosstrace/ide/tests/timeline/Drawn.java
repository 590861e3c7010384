package io.crosstrace.ide.tests.timeline;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.timeline.TimelineLayout;

/** Spans written down one a line, for tests: ids count from 1, times are nanoseconds since an epoch. */
public final class Drawn {
	public static final long EPOCH = 1_700_000_000_000_000_000L;

	public final SpanTable spans = new SpanTable(new Dictionary(10_000));

	/** A request that was served; answers its id. */
	public long serve(long parent, String service, String operation, long start, long end) {
		return span(parent, SpanTable.SERVER, service, operation, start, end);
	}

	/** A call that was made; answers its id. */
	public long call(long parent, String service, String operation, long start, long end) {
		return span(parent, SpanTable.CLIENT, service, operation, start, end);
	}

	public long span(long parent, int kind, String service, String operation, long start, long end) {
		int row = spans.add();
		spans.spanId.set(row, row + 1);
		spans.parentId.set(row, parent);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(operation));
		spans.startNanos.set(row, EPOCH + start);
		spans.endNanos.set(row, EPOCH + end);
		return row + 1;
	}

	/** Marks the last span as failed. */
	public void failed() {
		spans.set(spans.size() - 1, SpanTable.ERROR);
	}

	/** Gives the last span an attribute. */
	public void attribute(String key, String value) {
		spans.addAttribute(spans.names.id(key), spans.values.id(value));
	}

	public Traces traces() {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	/** The trace that began first, laid out. */
	public TimelineLayout layout() {
		Traces traces = traces();
		return new TimelineLayout(traces, traces.byStart(0));
	}
}
