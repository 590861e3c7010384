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
	private final Ledgers ledgers;
	private long badLines;
	private long foreign;

	SpanReader(Ledgers ledgers) {
		this.ledgers = ledgers;
	}

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
	Span span(JsonParser parser) throws IOException {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new IllegalArgumentException("not an object");
		}
		String id = "";
		String parent = "";
		String kind = "";
		String service = "";
		String operation = "";
		String[] told = { "", "", "" };
		long pid = 0;
		long tid = 0;
		long start = 0;
		long link = 0;
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
				case "op" -> operation = text(parser);
				case "pid" -> pid = parser.getValueAsLong();
				case "tid" -> tid = parser.getValueAsLong();
				case "start_us" -> start = parser.getValueAsLong();
				case "links" -> link = link(parser);
				case "attributes" -> told = told(parser);
				default -> parser.skipChildren();
			}
		}
		ledgers.seen(start);
		CallId call = call(told[0]);
		boolean written = call == null && !id.isEmpty();
		CallId sent = kind.equals("producer") ? call(told[2]) : null;
		if (sent != null) {
			ledgers.claim(spanId(id), sent);
			call = sent;
		} else if (written) {
			call = ledgers.claim(spanId(id), pid, tid, operation, start, told[1]);
		}
		if (call == null) {
			return null;
		}
		Kind end = switch (kind) {
			case "client", "producer" -> Kind.CLIENT;
			case "server", "consumer" -> Kind.SERVER;
			default -> throw new IllegalArgumentException("no kind: " + kind);
		};
		return new Span(spanId(id), parent.isEmpty() ? 0 : spanId(parent), confidence, end, service,
				call, written, link);
	}

	private static String text(JsonParser parser) throws IOException {
		String text = parser.getValueAsString();
		return text == null ? "" : text;
	}

	private static long link(JsonParser parser) throws IOException {
		long link = 0;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			link = link == 0 ? spanId(text(parser)) : link;
		}
		return link;
	}

	/** Path, delivery tag and message id. A client span may have a whole URL for a path, as OpenTelemetry has it; a gRPC call has its id. */
	private static String[] told(JsonParser parser) throws IOException {
		String path = "";
		String tag = "";
		String message = "";
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			return new String[] { path, tag, message };
		}
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			if (name.equals("url.path") || name.equals("rpc.request.metadata.call-id") || name.equals("url.full") && path.isEmpty()) {
				path = text(parser);
			} else if (name.equals("messaging.rabbitmq.message.delivery_tag")) {
				tag = text(parser);
			} else if (name.equals("messaging.message.id")) {
				message = text(parser);
			} else {
				parser.skipChildren();
			}
		}
		return new String[] { path, tag, message };
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
