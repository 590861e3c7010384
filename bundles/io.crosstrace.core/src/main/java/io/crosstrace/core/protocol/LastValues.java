package io.crosstrace.core.protocol;

import java.util.Arrays;

import io.crosstrace.core.span.Dictionary;

/**
 * Ids of attribute values that are the same, row after row, without looking them up: the method, the host, the port.
 * Compares references, which {@link Texts} makes alike for alike bytes; others are looked up, so it is never wrong.
 */
final class LastValues {
	private static final int SIZE = 128; // keys are dense; two that share a place take turns

	private final String[] texts = new String[SIZE];
	private final int[] ids = new int[SIZE];
	private Dictionary values;

	/** The id of {@code text} in {@code in}, as the value of an attribute. */
	int id(Dictionary in, int key, String text) {
		if (in != values) {
			values = in;
			Arrays.fill(texts, null);
		}
		int slot = key & SIZE - 1;
		if (texts[slot] != text) {
			ids[slot] = in.id(text);
			texts[slot] = text;
		}
		return ids[slot];
	}
}
