package io.crosstrace.ide.latency;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.debug.SuspendedTime;

/**
 * How long spans took, without the time somebody held them up in the debugger: that is no latency. Immutable; any
 * thread; a few array accesses a span.
 */
public final class Took {
	private final Traces traces;
	private final SpanTable spans;
	private final SuspendedTime suspended;

	public Took(Traces traces, SuspendedTime suspended) {
		this.traces = traces;
		this.spans = traces.spans();
		this.suspended = suspended;
	}

	/** Nanoseconds, never negative. */
	long nanos(int row) {
		long whole = spans.endNanos.get(row) - spans.startNanos.get(row);
		return Math.max(0, suspended.isEmpty() ? whole : whole - suspended.nanos(row));
	}

	/** The part of [{@code from}, {@code to}), by the reference host's clock, in which a span was not held up. */
	long nanos(int row, long from, long to) {
		long nanos = to - from;
		if (!suspended.isEmpty()) {
			long clock = traces.startNanos(row) - spans.startNanos.get(row);
			long[] pieces = suspended.pieces(row);
			for (int i = 0; i < pieces.length; i += 2) {
				nanos -= Math.max(0, Math.min(to, pieces[i + 1] + clock) - Math.max(from, pieces[i] + clock));
			}
		}
		return Math.max(0, nanos);
	}

	Traces traces() {
		return traces;
	}
}
