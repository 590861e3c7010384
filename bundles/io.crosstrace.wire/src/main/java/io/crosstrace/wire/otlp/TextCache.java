package io.crosstrace.wire.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import io.crosstrace.core.span.Dictionary;

/**
 * Finds a dictionary's id of UTF-8 bytes without making a string, where the same bytes were asked for lately. Keeps
 * one text a slot, so memory is bounded whatever a file holds. One thread.
 */
final class TextCache {
	private static final int LONGEST = 256;

	private final Dictionary dictionary;
	private final byte[][] texts;
	private final int[] ids;

	/** @param slots a power of two */
	TextCache(Dictionary dictionary, int slots) {
		this.dictionary = dictionary;
		texts = new byte[slots][];
		ids = new int[slots];
	}

	int id(byte[] bytes, int from, int to) {
		int length = to - from;
		if (length == 0) {
			return 0;
		}
		if (length > LONGEST) {
			return dictionary.id(new String(bytes, from, length, StandardCharsets.UTF_8));
		}
		int hash = length;
		for (int i = from; i < to; i++) {
			hash = 31 * hash + bytes[i];
		}
		int slot = (hash ^ hash >>> 15) & texts.length - 1;
		byte[] known = texts[slot];
		if (known != null && Arrays.equals(known, 0, known.length, bytes, from, to)) {
			return ids[slot];
		}
		int id = dictionary.id(new String(bytes, from, length, StandardCharsets.UTF_8));
		if (known == null || known.length != length) {
			known = new byte[length];
			texts[slot] = known;
		}
		System.arraycopy(bytes, from, known, 0, length);
		ids[slot] = id;
		return id;
	}
}
