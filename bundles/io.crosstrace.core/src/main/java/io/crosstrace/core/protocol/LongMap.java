package io.crosstrace.core.protocol;

import java.util.function.Consumer;

import io.crosstrace.core.span.SpanIds;

/** A hash map with long keys and no boxing. One thread; allocates only when it grows, and shrinks never. */
public final class LongMap<V> {
	private long[] keys = new long[64];
	private Object[] values = new Object[64];
	private int size;

	public int size() {
		return size;
	}

	@SuppressWarnings("unchecked")
	public V get(long key) {
		return (V) values[slot(key)];
	}

	/** @param value not null */
	public void put(long key, V value) {
		int slot = slot(key);
		if (values[slot] == null) {
			if (++size * 2 > keys.length) {
				grow();
				slot = slot(key);
			}
			keys[slot] = key;
		}
		values[slot] = value;
	}

	public void remove(long key) {
		int hole = slot(key);
		if (values[hole] == null) {
			return;
		}
		size--;
		values[hole] = null;
		int mask = keys.length - 1;
		for (int i = hole + 1 & mask; values[i] != null; i = i + 1 & mask) {
			int home = (int) SpanIds.mix64(keys[i]) & mask;
			if ((i - home & mask) >= (i - hole & mask)) { // it may move back to the hole without passing its home
				keys[hole] = keys[i];
				values[hole] = values[i];
				values[i] = null;
				hole = i;
			}
		}
	}

	/** The map must not be changed meanwhile. */
	@SuppressWarnings("unchecked")
	public void forEach(Consumer<V> action) {
		for (Object value : values) {
			if (value != null) {
				action.accept((V) value);
			}
		}
	}

	private int slot(long key) {
		int mask = keys.length - 1;
		int slot = (int) SpanIds.mix64(key) & mask;
		while (values[slot] != null && keys[slot] != key) {
			slot = slot + 1 & mask;
		}
		return slot;
	}

	private void grow() {
		long[] oldKeys = keys;
		Object[] oldValues = values;
		keys = new long[oldKeys.length * 2];
		values = new Object[keys.length];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldValues[i] != null) {
				int slot = slot(oldKeys[i]);
				keys[slot] = oldKeys[i];
				values[slot] = oldValues[i];
			}
		}
	}
}
