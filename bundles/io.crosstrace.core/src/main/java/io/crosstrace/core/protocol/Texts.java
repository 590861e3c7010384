package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.crosstrace.core.span.Dictionary;

/**
 * Strings for byte ranges seen before, without allocating. A cache of fixed size: a newcomer takes the place
 * of whoever was there, so it may make a string twice but never grows. About 100 ns for a new text, 20 for a
 * known one.
 */
public final class Texts {
	/** Longer texts are cut: nobody reads a longer path, and a hostile one must not fill the memory. */
	public static final int MAX_BYTES = 1024;
	private static final String CUT = "…";

	private final byte[][] keys;
	private final String[] texts;
	private final int[] ids;
	private final int mask;
	private final byte[] digits = new byte[20];

	/** @param size entries, a power of two */
	public Texts(int size) {
		keys = new byte[size][];
		texts = new String[size];
		ids = new int[size];
		mask = size - 1;
	}

	public String text(byte[] in, int from, int to) {
		return texts[slot(in, from, to)];
	}

	/** The range's bytes, shared by all who ask: not to be changed. Cut like texts. */
	public byte[] bytes(byte[] in, int from, int to) {
		return keys[slot(in, from, to)];
	}

	/** The decimal digits of a number; 0 for a negative one. */
	public String number(long value) {
		int at = digits.length;
		long rest = Math.max(0, value);
		do {
			digits[--at] = (byte) ('0' + rest % 10);
			rest /= 10;
		} while (rest > 0);
		return text(digits, at, digits.length);
	}

	/** The id of the range's text in {@code names}, always the same dictionary. */
	public int id(byte[] in, int from, int to, Dictionary names) {
		int slot = slot(in, from, to);
		if (ids[slot] < 0) {
			ids[slot] = names.id(texts[slot]);
		}
		return ids[slot];
	}

	private int slot(byte[] in, int from, int to) {
		int end = Math.min(to, from + MAX_BYTES);
		int slot = (int) Ascii.hash(in, from, end) & mask;
		byte[] key = keys[slot];
		if (key == null || !Arrays.equals(key, 0, key.length, in, from, end)) {
			keys[slot] = Arrays.copyOfRange(in, from, end);
			String text = new String(in, from, end - from, StandardCharsets.UTF_8);
			texts[slot] = end < to ? text + CUT : text;
			ids[slot] = -1;
		}
		return slot;
	}
}
