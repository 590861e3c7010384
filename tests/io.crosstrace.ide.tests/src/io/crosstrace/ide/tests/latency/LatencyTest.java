package io.crosstrace.ide.tests.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ide.latency.HeatMap;
import io.crosstrace.ide.latency.Histogram;
import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.latency.Took;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest {
	private static final long MS = 1_000_000;
	private final SpanTable spans = new SpanTable(new Dictionary(1000));

	@Test
	void percentiles_areWithinThreePercentOfTheSortedOnes() {
		long seed = 7;
		Random random = new Random(seed);
		Histogram histogram = new Histogram();
		long[] values = new long[10_000];
		for (int i = 0; i < values.length; i++) {
			values[i] = (long) Math.exp(random.nextDouble() * 40);
			histogram.record(values[i]);
		}
		Arrays.sort(values);
		for (double share : new double[] { 0.01, 0.5, 0.9, 0.95, 0.99, 0.999 }) {
			long exact = values[(int) Math.ceil(share * values.length) - 1];
			long got = histogram.percentile(share);
			assertTrue(got >= exact && got <= exact * 1.032 + 1, share + ": " + got + " for " + exact + ", seed " + seed);
		}
		assertEquals(values[values.length - 1], histogram.percentile(1));
	}

	@Test
	void extremes_areCountedToo() {
		Histogram histogram = new Histogram();
		assertEquals(0, histogram.percentile(0.5));
		histogram.record(-5);
		assertEquals(0, histogram.percentile(1));
		histogram.record(Long.MAX_VALUE);
		assertEquals(Long.MAX_VALUE, histogram.percentile(1));
		assertThrows(IllegalArgumentException.class, () -> histogram.percentile(1.1));
	}

	@Test
	void picture_isOfOneOperationInTime() {
		for (int second = 0; second < 10; second++) {
			span("orders", "GET /a", second, 10 + second, second == 3);
			span("orders", "GET /b", second, 500, false);
			span("stock", "GET /a", second, 700, false);
		}
		LatencyPicture picture = LatencyPicture.of(took(), new Operation("orders", "GET /a"), 2_000 * MS, 6_000 * MS, 4);
		assertEquals(4, picture.all().total());
		assertEquals(1, picture.allFailures());
		assertEquals(1, picture.failures(1));
		assertEquals(12, picture.percentile(0, 0) / MS, 0.4);
		assertEquals(15, picture.percentile(2, 3) / MS, 0.5);
		assertEquals(3_000 * MS, picture.sliceStartNanos(1));
		int inBars = 0;
		for (int bar = 0; bar < picture.bars(); bar++) {
			inBars += picture.barRequests(bar);
		}
		assertEquals(4, inBars);
		assertTrue(picture.barStartNanos(0) <= 12 * MS && picture.barStartNanos(picture.bars()) >= 15 * MS);
	}

	@Test
	void sliceWithoutRequests_hasNoPercentile() {
		span("orders", "GET /a", 0, 10, false);
		LatencyPicture picture = LatencyPicture.of(took(), new Operation("orders", ""), 0, 2_000 * MS, 2);
		assertTrue(Double.isNaN(picture.percentile(0, 1)));
		LatencyPicture empty = LatencyPicture.of(took(), new Operation("nobody", ""), 0, 2_000 * MS, 2);
		assertEquals(0, empty.bars());
	}

	@Test
	void operations_areListedByServiceBusiestFirst() {
		span("stock", "GET /s", 0, 1, false);
		span("orders", "GET /rare", 0, 1, false);
		span("orders", "GET /often", 0, 1, false);
		span("orders", "GET /often", 1, 1, false);
		assertEquals(List.of(new Operation("orders", ""), new Operation("orders", "GET /often"),
				new Operation("orders", "GET /rare"), new Operation("stock", ""), new Operation("stock", "GET /s")),
				Operation.in(spans));
	}

	@Test
	void heatMap_countsEveryRequestInTheCellWhoseFilterFindsIt() throws QueryProblem {
		Random random = new Random(11);
		for (int i = 0; i < 500; i++) {
			span("orders", "GET /a \"b\"", random.nextInt(20), 1 + random.nextInt(400), i % 7 == 0);
			span("stock", "GET /a", random.nextInt(20), 1 + random.nextInt(400), false);
		}
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		Traces traces = assembler.snapshot();
		HeatMap map = HeatMap.of(new Took(traces, SuspendedTime.NONE), new Operation("orders", "GET /a \"b\""), 0, 20_001 * MS, 7, 5);
		int sum = 0;
		int failed = 0;
		for (int column = 0; column < map.columns(); column++) {
			for (int row = 0; row < map.rows(); row++) {
				sum += map.requests(column, row);
				failed += map.failures(column, row);
				assertTrue(map.requests(column, row) <= map.most());
				assertEquals(map.requests(column, row), found(traces, map.filter(column, row, column, row)),
						map.filter(column, row, column, row));
			}
		}
		assertEquals(500, sum);
		assertEquals(72, failed);
		assertEquals(500, found(traces, map.filter(6, 4, 0, 0)));
		assertEquals(0, HeatMap.of(new Took(traces, SuspendedTime.NONE), new Operation("nobody", ""), 0, 10, 3, 3).most());
	}

	private Took took() {
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return new Took(assembler.snapshot(), SuspendedTime.NONE);
	}

	private static int found(Traces traces, String filter) throws QueryProblem {
		Query.Tester tester = Query.of(filter).tester();
		tester.use(traces);
		int found = 0;
		for (int place = 0; place < traces.size(); place++) {
			found += tester.test(traces.byStart(place)) ? 1 : 0;
		}
		return found;
	}

	private void span(String service, String operation, int startSecond, int millis, boolean failed) {
		int row = spans.add();
		spans.kind.set(row, SpanTable.SERVER);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(operation));
		spans.startNanos.set(row, startSecond * 1000L * MS);
		spans.endNanos.set(row, (startSecond * 1000L + millis) * MS);
		if (failed) {
			spans.set(row, SpanTable.ERROR);
		}
	}
}
