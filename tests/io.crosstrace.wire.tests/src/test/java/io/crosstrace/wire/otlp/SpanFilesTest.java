package io.crosstrace.wire.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import io.crosstrace.wire.otlp.SpanFiles.Report;

class SpanFilesTest {
	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource(Format.class)
	void spansWrittenAndReadAgain_areTheSame(Format format) throws IOException {
		long seed = new SplittableRandom().nextLong();
		SpanTable spans = random(seed, 300);
		Path file = folder.resolve("spans");
		SpanFiles.write(file, format, spans, Map.of());
		SpanTable again = table();
		Report report = SpanFiles.read(file, again, bytes -> { });
		assertEquals(new Report(300, 0, ""), report, "seed " + seed);
		assertEquals(lines(spans), lines(again), "seed " + seed);
	}

	@Test
	void gzippedFile_isReadAlike() throws IOException {
		SpanTable spans = random(1, 20);
		Path plain = folder.resolve("plain");
		SpanFiles.write(plain, Format.OTLP_JSON, spans, Map.of());
		Path zipped = folder.resolve("zipped");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
			Files.copy(plain, out);
		}
		SpanTable again = table();
		assertEquals(20, SpanFiles.read(zipped, again, bytes -> { }).read());
		assertEquals(lines(spans), lines(again));
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void fileCutAnywhere_givesWhatCanBeReadAndSaysSo(Format format) throws IOException {
		Path whole = folder.resolve("whole");
		SpanFiles.write(whole, format, random(2, 3), Map.of());
		byte[] bytes = Files.readAllBytes(whole);
		Path cut = folder.resolve("cut");
		for (int length = 0; length < bytes.length - 1; length += 7) {
			Files.write(cut, Arrays.copyOf(bytes, length));
			Report report = SpanFiles.read(cut, table(), b -> { });
			// A newline or white space at the end may be all that is missing.
			assertTrue(!report.problem().isEmpty() || report.read() == 3, "cut at " + length + ": " + report);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hello", "{}", "[]", "[1]", "{\"data\":3}", "{\"resourceSpans\":[[[[]]]]}", "\u0000",
			"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"spanId\":\"xyz\"}]}]}]}" })
	void fileOfSomethingElse_isToldApart(String content) throws IOException {
		Path file = folder.resolve("other");
		Files.writeString(file, content);
		Report report = SpanFiles.read(file, table(), bytes -> { });
		assertEquals(0, report.read());
		assertTrue(!report.problem().isEmpty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "PK\u0003\u0004abc|This is a ZIP archive",
			"<!DOCTYPE html><html>|This is a web page or XML", "(\u00b5/\u00fdabc|compressed in a way that is not read here",
			"{\"traceEvents\":[{\"ph\":\"X\"}]}|These are events of one program",
			"{\"resourceLogs\":[]}|These are logs of OpenTelemetry",
			"[{\"traceId\":\"1\",\"id\":\"2\",\"name\":\"a\",\"binaryAnnotations\":[]}]|version 1 of Zipkin's format",
			"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{|cut off in line 1",
			"{\"resourceSpans\":[}|The JSON is broken at line 1, column 19", "Dear diary|This is not a recording of spans" })
	void fileOfSomethingElse_isNamed_withWhatToDo(String content, String said) throws IOException {
		Path file = folder.resolve("other");
		Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
		Report report = SpanFiles.read(file, table(), bytes -> { });
		assertTrue(report.problem().contains(said), report.problem());
	}

	@Test
	void fileNestedTooDeep_isAnswered() throws IOException {
		Path file = folder.resolve("deep");
		Files.writeString(file, "{\"resourceSpans\":" + "[".repeat(100_000));
		assertTrue(!SpanFiles.read(file, table(), bytes -> { }).problem().isEmpty());
		Files.writeString(file, "[" + "{\"a\":".repeat(100_000));
		assertTrue(SpanFiles.read(file, table(), bytes -> { }).problem().contains("nested too deep"));
	}

	@Test
	void otlpOfBefore2022_andTextAsWindowsBeginsIt_areRead() throws IOException {
		Path file = folder.resolve("old.json");
		Files.writeString(file, "\uFEFF{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
				+ "\"value\":{\"stringValue\":\"orders\"}}]},\"instrumentationLibrarySpans\":[{\"instrumentationLibrary\":"
				+ "{\"name\":\"lib\"},\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\","
				+ "\"name\":\"GET /a\",\"kind\":2,\"startTimeUnixNano\":\"1000\",\"endTimeUnixNano\":\"2000\"}]}]}]}");
		SpanTable spans = table();
		assertEquals(new Report(1, 0, ""), SpanFiles.read(file, spans, bytes -> { }));
		assertEquals("orders", spans.names.text(spans.service.get(0)));
	}

	@Test
	void fileCutOff_saysThatTheRestIsShown() throws IOException {
		for (Format format : Format.values()) {
			Path whole = folder.resolve("whole");
			SpanFiles.write(whole, format, random(2, 300), Map.of());
			byte[] bytes = Files.readAllBytes(whole);
			Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
			String said = SpanFiles.read(cut, table(), b -> { }).problem();
			assertTrue(said.startsWith("The file was cut off"), format + ": " + said);
		}
	}

	@Test
	void randomBytes_neverThrow() throws IOException {
		long seed = new SplittableRandom().nextLong();
		SplittableRandom random = new SplittableRandom(seed);
		Path file = folder.resolve("random");
		for (int i = 0; i < 300; i++) {
			byte[] bytes = new byte[random.nextInt(200)];
			random.nextBytes(bytes);
			Files.write(file, bytes);
			assertTrue(SpanFiles.read(file, table(), b -> { }).read() >= 0, "seed " + seed);
		}
	}

	@Test
	void spansOfAnotherTool_keepTheirNamesAndParents() throws IOException {
		Path file = folder.resolve("jaeger.json");
		Files.writeString(file, """
				{"data":[{"traceID":"0af7651916cd43dd8448eb211c80319c","spans":[
				 {"traceID":"0af7651916cd43dd8448eb211c80319c","spanID":"b7ad6b7169203331","operationName":"GET /a",
				  "references":[{"refType":"CHILD_OF","traceID":"0af7651916cd43dd8448eb211c80319c","spanID":"1"}],
				  "startTime":1700000000000000,"duration":1500,"processID":"p1",
				  "tags":[{"key":"span.kind","type":"string","value":"server"},{"key":"error","type":"bool","value":true},
				   {"key":"http.response.status_code","type":"int64","value":500}],"logs":[]}],
				 "processes":{"p1":{"serviceName":"orders","tags":[]}}}],"total":0}
				""");
		SpanTable spans = table();
		assertEquals(new Report(1, 0, ""), SpanFiles.read(file, spans, bytes -> { }));
		assertEquals(1, spans.parentId.get(0));
		assertEquals(SpanTable.SERVER, spans.kind.get(0));
		assertEquals(500, spans.status.get(0));
		assertEquals(1_500_000, spans.endNanos.get(0) - spans.startNanos.get(0));
		assertTrue(spans.has(0, SpanTable.ERROR));
		assertEquals("orders", spans.names.text(spans.service.get(0)));
	}

	private static SpanTable table() {
		return new SpanTable(new Dictionary(10_000));
	}

	private static SpanTable random(long seed, int rows) {
		SplittableRandom random = new SplittableRandom(seed);
		SpanTable spans = table();
		for (int i = 0; i < rows; i++) {
			int row = spans.add();
			spans.spanId.set(row, random.nextLong() | 1);
			spans.parentId.set(row, random.nextBoolean() ? random.nextLong() | 1 : 0);
			spans.confidence.set(row, spans.parentId.get(row) == 0 ? 0 : random.nextInt(1_000_001));
			if (random.nextBoolean()) {
				spans.traceIdHigh.set(row, random.nextLong());
				spans.traceIdLow.set(row, random.nextLong() | 1);
			}
			spans.kind.set(row, random.nextInt(SpanTable.SERVER, SpanTable.CONSUMER + 1));
			spans.flags.set(row, random.nextInt(32));
			spans.startNanos.set(row, 1_790_000_000_000_000_000L + random.nextLong(1_000_000_000));
			spans.endNanos.set(row, spans.startNanos.get(row) + random.nextLong(1_000_000_000));
			spans.firstByteNanos.set(row, random.nextBoolean() ? spans.startNanos.get(row) + 5 : 0);
			spans.service.set(row, spans.names.id("service " + random.nextInt(5)));
			spans.operation.set(row, spans.names.id("GET /\"ü/" + random.nextInt(9)));
			spans.peer.set(row, spans.names.id("127.0.0.1:" + random.nextInt(9)));
			spans.status.set(row, random.nextInt(600));
			spans.pid.set(row, random.nextInt(1, 4));
			spans.tid.set(row, random.nextInt(9));
			spans.endTid.set(row, random.nextInt(9));
			spans.connection.set(row, random.nextLong());
			spans.tuple.set(row, random.nextLong());
			spans.sequence.set(row, random.nextInt());
			spans.appSpanId.set(row, random.nextBoolean() ? random.nextLong() : 0);
			spans.host.set(row, spans.names.id(random.nextBoolean() ? "host " + random.nextInt(2) : ""));
			for (int n = random.nextInt(4); n > 0; n--) {
				spans.addAttribute(spans.names.id("key" + n), spans.values.id("v\n" + random.nextInt()));
				spans.addToken(random.nextLong());
				spans.addLink(random.nextLong());
			}
		}
		return spans;
	}

	/** Every column of every row as text, in an order that does not depend on the file. */
	private static String lines(SpanTable spans) {
		String[] lines = new String[spans.size()];
		for (int row = 0; row < lines.length; row++) {
			StringBuilder line = new StringBuilder();
			for (long value : new long[] { spans.spanId.get(row), spans.parentId.get(row), spans.traceIdHigh.get(row),
					spans.traceIdLow.get(row), spans.confidence.get(row), spans.kind.get(row), spans.flags.get(row),
					spans.startNanos.get(row), spans.endNanos.get(row), spans.firstByteNanos.get(row),
					spans.status.get(row), spans.pid.get(row), spans.tid.get(row), spans.endTid.get(row),
					spans.connection.get(row), spans.tuple.get(row), spans.sequence.get(row),
					spans.appSpanId.get(row) }) {
				line.append(value).append(' ');
			}
			for (int name : new int[] { spans.service.get(row), spans.operation.get(row), spans.peer.get(row),
					spans.host.get(row) }) {
				line.append(spans.names.text(name)).append(' ');
			}
			for (int i = 0; i < spans.attributeCount(row); i++) {
				line.append(spans.names.text(spans.attributeKey(row, i))).append('=')
						.append(spans.values.text(spans.attributeValue(row, i))).append(' ');
			}
			for (int i = 0; i < spans.tokenCount(row); i++) {
				line.append(spans.token(row, i)).append(' ');
			}
			for (int i = 0; i < spans.linkCount(row); i++) {
				line.append("link ").append(spans.link(row, i)).append(' ');
			}
			lines[row] = line.toString();
		}
		Arrays.sort(lines);
		return String.join("\n", lines);
	}
}
