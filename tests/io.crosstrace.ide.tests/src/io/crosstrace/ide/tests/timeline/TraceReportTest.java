package io.crosstrace.ide.tests.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.report.TraceReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class TraceReportTest {
	private static final long MS = 1_000_000;
	@TempDir
	Path folder;
	private final SpanTable spans = new SpanTable(new Dictionary(10_000));
	private long nextId = 1;

	@Test
	void page_showsTheSteps_andRunsNothingThatASpanCarries() throws Exception {
		long root = add(0, SpanTable.SERVER, "gateway", "GET /<script>alert(1)</script>", 0, 100);
		spans.addAttribute(spans.names.id("url.path"), spans.values.id("/\"><img src=x onerror=alert(1)>\u0000"));
		for (int i = 0; i < 12; i++) {
			add(root, SpanTable.CLIENT, "gateway", "GET /stock/{id}", i * 5, 4);
		}
		Traces traces = traces();
		Path file = folder.resolve("trace.html");
		TraceReport.page(file, traces, List.of(traces.byStart(0)), service -> "#3b78d8");
		String page = Files.readString(file);
		assertFalse(page.contains("<script"), page);
		assertFalse(page.contains("<img"), page);
		assertTrue(page.contains("GET /&lt;script&gt;alert(1)&lt;/script&gt;"), page);
		assertTrue(page.contains("<b>× 12</b>"), page);
		assertTrue(page.contains("100 ms · 13 spans · 1 service"), page);
		wellFormed(page);
	}

	@Test
	void text_isIndentedAsStepsCalledEachOther() throws IOException {
		long root = add(0, SpanTable.SERVER, "gateway", "GET /a", 0, 100);
		long call = add(root, SpanTable.CLIENT, "gateway", "GET /b", 10, 50);
		int failed = spans.size();
		add(call, SpanTable.SERVER, "orders", "GET /b", 11, 48);
		spans.set(failed, SpanTable.ERROR);
		Traces traces = traces();
		Path file = folder.resolve("trace.txt");
		TraceReport.text(file, traces, List.of(traces.byStart(0)));
		List<String> lines = Files.readAllLines(file);
		assertEquals("gateway  GET /a", lines.get(0));
		assertEquals(List.of("gateway  GET /a  100 ms", "  -> gateway  GET /b  50.0 ms", "    orders  GET /b  48.0 ms  FAILED"),
				lines.subList(4, 7));
	}

	@Test
	void hugeTrace_isCutAndSaysSo() throws IOException {
		long root = add(0, SpanTable.SERVER, "gateway", "GET /a", 0, 10_000);
		for (int i = 0; i < 5_000; i++) {
			add(root, SpanTable.CLIENT, "gateway", "GET /b" + i, i, 1);
		}
		Traces traces = traces();
		Path file = folder.resolve("trace.txt");
		TraceReport.text(file, traces, List.of(traces.byStart(0)));
		assertTrue(Files.readString(file).contains("2,001 more steps are left out."));
	}

	/** What is escaped well is XML but for the tags that HTML leaves open. */
	private static void wellFormed(String page) throws ParserConfigurationException, IOException, SAXException {
		String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>")).replace("<br>", "<br/>");
		DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
	}

	private Traces traces() {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	private long add(long parent, int kind, String service, String operation, long startMillis, long millis) {
		int row = spans.add();
		spans.spanId.set(row, nextId);
		spans.parentId.set(row, parent);
		spans.confidence.set(row, 1_000_000);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(operation));
		spans.startNanos.set(row, startMillis * MS);
		spans.endNanos.set(row, (startMillis + millis) * MS);
		return nextId++;
	}
}
