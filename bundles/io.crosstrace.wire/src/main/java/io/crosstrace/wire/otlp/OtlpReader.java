package io.crosstrace.wire.otlp;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.crosstrace.core.span.SpanTable;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * Reads TracesData from bytes straight into columns, without an object for each span: a recording of a million spans
 * is read in about two seconds. Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.
 *
 * <p>Columns have no place for some of what other tools write. It goes into attributes of these names, from which
 * {@link OtlpSpans} writes it again: {@value #RESOURCE}NAME for the attributes of the resource, {@value #KINDS} for
 * the types of values, {@value #SCOPE} and {@value #REST} (events, links, status message) as OTLP in JSON.
 *
 * <p>One thread. A span is appended whole or not at all.
 */
final class OtlpReader {
	static final String RESOURCE = "resource:";
	/** How the names of what only carries OTLP's remainder begin. */
	static final String CARRIER = "otlp:";
	static final String KINDS = "otlp:types";
	static final String SCOPE = "otlp:scope";
	static final String REST = "otlp:rest";

	private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private final SpanTable into;
	private final TextCache names;
	private final TextCache values;
	private Key[] keys = new Key[256];
	private byte[] bytes;
	private int skipped;
	/** Of the resource and scope being read. */
	private int service;
	private int pid;
	private int host;
	private int[] common = new int[32];
	private int resourceCount;
	private int commonCount;
	/** Of the span being read; attributes as key, value. */
	private int[] attributes = new int[64];
	private int attributeCount;
	private final StringBuilder kinds = new StringBuilder();
	private boolean unusual;
	private boolean flat;
	private final Longs tokens = new Longs();
	private final Longs links = new Longs();
	private final long[] numbers = new long[OtlpSpans.Own.values().length];
	private int peer;
	private long firstByte;
	private Span.Builder rest;

	/** @param names for {@code into.names}; may be used by one reader after another */
	OtlpReader(SpanTable into, TextCache names) {
		this.into = into;
		this.names = names;
		values = new TextCache(into.values, 1 << 13);
	}

	/** Spans left out so far: without an id, or that ended before they began. */
	int skipped() {
		return skipped;
	}

	/** Appends the spans of one TracesData. */
	void read(byte[] data) throws InvalidProtocolBufferException {
		bytes = data;
		ProtoFields all = new ProtoFields(bytes, 0, data.length);
		while (all.next()) {
			if (all.is(1, 2)) {
				resourceSpans(all.from, all.to);
			}
		}
	}

	private void resourceSpans(int from, int to) throws InvalidProtocolBufferException {
		service = 0;
		pid = 0;
		host = 0;
		resourceCount = 0;
		commonCount = 0;
		String schemaUrl = "";
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) { // first what holds for all: it may stand behind the spans
			if (fields.is(1, 2)) {
				resource(fields.from, fields.to);
			} else if (fields.is(3, 2)) {
				schemaUrl = text(fields.from, fields.to);
			}
		}
		fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			if (fields.is(2, 2)) {
				scopeSpans(fields.from, fields.to, schemaUrl);
			}
		}
	}

	private void resource(int from, int to) throws InvalidProtocolBufferException {
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			if (!fields.is(1, 2)) {
				continue;
			}
			KeyValue attribute = KeyValue.parseFrom(slice(fields.from, fields.to));
			String key = attribute.getKey();
			String text = AttributeText.text(attribute.getValue());
			long number = OtlpSpans.number(text);
			if (key.equals(OtlpSpans.SERVICE_NAME)) {
				service = into.names.id(text);
			} else if (key.equals(OtlpSpans.PID) && number == (int) number && number != 0) {
				pid = (int) number;
			} else if (key.equals(OtlpSpans.HOST)) {
				host = into.names.id(text);
			} else if (!key.equals(OtlpSpans.DISTRIBUTION) || !text.equals(OtlpSpans.DISTRIBUTION_NAME)) {
				addCommon(into.names.id(RESOURCE + OtlpSpans.marked(attribute)), into.values.id(text));
			}
		}
		resourceCount = commonCount;
	}

	private void addCommon(int key, int value) {
		if (commonCount + 2 > common.length) {
			common = Arrays.copyOf(common, 2 * common.length);
		}
		common[commonCount++] = key;
		common[commonCount++] = value;
	}

	private void scopeSpans(int from, int to, String resourceSchema) throws InvalidProtocolBufferException {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder();
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			if (fields.is(1, 2)) {
				scope.setScope(InstrumentationScope.parseFrom(slice(fields.from, fields.to)));
			} else if (fields.is(3, 2)) {
				scope.setSchemaUrl(text(fields.from, fields.to));
			}
		}
		commonCount = resourceCount;
		if (!resourceSchema.isEmpty() || !scope.build().equals(OtlpSpans.OWN_SCOPE)) {
			addCommon(into.names.id(SCOPE), into.values.id(json(json -> {
				OtlpJson.scope(scope.build(), json);
				if (!resourceSchema.isEmpty()) {
					json.writeStringField("resourceSchemaUrl", resourceSchema);
				}
			})));
		}
		fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			if (fields.is(2, 2)) {
				span(fields.from, fields.to);
			}
		}
		commonCount = 0;
	}

	private void span(int from, int to) throws InvalidProtocolBufferException {
		attributeCount = 0;
		tokens.count = 0;
		links.count = 0;
		kinds.setLength(0);
		unusual = false;
		flat = false;
		peer = 0;
		firstByte = 0;
		rest = null;
		Arrays.fill(numbers, Long.MIN_VALUE);
		long id = 0;
		long parent = 0;
		long high = 0;
		long low = 0;
		long start = 0;
		long end = 0;
		int kind = 0;
		int operation = 0;
		boolean error = false;
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			int length = fields.to - fields.from;
			switch (fields.tag) {
				case 1 << 3 | 2 -> {
					if (length == 16) {
						high = big(fields.from);
						low = big(fields.from + 8);
					}
				}
				case 2 << 3 | 2 -> id = length == 8 ? big(fields.from) : 0;
				case 3 << 3 | 2 -> {
					if (length > 0) {
						rest().setTraceState(text(fields.from, fields.to));
					}
				}
				case 4 << 3 | 2 -> parent = length == 8 ? big(fields.from) : 0;
				case 5 << 3 | 2 -> operation = names.id(bytes, fields.from, fields.to);
				case 6 << 3 -> kind = (int) fields.value;
				case 7 << 3 | 1 -> start = fields.value;
				case 8 << 3 | 1 -> end = fields.value;
				case 9 << 3 | 2 -> attribute(fields.from, fields.to);
				case 10 << 3 -> rest().setDroppedAttributesCount((int) fields.value);
				case 11 << 3 | 2 -> event(fields.from, fields.to);
				case 12 << 3 -> rest().setDroppedEventsCount((int) fields.value);
				case 13 << 3 | 2 -> rest().addLinks(Span.Link.parseFrom(slice(fields.from, fields.to)));
				case 14 << 3 -> rest().setDroppedLinksCount((int) fields.value);
				case 15 << 3 | 2 -> {
					Status status = Status.parseFrom(slice(fields.from, fields.to));
					error = status.getCodeValue() == Status.StatusCode.STATUS_CODE_ERROR_VALUE;
					if (!status.getMessage().isEmpty() || !error && status.getCodeValue() != 0) {
						rest().setStatus(status);
					}
				}
				case 16 << 3 | 5 -> rest().setFlags((int) fields.value);
				default -> { }
			}
		}
		if (id == 0 || end != 0 && end < start) {
			skipped++;
			return;
		}
		int row = into.add();
		into.spanId.set(row, id);
		into.parentId.set(row, parent);
		boolean traceUnknown = own(OtlpSpans.Own.TRACE_UNKNOWN) != 0;
		into.traceIdHigh.set(row, traceUnknown ? 0 : high);
		into.traceIdLow.set(row, traceUnknown ? 0 : low);
		into.operation.set(row, operation);
		into.kind.set(row, kind);
		into.startNanos.set(row, start);
		into.endNanos.set(row, end);
		into.firstByteNanos.set(row, firstByte);
		into.service.set(row, service);
		into.host.set(row, host);
		into.pid.set(row, pid);
		into.peer.set(row, peer);
		into.tid.set(row, (int) own(OtlpSpans.Own.THREAD));
		into.endTid.set(row, (int) own(OtlpSpans.Own.END_THREAD));
		into.status.set(row, (int) own(OtlpSpans.Own.STATUS));
		into.flags.set(row, (int) own(OtlpSpans.Own.FLAGS) | (error ? SpanTable.ERROR : 0));
		into.connection.set(row, own(OtlpSpans.Own.CONNECTION));
		into.tuple.set(row, own(OtlpSpans.Own.TUPLE));
		into.sequence.set(row, (int) own(OtlpSpans.Own.SEQUENCE));
		into.appSpanId.set(row, own(OtlpSpans.Own.APPLICATION_SPAN));
		// A parent another tool wrote down was known, not inferred.
		into.confidence.set(row, has(OtlpSpans.Own.CONFIDENCE) ? (int) own(OtlpSpans.Own.CONFIDENCE)
				: parent == 0 ? 0 : 1_000_000);
		finish();
	}

	private void finish() {
		for (int i = 0; i < attributeCount; i += 2) {
			into.addAttribute(attributes[i], attributes[i + 1]);
		}
		for (int i = 0; i < commonCount; i += 2) {
			into.addAttribute(common[i], common[i + 1]);
		}
		if (!flat) {
			if (unusual) {
				into.addAttribute(into.names.id(KINDS), into.values.id(kinds.toString()));
			}
			if (rest != null) {
				Span details = rest.build();
				into.addAttribute(into.names.id(REST), into.values.id(json(json -> OtlpJson.details(details, json))));
			}
		}
		for (int i = 0; i < tokens.count; i++) {
			into.addToken(tokens.values[i]);
		}
		for (int i = 0; i < links.count; i++) {
			into.addLink(links.values[i]);
		}
	}

	private long own(OtlpSpans.Own column) {
		return has(column) ? numbers[column.ordinal()] : 0;
	}

	private boolean has(OtlpSpans.Own column) {
		return numbers[column.ordinal()] != Long.MIN_VALUE;
	}

	private Span.Builder rest() {
		if (rest == null) {
			rest = Span.newBuilder();
		}
		return rest;
	}

	/** The event that we write ourselves has nothing but its name and its time. */
	private void event(int from, int to) throws InvalidProtocolBufferException {
		long time = 0;
		boolean plain = firstByte == 0;
		int name = 0;
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			switch (fields.tag) {
				case 1 << 3 | 1 -> time = fields.value;
				case 2 << 3 | 2 -> name = names.id(bytes, fields.from, fields.to);
				default -> plain = false;
			}
		}
		if (plain && time != 0 && key(name).equals(OtlpSpans.FIRST_BYTE)) {
			firstByte = time;
		} else {
			rest().addEvents(Span.Event.parseFrom(slice(from, to)));
		}
	}

	private void attribute(int from, int to) throws InvalidProtocolBufferException {
		Pair pair = pair(from, to);
		Key key = known(pair.key);
		if (key.own != null && own(key.own, pair)) {
			return;
		}
		int value;
		char kind;
		ProtoFields fields = new ProtoFields(bytes, pair.from, pair.to);
		if (fields.next() && fields.tag == (1 << 3 | 2)) {
			value = values.id(bytes, fields.from, fields.to);
			kind = AttributeText.STRING;
		} else {
			AnyValue any = AnyValue.parseFrom(slice(pair.from, pair.to));
			value = into.values.id(AttributeText.text(any));
			kind = AttributeText.kind(any);
		}
		if (key.carrier) {
			flat = true; // from a format that cannot keep these apart: they are as they were in the columns
		} else {
			unusual |= kind != (key.number ? AttributeText.usual(key.text, into.values.text(value)) : AttributeText.STRING);
			kinds.append(kind);
		}
		if (key.text.equals(OtlpSpans.HTTP_STATUS) && !has(OtlpSpans.Own.STATUS)) {
			numbers[OtlpSpans.Own.STATUS.ordinal()] = (int) OtlpSpans.number(into.values.text(value));
		}
		if (attributeCount + 2 > attributes.length) {
			attributes = Arrays.copyOf(attributes, 2 * attributes.length);
		}
		attributes[attributeCount++] = pair.key;
		attributes[attributeCount++] = value;
	}

	/** What a key means, looked up once for each name. */
	private record Key(String text, OtlpSpans.Own own, boolean number, boolean carrier) {
	}

	private Key known(int name) {
		if (name >= keys.length) {
			keys = Arrays.copyOf(keys, Math.max(name + 1, 2 * keys.length));
		}
		if (keys[name] == null) {
			String text = key(name);
			keys[name] = new Key(text, OtlpSpans.Own.BY_KEY.get(text),
					AttributeText.usual(text, "1") == AttributeText.INT, text.startsWith(CARRIER));
		}
		return keys[name];
	}

	/** Takes an attribute that is a column. False if its value does not fit there: then it stays an attribute. */
	private boolean own(OtlpSpans.Own own, Pair pair) throws InvalidProtocolBufferException {
		ProtoFields value = new ProtoFields(bytes, pair.from, pair.to);
		if (!value.next()) {
			return false;
		}
		boolean whole = value.tag == 3 << 3;
		switch (own) {
			case PEER -> {
				if (value.tag != (1 << 3 | 2)) {
					return false;
				}
				peer = names.id(bytes, value.from, value.to);
			}
			case CONFIDENCE -> numbers[own.ordinal()] = Math.round(1e6 * (value.tag == (4 << 3 | 1)
					? Double.longBitsToDouble(value.value)
					: OtlpSpans.real(AnyValue.parseFrom(slice(pair.from, pair.to)))));
			case TOKENS, LINKS -> {
				Longs list = own == OtlpSpans.Own.TOKENS ? tokens : links;
				if (value.tag == (5 << 3 | 2)) {
					numbers(value.from, value.to, list);
				} else { // formats without lists carry them as text in brackets
					OtlpSpans.eachNumber(OtlpSpans.text(AnyValue.parseFrom(slice(pair.from, pair.to))), list::add);
				}
			}
			default -> {
				long number = whole ? value.value
						: OtlpSpans.number(AttributeText.text(AnyValue.parseFrom(slice(pair.from, pair.to))));
				if (number == 0 || own.isInt && number != (int) number) {
					return false;
				}
				numbers[own.ordinal()] = number;
			}
		}
		return true;
	}

	private void numbers(int from, int to, Longs into) throws InvalidProtocolBufferException {
		ProtoFields list = new ProtoFields(bytes, from, to);
		while (list.next()) {
			if (list.is(1, 2)) {
				ProtoFields number = new ProtoFields(bytes, list.from, list.to);
				if (number.next() && number.tag == 3 << 3) {
					into.add(number.value);
				}
			}
		}
	}

	private static final class Longs {
		long[] values = new long[16];
		int count;

		void add(long value) {
			if (count == values.length) {
				values = Arrays.copyOf(values, 2 * count);
			}
			values[count++] = value;
		}
	}

	/** A key's id, and where its value is. */
	private record Pair(int key, int from, int to) {
	}

	private Pair pair(int from, int to) throws InvalidProtocolBufferException {
		int key = 0;
		int valueFrom = from;
		int valueTo = from;
		ProtoFields fields = new ProtoFields(bytes, from, to);
		while (fields.next()) {
			if (fields.is(1, 2)) {
				key = names.id(bytes, fields.from, fields.to);
			} else if (fields.is(2, 2)) {
				valueFrom = fields.from;
				valueTo = fields.to;
			}
		}
		return new Pair(key, valueFrom, valueTo);
	}

	private String key(int id) {
		return into.names.text(id);
	}

	private String text(int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.UTF_8);
	}

	private ByteString slice(int from, int to) {
		return ByteString.copyFrom(bytes, from, to - from);
	}

	private long big(int at) {
		return (long) BIG.get(bytes, at);
	}

	@FunctionalInterface
	private interface Fill {
		void with(JsonGenerator json) throws IOException;
	}

	private static String json(Fill fill) {
		StringWriter out = new StringWriter();
		try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
			json.writeStartObject();
			fill.with(json);
			json.writeEndObject();
		} catch (IOException impossible) {
			throw new IllegalStateException(impossible);
		}
		return out.toString();
	}
}
