package io.crosstrace.shop.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.score.Recorded.Kind;
import io.crosstrace.shop.score.Recorded.Span;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * Reads spans from JSON lines. A line that is no span, or that was cut off when its writer ended, is counted and
 * skipped; so is a span of something else than the shop.
 */
final class SpanReader {
	private final JsonFactory json = new JsonFactory();
	private long badLines;
	private long foreign;

	void read(BufferedReader in, Recorded out) throws IOException {
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (line.isBlank()) {
				continue;
			}
			try (JsonParser parser = json.createParser(line)) {
				Span span = span(parser);
				if (span == null) {
					foreign++;
				} else {
					out.add(span);
				}
			} catch (JsonProcessingException | IllegalArgumentException e) {
				badLines++;
			}
		}
	}

	/** How many lines could not be read. */
	long badLines() {
		return badLines;
	}

	/** How many spans had no call of the shop in their path. */
	long foreign() {
		return foreign;
	}

	/** @return the span, or null if it is none of the shop's */
	static Span span(JsonParser parser) throws IOException {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new IllegalArgumentException("not an object");
		}
		String id = "";
		String parent = "";
		String kind = "";
		String service = "";
		String path = "";
		double confidence = Double.NaN;
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "span" -> id = text(parser);
				case "parent" -> parent = text(parser);
				case "kind" -> kind = text(parser);
				case "service" -> service = text(parser);
				case "confidence" -> confidence = value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
				case "attributes" -> path = path(parser);
				default -> parser.skipChildren();
			}
		}
		CallId call = call(path);
		return call == null ? null : new Span(spanId(id), parent.isEmpty() ? 0 : spanId(parent), confidence,
				Kind.valueOf(kind.toUpperCase()), service, call);
	}

	private static String text(JsonParser parser) throws IOException {
		String text = parser.getValueAsString();
		return text == null ? "" : text;
	}

	/** A client span may have a whole URL instead of a path, as OpenTelemetry has it. */
	private static String path(JsonParser parser) throws IOException {
		String path = "";
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			return path;
		}
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			if (name.equals("url.path") || name.equals("url.full") && path.isEmpty()) {
				path = text(parser);
			} else {
				parser.skipChildren();
			}
		}
		return path;
	}

	/** @return what the last part of the path says, or null if it is no call id */
	private static CallId call(String path) {
		int end = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
		int slash = path.lastIndexOf('/', end - 1);
		try {
			return CallId.valueOf(path.substring(slash + 1, end));
		} catch (IllegalArgumentException e) {
			return null;
		}
	}

	private static long spanId(String hex) {
		return Long.parseUnsignedLong(hex, 16);
	}
}
