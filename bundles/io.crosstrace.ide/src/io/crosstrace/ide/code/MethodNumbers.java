package io.crosstrace.ide.code;

import java.util.List;
import java.util.Locale;

import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.timeline.Durations;

/**
 * What one method served or called within a window. Immutable.
 *
 * @param endpoint the method and its route; of several routes, the busiest
 * @param perSecond calls a second, over the time in which there were any
 * @param p50Nanos median
 * @param slowest slowest first
 * @param failed latest first
 */
public record MethodNumbers(Endpoint endpoint, long calls, long errors, double perSecond, long p50Nanos, long p95Nanos,
		List<SpanRef> slowest, List<SpanRef> failed) {
	/** "3.2/s · p50 12 ms · p95 80 ms · 2 of 310 failed". */
	public String label() {
		String rate = perSecond >= 100 ? String.format(Locale.ROOT, "%.0f/s", perSecond)
				: perSecond >= 0.1 ? String.format(Locale.ROOT, "%.1f/s", perSecond)
				: String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
		String times = calls == 1 ? Durations.text(p50Nanos)
				: "p50 " + Durations.text(p50Nanos) + " · p95 " + Durations.text(p95Nanos);
		return (calls == 1 ? "1 call" : rate) + " · " + times
				+ (errors == 0 ? "" : " · " + errors + " of " + calls + " failed");
	}

	/** Lines for a hover: the route, the numbers and the traces worth a look. */
	public String details() {
		StringBuilder out = new StringBuilder(endpoint.route()).append('\n').append(label());
		if (!slowest.isEmpty()) {
			out.append("\nSlowest: ").append(durations(slowest));
		}
		if (!failed.isEmpty()) {
			out.append("\nLast failed: ").append(durations(failed));
		}
		return out.toString();
	}

	private static String durations(List<SpanRef> spans) {
		return String.join(", ", spans.stream().map(span -> Durations.text(span.durationNanos())).toList());
	}
}
