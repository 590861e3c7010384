package io.crosstrace.wire.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.google.protobuf.ByteString;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.SpanFiles.Format;
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

/** What other tools wrote comes out as it went in, through any format, though our columns know little of it. */
class RoundTripTest {
	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource(Format.class)
	void spanWithEverythingOtlpHas_isWrittenAgainAsItWas(Format format) throws IOException {
		TracesData original = everything();
		Path first = folder.resolve("first");
		try (OutputStream out = Files.newOutputStream(first)) {
			original.writeDelimitedTo(out);
		}
		SpanTable once = read(first);
		Path through = folder.resolve("through");
		SpanFiles.write(through, format, once, Map.of());
		SpanTable twice = read(through);
		assertEquals(normal(original), normal(OtlpSpans.toOtlp(once, 0, once.size(), Map.of())));
		assertEquals(normal(original), normal(OtlpSpans.toOtlp(twice, 0, twice.size(), Map.of())));
	}

	@Test
	void zipkinSpansThatShareAnId_areTwoSpansAndOneAgainWhenWritten() throws IOException {
		Path file = folder.resolve("zipkin.json");
		Files.writeString(file, """
				[{"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331","parentId":"00000000000000aa",
				  "kind":"CLIENT","name":"get /a","timestamp":1700000000000000,"duration":2000,
				  "localEndpoint":{"serviceName":"front","ipv4":"10.0.0.1","port":8080},
				  "remoteEndpoint":{"serviceName":"back","ipv6":"fe80::1","port":9090},
				  "annotations":[{"timestamp":1700000000000500,"value":"retried"}],"tags":{"http.path":"/a"}},
				 {"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331","parentId":"00000000000000aa",
				  "kind":"SERVER","shared":true,"name":"get /a","timestamp":1700000000000200,"duration":1500,
				  "localEndpoint":{"serviceName":"back"},"tags":{"error":"boom"}}]
				""");
		SpanTable spans = read(file);
		assertEquals(2, spans.size());
		assertEquals(spans.spanId.get(0), spans.parentId.get(1), "the server's span hangs below the client's");
		assertTrue(spans.has(1, SpanTable.ERROR));
		assertEquals("back", spans.attribute(0, "peer.service"));
		Path again = folder.resolve("again.json");
		SpanFiles.write(again, Format.ZIPKIN_JSON, spans, Map.of());
		String text = Files.readString(again).replaceAll("\\s", "");
		assertTrue(text.contains("\"id\":\"b7ad6b7169203331\",\"parentId\":\"00000000000000aa\",\"shared\":true"), text);
		assertTrue(text.contains("\"remoteEndpoint\":{\"serviceName\":\"back\",\"ipv6\":\"fe80::1\",\"port\":9090}"), text);
		assertTrue(text.contains("\"localEndpoint\":{\"serviceName\":\"front\",\"ipv4\":\"10.0.0.1\",\"port\":8080}"), text);
		assertTrue(text.contains("{\"timestamp\":1700000000000500,\"value\":\"retried\"}"), text);
		assertTrue(text.contains("\"error\":\"boom\""), text);
	}

	@Test
	void jaegerLogsAndReferences_areKept() throws IOException {
		Path file = folder.resolve("jaeger.json");
		Files.writeString(file, """
				{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"2","operationName":"work",
				  "references":[{"refType":"FOLLOWS_FROM","traceID":"9","spanID":"8"}],
				  "startTime":1700000000000000,"duration":7,"processID":"p1","warnings":["clock skew"],
				  "tags":[{"key":"big","type":"int64","value":9007199254740993},{"key":"ratio","type":"float64","value":1}],
				  "logs":[{"timestamp":1700000000000003,"fields":[{"key":"event","type":"string","value":"exception"},
				   {"key":"message","type":"string","value":"no such item"}]}]}],
				 "processes":{"p1":{"serviceName":"stock","tags":[{"key":"jaeger.version","type":"string","value":"1"}]}}}]}
				""");
		SpanTable spans = read(file);
		assertEquals(1, spans.size());
		Path again = folder.resolve("again.json");
		SpanFiles.write(again, Format.JAEGER_JSON, spans, Map.of());
		String text = Files.readString(again).replaceAll("\\s", "");
		for (String part : List.of("\"refType\":\"FOLLOWS_FROM\",\"traceID\":\"00000000000000000000000000000009\"",
				"\"value\":\"clockskew\"", "{\"key\":\"big\",\"type\":\"int64\",\"value\":\"9007199254740993\"}",
				"{\"key\":\"ratio\",\"type\":\"float64\",\"value\":1.0}", "\"timestamp\":1700000000000003",
				"{\"key\":\"message\",\"type\":\"string\",\"value\":\"nosuchitem\"}", "\"key\":\"jaeger.version\"")) {
			assertTrue(text.contains(part), part + " is not in " + text);
		}
	}

	@Test
	void resourceBehindItsSpans_isFoundAllTheSame() throws IOException {
		Path file = folder.resolve("otlp.json");
		Files.writeString(file, """
				{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",
				  "spanId":"b7ad6b7169203331","name":"a","startTimeUnixNano":"5","endTimeUnixNano":"7"}]}],
				  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"late"}}]}}]}
				""");
		SpanTable spans = read(file);
		assertEquals("late", spans.names.text(spans.service.get(0)));
	}

	@Test
	void manySpansOfOneResource_comeInBatches() throws IOException {
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (int i = 0; i < 25_000; i++) {
			int row = spans.add();
			spans.spanId.set(row, i + 1);
			spans.endNanos.set(row, 5);
		}
		for (Format format : List.of(Format.RECORDING, Format.OTLP_JSON)) {
			Path file = folder.resolve(format.name());
			SpanFiles.write(file, format, spans, Map.of());
			List<Integer> sizes = new ArrayList<>();
			SpanFiles.Report report = SpanFiles.read(file, new Dictionary(100), batch -> sizes.add(batch.size()), b -> { });
			assertEquals(new SpanFiles.Report(25_000, 0, ""), report);
			assertEquals(25_000, sizes.stream().mapToInt(size -> size).sum());
			assertTrue(sizes.size() > 1, "in one batch of " + sizes);
		}
	}

	@Test
	void pieceThatBreaksOff_givesTheSpansBeforeTheBreak() throws IOException {
		TracesData original = everything();
		byte[] piece = original.toByteArray();
		SpanTable spans = new SpanTable(new Dictionary(100));
		OtlpReader reader = new OtlpReader(spans, new TextCache(spans.names, 16));
		for (int at = 0; at < piece.length; at++) {
			byte[] hostile = piece.clone();
			hostile[at] ^= (byte) 0x5a;
			try {
				reader.read(hostile);
			} catch (com.google.protobuf.InvalidProtocolBufferException broken) {
				assertFalse(broken.getMessage().isEmpty());
			}
		}
		for (int row = 0; row < spans.size(); row++) {
			assertTrue(spans.spanId.get(row) != 0);
		}
	}

	private SpanTable read(Path file) throws IOException {
		SpanTable spans = new SpanTable(new Dictionary(1000));
		SpanFiles.Report report = SpanFiles.read(file, spans, bytes -> { });
		assertEquals("", report.problem());
		return spans;
	}

	/** Without what we add on purpose, in an order that does not matter to OTLP. */
	private static String normal(TracesData traces) {
		List<String> spans = new ArrayList<>();
		for (ResourceSpans group : traces.getResourceSpansList()) {
			List<String> resource = group.getResource().getAttributesList().stream()
					.filter(attribute -> !attribute.getKey().equals(OtlpSpans.DISTRIBUTION)).map(KeyValue::toString).sorted()
					.toList();
			for (ScopeSpans scope : group.getScopeSpansList()) {
				for (Span span : scope.getSpansList()) {
					Span.Builder sorted = span.toBuilder().clearAttributes();
					span.getAttributesList().stream().sorted((a, b) -> a.getKey().compareTo(b.getKey()))
							.forEach(sorted::addAttributes);
					spans.add(group.getSchemaUrl() + resource + scope.getScope() + scope.getSchemaUrl() + sorted.build());
				}
			}
		}
		return String.join("\n", spans.stream().sorted().toList());
	}

	private static TracesData everything() {
		KeyValue list = pair("list", AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder()
				.addValues(AnyValue.newBuilder().setIntValue(1)).addValues(AnyValue.newBuilder().setStringValue("two"))).build());
		KeyValue map = pair("map", AnyValue.newBuilder().setKvlistValue(KeyValueList.newBuilder()
				.addValues(pair("a", AnyValue.newBuilder().setBoolValue(true).build()))
				.addValues(pair("b", AnyValue.newBuilder().setDoubleValue(2).build()))).build());
		Span span = Span.newBuilder().setTraceId(id(16, 1)).setSpanId(id(8, 2)).setParentSpanId(id(8, 3))
				.setTraceState("vendor=1").setFlags(0x301).setName("GET /ü").setKindValue(1)
				.setStartTimeUnixNano(1_700_000_000_000_000_001L).setEndTimeUnixNano(1_700_000_000_000_900_001L)
				.addAttributes(list).addAttributes(map)
				.addAttributes(pair("bytes", AnyValue.newBuilder().setBytesValue(id(5, 9)).build()))
				.addAttributes(pair("double", AnyValue.newBuilder().setDoubleValue(0.1).build()))
				.addAttributes(pair("flag", AnyValue.newBuilder().setBoolValue(false).build()))
				.addAttributes(pair("http.response.status_code", AnyValue.newBuilder().setIntValue(404).build()))
				.addAttributes(pair("int", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE + 1).build()))
				.addAttributes(pair("nothing", AnyValue.getDefaultInstance()))
				.addAttributes(pair("server.port", AnyValue.newBuilder().setStringValue("8080").build()))
				.addAttributes(pair("thread.id", AnyValue.newBuilder().setIntValue(1L << 40).build()))
				.addEvents(Span.Event.newBuilder().setName("exception").setTimeUnixNano(1_700_000_000_000_000_777L)
						.addAttributes(list).setDroppedAttributesCount(1))
				.addLinks(Span.Link.newBuilder().setTraceId(id(16, 4)).setSpanId(id(8, 5)).setTraceState("x=y").setFlags(1)
						.addAttributes(map).setDroppedAttributesCount(2))
				.setDroppedAttributesCount(3).setDroppedEventsCount(4).setDroppedLinksCount(5)
				.setStatus(Status.newBuilder().setCodeValue(2).setMessage("it broke")).build();
		Span fine = span.toBuilder().setSpanId(id(8, 6)).clearEvents().clearLinks()
				.setStatus(Status.newBuilder().setCodeValue(1)).build();
		Span plain = Span.newBuilder().setTraceId(id(16, 1)).setSpanId(id(8, 7)).setName("plain")
				.setStartTimeUnixNano(5).setEndTimeUnixNano(6).setStatus(Status.getDefaultInstance()).build();
		return TracesData.newBuilder().addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl("urn:resource")
				.setResource(Resource.newBuilder()
						.addAttributes(pair("service.name", AnyValue.newBuilder().setStringValue("shop").build()))
						.addAttributes(pair("host.name", AnyValue.newBuilder().setStringValue("ada").build()))
						.addAttributes(pair("load", AnyValue.newBuilder().setDoubleValue(1.5).build()))
						.addAttributes(pair("process.command_args", list.getValue()))
						.addAttributes(pair("process.pid", AnyValue.newBuilder().setIntValue(17).build())))
				.addScopeSpans(ScopeSpans.newBuilder().setSchemaUrl("urn:scope").setScope(InstrumentationScope.newBuilder()
						.setName("okhttp").setVersion("5").addAttributes(list)).addSpans(span).addSpans(fine))
				.addScopeSpans(ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName("other"))
						.addSpans(plain.toBuilder().clearStatus()))).build();
	}

	private static KeyValue pair(String key, AnyValue value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	private static ByteString id(int length, int last) {
		byte[] bytes = new byte[length];
		bytes[0] = 7;
		bytes[length - 1] = (byte) last;
		return ByteString.copyFrom(bytes);
	}
}
