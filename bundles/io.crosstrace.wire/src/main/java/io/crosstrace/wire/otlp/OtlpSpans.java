package io.crosstrace.wire.otlp;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;

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
 * the same columns. Attributes of other tools' spans are kept as text.
 */
public final class OtlpSpans {
	static final String CONFIDENCE = "crosstrace.parent.confidence";
	private static final String FLAGS = "crosstrace.flags";
	private static final String STATUS = "crosstrace.status";
	private static final String CONNECTION = "crosstrace.connection";
	private static final String TUPLE = "crosstrace.tuple";
	private static final String SEQUENCE = "crosstrace.sequence";
	private static final String TOKENS = "crosstrace.tokens";
	private static final String END_THREAD = "crosstrace.end_thread.id";
	private static final String TRACE_UNKNOWN = "crosstrace.trace.unknown";
	private static final String PEER = "crosstrace.peer";
	private static final String FIRST_BYTE = "first byte";
	private static final String SERVICE_NAME = "service.name";
	private static final String PID = "process.pid";
	private static final String THREAD = "thread.id";

	private OtlpSpans() {
	}

	/**
	 * Rows {@code from} (included) to {@code to} (excluded), one ResourceSpans for each service and process.
	 *
	 * @param resource attributes that every resource gets, such as host.name
	 */
	public static TracesData toOtlp(SpanTable spans, int from, int to, Map<String, String> resource) {
		Map<Long, ScopeSpans.Builder> scopes = new LinkedHashMap<>();
		Map<Long, Integer> firstRow = new LinkedHashMap<>();
		for (int row = from; row < to; row++) {
			long key = (long) spans.service.get(row) << 32 | spans.pid.get(row) & 0xffffffffL;
			firstRow.putIfAbsent(key, row);
			scopes.computeIfAbsent(key, k -> ScopeSpans.newBuilder().setScope(
					InstrumentationScope.newBuilder().setName("io.crosstrace"))).addSpans(span(spans, row));
		}
		TracesData.Builder traces = TracesData.newBuilder();
		scopes.forEach((key, scope) -> traces.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(resource(spans, firstRow.get(key), resource)).addScopeSpans(scope)));
		return traces.build();
	}

	/**
	 * Appends every span of {@code traces} that has an id.
	 *
	 * @return how many had none, or an end before their start, and were left out
	 */
	public static int append(TracesData traces, SpanTable into) {
		int skipped = 0;
		for (ResourceSpans resourceSpans : traces.getResourceSpansList()) {
			List<KeyValue> resource = resourceSpans.getResource().getAttributesList();
			int service = into.names.id(text(resource, SERVICE_NAME));
			int pid = (int) number(text(resource, PID));
			for (ScopeSpans scope : resourceSpans.getScopeSpansList()) {
				for (Span span : scope.getSpansList()) {
					if (span.getSpanId().size() != 8 || span.getEndTimeUnixNano() < span.getStartTimeUnixNano()) {
						skipped++;
						continue;
					}
					int row = into.add();
					into.service.set(row, service);
					into.pid.set(row, pid);
					read(span, into, row);
				}
			}
		}
		return skipped;
	}

	private static Resource resource(SpanTable spans, int row, Map<String, String> common) {
		Resource.Builder resource = Resource.newBuilder()
				.addAttributes(text(SERVICE_NAME, spans.names.text(spans.service.get(row))))
				.addAttributes(text("telemetry.distro.name", "crosstrace"));
		if (spans.pid.get(row) != 0) {
			resource.addAttributes(number(PID, spans.pid.get(row)));
		}
		common.forEach((key, value) -> resource.addAttributes(text(key, value)));
		return resource.build();
	}

	private static Span span(SpanTable spans, int row) {
		Span.Builder span = Span.newBuilder()
				.setSpanId(bytes(spans.spanId.get(row)))
				.setName(spans.names.text(spans.operation.get(row)))
				.setKindValue(spans.kind.get(row))
				.setStartTimeUnixNano(spans.startNanos.get(row))
				.setEndTimeUnixNano(spans.endNanos.get(row));
		long high = spans.traceIdHigh.get(row);
		long low = spans.traceIdLow.get(row);
		if (high == 0 && low == 0) {
			low = spans.spanId.get(row); // OTLP forbids an empty trace id
			span.addAttributes(number(TRACE_UNKNOWN, 1));
		}
		span.setTraceId(bytes(high).concat(bytes(low)));
		if (spans.parentId.get(row) != 0) {
			span.setParentSpanId(bytes(spans.parentId.get(row)));
			span.addAttributes(KeyValue.newBuilder().setKey(CONFIDENCE)
					.setValue(AnyValue.newBuilder().setDoubleValue(spans.confidence.get(row) / 1e6)));
		}
		if (spans.has(row, SpanTable.ERROR)) {
			span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
		}
		if (spans.firstByteNanos.get(row) != 0) {
			span.addEvents(Span.Event.newBuilder().setName(FIRST_BYTE).setTimeUnixNano(spans.firstByteNanos.get(row)));
		}
		for (int i = 0; i < spans.attributeCount(row); i++) {
			span.addAttributes(text(spans.names.text(spans.attributeKey(row, i)),
					spans.values.text(spans.attributeValue(row, i))));
		}
		peer(span, spans.names.text(spans.peer.get(row)));
		addNumber(span, THREAD, spans.tid.get(row));
		addNumber(span, END_THREAD, spans.endTid.get(row));
		addNumber(span, FLAGS, spans.flags.get(row) & ~SpanTable.ERROR);
		addNumber(span, STATUS, spans.status.get(row));
		addNumber(span, CONNECTION, spans.connection.get(row));
		addNumber(span, TUPLE, spans.tuple.get(row));
		addNumber(span, SEQUENCE, spans.sequence.get(row));
		if (spans.tokenCount(row) > 0) {
			ArrayValue.Builder tokens = ArrayValue.newBuilder();
			for (int i = 0; i < spans.tokenCount(row); i++) {
				tokens.addValues(AnyValue.newBuilder().setIntValue(spans.token(row, i)));
			}
			span.addAttributes(KeyValue.newBuilder().setKey(TOKENS)
					.setValue(AnyValue.newBuilder().setArrayValue(tokens)));
		}
		return span.build();
	}

	private static void read(Span span, SpanTable into, int row) {
		into.spanId.set(row, id(span.getSpanId(), 0));
		into.parentId.set(row, span.getParentSpanId().size() == 8 ? id(span.getParentSpanId(), 0) : 0);
		if (span.getTraceId().size() == 16) {
			into.traceIdHigh.set(row, id(span.getTraceId(), 0));
			into.traceIdLow.set(row, id(span.getTraceId(), 8));
		}
		into.operation.set(row, into.names.id(span.getName()));
		into.kind.set(row, span.getKindValue());
		into.startNanos.set(row, span.getStartTimeUnixNano());
		into.endNanos.set(row, span.getEndTimeUnixNano());
		// A parent another tool wrote down was known, not inferred.
		into.confidence.set(row, into.parentId.get(row) == 0 ? 0 : 1_000_000);
		for (Span.Event event : span.getEventsList()) {
			if (event.getName().equals(FIRST_BYTE)) {
				into.firstByteNanos.set(row, event.getTimeUnixNano());
			}
		}
		for (KeyValue attribute : span.getAttributesList()) {
			readAttribute(attribute.getKey(), attribute.getValue(), into, row);
		}
		if (span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
			into.set(row, SpanTable.ERROR);
		}
	}

	private static void readAttribute(String key, AnyValue value, SpanTable into, int row) {
		switch (key) {
			case CONFIDENCE -> into.confidence.set(row, (int) Math.round(real(value) * 1e6));
			case FLAGS -> into.flags.set(row, (int) whole(value));
			case STATUS -> into.status.set(row, (int) whole(value));
			case CONNECTION -> into.connection.set(row, whole(value));
			case TUPLE -> into.tuple.set(row, whole(value));
			case SEQUENCE -> into.sequence.set(row, (int) whole(value));
			case THREAD -> into.tid.set(row, (int) whole(value));
			case END_THREAD -> into.endTid.set(row, (int) whole(value));
			case PEER -> into.peer.set(row, into.names.id(text(value)));
			case TRACE_UNKNOWN -> {
				into.traceIdHigh.set(row, 0);
				into.traceIdLow.set(row, 0);
			}
			case TOKENS -> readTokens(value, into);
			default -> {
				if (key.equals("http.response.status_code") && into.status.get(row) == 0) {
					into.status.set(row, (int) whole(value));
				}
				into.addAttribute(into.names.id(key), into.values.id(text(value)));
			}
		}
	}

	/** Formats without lists carry them as text in brackets. */
	private static void readTokens(AnyValue value, SpanTable into) {
		if (value.hasArrayValue()) {
			value.getArrayValue().getValuesList().forEach(token -> into.addToken(whole(token)));
			return;
		}
		for (String token : text(value).replaceAll("[\\[\\] ]", "").split(",")) {
			if (!token.isEmpty()) {
				into.addToken(number(token));
			}
		}
	}

	private static void peer(Span.Builder span, String peer) {
		if (!peer.isEmpty()) {
			span.addAttributes(text(PEER, peer));
		}
	}

	private static void addNumber(Span.Builder span, String key, long value) {
		if (value != 0) {
			span.addAttributes(number(key, value));
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

	/** A value as a person would write it; lists in brackets. */
	static String text(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INT_VALUE -> Long.toString(value.getIntValue());
			case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
			case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
			case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(OtlpSpans::text).toList().toString();
			default -> "";
		};
	}

	private static long whole(AnyValue value) {
		return value.hasIntValue() ? value.getIntValue()
				: value.hasDoubleValue() ? (long) value.getDoubleValue() : number(text(value));
	}

	private static double real(AnyValue value) {
		if (value.hasDoubleValue()) {
			return value.getDoubleValue();
		}
		try {
			return Double.parseDouble(text(value));
		} catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	private static long number(String text) {
		try {
			return Long.parseLong(text);
		} catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	private static ByteString bytes(long id) {
		return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, id));
	}

	private static long id(ByteString bytes, int at) {
		return bytes.asReadOnlyByteBuffer().getLong(at);
	}
}
