package io.crosstrace.shop.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.crosstrace.shop.score.Recorded.Kind;
import io.crosstrace.shop.score.Recorded.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the shop's spans again with the truth in them, to try other ways to correlate on. Of a client span, trace and
 * parent become the true ones; of a server span the trace. Everything else stays, but for the confidence.
 */
final class TruthWriter {
	private final JsonFactory json = new JsonFactory();
	private final Recorded recorded;
	private final SpanReader reader;

	TruthWriter(Recorded recorded, SpanReader reader) {
		this.recorded = recorded;
		this.reader = reader;
	}

	/** @param out overwritten; compressed if its name ends with .gz */
	void write(BufferedReader in, Path out) throws IOException {
		OutputStream bytes = Files.newOutputStream(out);
		if (out.toString().endsWith(".gz")) {
			bytes = new GZIPOutputStream(bytes);
		}
		try (JsonGenerator generator = json.createGenerator(bytes)) {
			generator.setRootValueSeparator(null);
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				Span span = span(line);
				if (span != null) {
					copy(line, span, generator);
					generator.writeRaw('\n');
				}
			}
		}
	}

	private Span span(String line) throws IOException {
		try (JsonParser parser = json.createParser(line)) {
			return reader.span(parser);
		} catch (JsonProcessingException | IllegalArgumentException e) {
			return null; // was counted when it was read for the score
		}
	}

	private void copy(String line, Span span, JsonGenerator out) throws IOException {
		try (JsonParser in = json.createParser(line)) {
			in.nextToken();
			out.writeStartObject();
			out.writeStringField("trace", Integer.toHexString(span.call().request()));
			out.writeStringField("parent", parent(span));
			while (in.nextToken() == JsonToken.FIELD_NAME) {
				String name = in.currentName();
				in.nextToken();
				if (name.equals("trace") || name.equals("parent") || name.equals("confidence")) {
					in.skipChildren();
				} else {
					out.writeFieldName(name);
					out.copyCurrentStructure(in);
				}
			}
			out.writeEndObject();
		}
	}

	private String parent(Span span) {
		if (span.kind() == Kind.SERVER) {
			return span.hasParent() ? "%016x".formatted(span.parent()) : "";
		}
		Span cause = recorded.causeInside(span);
		return cause == null ? "" : "%016x".formatted(cause.id());
	}
}
