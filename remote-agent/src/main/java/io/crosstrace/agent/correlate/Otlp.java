package io.crosstrace.agent.correlate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.crosstrace.core.correlate.Parents;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.SpanFiles;

/** Span files in OTLP's JSON, in and out. */
final class Otlp {
	private static final String SIGN = "\"resourceSpans\"";

	private Otlp() {
	}

	/** Looks at the beginning of a stream that can be marked: JSON that names resourceSpans is OTLP. */
	static boolean is(InputStream in) throws IOException {
		byte[] head = new byte[1 << 12];
		in.mark(head.length);
		int length = in.readNBytes(head, 0, head.length);
		in.reset();
		return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains(SIGN);
	}

	/**
	 * Appends a file's requests and calls to the table; their parents, as far as they are calls', are truth. The
	 * parent of a call is its nearest request above: what is between them, such as internal spans, is left out.
	 */
	static void read(Path path, SpanFile into) throws IOException {
		SpanTable all = new SpanTable(into.spans.names);
		SpanFiles.Report report = SpanFiles.read(path, all, bytes -> { });
		if (report.read() == 0 || !report.problem().isEmpty()) {
			throw new SpanFileException(path + ": " + report.problem());
		}
		into.ids.wide();
		into.badLines += report.skipped();
		Map<Long, Integer> rows = new HashMap<>();
		for (int row = 0; row < all.size(); row++) {
			rows.put(all.spanId.get(row), row);
		}
		for (int row = 0; row < all.size(); row++) {
			int kind = all.kind.get(row);
			if (!all.isRequest(row) && kind != SpanTable.CLIENT && kind != SpanTable.PRODUCER) {
				into.unused++;
				continue;
			}
			int copy = into.spans.addCopy(all, row);
			long parent = all.parentId.get(row);
			if (!all.isRequest(row)) {
				parent = requestAbove(all, rows, row);
				into.spans.parentId.set(copy, 0);
				into.spans.confidence.set(copy, 0);
				into.spans.flags.set(copy, all.flags.get(row) & ~SpanTable.PARENT_PROVEN);
			}
			into.truth.set(copy, parent);
			into.trace.set(copy, SpanIds.mix64(all.traceIdHigh.get(row)) ^ all.traceIdLow.get(row));
			if (all.host.get(row) != 0) {
				into.spans.pid.set(copy, into.spans.names.id(all.names.text(all.host.get(row)) + "\0" + all.pid.get(row)));
			}
		}
	}

	private static long requestAbove(SpanTable all, Map<Long, Integer> rows, int row) {
		Integer above = rows.get(all.parentId.get(row));
		for (int steps = 0; above != null && !all.isRequest(above) && steps < all.size(); steps++) {
			above = rows.get(all.parentId.get(above));
		}
		return above == null || !all.isRequest(above) ? 0 : all.spanId.get(above);
	}

	/** Writes all spans with the parents found, and trace ids made from their roots where they have none. */
	static void write(Path path, SpanFile file, Parents parents) throws IOException {
		SpanTable spans = file.spans;
		Map<Long, Integer> rows = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			rows.put(spans.spanId.get(row), row);
			if (!spans.isRequest(row)) {
				int parent = parents.row()[row];
				spans.parentId.set(row, parent < 0 ? 0 : spans.spanId.get(parent));
				spans.confidence.set(row, parent < 0 ? 0 : Math.round(parents.confidence()[row] * 1e6f));
			}
		}
		for (int row = 0; row < spans.size(); row++) {
			long root = spans.spanId.get(row);
			Integer at = row;
			for (int steps = 0; at != null && steps < spans.size(); steps++) {
				root = spans.spanId.get(at);
				at = rows.get(spans.parentId.get(at));
			}
			spans.traceIdHigh.set(row, SpanIds.mix64(root));
			spans.traceIdLow.set(row, SpanIds.mix64(root + 1) | 1);
		}
		SpanFiles.write(path, SpanFiles.Format.OTLP_JSON, spans, Map.of());
	}
}
