package io.crosstrace.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WallClockTest {
	private static final long MILLI = 1_000_000;
	private long monotonic = 1000 * MILLI;
	private long apart = 5_000_000 * MILLI;
	/** How long whoever measures is put aside after each look at a clock. */
	private long pause = 100;
	private final WallClock clock = new WallClock(() -> monotonic += pause, () -> (monotonic += pause) + apart);

	@Test
	void aPauseBetweenTwoLooks_movesNoTime() {
		long calm = clock.offsetNanos();
		pause = 64 * MILLI;
		assertEquals(calm, clock.offsetNanos());
		pause = 100;
		assertEquals(calm, clock.offsetNanos());
	}

	@Test
	void aClockThatWasSet_isFollowed() {
		long before = clock.offsetNanos();
		apart += 3 * MILLI;
		assertEquals(before + 3 * MILLI, clock.offsetNanos());
		pause = 10 * MILLI;
		apart -= 3_600_000 * MILLI; // also by whoever measures badly
		assertEquals(before - 3_599_997 * MILLI, clock.offsetNanos(), 10 * MILLI);
	}

	@Test
	void aBadFirstMeasurement_isMadeGood() {
		pause = 64 * MILLI;
		clock.offsetNanos();
		pause = 100;
		assertEquals(apart, clock.offsetNanos(), 200);
	}
}
