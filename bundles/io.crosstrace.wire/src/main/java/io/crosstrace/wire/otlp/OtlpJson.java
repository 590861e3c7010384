package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;

/**
 * OTLP in JSON, one TracesData a line (OpenTelemetry Protocol File Exporter). Differs from protobuf's own
 * JSON: ids are hexadecimal, enums are numbers, 64-bit numbers are strings.
 */
final class OtlpJson {
	private static final HexFormat HEX = HexFormat.of();
	private static final Map<String, String> SCHEMA_NAMES = new ConcurrentHashMap<>();

	private OtlpJson() {
	}

	static void write(TracesData traces, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeArrayFieldStart("resourceSpans");
		for (ResourceSpans resourceSpans : traces.getResourceSpansList()) {
			json.writeStartObject();
			json.writeObjectFieldStart("resource");
			attributes(resourceSpans.getResource().getAttributesList(), json);
			json.writeEndObject();
			json.writeArrayFieldStart("scopeSpans");
			for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
				json.writeStartObject();
				scope(scopeSpans, json);
				json.writeArrayFieldStart("spans");
				for (Span span : scopeSpans.getSpansList()) {
					write(span, json);
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			json.writeEndArray();
			text("schemaUrl", resourceSpans.getSchemaUrl(), json);
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	/** The scope and its schema's URL, as fields of the object being written. */
	static void scope(ScopeSpans scopeSpans, JsonGenerator json) throws IOException {
		InstrumentationScope scope = scopeSpans.getScope();
		json.writeObjectFieldStart("scope");
		json.writeStringField("name", scope.getName());
		text("version", scope.getVersion(), json);
		if (scope.getAttributesCount() > 0) {
			attributes(scope.getAttributesList(), json);
		}
		number("droppedAttributesCount", scope.getDroppedAttributesCount(), json);
		json.writeEndObject();
		text("schemaUrl", scopeSpans.getSchemaUrl(), json);
	}

	private static void write(Span span, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeStringField("traceId", hex(span.getTraceId()));
		json.writeStringField("spanId", hex(span.getSpanId()));
		text("parentSpanId", hex(span.getParentSpanId()), json);
		json.writeStringField("name", span.getName());
		json.writeNumberField("kind", span.getKindValue());
		json.writeStringField("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()));
		json.writeStringField("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
		attributes(span.getAttributesList(), json);
		details(span, json);
		json.writeEndObject();
	}

	/** What few spans have: events, links, status and counts, as fields of the object being written. */
	static void details(Span span, JsonGenerator json) throws IOException {
		text("traceState", span.getTraceState(), json);
		number("flags", span.getFlags(), json);
		number("droppedAttributesCount", span.getDroppedAttributesCount(), json);
		if (span.getEventsCount() > 0) {
			json.writeArrayFieldStart("events");
			for (Span.Event event : span.getEventsList()) {
				json.writeStartObject();
				json.writeStringField("name", event.getName());
				json.writeStringField("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
				attributes(event.getAttributesList(), json);
				number("droppedAttributesCount", event.getDroppedAttributesCount(), json);
				json.writeEndObject();
			}
			json.writeEndArray();
		}
		number("droppedEventsCount", span.getDroppedEventsCount(), json);
		if (span.getLinksCount() > 0) {
			json.writeArrayFieldStart("links");
			for (Span.Link link : span.getLinksList()) {
				json.writeStartObject();
				json.writeStringField("traceId", hex(link.getTraceId()));
				json.writeStringField("spanId", hex(link.getSpanId()));
				text("traceState", link.getTraceState(), json);
				attributes(link.getAttributesList(), json);
				number("droppedAttributesCount", link.getDroppedAttributesCount(), json);
				number("flags", link.getFlags(), json);
				json.writeEndObject();
			}
			json.writeEndArray();
		}
		number("droppedLinksCount", span.getDroppedLinksCount(), json);
		if (span.hasStatus()) {
			json.writeObjectFieldStart("status");
			number("code", span.getStatus().getCodeValue(), json);
			text("message", span.getStatus().getMessage(), json);
			json.writeEndObject();
		}
	}

	private static void text(String name, String value, JsonGenerator json) throws IOException {
		if (!value.isEmpty()) {
			json.writeStringField(name, value);
		}
	}

	private static void number(String name, int value, JsonGenerator json) throws IOException {
		if (value != 0) {
			json.writeNumberField(name, Integer.toUnsignedLong(value));
		}
	}

	private static void attributes(List<KeyValue> attributes, JsonGenerator json) throws IOException {
		json.writeArrayFieldStart("attributes");
		for (KeyValue attribute : attributes) {
			json.writeStartObject();
			json.writeStringField("key", attribute.getKey());
			json.writeFieldName("value");
			value(attribute.getValue(), json);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void value(AnyValue value, JsonGenerator json) throws IOException {
		json.writeStartObject();
		switch (value.getValueCase()) {
			case INT_VALUE -> json.writeStringField("intValue", Long.toString(value.getIntValue()));
			case DOUBLE_VALUE -> json.writeNumberField("doubleValue", value.getDoubleValue()); // NaN as a string
			case BOOL_VALUE -> json.writeBooleanField("boolValue", value.getBoolValue());
			case ARRAY_VALUE -> {
				json.writeObjectFieldStart("arrayValue");
				json.writeArrayFieldStart("values");
				for (AnyValue element : value.getArrayValue().getValuesList()) {
					value(element, json);
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			case KVLIST_VALUE -> {
				json.writeObjectFieldStart("kvlistValue");
				json.writeArrayFieldStart("values");
				for (KeyValue entry : value.getKvlistValue().getValuesList()) {
					json.writeStartObject();
					json.writeStringField("key", entry.getKey());
					json.writeFieldName("value");
					value(entry.getValue(), json);
					json.writeEndObject();
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			case BYTES_VALUE -> json.writeStringField("bytesValue",
					Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
			case STRING_VALUE -> json.writeStringField("stringValue", value.getStringValue());
			default -> { }
		}
		json.writeEndObject();
	}

	/** @param resource the field of that name, as {@link Json} reads it */
	static Resource resource(Object resource) {
		return Resource.newBuilder().addAllAttributes(attributes(field(Json.object(resource), "attributes"))).build();
	}

	/** A scope and its schema's URL, without spans, from an object with the fields {@code scope, schemaUrl}. */
	static ScopeSpans.Builder scope(Map<?, ?> scopeSpans) {
		Map<?, ?> scope = Json.object(field(scopeSpans, "scope"));
		return ScopeSpans.newBuilder().setSchemaUrl(Json.text(field(scopeSpans, "schemaUrl")))
				.setScope(InstrumentationScope.newBuilder().setName(Json.text(scope.get("name")))
						.setVersion(Json.text(scope.get("version")))
						.addAllAttributes(attributes(scope.get("attributes")))
						.setDroppedAttributesCount((int) Json.number(field(scope, "droppedAttributesCount"))));
	}

	/** @param json one span, as {@link Json} reads it */
	static Span span(Map<?, ?> json) {
		Span.Builder span = Span.newBuilder()
				.setTraceId(id(field(json, "traceId"), 16))
				.setSpanId(id(field(json, "spanId"), 8))
				.setParentSpanId(id(field(json, "parentSpanId"), 8))
				.setName(Json.text(json.get("name")))
				.setKindValue(kind(json.get("kind")))
				.setStartTimeUnixNano(Json.number(field(json, "startTimeUnixNano")))
				.setEndTimeUnixNano(Json.number(field(json, "endTimeUnixNano")))
				.addAllAttributes(attributes(json.get("attributes")));
		details(json, span);
		return span.build();
	}

	/** What {@link #details(Span, JsonGenerator)} wrote. */
	static void details(Map<?, ?> json, Span.Builder span) {
		span.setTraceState(Json.text(field(json, "traceState"))).setFlags((int) Json.number(json.get("flags")))
				.setDroppedAttributesCount((int) Json.number(field(json, "droppedAttributesCount")))
				.setDroppedEventsCount((int) Json.number(field(json, "droppedEventsCount")))
				.setDroppedLinksCount((int) Json.number(field(json, "droppedLinksCount")));
		for (Object event : Json.list(json.get("events"))) {
			Map<?, ?> fields = Json.object(event);
			span.addEvents(Span.Event.newBuilder().setName(Json.text(fields.get("name")))
					.setTimeUnixNano(Json.number(field(fields, "timeUnixNano")))
					.addAllAttributes(attributes(fields.get("attributes")))
					.setDroppedAttributesCount((int) Json.number(field(fields, "droppedAttributesCount"))));
		}
		for (Object link : Json.list(json.get("links"))) {
			Map<?, ?> fields = Json.object(link);
			span.addLinks(Span.Link.newBuilder().setTraceId(id(field(fields, "traceId"), 16))
					.setSpanId(id(field(fields, "spanId"), 8)).setTraceState(Json.text(field(fields, "traceState")))
					.addAllAttributes(attributes(fields.get("attributes")))
					.setDroppedAttributesCount((int) Json.number(field(fields, "droppedAttributesCount")))
					.setFlags((int) Json.number(fields.get("flags"))));
		}
		Map<?, ?> status = Json.object(json.get("status"));
		if (!status.isEmpty()) {
			int code = switch (Json.text(status.get("code"))) {
				case "STATUS_CODE_ERROR" -> 2;
				case "STATUS_CODE_OK" -> 1;
				default -> (int) Json.number(status.get("code"));
			};
			span.setStatus(Status.newBuilder().setCodeValue(code).setMessage(Json.text(status.get("message"))));
		}
	}

	/** A field by its name in JSON, or, as protobuf's own JSON may have it, by the name in the schema. */
	static Object field(Map<?, ?> json, String name) {
		Object value = json.get(name);
		return value != null ? value : json.get(SCHEMA_NAMES.computeIfAbsent(name,
				n -> n.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)));
	}

	/** Some writers put the enum's name where the specification wants its number. */
	private static int kind(Object kind) {
		return switch (Json.text(kind)) {
			case "SPAN_KIND_INTERNAL" -> 1;
			case "SPAN_KIND_SERVER" -> 2;
			case "SPAN_KIND_CLIENT" -> 3;
			case "SPAN_KIND_PRODUCER" -> 4;
			case "SPAN_KIND_CONSUMER" -> 5;
			default -> (int) Json.number(kind);
		};
	}

	private static List<KeyValue> attributes(Object attributes) {
		return Json.list(attributes).stream().map(Json::object)
				.map(a -> KeyValue.newBuilder().setKey(Json.text(a.get("key")))
						.setValue(value(Json.object(a.get("value")))).build())
				.toList();
	}

	private static AnyValue value(Map<?, ?> value) {
		if (value.get("intValue") != null) {
			return AnyValue.newBuilder().setIntValue(Json.number(value.get("intValue"))).build();
		}
		if (value.get("doubleValue") != null) {
			return AnyValue.newBuilder().setDoubleValue(real(value.get("doubleValue"))).build();
		}
		if (value.get("boolValue") instanceof Boolean truth) {
			return AnyValue.newBuilder().setBoolValue(truth).build();
		}
		if (value.get("arrayValue") != null) {
			ArrayValue.Builder array = ArrayValue.newBuilder();
			for (Object element : Json.list(Json.object(value.get("arrayValue")).get("values"))) {
				array.addValues(value(Json.object(element)));
			}
			return AnyValue.newBuilder().setArrayValue(array).build();
		}
		if (value.get("kvlistValue") != null) {
			return AnyValue.newBuilder().setKvlistValue(KeyValueList.newBuilder()
					.addAllValues(attributes(Json.object(value.get("kvlistValue")).get("values")))).build();
		}
		if (value.get("bytesValue") != null) {
			return AnyValue.newBuilder().setBytesValue(bytes(Json.text(value.get("bytesValue")))).build();
		}
		if (value.isEmpty()) {
			return AnyValue.getDefaultInstance();
		}
		return AnyValue.newBuilder().setStringValue(Json.text(value.get("stringValue"))).build();
	}

	/** A number, also where it is written as a string because JSON knows no NaN and no infinity. */
	private static double real(Object value) {
		if (value instanceof Number number) {
			return number.doubleValue();
		}
		try {
			return Double.parseDouble(value.toString());
		} catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	static ByteString bytes(String base64) {
		try {
			return ByteString.copyFrom(Base64.getDecoder().decode(base64));
		} catch (IllegalArgumentException notBase64) {
			return ByteString.EMPTY;
		}
	}

	static String hex(ByteString id) {
		return HEX.formatHex(id.toByteArray());
	}

	/** An id of {@code bytes} bytes, shorter text filled with zeroes at the left; empty if it is none. */
	static ByteString id(Object hex, int bytes) {
		String text = Json.text(hex);
		if (text.isEmpty() || text.length() > 2 * bytes) {
			return ByteString.EMPTY;
		}
		try {
			return ByteString.copyFrom(HEX.parseHex("0".repeat(2 * bytes - text.length()) + text));
		} catch (IllegalArgumentException notHexadecimal) {
			return ByteString.EMPTY;
		}
	}
}
