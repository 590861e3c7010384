package io.crosstrace.core.trace;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How far hosts' clocks are apart, from calls seen at both ends. A request arrives after it was sent and its answer
 * leaves before it arrives, so every call narrows the offset of the two clocks to an interval; intervals of one
 * minute are intersected. Clocks are taken for equal as long as the interval allows it: an offset is only ever
 * applied when some span would otherwise begin before its cause.
 *
 * <p>One thread. Memory: one entry for each pair of hosts that talk.
 */
public final class ClockSkew {
	private static final long MAX_AGE_NANOS = 60_000_000_000L;

	private final Map<Long, Pair> pairs = new HashMap<>();
	private int maxHost;

	/** What is known of one pair: the called host's clock minus the calling one's lies in [low, high]. */
	private static final class Pair {
		long low;
		long high;
		long sinceNanos;
	}

	/** Nanoseconds to take from a host's times; immutable, any thread. */
	public static final class Offsets {
		/** All clocks alike. */
		public static final Offsets NONE = new Offsets(new long[0]);

		private final long[] offsets;

		private Offsets(long[] offsets) {
			this.offsets = offsets;
		}

		/** How far this host's clock is ahead of the reference host's; 0 for a host never seen. */
		public long ahead(int host) {
			return host >= 0 && host < offsets.length ? offsets[host] : 0;
		}
	}

	/**
	 * Takes in one call seen at both ends, times as each host's clock wrote them. Ignored if both are one host or
	 * if the times cannot be of one call (the server took longer than the client waited).
	 */
	public void sample(int clientHost, int serverHost, long sentNanos, long receivedNanos, long answeredNanos,
			long doneNanos) {
		long low = answeredNanos - doneNanos;
		long high = receivedNanos - sentNanos;
		if (clientHost == serverHost || low > high || doneNanos == 0 || answeredNanos == 0) {
			return;
		}
		boolean turned = clientHost > serverHost; // a pair is kept once, seen from the lower id
		if (turned) {
			long swap = low;
			low = -high;
			high = -swap;
		}
		int a = Math.min(clientHost, serverHost);
		int b = Math.max(clientHost, serverHost);
		maxHost = Math.max(maxHost, b);
		Pair pair = pairs.computeIfAbsent((long) a << 32 | b, key -> new Pair());
		boolean stale = sentNanos - pair.sinceNanos > MAX_AGE_NANOS || pair.sinceNanos == 0;
		if (stale || Math.max(low, pair.low) > Math.min(high, pair.high)) { // clocks drifted or were set
			pair.low = low;
			pair.high = high;
			pair.sinceNanos = sentNanos;
		} else {
			pair.low = Math.max(low, pair.low);
			pair.high = Math.min(high, pair.high);
		}
	}

	/** The best answer so far; the lowest host id of each group of hosts that talk is the reference. */
	public Offsets offsets() {
		if (pairs.values().stream().allMatch(pair -> offset(pair) == 0)) {
			return Offsets.NONE;
		}
		long[] offsets = new long[maxHost + 1];
		boolean[] known = new boolean[maxHost + 1];
		int[] hosts = pairs.keySet().stream().mapToInt(key -> (int) (key >> 32)).sorted().distinct().toArray();
		ArrayDeque<Integer> next = new ArrayDeque<>();
		for (int reference : hosts) {
			if (known[reference]) {
				continue;
			}
			known[reference] = true;
			next.add(reference);
			while (!next.isEmpty()) {
				int from = next.remove();
				pairs.forEach((key, pair) -> {
					int a = (int) (key >> 32);
					int b = key.intValue();
					if (a == from && !known[b]) {
						offsets[b] = offsets[a] + offset(pair);
						known[b] = true;
						next.add(b);
					} else if (b == from && !known[a]) {
						offsets[a] = offsets[b] - offset(pair);
						known[a] = true;
						next.add(a);
					}
				});
			}
		}
		return Arrays.stream(offsets).allMatch(offset -> offset == 0) ? Offsets.NONE : new Offsets(offsets);
	}

	private static long offset(Pair pair) {
		return pair.low <= 0 && pair.high >= 0 ? 0 : pair.low + (pair.high - pair.low) / 2;
	}
}
