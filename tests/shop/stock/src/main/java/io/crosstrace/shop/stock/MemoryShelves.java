package io.crosstrace.shop.stock;

import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.stock.StockResource.Item;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Shelves for a machine without PostgreSQL. */
final class MemoryShelves implements Shelves {
	private final LongAdder taken = new LongAdder();

	/** Takes as long as a look into a database on the next host would: mostly well below a millisecond. */
	private static void lookUp() {
		double dice = ThreadLocalRandom.current().nextDouble();
		LockSupport.parkNanos((long) (150_000 - 200_000 * Math.log(1 - dice)));
	}

	private static boolean holds(int item) {
		return item > 0 && item <= ITEMS && item != MISSING;
	}

	@Override
	public Item item(int item, CallId call) {
		lookUp();
		return holds(item) ? new Item(item, "Item number " + item, FULL - item) : null;
	}

	@Override
	public int cents(int item, CallId call) {
		lookUp();
		return holds(item) ? 100 + 7 * item : -1;
	}

	@Override
	public boolean reserve(int item, CallId call) {
		lookUp();
		taken.increment();
		return holds(item);
	}

	@Override
	public void ship(int customer, CallId call) {
		lookUp();
	}

	@Override
	public long taken(CallId call) {
		lookUp();
		return taken.sum();
	}
}
