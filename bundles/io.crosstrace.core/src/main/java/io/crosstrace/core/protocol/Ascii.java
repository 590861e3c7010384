package io.crosstrace.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.crosstrace.core.span.SpanIds;

/** Reads of byte arrays without making strings. Ranges are [from, to), and are the caller's to check. */
public final class Ascii {
	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
	private static final long LOW = 0x0101010101010101L;
	private static final long HIGH = 0x8080808080808080L;

	private Ascii() {
	}

	/** The first index of {@code wanted}, or -1. Eight bytes a step. */
	public static int indexOf(byte[] in, int from, int to, byte wanted) {
		long pattern = LOW * (wanted & 0xff);
		int i = from;
		for (; i + 8 <= to; i += 8) {
			long x = (long) LONG.get(in, i) ^ pattern;
			long zero = (x - LOW) & ~x & HIGH;
			if (zero != 0) {
				return i + (Long.numberOfTrailingZeros(zero) >>> 3);
			}
		}
		for (; i < to; i++) {
			if (in[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/** Not for hostile keys unless salted afterwards. */
	public static long hash(byte[] in, int from, int to) {
		long h = 0x9E3779B97F4A7C15L + (to - from);
		int i = from;
		for (; i + 8 <= to; i += 8) {
			h = SpanIds.mix64(h ^ (long) LONG.get(in, i));
		}
		long rest = 0;
		for (; i < to; i++) {
			rest = rest << 8 | in[i] & 0xff;
		}
		return SpanIds.mix64(h ^ rest);
	}

	/** Whether the range is {@code lower}, in any case. {@code lower} has no upper-case letters. */
	public static boolean equalsIgnoreCase(byte[] in, int from, int to, byte[] lower) {
		if (to - from != lower.length) {
			return false;
		}
		for (int i = 0; i < lower.length; i++) {
			if (lower(in[from + i]) != lower[i]) {
				return false;
			}
		}
		return true;
	}

	/** Whether {@code text}'s bytes are at {@code from}. */
	public static boolean startsWith(byte[] in, int from, int to, byte[] text) {
		if (to - from < text.length) {
			return false;
		}
		for (int i = 0; i < text.length; i++) {
			if (in[from + i] != text[i]) {
				return false;
			}
		}
		return true;
	}

	/** Whether {@code lower} is somewhere in the range, in any case. */
	public static boolean containsIgnoreCase(byte[] in, int from, int to, byte[] lower) {
		for (int i = from; i + lower.length <= to; i++) {
			if (equalsIgnoreCase(in, i, i + lower.length, lower)) {
				return true;
			}
		}
		return false;
	}

	public static int lower(int c) {
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	}

	public static boolean digit(int c) {
		return c >= '0' && c <= '9';
	}

	public static boolean letter(int c) {
		int l = c | 0x20;
		return l >= 'a' && l <= 'z';
	}

	/** 0 to 15, or -1. */
	public static int hexDigit(int c) {
		if (digit(c)) {
			return c - '0';
		}
		int l = c | 0x20;
		return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
	}

	/** An unsigned decimal of 1 to 18 digits; -1 for anything else. */
	public static long decimal(byte[] in, int from, int to) {
		if (from >= to || to - from > 18) {
			return -1;
		}
		long value = 0;
		for (int i = from; i < to; i++) {
			if (!digit(in[i])) {
				return -1;
			}
			value = value * 10 + in[i] - '0';
		}
		return value;
	}
}
