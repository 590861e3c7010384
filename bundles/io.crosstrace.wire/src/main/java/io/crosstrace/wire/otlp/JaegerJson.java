package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;

/**
 * Jaeger's JSON, as its user interface downloads and uploads it: {"data": [trace, ...]}.
 *
 * <p>Its times are microseconds. Ours are written beside them as tags in nanoseconds, and win when read.
 * The mapping of kinds and errors is that of OpenTelemetry's "OpenTelemetry to Jaeger Transformation".
 */
final class JaegerJson {
	private static final String START = "crosstrace.start_unix_nanos";
	private static final String END = "crosstrace.end_unix_nanos";
	private static final String KIND = "span.kind";

	private JaegerJson() {
	}

	/** Each trace is one element of "data", which is being written; spans of one trace may come in any place. */
	static void write(TracesData traces, JsonGenerator json) throws IOException {
		Map<String, Map<ResourceSpans, List<Span>>> byTrace = new LinkedHashMap<>();
		for (ResourceSpans resourceSpans : traces.getResourceSpansList()) {
			for (ScopeSpans scope : resourceSpans.getScopeSpansList()) {
				for (Span span : scope.getSpansList()) {
					byTrace.computeIfAbsent(OtlpJson.hex(span.getTraceId()), k -> new LinkedHashMap<>())
							.computeIfAbsent(resourceSpans, k -> new java.util.ArrayList<>()).add(span);
				}
			}
		}
		for (Map.Entry<String, Map<ResourceSpans, List<Span>>> trace : byTrace.entrySet()) {
			json.writeStartObject();
			json.writeStringField("traceID", trace.getKey());
			json.writeArrayFieldStart("spans");
			int process = 0;
			for (List<Span> spans : trace.getValue().values()) {
				process++;
				for (Span span : spans) {
					write(span, "p" + process, json);
				}
			}
			json.writeEndArray();
			json.writeObjectFieldStart("processes");
			process = 0;
			for (ResourceSpans resourceSpans : trace.getValue().keySet()) {
				List<KeyValue> attributes = resourceSpans.getResource().getAttributesList();
				json.writeObjectFieldStart("p" + ++process);
				json.writeStringField("serviceName", OtlpSpans.text(attributes, "service.name"));
				json.writeArrayFieldStart("tags");
				for (KeyValue attribute : attributes) {
					if (!attribute.getKey().equals("service.name")) {
						boolean listed = attribute.getValue().hasArrayValue() || attribute.getValue().hasKvlistValue();
						tag(listed ? OtlpSpans.marked(attribute) : attribute.getKey(), attribute.getValue(), json);
					}
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			json.writeEndObject();
			json.writeEndObject();
		}
	}

	private static void write(Span span, String process, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeStringField("traceID", OtlpJson.hex(span.getTraceId()));
		json.writeStringField("spanID", OtlpJson.hex(span.getSpanId()));
		json.writeStringField("operationName", span.getName());
		json.writeArrayFieldStart("references");
		if (!span.getParentSpanId().isEmpty()) {
			json.writeStartObject();
			json.writeStringField("refType", "CHILD_OF");
			json.writeStringField("traceID", OtlpJson.hex(span.getTraceId()));
			json.writeStringField("spanID", OtlpJson.hex(span.getParentSpanId()));
			json.writeEndObject();
		}
		for (Span.Link link : span.getLinksList()) {
			json.writeStartObject();
			json.writeStringField("refType", "FOLLOWS_FROM");
			json.writeStringField("traceID", OtlpJson.hex(link.getTraceId()));
			json.writeStringField("spanID", OtlpJson.hex(link.getSpanId()));
			json.writeEndObject();
		}
		json.writeEndArray();
		long startMicros = span.getStartTimeUnixNano() / 1000;
		json.writeNumberField("startTime", startMicros);
		json.writeNumberField("duration", span.getEndTimeUnixNano() / 1000 - startMicros);
		json.writeArrayFieldStart("tags");
		if (span.getKindValue() != 0) {
			tag(KIND, text(kindName(span.getKindValue())), json);
		}
		if (span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
			tag("error", AnyValue.newBuilder().setBoolValue(true).build(), json);
		}
		// As text: a browser rounds numbers of this size.
		tag(START, text(Long.toString(span.getStartTimeUnixNano())), json);
		tag(END, text(Long.toString(span.getEndTimeUnixNano())), json);
		for (KeyValue attribute : span.getAttributesList()) {
			tag(attribute.getKey(), attribute.getValue(), json);
		}
		json.writeEndArray();
		json.writeArrayFieldStart("logs");
		for (Span.Event event : span.getEventsList()) {
			json.writeStartObject();
			json.writeNumberField("timestamp", event.getTimeUnixNano() / 1000);
			json.writeArrayFieldStart("fields");
			tag("event", text(event.getName()), json);
			tag(START, text(Long.toString(event.getTimeUnixNano())), json);
			for (KeyValue attribute : event.getAttributesList()) {
				tag(attribute.getKey(), attribute.getValue(), json);
			}
			json.writeEndArray();
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeStringField("processID", process);
		json.writeEndObject();
	}

	private static void tag(String key, AnyValue value, JsonGenerator json) throws IOException {
		json.writeStartObject();
		json.writeStringField("key", key);
		if (value.hasBoolValue()) {
			json.writeStringField("type", "bool");
			json.writeBooleanField("value", value.getBoolValue());
		} else if (value.hasIntValue()) {
			json.writeStringField("type", "int64");
			if (Math.abs(value.getIntValue()) < 1L << 53) {
				json.writeNumberField("value", value.getIntValue());
			} else {
				json.writeStringField("value", Long.toString(value.getIntValue())); // a browser would round it
			}
		} else if (value.hasDoubleValue()) {
			json.writeStringField("type", "float64");
			json.writeNumberField("value", value.getDoubleValue());
		} else if (value.hasBytesValue()) {
			json.writeStringField("type", "binary");
			json.writeStringField("value", OtlpSpans.text(value));
		} else {
			json.writeStringField("type", "string");
			json.writeStringField("value", OtlpSpans.text(value));
		}
		json.writeEndObject();
	}

	/** @param trace one element of "data", as {@link Json} reads it */
	static TracesData read(Map<?, ?> trace) {
		Map<String, ScopeSpans.Builder> byProcess = new LinkedHashMap<>();
		for (Object span : Json.list(trace.get("spans"))) {
			Map<?, ?> fields = Json.object(span);
			byProcess.computeIfAbsent(Json.text(fields.get("processID")), k -> ScopeSpans.newBuilder())
					.addSpans(span(fields));
		}
		Map<?, ?> processes = Json.object(trace.get("processes"));
		TracesData.Builder traces = TracesData.newBuilder();
		byProcess.forEach((id, spans) -> {
			Map<?, ?> process = Json.object(processes.get(id));
			Resource.Builder resource = Resource.newBuilder().addAttributes(KeyValue.newBuilder()
					.setKey("service.name").setValue(text(Json.text(process.get("serviceName")))));
			for (Object tag : Json.list(process.get("tags"))) {
				KeyValue attribute = attribute(Json.object(tag));
				resource.addAttributes(attribute.getValue().hasStringValue() && attribute.getKey().matches("[am]:.*")
						? OtlpSpans.resourceAttribute(attribute.getKey(), attribute.getValue().getStringValue()) : attribute);
			}
			traces.addResourceSpans(ResourceSpans.newBuilder().setResource(resource)
					.addScopeSpans(spans.setScope(OtlpSpans.OWN_SCOPE.getScope())));
		});
		return traces.build();
	}

	private static Span span(Map<?, ?> json) {
		long startNanos = Json.number(json.get("startTime")) * 1000;
		long endNanos = startNanos + Json.number(json.get("duration")) * 1000;
		Span.Builder span = Span.newBuilder()
				.setTraceId(OtlpJson.id(json.get("traceID"), 16))
				.setSpanId(OtlpJson.id(json.get("spanID"), 8))
				.setName(Json.text(json.get("operationName")));
		for (Object each : Json.list(json.get("references"))) {
			Map<?, ?> reference = Json.object(each);
			ByteString trace = OtlpJson.id(reference.get("traceID"), 16);
			ByteString id = OtlpJson.id(reference.get("spanID"), 8);
			if ("CHILD_OF".equals(reference.get("refType")) && span.getParentSpanId().isEmpty()) {
				span.setParentSpanId(id);
			} else {
				span.addLinks(Span.Link.newBuilder().setTraceId(trace).setSpanId(id));
			}
		}
		for (Object warning : Json.list(json.get("warnings"))) {
			span.addAttributes(KeyValue.newBuilder().setKey("jaeger.warning").setValue(text(Json.text(warning))));
		}
		for (Object element : Json.list(json.get("tags"))) {
			Map<?, ?> tag = Json.object(element);
			Object value = tag.get("value");
			switch (Json.text(tag.get("key"))) {
				case KIND -> span.setKindValue(kind(Json.text(value)));
				case "error" -> {
					if ("true".equals(Json.text(value))) {
						span.setStatus(span.getStatus().toBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
					} else {
						span.addAttributes(attribute(tag));
					}
				}
				case START -> startNanos = Json.number(value);
				case END -> endNanos = Json.number(value);
				default -> span.addAttributes(attribute(tag));
			}
		}
		for (Object log : Json.list(json.get("logs"))) {
			event(Json.object(log), span);
		}
		return span.setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos).build();
	}

	private static void event(Map<?, ?> log, Span.Builder span) {
		Span.Event.Builder event = Span.Event.newBuilder().setTimeUnixNano(Json.number(log.get("timestamp")) * 1000);
		for (Object element : Json.list(log.get("fields"))) {
			Map<?, ?> field = Json.object(element);
			switch (Json.text(field.get("key"))) {
				case "event" -> event.setName(Json.text(field.get("value")));
				case START -> event.setTimeUnixNano(Json.number(field.get("value")));
				default -> event.addAttributes(attribute(field));
			}
		}
		span.addEvents(event);
	}

	private static KeyValue attribute(Map<?, ?> tag) {
		Object value = tag.get("value");
		char kind = switch (Json.text(tag.get("type"))) {
			case "int64" -> AttributeText.INT;
			case "float64" -> AttributeText.DOUBLE;
			case "bool" -> AttributeText.BOOL;
			case "binary" -> AttributeText.BYTES;
			default -> AttributeText.STRING;
		};
		return KeyValue.newBuilder().setKey(Json.text(tag.get("key")))
				.setValue(kind == AttributeText.STRING ? value(value) : AttributeText.value(Json.text(value), kind)).build();
	}

	static AnyValue value(Object value) {
		if (value instanceof Long number) {
			return AnyValue.newBuilder().setIntValue(number).build();
		}
		if (value instanceof Double number) {
			return AnyValue.newBuilder().setDoubleValue(number).build();
		}
		if (value instanceof Boolean truth) {
			return AnyValue.newBuilder().setBoolValue(truth).build();
		}
		return text(Json.text(value));
	}

	static AnyValue text(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

	static String kindName(int kind) {
		return switch (kind) {
			case 2 -> "server";
			case 3 -> "client";
			case 4 -> "producer";
			case 5 -> "consumer";
			case 1 -> "internal";
			default -> "";
		};
	}

	static int kind(String name) {
		return switch (name.toLowerCase(java.util.Locale.ROOT)) {
			case "server" -> 2;
			case "client" -> 3;
			case "producer" -> 4;
			case "consumer" -> 5;
			case "internal" -> 1;
			default -> 0;
		};
	}
}
