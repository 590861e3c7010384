package io.crosstrace.ide.tests.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.debug.Pause;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.latency.LatencyDiff;
import io.crosstrace.ide.latency.LatencyDiff.Group;
import io.crosstrace.ide.latency.LatencyDiff.Row;
import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.latency.Took;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyDiffTest {
	private static final long MS = 1_000_000;
	private static final Operation CHECKOUT = new Operation("orders", "POST /checkout");
	private final SpanTable spans = new SpanTable(new Dictionary(1000));
	private long nextId = 1;

	@Test
	void slowerCallee_isWhereTheTimeWent() {
		for (int i = 0; i < 10; i++) {
			checkout(CHECKOUT.name(), i * 1_000, 30, i < 5 ? 10 : 60);
		}
		LatencyDiff diff = LatencyDiff.of(took(), new Group(CHECKOUT, 0, 5_000 * MS), new Group(CHECKOUT, 5_000 * MS, 10_000 * MS));
		assertEquals(5, diff.a().times().total());
		assertEquals(5, diff.b().times().total());
		assertEquals(42, diff.a().meanNanos() / MS, 0.001);
		assertEquals(50, diff.deltaNanos() / MS, 0.001);
		Row first = diff.rows().get(0);
		assertEquals("stock", first.service());
		assertFalse(first.onTheWay());
		assertEquals(50, first.delta() / MS, 0.001);
		assertTrue(diff.rows().stream().skip(1).allMatch(row -> row.delta() == 0), () -> diff.rows().toString());
	}

	@Test
	void someRequests_areComparedWithTheRest() {
		for (int i = 0; i < 20; i++) {
			checkout(CHECKOUT.name(), i * 100, i % 4 == 0 ? 200 : 30, 10);
		}
		LatencyDiff diff = LatencyDiff.withTheRest(took(), new Group(CHECKOUT, 0, Long.MAX_VALUE),
				new Group(CHECKOUT, 0, Long.MAX_VALUE, 100 * MS, Long.MAX_VALUE));
		assertEquals(15, diff.a().times().total());
		assertEquals(5, diff.b().times().total());
		assertTrue(diff.rows().get(0).own());
		assertEquals(170, diff.rows().get(0).delta() / MS, 0.001);
	}

	@Test
	void twoOperations_standSideBySideByTheirOwnWork() {
		checkout(CHECKOUT.name(), 0, 30, 10);
		checkout("GET /orders", 100, 5, 90);
		LatencyDiff diff = LatencyDiff.of(took(), new Group(CHECKOUT, 0, Long.MAX_VALUE),
				new Group(new Operation("orders", "GET /orders"), 0, Long.MAX_VALUE));
		Row own = diff.rows().stream().filter(Row::own).findFirst().orElseThrow();
		assertEquals(30, own.a() / MS, 0.001);
		assertEquals(5, own.b() / MS, 0.001);
		assertEquals("stock", diff.rows().get(0).service());
	}

	@Test
	void differencesOfRows_addUpToTheDifferenceOfTheAverages() {
		long seed = 5;
		Random random = new Random(seed);
		for (int i = 0; i < 300; i++) {
			long root = add(0, SpanTable.SERVER, "orders", CHECKOUT.name(), i * 100, 50 + random.nextInt(50));
			for (int call = 0; call < random.nextInt(6); call++) { // calls overlap, and outlive their caller
				long at = i * 100 + random.nextInt(60);
				long sent = add(root, SpanTable.CLIENT, "orders", "GET /s" + call, at, 20 + random.nextInt(60));
				add(sent, SpanTable.SERVER, "stock", "GET /s" + call, at + 1, 10 + random.nextInt(40));
			}
		}
		LatencyDiff diff = LatencyDiff.of(took(), new Group(CHECKOUT, 0, 15_000 * MS), new Group(CHECKOUT, 15_000 * MS, 90_000 * MS));
		assertEquals(diff.deltaNanos(), diff.rows().stream().mapToDouble(Row::delta).sum(), 10, "seed " + seed);
		assertEquals(150, diff.a().times().total());
	}

	@Test
	void requestBelowOneLikeIt_isAPartOfThatOne() {
		long outer = add(0, SpanTable.SERVER, "orders", CHECKOUT.name(), 0, 100);
		long call = add(outer, SpanTable.CLIENT, "orders", "POST /checkout", 10, 50);
		add(call, SpanTable.SERVER, "orders", CHECKOUT.name(), 11, 48);
		LatencyDiff diff = LatencyDiff.of(took(), new Group(new Operation("nobody", ""), 0, 1), new Group(CHECKOUT, 0, Long.MAX_VALUE));
		assertEquals(0, diff.a().times().total());
		assertEquals(1, diff.b().times().total());
		assertEquals(100, diff.b().meanNanos() / MS, 0.001);
	}

	@Test
	void timeInTheDebugger_isNoLatency() {
		checkout(CHECKOUT.name(), 0, 30, 5_010);
		for (int row = 0; row < spans.size(); row++) {
			spans.pid.set(row, spans.service.get(row) == spans.names.id("stock") ? 7 : 6);
		}
		Traces traces = traces();
		Took took = new Took(traces, SuspendedTime.of(traces, List.of(new Pause(7, Pause.ALL, "", 20 * MS, 5_020 * MS))));
		assertEquals(42, LatencyDiff.of(took, new Group(CHECKOUT, 0, 1), new Group(CHECKOUT, 0, Long.MAX_VALUE)).b().meanNanos() / MS, 0.5);
		assertEquals(42, LatencyPicture.of(took, CHECKOUT, 0, 1_000 * MS, 1).all().max() / MS);
	}

	/** A request of the orders service that works, and calls stock, which is 1 ms away. */
	private void checkout(String operation, long at, long ownMillis, long stockMillis) {
		long root = add(0, SpanTable.SERVER, "orders", operation, at, ownMillis + stockMillis + 2);
		long call = add(root, SpanTable.CLIENT, "orders", "GET /stock", at + ownMillis / 2, stockMillis + 2);
		add(call, SpanTable.SERVER, "stock", "GET /stock", at + ownMillis / 2 + 1, stockMillis);
	}

	private Traces traces() {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	private Took took() {
		return new Took(traces(), SuspendedTime.NONE);
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
