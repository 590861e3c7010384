package io.crosstrace.core.trace;

import io.crosstrace.core.span.SpanIds;

/** From longs other than 0 to ints of at least 0. Open addressing: 12 bytes a slot, at most half full. One thread. */
final class LongIntMap {
	static final int NONE = -1;

	private long[] keys = new long[64];
	private int[] values = new int[64];
	private int size;

	/** The value of a key, or {@link #NONE}. */
	int get(long key) {
		int slot = slot(keys, key);
		return keys[slot] == 0 ? NONE : values[slot];
	}

	void put(long key, int value) {
		if (key == 0) {
			throw new IllegalArgumentException("key 0");
		}
		int slot = slot(keys, key);
		if (keys[slot] == 0) {
			keys[slot] = key;
			size++;
		}
		values[slot] = value;
		if (size * 2 > keys.length) {
			grow();
		}
	}

	private void grow() {
		long[] oldKeys = keys;
		int[] oldValues = values;
		keys = new long[oldKeys.length * 2];
		values = new int[keys.length];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldKeys[i] != 0) {
				int slot = slot(keys, oldKeys[i]);
				keys[slot] = oldKeys[i];
				values[slot] = oldValues[i];
			}
		}
	}

	private static int slot(long[] keys, long key) {
		int mask = keys.length - 1;
		int slot = (int) SpanIds.mix64(key) & mask;
		while (keys[slot] != 0 && keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}
}
