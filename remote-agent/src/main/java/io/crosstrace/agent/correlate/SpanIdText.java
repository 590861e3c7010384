package io.crosstrace.agent.correlate;

import java.util.HashMap;
import java.util.Map;

import io.crosstrace.core.span.SpanIds;

/**
 * Span ids of a file as longs, and back. Ids of up to 16 lower-case hexadecimal digits, all as long as the
 * first, cost nothing; others are hashed and remembered. One thread at a time.
 */
final class SpanIdText {
	private final Map<Long, String> odd = new HashMap<>();
	private int width;

	/** Empty gives 0. */
	long id(String text) {
		if (text == null || text.isEmpty()) {
			return 0;
		}
		if (width == 0 && plain(text)) {
			width = text.length();
		}
		if (text.length() == width && plain(text)) {
			long id = Long.parseUnsignedLong(text, 16);
			if (id != 0) {
				return id;
			}
		}
		long hash = text.length();
		for (int i = 0; i < text.length(); i++) {
			hash = SpanIds.mix64(hash + text.charAt(i));
		}
		odd.putIfAbsent(hash, text);
		return hash;
	}

	/** Ids are OTLP's, of 16 digits. */
	void wide() {
		width = 16;
	}

	String text(long id) {
		if (id == 0) {
			return "";
		}
		String text = odd.get(id);
		if (text != null) {
			return text;
		}
		String hex = Long.toHexString(id);
		return hex.length() >= width ? hex : "0".repeat(width - hex.length()) + hex;
	}

	private static boolean plain(String text) {
		if (text.length() > 16) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
				return false;
			}
		}
		return true;
	}
}
