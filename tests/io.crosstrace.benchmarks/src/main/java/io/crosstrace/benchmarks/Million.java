package io.crosstrace.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.SpanFiles;

/**
 * Spans as agents send them, in any number: traces of ten over six services, 12 operations, four attributes and two
 * tokens a span, a path of its own for every trace, one trace in fifty failed.
 */
final class Million {
	static final int SPANS = 1_000_000;
	private static final int SPANS_A_TRACE = 10;
	private static final long EPOCH = 1_790_000_000_000_000_000L;
	private static final String[] SERVICES = { "gateway", "orders", "stock", "pricing", "users", "payments" };

	private final SpanTable spans;
	private final SplittableRandom random;
	private final long firstNanos;
	private final long gapNanos;
	private final int firstTrace;

	private Million(Dictionary names, int firstTrace, long firstNanos, long gapNanos) {
		spans = new SpanTable(names, new Dictionary(1 << 20), 10_000);
		random = new SplittableRandom(42 + firstTrace);
		this.firstTrace = firstTrace;
		this.firstNanos = firstNanos;
		this.gapNanos = gapNanos;
	}

	/** @param gapNanos between the beginnings of two traces */
	static SpanTable traces(Dictionary names, int firstTrace, int count, long firstNanos, long gapNanos) {
		Million million = new Million(names, firstTrace, firstNanos, gapNanos);
		for (int i = 0; i < count; i++) {
			million.trace(i);
		}
		return million.spans;
	}

	/** A recording of a million spans, in a temporary file that its caller deletes. */
	static Path recording() throws IOException {
		Path file = Files.createTempFile("crosstrace-million", ".otlp");
		Dictionary names = new Dictionary(1 << 16);
		int traces = 1_000;
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
			for (int first = 0; first * SPANS_A_TRACE < SPANS; first += traces) {
				SpanTable batch = traces(names, first, traces, EPOCH + first * 1_000_000L, 1_000_000);
				SpanFiles.append(out, batch, 0, batch.size(), Map.of("host.name", "bench"));
			}
		}
		return file;
	}

	private void trace(int i) {
		int number = firstTrace + i;
		long start = firstNanos + i * gapNanos;
		long duration = 2_000_000 + random.nextLong(40_000_000) + (random.nextInt(20) == 0 ? 500_000_000 : 0);
		boolean failed = number % 50 == 0;
		long above = 0;
		for (int depth = 0; depth < SPANS_A_TRACE; depth++) {
			boolean request = depth % 2 == 0;
			int level = (depth + 1) / 2;
			long id = SpanIds.mix64(number * 16L + depth + 1);
			int row = spans.add();
			spans.spanId.set(row, id);
			spans.parentId.set(row, above);
			spans.traceIdLow.set(row, number + 1);
			spans.confidence.set(row, above == 0 ? 0 : request ? 1_000_000 : 700_000 + random.nextInt(300_000));
			spans.kind.set(row, request ? SpanTable.SERVER : SpanTable.CLIENT);
			spans.startNanos.set(row, start + depth * duration / 25);
			spans.firstByteNanos.set(row, start + duration - depth * duration / 24);
			spans.endNanos.set(row, start + duration - depth * duration / 25);
			String service = SERVICES[request ? level : level - 1];
			String to = SERVICES[level];
			spans.service.set(row, spans.names.id(service));
			spans.operation.set(row, spans.names.id((number % 2 == 0 ? "GET /" : "POST /") + to + "/{id}"));
			spans.host.set(row, spans.names.id("host-" + service));
			spans.peer.set(row, spans.names.id("10.0.0." + level + (request ? "" : ":8080")));
			int status = failed && depth < 4 ? 500 : 200;
			spans.status.set(row, status);
			spans.pid.set(row, 100 + level);
			spans.tid.set(row, 100 + number % 50);
			spans.endTid.set(row, 100 + number % 50);
			spans.connection.set(row, level * 100 + number % 90);
			spans.tuple.set(row, SpanIds.mix64(level * 1000L + number % 90 + 1));
			spans.sequence.set(row, (int) SpanIds.mix64(number));
			if (status >= 500) {
				spans.set(row, SpanTable.ERROR);
			}
			spans.addAttribute(spans.names.id("http.request.method"), spans.values.id(number % 2 == 0 ? "GET" : "POST"));
			spans.addAttribute(spans.names.id("url.path"), spans.values.id("/" + to + "/" + (number * 7919L % 1_000_000)));
			spans.addAttribute(spans.names.id("http.route"), spans.values.id("/" + to + "/{id}"));
			spans.addAttribute(spans.names.id("http.response.status_code"), spans.values.id(String.valueOf(status)));
			spans.addToken(SpanIds.mix64(number));
			spans.addToken(SpanIds.mix64(number * 31L + level));
			above = id;
		}
	}
}
