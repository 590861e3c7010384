package io.crosstrace.core.trace;

import io.crosstrace.core.span.IntColumn;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * Pairs the two ends of a call when no span id came across: same 4-tuple, same TCP sequence number, nearly the same
 * time. A sequence number comes back after 4 GiB, so among equal ones the nearest in time is taken.
 *
 * <p>Rows without {@link SpanTable#tuple} are left alone. About 30 bytes a row; one hash lookup, then as many
 * steps as there are rows of that very tuple and sequence. One thread.
 */
public final class WireJoin {
	/** No row of the other end is known. */
	public static final int NONE = -1;
	/** How far two hosts' clocks may be apart. */
	static final long TOLERANCE_NANOS = 10_000_000_000L;

	private final SpanTable spans;
	private final LongIntMap lastCall = new LongIntMap();
	private final LongIntMap lastRequest = new LongIntMap();
	private final IntColumn beforeOfSameKey = new IntColumn();

	/** @param spans the table whose rows are joined */
	public WireJoin(SpanTable spans) {
		this.spans = spans;
	}

	/** Remembers a row, once, and answers the row of the other end nearest in time, or {@link #NONE}. */
	public int add(int row) {
		if (spans.tuple.get(row) == 0) {
			return NONE;
		}
		boolean request = spans.isRequest(row);
		LongIntMap own = request ? lastRequest : lastCall;
		long key = key(row);
		beforeOfSameKey.set(row, own.get(key) + 1);
		own.put(key, row);
		return other(row);
	}

	/** The row of the other end among those remembered, or {@link #NONE}. */
	public int other(int row) {
		if (spans.tuple.get(row) == 0) {
			return NONE;
		}
		LongIntMap others = spans.isRequest(row) ? lastCall : lastRequest;
		int best = NONE;
		long bestDistance = TOLERANCE_NANOS + 1;
		for (int at = others.get(key(row)); at != NONE; at = beforeOfSameKey.get(at) - 1) {
			long distance = Math.abs(spans.startNanos.get(at) - spans.startNanos.get(row));
			if (distance < bestDistance && same(at, row)) {
				best = at;
				bestDistance = distance;
			}
		}
		return best;
	}

	private boolean same(int a, int b) {
		return spans.tuple.get(a) == spans.tuple.get(b) && spans.sequence.get(a) == spans.sequence.get(b);
	}

	private long key(int row) {
		long key = SpanIds.mix64(spans.tuple.get(row) + spans.sequence.get(row) * 0x9E3779B97F4A7C15L);
		return key == 0 ? 1 : key;
	}
}
