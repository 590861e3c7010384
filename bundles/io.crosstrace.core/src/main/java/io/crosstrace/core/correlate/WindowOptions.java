package io.crosstrace.core.correlate;

/**
 * How long {@link Windows} waits, and how much it keeps.
 *
 * @param settleNanos a call is decided no sooner after it was added: spans finish out of order
 * @param delayNanos a call is decided no later than the first close this long after it was added, even
 *        if a request that may own it is still open: a live view must be live
 * @param contextSpans how many decided spans are kept to learn from
 * @param maxPending most calls that may wait; beyond it the oldest are decided at once
 */
public record WindowOptions(long settleNanos, long delayNanos, int contextSpans, int maxPending) {
	/** Live use: 50 ms to settle, 1 s at the latest. */
	public static final WindowOptions LIVE = new WindowOptions(50_000_000L, 1_000_000_000L, 8_192, 65_536);

	public WindowOptions {
		if (settleNanos < 0 || delayNanos < settleNanos) {
			throw new IllegalArgumentException("settle " + settleNanos + " ns, delay " + delayNanos + " ns");
		}
		if (contextSpans < 0 || maxPending < 1) {
			throw new IllegalArgumentException("context " + contextSpans + ", pending " + maxPending);
		}
	}
}
