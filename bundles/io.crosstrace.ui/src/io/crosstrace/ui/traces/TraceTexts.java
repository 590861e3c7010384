package io.crosstrace.ui.traces;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.timeline.Durations;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Traces in words. */
final class TraceTexts {
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
			.withZone(ZoneId.systemDefault());
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
			.withZone(ZoneId.systemDefault());

	private TraceTexts() {
	}

	/** The time of day of a Unix time. */
	static String time(long nanos) {
		return CLOCK.format(instant(nanos));
	}

	static String service(TraceList list, Trace trace) {
		SpanTable spans = list.traces().spans();
		return spans.names.text(spans.service.get(trace.rootRow()));
	}

	static String operation(TraceList list, Trace trace) {
		SpanTable spans = list.traces().spans();
		return spans.names.text(spans.operation.get(trace.rootRow()));
	}

	/** Everything a row may have cut. */
	static String tip(TraceList list, Trace trace) {
		SpanTable spans = list.traces().spans();
		String path = spans.attribute(trace.rootRow(), "url.path");
		return Messages.bind(Messages.tip, new Object[] { service(list, trace), operation(list, trace),
				DATE.format(instant(trace.startNanos())), Durations.text(trace.durationNanos()),
				String.format("%,d", trace.size()), trace.services(), trace.errors(), path.isEmpty() ? "" : "\n" + path });
	}

	/** For a screen reader. */
	static String accessible(TraceList list, Trace trace) {
		return Messages.bind(Messages.accessibleRow, new Object[] { service(list, trace), operation(list, trace),
				Durations.text(trace.durationNanos()), trace.size(), trace.services(), trace.errors() });
	}

	private static Instant instant(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
	}
}
