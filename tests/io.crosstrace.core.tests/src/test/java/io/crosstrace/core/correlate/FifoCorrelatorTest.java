package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Drawn;

class FifoCorrelatorTest extends CorrelatorContract {
	@Override
	Correlator correlator() {
		return new FifoCorrelator();
	}

	@Test
	void secondCallOfAKind_goesToTheNextRequest() {
		SpanTable spans = Drawn.spans(
				"AAAAAAAAAA..",
				".BBBBBBBBBBB",
				"..00........ op=x",
				"....11...... op=x");
		assertArrayEquals(new int[] { -1, -1, 0, 1 }, correlator().correlate(spans).row());
	}
}
