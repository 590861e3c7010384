package io.crosstrace.agent;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Tells what to add to CLOCK_MONOTONIC, which records bear and {@link System#nanoTime} reads on Linux, to make it Unix
 * time. Measured anew each time, since wall clocks are set; but whoever measures may be put aside between two looks at
 * two clocks, for many milliseconds on a busy machine, and a batch of spans would move by that. So the doubt of a
 * measurement is measured too, and what it can explain changes nothing. One thread; about 0.2 us.
 */
final class WallClock {
	private static final int TRIES = 5;
	private static final long GOOD_NANOS = 20_000;

	private final LongSupplier monotonic;
	private final LongSupplier wall;
	private boolean known;
	private long offset;

	WallClock() {
		this(System::nanoTime, () -> {
			Instant now = Instant.now();
			return now.getEpochSecond() * 1_000_000_000L + now.getNano();
		});
	}

	/** For tests: both in nanoseconds. */
	WallClock(LongSupplier monotonic, LongSupplier wall) {
		this.monotonic = monotonic;
		this.wall = wall;
	}

	long offsetNanos() {
		long doubt = Long.MAX_VALUE;
		long measured = 0;
		for (int i = 0; i < TRIES && doubt > GOOD_NANOS; i++) {
			long before = monotonic.getAsLong();
			long now = wall.getAsLong();
			long between = monotonic.getAsLong() - before;
			if (between < doubt) {
				doubt = between;
				measured = now - before - between / 2;
			}
		}
		if (!known || Math.abs(measured - offset) > doubt) {
			known = true;
			offset = measured;
		}
		return offset;
	}
}
