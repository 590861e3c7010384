package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.crosstrace.core.span.SpanIds;
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
 *
 * <p>Zipkin lets the two ends of a call share one id. Here every span has its own: the server's is made from the
 * shared one, as {@link SpanIds#server} does, and turned back when it is written.
 */
final class ZipkinJson {
	private static final String START = "crosstrace.start_unix_nanos";
	private static final String END = "crosstrace.end_unix_nanos";
	private static final String FIRST_BYTE = "crosstrace.first_byte_unix_nanos";
	private static final String KIND = "span.kind";
	private static final String RESOURCE = "crosstrace.resource.";
	/** Attributes that hold what only Zipkin's own spans have. */
	private static final String SHARED_PARENT = "zipkin.shared.parent";
	private static final String DEBUG = "zipkin.debug";
	private static final String PEER_SERVICE = "peer.service";
	private static final String PEER_ADDRESS = "network.peer.address";
	private static final String PEER_PORT = "network.peer.port";
	private static final String LOCAL_ADDRESS = "network.local.address";
	private static final String LOCAL_PORT = "network.local.port";

	private ZipkinJson() {
	}

	/** Writes spans as elements of an array that is being written. */
	static void write(TracesData traces, JsonGenerator json) throws IOException {
		for (ResourceSpans resourceSpans : traces.getResourceSpansList()) {
			for (ScopeSpans scope : resourceSpans.getScopeSpansList()) {
				for (Span span : scope.getSpansList()) {
					write(span, resourceSpans.getResource().getAttributesList(), json);
				}
			}
		}
	}

	private static void write(Span span, List<KeyValue> resource, JsonGenerator json) throws IOException {
		List<KeyValue> attributes = span.getAttributesList();
		boolean shared = attributes.stream().anyMatch(attribute -> attribute.getKey().equals(SHARED_PARENT));
		String parent = shared ? OtlpSpans.text(attributes, SHARED_PARENT) : OtlpJson.hex(span.getParentSpanId());
		json.writeStartObject();
		json.writeStringField("traceId", OtlpJson.hex(span.getTraceId()));
		json.writeStringField("id", OtlpJson.hex(shared ? span.getParentSpanId() : span.getSpanId()));
		if (!parent.isEmpty()) {
			json.writeStringField("parentId", parent);
		}
		if (shared) {
			json.writeBooleanField("shared", true);
		}
		if (!OtlpSpans.text(attributes, DEBUG).isEmpty()) {
			json.writeBooleanField("debug", true);
		}
		json.writeStringField("name", span.getName());
		if (span.getKindValue() > 1) {
			json.writeStringField("kind", JaegerJson.kindName(span.getKindValue()).toUpperCase(Locale.ROOT));
		}
		long startMicros = span.getStartTimeUnixNano() / 1000;
		json.writeNumberField("timestamp", startMicros);
		// Zipkin takes a duration of 0 for an unfinished span.
		json.writeNumberField("duration", Math.max(1, span.getEndTimeUnixNano() / 1000 - startMicros));
		endpoint("localEndpoint", OtlpSpans.text(resource, "service.name"), OtlpSpans.text(attributes, LOCAL_ADDRESS),
				OtlpSpans.text(attributes, LOCAL_PORT), json);
		endpoint("remoteEndpoint", OtlpSpans.text(attributes, PEER_SERVICE), OtlpSpans.text(attributes, PEER_ADDRESS),
				OtlpSpans.text(attributes, PEER_PORT), json);
		annotations(span, json);
		json.writeObjectFieldStart("tags");
		if (span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
			json.writeStringField("error", span.getStatus().getMessage());
		}
		json.writeStringField(START, Long.toString(span.getStartTimeUnixNano()));
		json.writeStringField(END, Long.toString(span.getEndTimeUnixNano()));
		for (Span.Event event : span.getEventsList()) {
			if (event.getName().equals(OtlpSpans.FIRST_BYTE) && event.getAttributesCount() == 0) {
				json.writeStringField(FIRST_BYTE, Long.toString(event.getTimeUnixNano()));
			}
		}
		if (span.getKindValue() == 1) {
			json.writeStringField(KIND, "internal");
		}
		for (KeyValue attribute : resource) {
			if (!attribute.getKey().equals("service.name")) {
				json.writeStringField(RESOURCE + OtlpSpans.marked(attribute), OtlpSpans.text(attribute.getValue()));
			}
		}
		for (KeyValue attribute : attributes) {
			if (!attribute.getKey().equals(SHARED_PARENT) && !attribute.getKey().equals(DEBUG)) {
				json.writeStringField(attribute.getKey(), OtlpSpans.text(attribute.getValue()));
			}
		}
		json.writeEndObject();
		json.writeEndObject();
	}

	private static void endpoint(String name, String service, String address, String port, JsonGenerator json)
			throws IOException {
		if (service.isEmpty() && address.isEmpty() && port.isEmpty()) {
			return;
		}
		json.writeObjectFieldStart(name);
		if (!service.isEmpty()) {
			json.writeStringField("serviceName", service);
		}
		if (!address.isEmpty()) {
			json.writeStringField(address.contains(":") ? "ipv6" : "ipv4", address);
		}
		if (OtlpSpans.number(port) > 0) {
			json.writeNumberField("port", OtlpSpans.number(port));
		}
		json.writeEndObject();
	}

	private static void annotations(Span span, JsonGenerator json) throws IOException {
		boolean any = false;
		for (Span.Event event : span.getEventsList()) {
			if (!event.getName().equals(OtlpSpans.FIRST_BYTE)) {
				if (!any) {
					json.writeArrayFieldStart("annotations");
				}
				any = true;
				json.writeStartObject();
				json.writeNumberField("timestamp", event.getTimeUnixNano() / 1000);
				json.writeStringField("value", event.getName());
				json.writeEndObject();
			}
		}
		if (any) {
			json.writeEndArray();
		}
	}

	/** @param json one span, as {@link Json} reads it */
	static ResourceSpans read(Map<?, ?> json) {
		long startNanos = Json.number(json.get("timestamp")) * 1000;
		long endNanos = startNanos + Json.number(json.get("duration")) * 1000;
		Map<?, ?> local = Json.object(json.get("localEndpoint"));
		Map<?, ?> remote = Json.object(json.get("remoteEndpoint"));
		Map<?, ?> tags = Json.object(json.get("tags"));
		Resource.Builder resource = Resource.newBuilder().addAttributes(KeyValue.newBuilder().setKey("service.name")
				.setValue(JaegerJson.text(Json.text(local.get("serviceName")))));
		Span.Builder span = Span.newBuilder()
				.setTraceId(OtlpJson.id(json.get("traceId"), 16))
				.setSpanId(OtlpJson.id(json.get("id"), 8))
				.setParentSpanId(OtlpJson.id(json.get("parentId"), 8))
				.setName(Json.text(json.get("name")))
				.setKindValue(JaegerJson.kind(Json.text(json.get("kind"))));
		if (Boolean.TRUE.equals(json.get("shared")) && !span.getSpanId().isEmpty()) {
			add(SHARED_PARENT, OtlpJson.hex(span.getParentSpanId()), span);
			long shared = span.getSpanId().asReadOnlyByteBuffer().getLong();
			span.setParentSpanId(span.getSpanId())
					.setSpanId(OtlpJson.id(HexFormat.of().toHexDigits(SpanIds.server(shared)), 8));
		}
		if (Boolean.TRUE.equals(json.get("debug"))) {
			add(DEBUG, "true", span);
		}
		endpoint(local, null, LOCAL_ADDRESS, LOCAL_PORT, tags, span);
		endpoint(remote, PEER_SERVICE, PEER_ADDRESS, PEER_PORT, tags, span);
		for (Object each : Json.list(json.get("annotations"))) {
			Map<?, ?> annotation = Json.object(each);
			span.addEvents(Span.Event.newBuilder().setName(Json.text(annotation.get("value")))
					.setTimeUnixNano(Json.number(annotation.get("timestamp")) * 1000));
		}
		for (Map.Entry<?, ?> tag : tags.entrySet()) {
			String key = Json.text(tag.getKey());
			String value = Json.text(tag.getValue());
			if (key.equals("error")) {
				span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(value));
			} else if (key.equals(START)) {
				startNanos = Json.number(value);
			} else if (key.equals(END)) {
				endNanos = Json.number(value);
			} else if (key.equals(KIND) && span.getKindValue() == 0) {
				span.setKindValue(JaegerJson.kind(value));
			} else if (key.equals(FIRST_BYTE)) {
				span.addEvents(Span.Event.newBuilder().setName(OtlpSpans.FIRST_BYTE).setTimeUnixNano(Json.number(value)));
			} else if (key.startsWith(RESOURCE)) {
				resource.addAttributes(OtlpSpans.resourceAttribute(key.substring(RESOURCE.length()), value));
			} else {
				span.addAttributes(attribute(key, value));
			}
		}
		span.setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos);
		return ResourceSpans.newBuilder().setResource(resource)
				.addScopeSpans(OtlpSpans.OWN_SCOPE.toBuilder().addSpans(span)).build();
	}

	/** Zipkin knows text only: what is usually a number is taken for one. */
	private static KeyValue attribute(String key, String text) {
		return KeyValue.newBuilder().setKey(key)
				.setValue(AttributeText.value(text, AttributeText.usual(key, text))).build();
	}

	private static void add(String key, String text, Span.Builder span) {
		span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(JaegerJson.text(text)));
	}

	/** An endpoint as attributes, where the tags do not say the same already. */
	private static void endpoint(Map<?, ?> endpoint, String service, String address, String port, Map<?, ?> tags,
			Span.Builder span) {
		String name = Json.text(endpoint.get("serviceName"));
		if (service != null && !name.isEmpty() && !tags.containsKey(service)) {
			add(service, name, span);
		}
		String ip = Json.text(endpoint.get("ipv4") != null ? endpoint.get("ipv4") : endpoint.get("ipv6"));
		if (!ip.isEmpty() && !tags.containsKey(address)) {
			add(address, ip, span);
		}
		if (endpoint.get("port") != null && !tags.containsKey(port)) {
			span.addAttributes(attribute(port, Json.text(endpoint.get("port"))));
		}
	}
}
