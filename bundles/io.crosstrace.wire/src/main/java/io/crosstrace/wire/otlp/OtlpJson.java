package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
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
				json.writeObjectFieldStart("scope");
				json.writeStringField("name", scopeSpans.getScope().getName());
				json.writeEndObject();
				json.writeArrayFieldStart("spans");
				for (Span span : scopeSpans.getSpansList()) {
					write(span, json);
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			json.writeEndArray();
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void write(Span span, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeStringField("traceId", hex(span.getTraceId()));
		json.writeStringField("spanId", hex(span.getSpanId()));
		if (!span.getParentSpanId().isEmpty()) {
			json.writeStringField("parentSpanId", hex(span.getParentSpanId()));
		}
		json.writeStringField("name", span.getName());
		json.writeNumberField("kind", span.getKindValue());
		json.writeStringField("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()));
		json.writeStringField("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
		attributes(span.getAttributesList(), json);
		if (span.getEventsCount() > 0) {
			json.writeArrayFieldStart("events");
			for (Span.Event event : span.getEventsList()) {
				json.writeStartObject();
				json.writeStringField("name", event.getName());
				json.writeStringField("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
				attributes(event.getAttributesList(), json);
				json.writeEndObject();
			}
			json.writeEndArray();
		}
		json.writeObjectFieldStart("status");
		if (span.getStatus().getCodeValue() != 0) {
			json.writeNumberField("code", span.getStatus().getCodeValue());
		}
		if (!span.getStatus().getMessage().isEmpty()) {
			json.writeStringField("message", span.getStatus().getMessage());
		}
		json.writeEndObject();
		json.writeEndObject();
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
			case DOUBLE_VALUE -> json.writeNumberField("doubleValue", value.getDoubleValue());
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
			default -> json.writeStringField("stringValue", value.getStringValue());
		}
		json.writeEndObject();
	}

	/** @param resourceSpans one element of the array of that name, as {@link Json} reads it */
	static ResourceSpans read(Map<?, ?> resourceSpans) {
		ResourceSpans.Builder result = ResourceSpans.newBuilder().setResource(Resource.newBuilder()
				.addAllAttributes(attributes(Json.object(resourceSpans.get("resource")).get("attributes"))));
		for (Object scopeSpans : Json.list(resourceSpans.get("scopeSpans"))) {
			Map<?, ?> scope = Json.object(scopeSpans);
			ScopeSpans.Builder spans = ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder()
					.setName(Json.text(Json.object(scope.get("scope")).get("name"))));
			for (Object span : Json.list(scope.get("spans"))) {
				spans.addSpans(span(Json.object(span)));
			}
			result.addScopeSpans(spans);
		}
		return result.build();
	}

	private static Span span(Map<?, ?> json) {
		Span.Builder span = Span.newBuilder()
				.setTraceId(id(json.get("traceId"), 16))
				.setSpanId(id(json.get("spanId"), 8))
				.setParentSpanId(id(json.get("parentSpanId"), 8))
				.setName(Json.text(json.get("name")))
				.setKindValue(kind(json.get("kind")))
				.setStartTimeUnixNano(Json.number(json.get("startTimeUnixNano")))
				.setEndTimeUnixNano(Json.number(json.get("endTimeUnixNano")))
				.addAllAttributes(attributes(json.get("attributes")));
		for (Object event : Json.list(json.get("events"))) {
			Map<?, ?> fields = Json.object(event);
			span.addEvents(Span.Event.newBuilder().setName(Json.text(fields.get("name")))
					.setTimeUnixNano(Json.number(fields.get("timeUnixNano")))
					.addAllAttributes(attributes(fields.get("attributes"))));
		}
		Map<?, ?> status = Json.object(json.get("status"));
		if (!status.isEmpty()) {
			boolean error = "STATUS_CODE_ERROR".equals(status.get("code")) || Json.number(status.get("code")) == 2;
			span.setStatus(Status.newBuilder().setCodeValue(error ? 2 : (int) Json.number(status.get("code")))
					.setMessage(Json.text(status.get("message"))));
		}
		return span.build();
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
		if (value.get("doubleValue") instanceof Number number) {
			return AnyValue.newBuilder().setDoubleValue(number.doubleValue()).build();
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
		return AnyValue.newBuilder().setStringValue(Json.text(value.get("stringValue"))).build();
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
