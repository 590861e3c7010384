package io.crosstrace.core.protocol;

/**
 * Whose messages the last bytes received on a connection were: what tells, from a byte, the span that whoever read it
 * was then busy with. Remembers the last few beginnings and ends; older bytes have no answer.
 */
final class LastReceived {
	private static final int KEPT = 4;

	private final long[] from = new long[KEPT];
	private final long[] span = new long[KEPT];
	private int next;

	/** From this byte on, until the next call, it is the message of that span. Offsets do not fall. */
	void add(long offset, long spanId) {
		int latest = (next + KEPT - 1) % KEPT;
		if (span[latest] == spanId) {
			return;
		}
		from[next] = offset;
		span[next] = spanId;
		next = (next + 1) % KEPT;
	}

	/** 0 if not known. */
	long at(long offset) {
		for (int i = 1; i <= KEPT; i++) {
			int at = (next + KEPT - i) % KEPT;
			if (span[at] != 0 && from[at] <= offset) {
				return span[at];
			}
		}
		return 0;
	}
}
