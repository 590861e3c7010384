package io.crosstrace.ide.timeline;

import java.util.Arrays;
import java.util.BitSet;

/** Grows a list of bars, where one that touches the last melts into it. */
final class Bars {
	static final int[] NONE = new int[0];

	private int[] pairs = NONE;
	private int size;

	/** @param x not left of what was added before */
	void add(int x, int width) {
		if (width == 0) {
			return;
		}
		if (size > 0 && x <= pairs[size - 2] + pairs[size - 1]) {
			pairs[size - 1] = Math.max(pairs[size - 1], x + width - pairs[size - 2]);
			return;
		}
		if (size == pairs.length) {
			pairs = Arrays.copyOf(pairs, Math.max(4, size * 2));
		}
		pairs[size++] = x;
		pairs[size++] = width;
	}

	/** Pairs of x and width. */
	int[] pairs() {
		return Arrays.copyOf(pairs, size);
	}

	/** One bar for each run of set bits. */
	static int[] of(BitSet lit) {
		Bars bars = new Bars();
		for (int x = lit.nextSetBit(0); x >= 0; x = lit.nextSetBit(lit.nextClearBit(x))) {
			bars.add(x, lit.nextClearBit(x) - x);
		}
		return bars.pairs();
	}
}
