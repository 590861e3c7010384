package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;

/**
 * Zipkin's v2 JSON: an array of spans. Its times are microseconds and its tags are text; ours are kept beside
 * them as tags, and win when read. The tags of the resource are marked, since a Zipkin span has only one list.
 */
final class ZipkinJson {
	private static final String START = "crosstrace.start_unix_nanos";
	private static final String END = "crosstrace.end_unix_nanos";
	private static final String FIRST_BYTE = "crosstrace.first_byte_unix_nanos";
	private static final String RESOURCE = "crosstrace.resource.";

	private ZipkinJson() {
	}

	static void write(TracesData traces, JsonGenerator json) throws IOException {
		json.writeStartArray();
		for (ResourceSpans resourceSpans : traces.getResourceSpansList()) {
			for (ScopeSpans scope : resourceSpans.getScopeSpansList()) {
				for (Span span : scope.getSpansList()) {
					write(span, resourceSpans.getResource().getAttributesList(), json);
				}
			}
		}
		json.writeEndArray();
	}

	private static void write(Span span, List<KeyValue> resource, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeStringField("traceId", OtlpJson.hex(span.getTraceId()));
		json.writeStringField("id", OtlpJson.hex(span.getSpanId()));
		if (!span.getParentSpanId().isEmpty()) {
			json.writeStringField("parentId", OtlpJson.hex(span.getParentSpanId()));
		}
		json.writeStringField("name", span.getName());
		if (span.getKindValue() > 1) {
			json.writeStringField("kind", JaegerJson.kindName(span.getKindValue()).toUpperCase(Locale.ROOT));
		}
		long startMicros = span.getStartTimeUnixNano() / 1000;
		json.writeNumberField("timestamp", startMicros);
		// Zipkin takes a duration of 0 for an unfinished span.
		json.writeNumberField("duration", Math.max(1, span.getEndTimeUnixNano() / 1000 - startMicros));
		json.writeObjectFieldStart("localEndpoint");
		json.writeStringField("serviceName", OtlpSpans.text(resource, "service.name"));
		json.writeEndObject();
		json.writeObjectFieldStart("tags");
		if (span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
			json.writeStringField("error", span.getStatus().getMessage());
		}
		json.writeStringField(START, Long.toString(span.getStartTimeUnixNano()));
		json.writeStringField(END, Long.toString(span.getEndTimeUnixNano()));
		for (Span.Event event : span.getEventsList()) {
			json.writeStringField(FIRST_BYTE, Long.toString(event.getTimeUnixNano()));
		}
		for (KeyValue attribute : resource) {
			if (!attribute.getKey().equals("service.name")) {
				json.writeStringField(RESOURCE + attribute.getKey(), OtlpSpans.text(attribute.getValue()));
			}
		}
		for (KeyValue attribute : span.getAttributesList()) {
			json.writeStringField(attribute.getKey(), OtlpSpans.text(attribute.getValue()));
		}
		json.writeEndObject();
		json.writeEndObject();
	}

	/** @param json one span, as {@link Json} reads it */
	static ResourceSpans read(Map<?, ?> json) {
		long startNanos = Json.number(json.get("timestamp")) * 1000;
		long endNanos = startNanos + Json.number(json.get("duration")) * 1000;
		Resource.Builder resource = Resource.newBuilder().addAttributes(KeyValue.newBuilder().setKey("service.name")
				.setValue(JaegerJson.text(Json.text(Json.object(json.get("localEndpoint")).get("serviceName")))));
		Span.Builder span = Span.newBuilder()
				.setTraceId(OtlpJson.id(json.get("traceId"), 16))
				.setSpanId(OtlpJson.id(json.get("id"), 8))
				.setParentSpanId(OtlpJson.id(json.get("parentId"), 8))
				.setName(Json.text(json.get("name")))
				.setKindValue(JaegerJson.kind(Json.text(json.get("kind"))));
		for (Map.Entry<?, ?> tag : Json.object(json.get("tags")).entrySet()) {
			String key = Json.text(tag.getKey());
			String value = Json.text(tag.getValue());
			if (key.equals("error")) {
				span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(value));
			} else if (key.equals(START)) {
				startNanos = Json.number(value);
			} else if (key.equals(END)) {
				endNanos = Json.number(value);
			} else if (key.equals(FIRST_BYTE)) {
				span.addEvents(Span.Event.newBuilder().setName("first byte").setTimeUnixNano(Json.number(value)));
			} else if (key.startsWith(RESOURCE)) {
				resource.addAttributes(KeyValue.newBuilder().setKey(key.substring(RESOURCE.length()))
						.setValue(JaegerJson.text(value)));
			} else {
				span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(JaegerJson.text(value)));
			}
		}
		span.setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos);
		return ResourceSpans.newBuilder().setResource(resource)
				.addScopeSpans(ScopeSpans.newBuilder().addSpans(span)).build();
	}
}
