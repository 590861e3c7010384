package io.crosstrace.agent;

/**
 * Keeps a quiet agent small. A batch of spans lives just long enough to be moved to the old generation, and the
 * serial collector rather lets that grow to the limit than collect it: so it is collected when it has doubled.
 * That takes some 50 ms, which the ring outlasts; at most every five seconds. For one thread.
 */
final class HeapKeeper {
	private static final long SMALL_BYTES = 40L << 20;
	private static final long REST_NANOS = 5_000_000_000L;

	private final Runtime runtime = Runtime.getRuntime();
	private long limitBytes = SMALL_BYTES;
	private long lastNanos = System.nanoTime();

	/** Looks whether it is time; to be called often. */
	void tick(long now) {
		if (now - lastNanos < REST_NANOS || runtime.totalMemory() <= limitBytes) {
			return;
		}
		lastNanos = now;
		System.gc();
		limitBytes = Math.max(SMALL_BYTES, 2 * (runtime.totalMemory() - runtime.freeMemory()));
	}
}
