package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** One element of a JSON document at a time as maps, lists, strings and numbers; documents may be any length. */
final class Json {
	static final JsonFactory FACTORY = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build()).build();

	private Json() {
	}

	/** The value that starts at the parser's current token; null for JSON's null. Depth is bounded by the factory. */
	static Object value(JsonParser parser) throws IOException {
		switch (parser.currentToken()) {
			case START_OBJECT:
				Map<String, Object> object = new LinkedHashMap<>();
				while (parser.nextToken() != JsonToken.END_OBJECT) {
					String name = parser.currentName();
					parser.nextToken();
					object.put(name, value(parser));
				}
				return object;
			case START_ARRAY:
				List<Object> array = new ArrayList<>();
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					array.add(value(parser));
				}
				return array;
			case VALUE_NUMBER_INT:
				return parser.getBigIntegerValue().longValue();
			case VALUE_NUMBER_FLOAT:
				return parser.getDoubleValue();
			case VALUE_TRUE:
			case VALUE_FALSE:
				return parser.getBooleanValue();
			case VALUE_NULL:
				return null;
			default:
				return parser.getText();
		}
	}

	static Map<?, ?> object(Object value) {
		return value instanceof Map<?, ?> map ? map : Map.of();
	}

	static List<?> list(Object value) {
		return value instanceof List<?> list ? list : List.of();
	}

	static String text(Object value) {
		return value == null ? "" : value.toString();
	}

	/** A number, written as a number or, as 64-bit numbers are in OTLP, as a string; 0 for anything else. */
	static long number(Object value) {
		if (value instanceof Number number) {
			return number.longValue();
		}
		try {
			return value == null ? 0 : Long.parseUnsignedLong(value.toString());
		} catch (NumberFormatException notANumber) {
			try {
				return Long.parseLong(value.toString());
			} catch (NumberFormatException stillNot) {
				return 0;
			}
		}
	}
}
