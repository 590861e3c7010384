package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;

/**
 * Values of attributes as text and back: columns hold text only. A letter says what the text was; where it is what
 * {@link #usual} expects of the key, it need not be kept. Lists and maps are JSON. No state; any thread.
 */
final class AttributeText {
	static final char STRING = 's';
	static final char INT = 'i';
	static final char DOUBLE = 'd';
	static final char BOOL = 'b';
	private static final char LIST = 'a';
	private static final char MAP = 'm';
	static final char BYTES = 'y';
	private static final char NOTHING = 'n';
	/** Keys whose values OpenTelemetry's conventions define as whole numbers. */
	private static final Set<String> NUMBERS = Set.of("http.response.status_code", "http.status_code", "server.port",
			"client.port", "network.peer.port", "network.local.port", "net.peer.port", "net.host.port",
			"http.request.body.size", "http.response.body.size", "http.request.resend_count",
			"db.response.returned_rows", "db.operation.batch.size", "rpc.grpc.status_code",
			"messaging.batch.message_count", "messaging.message.body.size", "process.pid", "thread.id");

	private AttributeText() {
	}

	/** What kind of value a key's text stands for unless said otherwise. */
	static char usual(String key, String text) {
		return NUMBERS.contains(key) && isWhole(text) ? INT : STRING;
	}

	static char kind(AnyValue value) {
		return switch (value.getValueCase()) {
			case INT_VALUE -> INT;
			case DOUBLE_VALUE -> DOUBLE;
			case BOOL_VALUE -> BOOL;
			case ARRAY_VALUE -> LIST;
			case KVLIST_VALUE -> MAP;
			case BYTES_VALUE -> BYTES;
			case STRING_VALUE -> STRING;
			default -> NOTHING;
		};
	}

	/** A value as a person would write it. */
	static String text(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INT_VALUE -> Long.toString(value.getIntValue());
			case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
			case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
			case ARRAY_VALUE, KVLIST_VALUE -> json(value);
			case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
			default -> "";
		};
	}

	/** The value that {@link #text} made; a string where the text is no such thing. */
	static AnyValue value(String text, char kind) {
		try {
			switch (kind) {
				case INT:
					return AnyValue.newBuilder().setIntValue(Long.parseLong(text)).build();
				case DOUBLE:
					return AnyValue.newBuilder().setDoubleValue(Double.parseDouble(text)).build();
				case BOOL:
					return AnyValue.newBuilder().setBoolValue(Boolean.parseBoolean(text)).build();
				case BYTES:
					return AnyValue.newBuilder().setBytesValue(OtlpJson.bytes(text)).build();
				case NOTHING:
					return AnyValue.getDefaultInstance();
				case LIST, MAP:
					try (JsonParser parser = Json.FACTORY.createParser(text)) {
						parser.nextToken();
						return value(Json.value(parser));
					}
				default:
					break;
			}
		} catch (NumberFormatException | IOException otherwise) {
			// text of somebody else's making
		}
		return AnyValue.newBuilder().setStringValue(text).build();
	}

	private static boolean isWhole(String text) {
		int from = text.startsWith("-") ? 1 : 0;
		if (text.length() == from || text.length() > 18 || text.length() > from + 1 && text.charAt(from) == '0') {
			return false;
		}
		for (int i = from; i < text.length(); i++) {
			if (text.charAt(i) < '0' || text.charAt(i) > '9') {
				return false;
			}
		}
		return !text.equals("-0");
	}

	private static String json(AnyValue value) {
		StringWriter out = new StringWriter();
		try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
			write(value, json);
		} catch (IOException impossible) {
			throw new IllegalStateException(impossible);
		}
		return out.toString();
	}

	private static void write(AnyValue value, JsonGenerator json) throws IOException {
		switch (value.getValueCase()) {
			case INT_VALUE -> json.writeNumber(value.getIntValue());
			case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
			case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
			case ARRAY_VALUE -> {
				json.writeStartArray();
				for (AnyValue element : value.getArrayValue().getValuesList()) {
					write(element, json);
				}
				json.writeEndArray();
			}
			case KVLIST_VALUE -> {
				json.writeStartObject();
				for (KeyValue entry : value.getKvlistValue().getValuesList()) {
					json.writeFieldName(entry.getKey());
					write(entry.getValue(), json);
				}
				json.writeEndObject();
			}
			case VALUE_NOT_SET -> json.writeNull();
			default -> json.writeString(text(value));
		}
	}

	private static AnyValue value(Object json) {
		AnyValue.Builder value = AnyValue.newBuilder();
		switch (json) {
			case null -> { }
			case Long number -> value.setIntValue(number);
			case Double number -> value.setDoubleValue(number);
			case Boolean truth -> value.setBoolValue(truth);
			case List<?> list -> {
				ArrayValue.Builder array = ArrayValue.newBuilder();
				list.forEach(element -> array.addValues(value(element)));
				value.setArrayValue(array);
			}
			case Map<?, ?> map -> {
				KeyValueList.Builder entries = KeyValueList.newBuilder();
				map.forEach((key, entry) -> entries.addValues(KeyValue.newBuilder().setKey(key.toString())
						.setValue(value(entry))));
				value.setKvlistValue(entries);
			}
			default -> value.setStringValue(json.toString());
		}
		return value.build();
	}
}
