package io.crosstrace.ide.tests.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.code.CodeNumbers;
import io.crosstrace.ide.code.CodeWatch;
import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.debug.Pause;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.CodePlace;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.PathPattern;
import io.crosstrace.ide.source.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is written above methods. */
class CodeNumbersTest {
	private static final long MILLI = 1_000_000;
	private static final long SECOND = 1000 * MILLI;
	private static final long NOW = 1_700_000_000L * SECOND;

	private final Dictionary names = new Dictionary(1000);
	private final SpanTable spans = new SpanTable(names);
	private List<Pause> pauses = List.of();
	private final Endpoint get = endpoint("GET", "/orders/{id}", "get");
	private final Endpoint add = endpoint("POST", "/orders", "add");
	private final Workspace workspace = new Workspace(List.of(get, add),
			Map.of("orders", new Workspace.Project(Set.of("orders"), Set.of(), Set.of())));

	@Test
	void method_hasRatePercentilesAndFailuresOfItsSpans() {
		for (int i = 1; i <= 20; i++) {
			span("GET", "/orders/" + i, NOW + i * SECOND / 2, i * MILLI, i == 7);
		}
		span("GET", "/elsewhere", NOW, MILLI, false);
		MethodNumbers numbers = numbers(CodeWatch.WINDOW_NANOS).of(get);
		assertEquals(20, numbers.calls());
		assertEquals(1, numbers.errors());
		assertEquals("2.1/s · p50 10.0 ms · p95 19.0 ms · 1 of 20 failed", numbers.label().replaceAll("p50 10\\.\\d", "p50 10.0")
				.replaceAll("p95 19\\.\\d", "p95 19.0"));
		assertEquals(List.of(20L, 19L, 18L, 17L, 16L), millis(numbers.slowest()));
		assertEquals(List.of(7L), millis(numbers.failed()));
		assertTrue(numbers.details().contains("GET /orders/{id}"), numbers.details());
		assertNull(numbers(CodeWatch.WINDOW_NANOS).of(add));
	}

	@Test
	void timeInTheDebugger_isNoLatency() {
		span("GET", "/orders/1", NOW, 500 * MILLI, false);
		pauses = List.of(new Pause(0, Pause.UNKNOWN, "exec-1", NOW + 50 * MILLI, NOW + 450 * MILLI));
		assertEquals("1 call · 100 ms", numbers(CodeWatch.WINDOW_NANOS).of(get).label());
	}

	@Test
	void window_leavesOlderCallsOut() {
		span("GET", "/orders/1", NOW - 100 * SECOND, MILLI, false);
		span("GET", "/orders/2", NOW, MILLI, false);
		assertEquals(1, numbers(50 * SECOND).of(get).calls());
		assertEquals(2, numbers(200 * SECOND).of(get).calls());
	}

	@Test
	void nobodyListening_meansNothingIsCounted() throws Exception {
		try (Session session = new Session(1000); EndpointIndex index = new EndpointIndex()) {
			CodeWatch watch = new CodeWatch(session, index);
			CountDownLatch first = new CountDownLatch(1);
			List<CodeNumbers> told = new ArrayList<>();
			Consumer<CodeNumbers> listener = numbers -> {
				told.add(numbers);
				first.countDown();
			};
			watch.addListener(listener);
			assertTrue(first.await(20, TimeUnit.SECONDS));
			assertTrue(watch.isWorking());
			watch.removeListener(listener);
			assertFalse(watch.isWorking());
			assertEquals(0, watch.numbers().all().size());
		}
	}

	private CodeNumbers numbers(long window) {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		Traces traces = assembler.snapshot();
		return CodeNumbers.of(traces, new CodeNumbers.Places(workspace), window, SuspendedTime.of(traces, pauses));
	}

	private void span(String verb, String path, long start, long duration, boolean error) {
		int row = spans.add();
		spans.spanId.set(row, row + 1);
		spans.kind.set(row, SpanTable.SERVER);
		spans.service.set(row, names.id("orders"));
		spans.operation.set(row, names.id(verb + " " + path.replaceAll("\\d+", "{id}")));
		spans.startNanos.set(row, start);
		spans.endNanos.set(row, start + duration);
		if (error) {
			spans.set(row, SpanTable.ERROR);
		}
		spans.addAttribute(names.id("http.request.method"), spans.values.id(verb));
		spans.addAttribute(names.id("url.path"), spans.values.id(path));
	}

	private static List<Long> millis(List<SpanRef> spans) {
		return spans.stream().map(span -> span.durationNanos() / MILLI).toList();
	}

	private static Endpoint endpoint(String verb, String path, String method) {
		return new Endpoint(Endpoint.Kind.HTTP, Endpoint.Side.SERVER, "Spring", Set.of(verb),
				PathPattern.of(PathPattern.Style.SPRING, path),
				new CodePlace("orders", "/orders/src/Orders.java", "Orders", method, List.of(), 0, 1), false);
	}
}
