package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Keeps the heads that are incomplete, for all connections together, within one budget. An idle connection
 * holds no buffer. Buffers are powers of two and used again. One thread.
 */
final class Buffers {
	private static final int SMALLEST_BITS = 8;
	private static final int LARGEST_BITS = 18;
	private static final int SPARE = 16;

	private final ByteBuffer[][] spare = new ByteBuffer[LARGEST_BITS + 1][SPARE];
	private final int[] spares = new int[LARGEST_BITS + 1];
	private final long budget;
	private long used;

	/** @param budget bytes in use at once; as much again may lie spare */
	Buffers(long budget) {
		this.budget = budget;
	}

	/** An empty buffer of at least {@code bytes}; null if that is too much. */
	ByteBuffer take(int bytes) {
		int bits = Math.max(SMALLEST_BITS, 32 - Integer.numberOfLeadingZeros(Math.max(1, bytes) - 1));
		if (bits > LARGEST_BITS || used + (1L << bits) > budget) {
			return null;
		}
		used += 1L << bits;
		return spares[bits] > 0 ? spare[bits][--spares[bits]] : ByteBuffer.allocate(1 << bits);
	}

	void give(ByteBuffer buffer) {
		used -= buffer.capacity();
		int bits = Integer.numberOfTrailingZeros(buffer.capacity());
		if (spares[bits] < SPARE) {
			spare[bits][spares[bits]++] = buffer.clear();
		}
	}

	long used() {
		return used;
	}
}
