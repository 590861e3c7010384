package io.crosstrace.core.correlate;

import java.util.Arrays;

/** Weights by long key. One thread at a time. */
final class Counts {
	private final LongIntMap slots = new LongIntMap();
	private float[] weights = new float[64];

	void add(long key, float weight) {
		int slot = slots.number(key);
		if (slot == weights.length) {
			weights = Arrays.copyOf(weights, slot * 2);
		}
		weights[slot] += weight;
	}

	/** 0 for a key never added. */
	float get(long key) {
		int slot = slots.find(key);
		return slot < 0 ? 0 : weights[slot];
	}

	void forget(float keep) {
		for (int i = 0; i < slots.size(); i++) {
			weights[i] *= keep;
		}
	}
}
