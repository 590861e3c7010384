package io.crosstrace.ide.tests.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
	private static final long MILLI = 1_000_000;
	/** 13:05:02 UTC. */
	private static final long START = 1_700_053_502_000_000_000L;

	/** Trace 1: gateway POST /checkout, fails in stock. Trace 2: gateway GET /orders/{id}, all well. Trace 3: health. */
	private final Traces traces = traces();

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			" ; 123",
			"checkout ; 1",
			"CHECKOUT stock ; 1",
			"'\"/orders/17\"' ; 2",
			"503 ; 1",
			"service = stock ; 12",
			"service = orders ; 2",
			"resource.service.name = orders ; 2",
			"service = stock && status = error ; 1",
			"service = gateway && status = error ; ",
			"{ service = gateway } && { status = error } ; 1",
			"service = gateway status = error ; 1",
			"!{ service = stock } ; 3",
			"!(service = gateway) ; 12",
			"duration > 200ms ; 1",
			"duration >= 50ms && duration < 0.2s ; 12",
			"trace.duration <= 5ms ; 3",
			"service = orders || name =~ '\"GET /health.*\"' ; 23",
			"( service = orders || service = gateway ) && duration < 9ms ; 3",
			"http.route =~ '\"/orders/.*\"' ; 2",
			".http.route = '\"/orders/{id}\"' ; 2",
			"span.http.route != '\"/orders/{id}\"' ; 13",
			"http.route !~ '\"/(orders|health).*\"' ; 1",
			"http.response.status_code >= 500 ; 1",
			"status = 503 ; 1",
			"status >= 400 ; 1",
			"status != error && kind = server ; 123",
			"kind = client && peer = '\"10.0.0.7:80\"' ; 1",
			"trace.errors > 0 ; 1",
			"spans > 1 && services >= 2 ; 12",
			"root.name = '\"GET /health\"' ; 3",
			"rootServiceName = gateway ; 123",
			"confidence < 90% ; 1",
			"pid = 12 ; 1",
			"trace.id = 000000000000000000000000000000ab ; 2",
			"id = 1 ; 1",
			"start >= 2023-11-15T13:05:03Z ; 23",
			"resource.host.name = ada ; 1",
			"nosuch = thing ; " })
	void query_letsThrough(String text, String expected) throws QueryProblem {
		assertEquals(expected == null ? "" : expected, passing(text == null ? "" : text.replace("'", "")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"duration > abc         | 11 | needs a time with its unit, such as 200ms",
			"duration > 200         | 11 | needs a time with its unit",
			"status = eror          | 9  | status is error, ok or a number such as 404, not “eror”",
			"kind > server          | 5  | kind is compared with = or !=",
			"service =              | 9  | needs a value after it",
			"service = = x          | 10 | needs a value after it: == is no operator",
			"= x                    | 0  | needs a field before it",
			"(service = a           | 0  | ) is missing",
			"{ service = a          | 0  | } is missing",
			"a && b)                | 6  | has no beginning",
			"a &&                   | 4  | missing at the end",
			"name =~ '\"(\"'        | 8  | is no regular expression",
			"name ~ x               | 5  | =~ or !~",
			"name = '\"abc'         | 7  | has no closing",
			"duration =~ 5ms        | 9  | is a number: compare it with",
			"http.route > abc       | 13 | texts have no order",
			"spans > many           | 8  | whole number",
			"start > noon           | 8  | time of day" })
	void mistake_isToldWhereAndWhatToWriteInstead(String text, int position, String sentence) {
		QueryProblem problem = assertThrows(QueryProblem.class, () -> Query.of(text.replace("'", "")));
		assertTrue(problem.getMessage().contains(sentence), problem.getMessage());
		assertEquals(position, problem.position(), problem.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "((((", "!!!!!", "&& ||", "{{{}}}", "\"", "a=~\"(a+)+$\"", "=~", "a = \\", "!" })
	void nonsense_isAProblemOrAQuery_neverMore(String text) {
		try {
			passing(text);
		} catch (QueryProblem problem) {
			assertTrue(problem.position() <= text.length());
		}
		assertThrows(QueryProblem.class, () -> Query.of("(".repeat(100_000)));
		assertThrows(QueryProblem.class, () -> Query.of("!".repeat(100_000)));
	}

	@Test
	void completion_offersFieldsOperatorsAndValuesThatOccur() {
		assertTrue(labels("serv", 4).containsAll(List.of("service", "trace.services")));
		assertEquals("service", labels("serv", 4).get(0));
		assertTrue(labels("http.ro", 7).contains("http.route"));
		assertTrue(labels("resource.h", 10).contains("resource.host.name"));
		assertTrue(labels("service ", 8).contains("="));
		assertEquals("gateway", labels("service = ", 10).get(0));
		assertEquals(List.of("orders"), labels("service = ord", 13));
		assertTrue(labels("status=", 7).contains("error"));
		Completion.Proposal quoted = Completion.at("name = che", 10, traces).get(0);
		assertEquals("\"POST /checkout\" ", quoted.text());
		assertEquals(7, quoted.from());
	}

	private List<String> labels(String text, int caret) {
		return Completion.at(text, caret, traces).stream().map(Completion.Proposal::label).toList();
	}

	private String passing(String text) throws QueryProblem {
		Query.Tester tester = Query.of(text).tester();
		tester.use(traces);
		StringBuilder passing = new StringBuilder();
		for (int place = 0; place < traces.size(); place++) {
			if (tester.test(traces.byStart(place))) {
				passing.append(place + 1);
			}
		}
		return passing.toString();
	}

	private static Traces traces() {
		SpanTable spans = new SpanTable(new Dictionary(1000));
		span(spans, 1, 0, SpanTable.SERVER, "gateway", "POST /checkout", START, 300, 200, "/checkout");
		spans.addAttribute(spans.names.id("resource:host.name"), spans.values.id("ada"));
		int call = span(spans, 2, 1, SpanTable.CLIENT, "gateway", "POST /stock", START + MILLI, 100, 200, "/stock");
		spans.peer.set(call, spans.names.id("10.0.0.7:80"));
		spans.confidence.set(call, 800_000);
		int failed = span(spans, 3, 2, SpanTable.SERVER, "stock", "POST /stock", START + 2 * MILLI, 90, 503, "/stock");
		spans.set(failed, SpanTable.ERROR);
		spans.pid.set(failed, 12);
		long second = START + 1_000 * MILLI;
		int root = span(spans, 4, 0, SpanTable.SERVER, "gateway", "GET /orders/{id}", second, 60, 200, "/orders/{id}");
		spans.traceIdLow.set(root, 0xab);
		spans.addAttribute(spans.names.id("url.path"), spans.values.id("/orders/17"));
		span(spans, 5, 4, SpanTable.SERVER, "orders", "GET /orders/{id}", second + MILLI, 50, 200, "/orders/{id}");
		span(spans, 6, 5, SpanTable.SERVER, "stock", "GET /stock", second + MILLI, 30, 200, "/orders/{id}");
		span(spans, 7, 0, SpanTable.SERVER, "gateway", "GET /health", START + 2_000 * MILLI, 2, 200, "/health");
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	private static int span(SpanTable spans, long id, long parent, int kind, String service, String name, long start,
			long millis, int status, String route) {
		int row = spans.add();
		spans.spanId.set(row, id);
		spans.parentId.set(row, parent);
		spans.confidence.set(row, 1_000_000);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(name));
		spans.startNanos.set(row, start);
		spans.endNanos.set(row, start + millis * MILLI);
		spans.status.set(row, status);
		spans.addAttribute(spans.names.id("http.route"), spans.values.id(route));
		spans.addAttribute(spans.names.id("http.response.status_code"), spans.values.id(String.valueOf(status)));
		return row;
	}
}
