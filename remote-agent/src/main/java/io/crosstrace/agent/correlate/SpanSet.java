package io.crosstrace.agent.correlate;

import java.io.IOException;
import java.nio.file.Path;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/** Recorded spans for benchmarks: no truth, another load, as many as wanted. */
public final class SpanSet {
	private static final long PAUSE_NANOS = 1_000_000_000;

	private SpanSet() {
	}

	/**
	 * @param factor how much closer traces are moved together
	 * @param copies how often the file is repeated, one after the other in time
	 */
	public static SpanTable read(Path path, double factor, int copies) throws IOException {
		SpanFile file = SpanFile.read(path, (line, reason) -> { });
		Load.compress(file, factor);
		SpanTable one = file.spans;
		if (copies == 1) {
			return one;
		}
		long first = Long.MAX_VALUE;
		long last = Long.MIN_VALUE;
		for (int row = 0; row < one.size(); row++) {
			first = Math.min(first, one.startNanos.get(row));
			last = Math.max(last, one.endNanos.get(row));
		}
		SpanTable all = new SpanTable(one.names, one.values, one.size() * copies);
		for (int copy = 0; copy < copies; copy++) {
			long later = copy * (last - first + PAUSE_NANOS);
			for (int row = 0; row < one.size(); row++) {
				int at = all.addCopy(one, row);
				all.spanId.set(at, SpanIds.mix64(one.spanId.get(row) + copy));
				all.startNanos.set(at, one.startNanos.get(row) + later);
				all.endNanos.set(at, one.endNanos.get(row) == 0 ? 0 : one.endNanos.get(row) + later);
			}
		}
		return all;
	}
}
