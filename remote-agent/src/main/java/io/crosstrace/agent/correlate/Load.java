package io.crosstrace.agent.correlate;

import java.util.HashMap;
import java.util.Map;

import io.crosstrace.core.span.SpanTable;

/** Makes a higher load of a recorded one: moves whole traces closer together. */
final class Load {
	private Load() {
	}

	/**
	 * Divides the offset between traces by {@code factor} and keeps every gap inside a trace. Times stay
	 * multiples of the file's clock tick. Spans without a trace move by their own start.
	 */
	static void compress(SpanFile file, double factor) {
		SpanTable spans = file.spans;
		long tick = 1_000_000;
		long origin = Long.MAX_VALUE;
		Map<Long, Long> firsts = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			long start = spans.startNanos.get(row);
			while (start % tick != 0) {
				tick /= 1_000;
			}
			origin = Math.min(origin, start);
			if (file.trace.get(row) != 0) {
				firsts.merge(file.trace.get(row), start, Math::min);
			}
		}
		for (int row = 0; row < spans.size(); row++) {
			long start = spans.startNanos.get(row);
			long first = firsts.getOrDefault(file.trace.get(row), start);
			long moved = origin + Math.round((first - origin) / factor / tick) * tick;
			spans.startNanos.set(row, start - first + moved);
			if (spans.endNanos.get(row) != 0) {
				spans.endNanos.set(row, spans.endNanos.get(row) - first + moved);
			}
		}
	}
}
