package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.crosstrace.core.span.SpanTable;
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
 * Columns as OTLP and back. Times are Unix nanoseconds on both sides.
 *
 * <p>What OTLP has a field or a semantic convention for goes there; the rest of a row (confidence, joins,
 * threads) is kept in attributes named {@code crosstrace.*}, so that columns written and read again are
 * the same columns. What other tools' spans have beyond our columns is kept in attributes too
 * ({@link OtlpReader}), so that they are written as they were read.
 */
public final class OtlpSpans {
	static final String SERVICE_NAME = "service.name";
	static final String PID = "process.pid";
	static final String HOST = "crosstrace.host";
	static final String DISTRIBUTION = "telemetry.distro.name";
	static final String DISTRIBUTION_NAME = "crosstrace";
	static final String FIRST_BYTE = "first byte";
	static final String HTTP_STATUS = "http.response.status_code";
	static final ScopeSpans OWN_SCOPE = ScopeSpans.newBuilder()
			.setScope(InstrumentationScope.newBuilder().setName("io.crosstrace")).build();

	/** Columns that are attributes in OTLP. */
	enum Own {
		CONFIDENCE("crosstrace.parent.confidence", false), FLAGS("crosstrace.flags", true),
		STATUS("crosstrace.status", true), CONNECTION("crosstrace.connection", false),
		TUPLE("crosstrace.tuple", false), SEQUENCE("crosstrace.sequence", true), TOKENS("crosstrace.tokens", false), LINKS("crosstrace.links", false),
		THREAD("thread.id", true), END_THREAD("crosstrace.end_thread.id", true),
		TRACE_UNKNOWN("crosstrace.trace.unknown", true), PEER("crosstrace.peer", false),
		APPLICATION_SPAN("crosstrace.application.span", false);

		static final Map<String, Own> BY_KEY = Arrays.stream(values())
				.collect(Collectors.toMap(own -> own.key, Function.identity()));

		final String key;
		final boolean isInt;

		Own(String key, boolean isInt) {
			this.key = key;
			this.isInt = isInt;
		}
	}

	private OtlpSpans() {
	}

	/** Whether an attribute only carries what columns have no place for: not for a person to read. */
	public static boolean isCarrier(String key) {
		return key.startsWith(OtlpReader.CARRIER);
	}

	/**
	 * Rows {@code from} (included) to {@code to} (excluded), one ResourceSpans for each process.
	 *
	 * @param resource attributes that every resource gets, such as host.name
	 */
	public static TracesData toOtlp(SpanTable spans, int from, int to, Map<String, String> resource) {
		return toOtlp(spans, from, to, resource, false);
	}

	/** @param flat for formats that cannot tell types, scopes and so on: these are kept as attributes besides */
	static TracesData toOtlp(SpanTable spans, int from, int to, Map<String, String> resource, boolean flat) {
		Map<List<Integer>, ScopeSpans.Builder> scopes = new LinkedHashMap<>();
		Map<List<Integer>, Integer> firstRow = new LinkedHashMap<>();
		Keys keys = new Keys(spans);
		for (int row = from; row < to; row++) {
			List<Integer> key = keys.group(row);
			ScopeSpans.Builder scope = scopes.get(key);
			if (scope == null) {
				firstRow.put(key, row);
				scope = scope(spans, row);
				scopes.put(key, scope);
			}
			scope.addSpans(span(spans, row, keys, flat));
		}
		TracesData.Builder traces = TracesData.newBuilder();
		scopes.forEach((key, scope) -> {
			ResourceSpans.Builder group = ResourceSpans.newBuilder()
					.setResource(resource(spans, firstRow.get(key), resource)).addScopeSpans(scope);
			String schema = Json.text(parsed(spans.attribute(firstRow.get(key), OtlpReader.SCOPE)).get("resourceSchemaUrl"));
			traces.addResourceSpans(schema.isEmpty() ? group : group.setSchemaUrl(schema));
		});
		return traces.build();
	}

	/**
	 * Appends every span of {@code traces} that has an id.
	 *
	 * @return how many had none, or an end before their start, and were left out
	 */
	public static int append(TracesData traces, SpanTable into) {
		OtlpReader reader = new OtlpReader(into, new TextCache(into.names, 256));
		try {
			reader.read(traces.toByteArray());
		} catch (InvalidProtocolBufferException impossible) {
			throw new IllegalStateException(impossible); // it was written a line above
		}
		return reader.skipped();
	}

	/** Which attributes are the span's own, by the id of their name; rows with the same others are of one group. */
	private static final class Keys {
		private final SpanTable spans;
		private final Map<Integer, Boolean> own = new java.util.HashMap<>();

		Keys(SpanTable spans) {
			this.spans = spans;
		}

		boolean isOwn(int key) {
			return own.computeIfAbsent(key, k -> {
				String text = spans.names.text(k);
				return !text.startsWith(OtlpReader.RESOURCE) && !text.startsWith(OtlpReader.CARRIER);
			});
		}

		List<Integer> group(int row) {
			List<Integer> group = new java.util.ArrayList<>(4);
			group.add(spans.service.get(row));
			group.add(spans.pid.get(row));
			group.add(spans.host.get(row));
			for (int i = 0; i < spans.attributeCount(row); i++) {
				int key = spans.attributeKey(row, i);
				if (!isOwn(key) && !isOfSpan(spans.names.text(key))) {
					group.add(key);
					group.add(spans.attributeValue(row, i));
				}
			}
			return group;
		}

		private static boolean isOfSpan(String key) {
			return key.equals(OtlpReader.KINDS) || key.equals(OtlpReader.REST);
		}
	}

	private static ScopeSpans.Builder scope(SpanTable spans, int row) {
		Map<?, ?> scope = parsed(spans.attribute(row, OtlpReader.SCOPE));
		return scope.isEmpty() ? OWN_SCOPE.toBuilder() : OtlpJson.scope(scope);
	}

	private static Resource resource(SpanTable spans, int row, Map<String, String> common) {
		Resource.Builder resource = Resource.newBuilder()
				.addAttributes(text(SERVICE_NAME, spans.names.text(spans.service.get(row))))
				.addAttributes(text(DISTRIBUTION, DISTRIBUTION_NAME));
		if (spans.pid.get(row) != 0) {
			resource.addAttributes(number(PID, spans.pid.get(row)));
		}
		if (spans.host.get(row) != 0) {
			resource.addAttributes(text(HOST, spans.names.text(spans.host.get(row))));
		}
		for (int i = 0; i < spans.attributeCount(row); i++) {
			String key = spans.names.text(spans.attributeKey(row, i));
			if (key.startsWith(OtlpReader.RESOURCE) && !common.containsKey(key.substring(OtlpReader.RESOURCE.length()))) {
				resource.addAttributes(resourceAttribute(key.substring(OtlpReader.RESOURCE.length()),
						spans.values.text(spans.attributeValue(row, i))));
			}
		}
		common.forEach((key, value) -> resource.addAttributes(text(key, value)));
		return resource.build();
	}

	/** A kind that is not the key's usual one stands before it: "d:load.average". */
	static KeyValue resourceAttribute(String key, String text) {
		boolean marked = key.length() > 2 && key.charAt(1) == ':';
		char kind = marked ? key.charAt(0) : AttributeText.usual(key, text);
		return KeyValue.newBuilder().setKey(marked ? key.substring(2) : key).setValue(AttributeText.value(text, kind)).build();
	}

	/** The key from which, with its text, {@link #resourceAttribute} makes the same attribute. */
	static String marked(KeyValue attribute) {
		char kind = AttributeText.kind(attribute.getValue());
		boolean usual = kind == AttributeText.usual(attribute.getKey(), text(attribute.getValue()));
		return usual ? attribute.getKey() : kind + ":" + attribute.getKey();
	}

	private static Span span(SpanTable spans, int row, Keys keys, boolean flat) {
		Span.Builder span = Span.newBuilder()
				.setSpanId(bytes(spans.spanId.get(row)))
				.setName(spans.names.text(spans.operation.get(row)))
				.setKindValue(spans.kind.get(row))
				.setStartTimeUnixNano(spans.startNanos.get(row))
				.setEndTimeUnixNano(spans.endNanos.get(row));
		long high = spans.traceIdHigh.get(row);
		long low = spans.traceIdLow.get(row);
		boolean traceUnknown = high == 0 && low == 0;
		span.setTraceId(bytes(high).concat(bytes(traceUnknown ? spans.spanId.get(row) : low))); // never empty in OTLP
		int confidence = spans.confidence.get(row);
		if (spans.parentId.get(row) != 0) {
			span.setParentSpanId(bytes(spans.parentId.get(row)));
		}
		if (confidence != (spans.parentId.get(row) == 0 ? 0 : 1_000_000)) {
			span.addAttributes(KeyValue.newBuilder().setKey(Own.CONFIDENCE.key)
					.setValue(AnyValue.newBuilder().setDoubleValue(confidence / 1e6)));
		}
		if (spans.firstByteNanos.get(row) != 0) {
			span.addEvents(Span.Event.newBuilder().setName(FIRST_BYTE).setTimeUnixNano(spans.firstByteNanos.get(row)));
		}
		attributes(spans, row, span, keys, flat);
		if (spans.has(row, SpanTable.ERROR)) {
			span.setStatus(span.getStatus().toBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
		}
		String peer = spans.names.text(spans.peer.get(row));
		if (!peer.isEmpty()) {
			span.addAttributes(text(Own.PEER.key, peer));
		}
		addNumber(span, Own.TRACE_UNKNOWN, traceUnknown ? 1 : 0);
		addNumber(span, Own.THREAD, spans.tid.get(row));
		addNumber(span, Own.END_THREAD, spans.endTid.get(row));
		addNumber(span, Own.FLAGS, spans.flags.get(row) & ~SpanTable.ERROR);
		addNumber(span, Own.CONNECTION, spans.connection.get(row));
		addNumber(span, Own.TUPLE, spans.tuple.get(row));
		addNumber(span, Own.SEQUENCE, spans.sequence.get(row));
		addNumber(span, Own.APPLICATION_SPAN, spans.appSpanId.get(row));
		addList(span, Own.TOKENS, spans.tokenCount(row), i -> spans.token(row, i));
		addList(span, Own.LINKS, spans.linkCount(row), i -> spans.link(row, i));
		return span.build();
	}

	private static void attributes(SpanTable spans, int row, Span.Builder span, Keys keys, boolean flat) {
		String kinds = spans.attribute(row, OtlpReader.KINDS);
		int place = 0;
		boolean statusSaid = spans.status.get(row) == 0;
		for (int i = 0; i < spans.attributeCount(row); i++) {
			String key = spans.names.text(spans.attributeKey(row, i));
			String text = spans.values.text(spans.attributeValue(row, i));
			if (keys.isOwn(spans.attributeKey(row, i))) {
				char kind = place < kinds.length() ? kinds.charAt(place) : AttributeText.usual(key, text);
				span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(AttributeText.value(text, kind)));
				place++;
				statusSaid |= key.equals(HTTP_STATUS) && number(text) == spans.status.get(row);
			} else if (key.equals(OtlpReader.REST)) {
				OtlpJson.details(parsed(text), span);
			}
			if (flat && key.startsWith(OtlpReader.CARRIER)) {
				span.addAttributes(text(key, text));
			}
		}
		if (!statusSaid) {
			addNumber(span, Own.STATUS, spans.status.get(row));
		}
	}

	private static Map<?, ?> parsed(String json) {
		if (json.isEmpty()) {
			return Map.of();
		}
		try (JsonParser parser = Json.FACTORY.createParser(json)) {
			parser.nextToken();
			return Json.object(Json.value(parser));
		} catch (IOException notOurs) {
			return Map.of();
		}
	}

	private static void addList(Span.Builder span, Own column, int count, IntToLongFunction number) {
		if (count > 0) {
			ArrayValue.Builder list = ArrayValue.newBuilder();
			for (int i = 0; i < count; i++) {
				list.addValues(AnyValue.newBuilder().setIntValue(number.applyAsLong(i)));
			}
			span.addAttributes(KeyValue.newBuilder().setKey(column.key)
					.setValue(AnyValue.newBuilder().setArrayValue(list)));
		}
	}

	static void eachNumber(String list, LongConsumer number) {
		for (String each : list.replaceAll("[\\[\\] ]", "").split(",")) {
			if (!each.isEmpty()) {
				number.accept(number(each));
			}
		}
	}

	private static void addNumber(Span.Builder span, Own column, long value) {
		if (value != 0) {
			span.addAttributes(number(column.key, value));
		}
	}

	private static KeyValue text(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private static KeyValue number(String key, long value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(value)).build();
	}

	static String text(List<KeyValue> attributes, String key) {
		for (KeyValue attribute : attributes) {
			if (attribute.getKey().equals(key)) {
				return text(attribute.getValue());
			}
		}
		return "";
	}

	static String text(AnyValue value) {
		return AttributeText.text(value);
	}

	static double real(AnyValue value) {
		if (value.hasDoubleValue()) {
			return value.getDoubleValue();
		}
		try {
			return Double.parseDouble(text(value));
		} catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	/** 0 for text that is no number. */
	static long number(String text) {
		try {
			return Long.parseLong(text);
		} catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	private static ByteString bytes(long id) {
		return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, id));
	}
}
