package io.crosstrace.core.correlate;

import java.util.Arrays;

/** Numbers long keys densely in order of first sight: open addressing, no boxing. One thread at a time. */
final class LongIntMap {
	private long[] keys = new long[64];
	private int[] values = new int[64];
	private int size;

	LongIntMap() {
		Arrays.fill(values, -1);
	}

	/** The number of {@code key}, or -1. */
	int find(long key) {
		int mask = keys.length - 1;
		for (int at = slot(key, mask); values[at] >= 0; at = at + 1 & mask) {
			if (keys[at] == key) {
				return values[at];
			}
		}
		return -1;
	}

	/** The number of {@code key}, the next free one on first sight. */
	int number(long key) {
		int found = find(key);
		if (found >= 0) {
			return found;
		}
		if (size * 2 >= keys.length) {
			grow();
		}
		put(key, size);
		return size++;
	}

	int size() {
		return size;
	}

	private void put(long key, int value) {
		int mask = keys.length - 1;
		int at = slot(key, mask);
		while (values[at] >= 0) {
			at = at + 1 & mask;
		}
		keys[at] = key;
		values[at] = value;
	}

	private void grow() {
		long[] oldKeys = keys;
		int[] oldValues = values;
		keys = new long[oldKeys.length * 2];
		values = new int[oldKeys.length * 2];
		Arrays.fill(values, -1);
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldValues[i] >= 0) {
				put(oldKeys[i], oldValues[i]);
			}
		}
	}

	private static int slot(long key, int mask) {
		long hash = key * 0x9E3779B97F4A7C15L;
		return (int) (hash ^ hash >>> 32) & mask;
	}
}
