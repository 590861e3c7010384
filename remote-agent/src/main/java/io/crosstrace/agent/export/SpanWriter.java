package io.crosstrace.agent.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * Writes spans as lines of JSON: trace, span, parent, confidence, service, host, pid, tid, end_tid, kind, peer, op,
 * start_us, dur_us (Unix microseconds), attributes. Ids are hexadecimal; a root's parent is empty.
 *
 * <p>A span is written when the root of its trace is known, which may end last, or after {@link #PATIENCE_NANOS}
 * with the trace of the highest span known. The trace id of a trace that an application did not name is a
 * function of its root's id, so that several agents name it alike. One thread; the file is flushed with each write.
 */
public final class SpanWriter implements AutoCloseable {
	/** How long a span waits for its root. */
	static final long PATIENCE_NANOS = 10_000_000_000L;
	private static final long SETTLE_NANOS = 1_500_000_000L;
	private static final int MOST_WAITING = 500_000;
	private static final int MOST_REMEMBERED = 200_000;

	private record TraceId(long high, long low) {
	}

	private record Waiting(SpanTable table, int row, long offsetNanos, long sinceNanos) {
		long id() {
			return table.spanId.get(row);
		}

		long parent() {
			return table.parentId.get(row);
		}
	}

	private final JsonGenerator json;
	private final String host;
	private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
	private final Map<Long, Waiting> byId = new HashMap<>();
	private final Map<Long, TraceId> written = new LinkedHashMap<>() {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, TraceId> eldest) {
			return size() > MOST_REMEMBERED;
		}
	};

	private SpanWriter(JsonGenerator json, String host) {
		this.json = json;
		this.host = host;
	}

	/** @throws IOException if the file cannot be made; an existing one is overwritten */
	public static SpanWriter open(Path file, String host) throws IOException {
		try {
			JsonGenerator json = new JsonFactory().createGenerator(
					new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16));
			json.setRootValueSeparator(null); // a line ends with a newline alone
			return new SpanWriter(json, host);
		} catch (IOException e) {
			throw new IOException("--spans-out: " + file + " cannot be written", e);
		}
	}

	/**
	 * Takes spans, and writes those of all that wait whose trace is known.
	 *
	 * @param spans kept until written; not changed any more by the caller
	 * @param offsetNanos what makes the table's times Unix time
	 */
	public void write(SpanTable spans, long offsetNanos, long nowNanos) throws IOException {
		for (int row = 0; row < spans.size(); row++) {
			Waiting span = new Waiting(spans, row, offsetNanos, nowNanos);
			waiting.add(span);
			byId.put(span.id(), span);
		}
		flush(nowNanos, false);
	}

	/** Writes whatever waits. */
	@Override
	public void close() throws IOException {
		flush(0, true);
		json.close();
	}

	private void flush(long nowNanos, boolean all) throws IOException {
		boolean any = false;
		int turns = waiting.size();
		for (int i = 0; i < turns; i++) {
			Waiting span = waiting.peek();
			long waited = nowNanos - span.sinceNanos;
			if (!all && waited < SETTLE_NANOS && waiting.size() <= MOST_WAITING) {
				break; // those behind came later
			}
			waiting.remove();
			TraceId trace = trace(span, all || waited >= PATIENCE_NANOS || waiting.size() > MOST_WAITING);
			if (trace == null) {
				waiting.add(span);
				continue;
			}
			write(span, trace);
			written.put(span.id(), trace);
			byId.remove(span.id(), span);
			any = true;
		}
		if (any) {
			json.flush();
		}
	}

	/** The trace of the span's root, or null if the root may still come. Iterative: traces may be deep. */
	private TraceId trace(Waiting span, boolean now) {
		Waiting top = span;
		for (int steps = 0; steps < MOST_WAITING; steps++) {
			SpanTable table = top.table;
			if ((table.traceIdHigh.get(top.row) | table.traceIdLow.get(top.row)) != 0) {
				return new TraceId(table.traceIdHigh.get(top.row), table.traceIdLow.get(top.row));
			}
			if (top.parent() == 0) {
				return minted(top.id());
			}
			TraceId known = written.get(top.parent());
			if (known != null) {
				return known;
			}
			Waiting parent = byId.get(top.parent());
			if (parent == null) {
				return now ? minted(top.parent()) : null;
			}
			top = parent;
		}
		return minted(span.id()); // a circle: ids have collided
	}

	private static TraceId minted(long root) {
		long high = SpanIds.mix64(root ^ 0x9E3779B97F4A7C15L);
		return new TraceId(high, SpanIds.mix64(high + root));
	}

	private void write(Waiting span, TraceId trace) throws IOException {
		SpanTable table = span.table;
		int row = span.row;
		json.writeStartObject();
		json.writeStringField("trace", hex(trace.high) + hex(trace.low));
		json.writeStringField("span", hex(span.id()));
		json.writeStringField("parent", span.parent() == 0 ? "" : hex(span.parent()));
		json.writeNumberField("confidence", table.confidence.get(row) / 1e6);
		json.writeStringField("service", table.names.text(table.service.get(row)));
		json.writeStringField("host", host);
		json.writeNumberField("pid", table.pid.get(row));
		json.writeNumberField("tid", table.tid.get(row));
		json.writeNumberField("end_tid", table.endTid.get(row));
		json.writeStringField("kind", switch (table.kind.get(row)) {
			case SpanTable.SERVER -> "server";
			case SpanTable.CLIENT -> "client";
			case SpanTable.PRODUCER -> "producer";
			case SpanTable.CONSUMER -> "consumer";
			default -> "internal";
		});
		json.writeStringField("peer", table.names.text(table.peer.get(row)));
		json.writeStringField("op", table.names.text(table.operation.get(row)));
		long start = table.startNanos.get(row) + span.offsetNanos;
		json.writeNumberField("start_us", start / 1000);
		json.writeNumberField("dur_us", Math.max(0, table.endNanos.get(row) - table.startNanos.get(row)) / 1000);
		json.writeObjectFieldStart("attributes");
		for (int i = 0; i < table.attributeCount(row); i++) {
			json.writeStringField(table.names.text(table.attributeKey(row, i)),
					table.values.text(table.attributeValue(row, i)));
		}
		json.writeEndObject();
		json.writeEndObject();
		json.writeRaw('\n');
	}

	private static String hex(long id) {
		return java.util.HexFormat.of().toHexDigits(id);
	}
}
