package io.crosstrace.agent.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.crosstrace.core.span.SpanTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Writes spans as lines of JSON: trace, span, parent, confidence, service, host, pid, tid, end_tid, kind, peer, op,
 * method, path, status, start_us, dur_us (Unix microseconds), tokens
 * (hashes of identifiers, salted anew in each run), links (messages through brokers: two spans' links that differ in their
 * last bit only are of one), attributes, and what hand-offs between threads tell: conn, read,
 * woke, woke_hops, woke_us. Ids are hexadecimal; a root's parent is
 * empty. What {@code correlate} reads. One thread; the file is flushed with each write.
 */
public final class SpanWriter implements SpanExport {
	private final JsonGenerator json;
	private final String host;

	private SpanWriter(JsonGenerator json, String host) {
		this.json = json;
		this.host = host;
	}

	/** @throws IOException if the file cannot be made; an existing one is overwritten */
	public static SpanWriter open(Path file, String host) throws IOException {
		try {
			JsonGenerator json = new JsonFactory()
					.createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
			json.setRootValueSeparator(null); // each line ends itself
			return new SpanWriter(json, host);
		} catch (IOException e) {
			throw new IOException("--spans-out: " + file + " cannot be written", e);
		}
	}

	@Override
	public void write(SpanTable spans) throws IOException {
		for (int row = 0; row < spans.size(); row++) {
			write(spans, row);
		}
		if (spans.size() > 0) {
			json.flush();
		}
	}

	@Override
	public void close() throws IOException {
		json.close();
	}

	private void write(SpanTable table, int row) throws IOException {
		json.writeStartObject();
		json.writeStringField("trace", hex(table.traceIdHigh.get(row)) + hex(table.traceIdLow.get(row)));
		json.writeStringField("span", hex(table.spanId.get(row)));
		json.writeStringField("parent", table.parentId.get(row) == 0 ? "" : hex(table.parentId.get(row)));
		json.writeNumberField("confidence", table.confidence.get(row) / 1e6);
		json.writeStringField("service", table.names.text(table.service.get(row)));
		json.writeStringField("host", host);
		json.writeNumberField("pid", table.pid.get(row));
		json.writeNumberField("tid", table.tid.get(row));
		json.writeNumberField("end_tid", table.endTid.get(row));
		json.writeNumberField("conn", table.connection.get(row));
		writeId("read", table.readId.get(row));
		writeId("woke", table.wokeId.get(row));
		if (table.wokeId.get(row) != 0) {
			json.writeNumberField("woke_hops", table.wokeHops.get(row));
			json.writeNumberField("woke_us", table.wokeMicros.get(row));
		}
		json.writeStringField("kind", switch (table.kind.get(row)) {
			case SpanTable.SERVER -> "server";
			case SpanTable.CLIENT -> "client";
			case SpanTable.PRODUCER -> "producer";
			case SpanTable.CONSUMER -> "consumer";
			default -> "internal";
		});
		json.writeStringField("peer", table.names.text(table.peer.get(row)));
		json.writeStringField("op", table.names.text(table.operation.get(row)));
		writeText("method", table.attribute(row, "http.request.method"));
		String path = table.attribute(row, "url.path");
		writeText("path", path.isEmpty() ? table.attribute(row, "url.full") : path);
		if (table.status.get(row) != 0) {
			json.writeNumberField("status", table.status.get(row));
		}
		json.writeNumberField("start_us", table.startNanos.get(row) / 1000);
		json.writeNumberField("dur_us", Math.max(0, table.endNanos.get(row) - table.startNanos.get(row)) / 1000);
		if (table.tokenCount(row) > 0) {
			json.writeArrayFieldStart("tokens");
			for (int i = 0; i < table.tokenCount(row); i++) {
				json.writeString(hex(table.token(row, i)));
			}
			json.writeEndArray();
		}
		if (table.linkCount(row) > 0) {
			json.writeArrayFieldStart("links");
			for (int i = 0; i < table.linkCount(row); i++) {
				json.writeString(hex(table.link(row, i)));
			}
			json.writeEndArray();
		}
		json.writeObjectFieldStart("attributes");
		for (int i = 0; i < table.attributeCount(row); i++) {
			json.writeStringField(table.names.text(table.attributeKey(row, i)),
					table.values.text(table.attributeValue(row, i)));
		}
		json.writeEndObject();
		json.writeEndObject();
		json.writeRaw('\n');
	}

	private void writeText(String field, String text) throws IOException {
		if (!text.isEmpty()) {
			json.writeStringField(field, text);
		}
	}

	private void writeId(String field, long id) throws IOException {
		if (id != 0) {
			json.writeStringField(field, hex(id));
		}
	}

	private static String hex(long id) {
		return HexFormat.of().toHexDigits(id);
	}
}
