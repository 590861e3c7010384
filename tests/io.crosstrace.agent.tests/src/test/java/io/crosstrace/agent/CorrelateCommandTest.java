package io.crosstrace.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb correlate, on 40 requests one after the other: whoever reads and writes them well has all parents right. */
class CorrelateCommandTest {
	private static final int REQUESTS = 40;

	@TempDir
	private Path folder;
	private String said = "";

	@ParameterizedTest
	@ValueSource(strings = { "fifo", "greedy", "delay", "full" })
	void everyMethod_findsParentsThatLeaveNoChoice(String method) throws IOException {
		assertEquals(0, run("--input", spans().toString(), "--method", method, "--score"), said);
		assertTrue(said.contains("whole traces: 100.00 % (40 of 40)"), said);
	}

	@Test
	void outputByTabs_namesEachCallItsParentAndAConfidence() throws IOException {
		Path out = folder.resolve("parents.tsv");
		assertEquals(0, run("--input", spans().toString(), "--output", out.toString()), said);
		List<String> lines = Files.readAllLines(out);
		assertEquals(2 * REQUESTS, lines.size());
		assertTrue(lines.get(0).matches("b000000000000000\ta000000000000000\t[01]\\.\\d{4}"), lines.get(0));
	}

	@Test
	void outputAsOtlp_canBeReadAgainAndHoldsTheParentsFound() throws IOException {
		Path otlp = folder.resolve("found.json");
		assertEquals(0, run("--input", spans().toString(), "--output", otlp.toString()), said);
		assertTrue(Files.readString(otlp).contains("\"resourceSpans\""));
		assertEquals(0, run("--input", otlp.toString(), "--score"), said);
		assertTrue(said.contains("whole traces: 100.00 % (40 of 40)"), said);
	}

	@Test
	void plot_drawsEveryMethod() throws IOException {
		Path svg = folder.resolve("plot.svg");
		assertEquals(0, run("--input", spans().toString(), "--plot", svg.toString()), said);
		String text = Files.readString(svg);
		assertTrue(text.startsWith("<svg ") && text.endsWith("</svg>\n"), text);
		for (String method : List.of("full", "delay", "greedy", "FIFO")) {
			assertTrue(text.contains(">" + method + " "), method + " is missing: " + text);
		}
	}

	@Test
	void stepsCanBeLeftOut_andUnknownOnesAreNamed() throws IOException {
		assertEquals(0, run("--input", spans().toString(), "--without", "TRENDS,WALK", "--score"), said);
		assertTrue(said.contains("whole traces: 100.00 %"), said);
		assertEquals(2, run("--input", spans().toString(), "--without", "MAGIC"));
		assertTrue(said.contains("MAGIC") && said.contains("WALK"), said);
	}

	@Test
	void linesThatCannotBeUsed_areNamedCountedAndSkipped() throws IOException {
		Path file = spans();
		Files.writeString(file, "{\"span\":\n" + Files.readString(file));
		assertEquals(0, run("--input", file.toString(), "--score"), said);
		assertTrue(said.contains(":1: skipped: "), said);
		assertTrue(said.contains("skipped 1 of 121 lines"), said);
		assertTrue(said.contains("whole traces: 100.00 %"), said);
	}

	@Test
	void fileWithoutSpans_isAnErrorWithAReason() throws IOException {
		Path file = folder.resolve("nothing.jsonl");
		Files.writeString(file, "");
		assertEquals(1, run("--input", file.toString()));
		assertTrue(said.contains("is empty"), said);
	}

	private Path spans() throws IOException {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < REQUESTS; i++) {
			long start = 1_000_000 + i * 10_000L;
			line(text, i, 'a', "", "server", start, 5_000);
			line(text, i, 'b', "a", "client", start + 500 + i, 1_000);
			line(text, i, 'c', "a", "client", start + 2_000 + i, 1_000);
		}
		Path file = folder.resolve("spans.jsonl");
		Files.writeString(file, text);
		return file;
	}

	private static void line(StringBuilder into, int trace, char span, String parent, String kind, long start, long duration) {
		into.append(String.format("{\"trace\":\"%016x\",\"span\":\"%c%015x\",\"parent\":%s,\"service\":\"shop\",\"kind\":\"%s\","
				+ "\"peer\":\"stock\",\"op\":\"%c\",\"start_us\":%d,\"dur_us\":%d}%n", 1 + trace, span, trace,
				parent.isEmpty() ? "null" : String.format("\"%s%015x\"", parent, trace), kind, span, start, duration));
	}

	private int run(String... arguments) {
		StringWriter out = new StringWriter();
		String[] all = new String[arguments.length + 1];
		all[0] = "correlate";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		int exit = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(all);
		said = out.toString();
		return exit;
	}
}
