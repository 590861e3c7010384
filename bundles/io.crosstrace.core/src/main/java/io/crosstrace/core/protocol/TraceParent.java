package io.crosstrace.core.protocol;

/** Reads a W3C traceparent header: {@code 00-<32 hex trace id>-<16 hex parent id>-<2 hex flags>}. */
public final class TraceParent {
	private static final int LENGTH = 55;

	private TraceParent() {
	}

	/** Fills the trace columns of {@code message}; leaves them alone if the header is not valid. */
	public static void read(byte[] in, int from, int to, Message message) {
		boolean future = to - from > LENGTH && in[from + LENGTH] == '-'; // later versions may append fields
		if (to - from != LENGTH && !future || in[from + 2] != '-' || in[from + 35] != '-' || in[from + 52] != '-'
				|| !hex(in, from, 2) || !hex(in, from + 3, 32) || !hex(in, from + 36, 16) || !hex(in, from + 53, 2)) {
			return;
		}
		long version = value(in, from, 2);
		long high = value(in, from + 3, 16);
		long low = value(in, from + 19, 16);
		long parent = value(in, from + 36, 16);
		if (version == 0xff || version == 0 && future || (high | low) == 0 || parent == 0) {
			return;
		}
		message.traceHigh = high;
		message.traceLow = low;
		message.traceParent = parent;
	}

	private static boolean hex(byte[] in, int from, int digits) {
		for (int i = from; i < from + digits; i++) {
			if (Ascii.hexDigit(in[i]) < 0 || in[i] >= 'A' && in[i] <= 'F') {
				return false; // the standard says lower case
			}
		}
		return true;
	}

	private static long value(byte[] in, int from, int digits) {
		long value = 0;
		for (int i = from; i < from + digits; i++) {
			value = value << 4 | Ascii.hexDigit(in[i]);
		}
		return value;
	}
}
