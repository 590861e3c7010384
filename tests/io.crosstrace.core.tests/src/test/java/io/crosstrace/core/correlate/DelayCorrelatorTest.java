package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanTable;

class DelayCorrelatorTest extends CorrelatorContract {
	@Override
	Correlator correlator() {
		return new DelayCorrelator();
	}

	@Test
	void steadyDelays_areLearntAndTellOverlappingRequestsApart() {
		for (int seed = 1; seed <= 3; seed++) {
			SpanTable spans = RandomLoad.of(seed).requests(800).concurrency(4).jitter(0.1).spans();
			double right = RandomLoad.right(spans, correlator().correlate(spans));
			assertTrue(right > 0.95, "seed " + seed + ": right " + right);
		}
	}

	@Test
	void learntDelays_beatFifo() {
		SpanTable spans = RandomLoad.of(5).requests(800).concurrency(8).spans();
		double fifo = RandomLoad.right(spans, new FifoCorrelator().correlate(spans));
		double right = RandomLoad.right(spans, correlator().correlate(spans));
		assertTrue(1 - right < (1 - fifo) / 2, "right " + right + ", FIFO " + fifo);
	}

	@Test
	void delaysThatGoUpAndDownTogether_areToldApartByThat() {
		double with = 0;
		double without = 0;
		for (int seed = 1; seed <= 3; seed++) {
			SpanTable spans = RandomLoad.of(seed).requests(1_500).concurrency(6).jitter(0.1).swing(3).spans();
			with += RandomLoad.right(spans, correlate(spans, Step.ABSTAIN)) / 3;
			without += RandomLoad.right(spans, correlate(spans, Step.ABSTAIN, Step.TRENDS)) / 3;
		}
		assertTrue(1 - with < 0.8 * (1 - without), "right " + with + ", without trends " + without);
	}

	private static Parents correlate(SpanTable spans, Step left, Step... more) {
		return new DelayCorrelator(EnumSet.of(left, more)).correlate(spans);
	}
}
