package io.crosstrace.shop.stock;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** The warehouse itself. It never runs empty, or every later request would fail. Safe for any thread. */
final class Shelves {
	private static final int ITEMS = 1000;
	private static final int MISSING = 404;
	private static final int FULL = 1000;
	private static final LongAdder TAKEN = new LongAdder();

	private Shelves() {
	}

	/** Takes as long as a look into a database on the next host would: mostly well below a millisecond. */
	static void lookUp() {
		double dice = ThreadLocalRandom.current().nextDouble();
		LockSupport.parkNanos((long) (150_000 - 200_000 * Math.log(1 - dice)));
	}

	static boolean holds(int item) {
		return item > 0 && item <= ITEMS && item != MISSING;
	}

	static int left(int item) {
		return FULL - item;
	}

	static void takeOne() {
		TAKEN.increment();
	}

	static long taken() {
		return TAKEN.sum();
	}
}
