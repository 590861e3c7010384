package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanTable;

class GreedyCorrelatorTest extends CorrelatorContract {
	@Override
	Correlator correlator() {
		return DelayCorrelator.greedy();
	}

	@Test
	void matchingAgain_isWorthMoreThanOnePass() {
		SpanTable spans = RandomLoad.of(6).requests(800).concurrency(8).spans();
		double greedy = RandomLoad.right(spans, correlator().correlate(spans));
		double full = RandomLoad.right(spans, new DelayCorrelator().correlate(spans));
		assertTrue(greedy > 0.5 && full > greedy, "greedy " + greedy + ", full " + full);
	}
}
