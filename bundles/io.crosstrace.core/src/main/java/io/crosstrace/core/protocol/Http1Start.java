package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;

/** Tells whether bytes can be the start of an HTTP/1 message: for sniffing, and to find one's place again. */
final class Http1Start {
	static final int NO = 0;
	static final int YES = 1;
	/** They may be, but there are too few to say. */
	static final int MAYBE = 2;

	private static final byte[][] METHODS = ascii("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ",
			"TRACE ", "PATCH ", "QUERY ", "PROPFIND ", "PROPPATCH ", "MKCOL ", "COPY ", "MOVE ", "LOCK ", "UNLOCK ",
			"REPORT ", "SEARCH ", "PURGE ", "LINK ", "UNLINK ", "MKACTIVITY ", "CHECKOUT ", "MERGE ", "NOTIFY ",
			"SUBSCRIBE ", "UNSUBSCRIBE ");
	private static final byte[] VERSION = ascii("HTTP/1.")[0];
	private static final byte[] ABSOLUTE = ascii("http")[0];
	private static final int VERSION_LENGTH = 8;

	private Http1Start() {
	}

	/** "HTTP/1.1 200": the status must follow at once. */
	static int answer(byte[] in, int from, int to) {
		int seen = Math.min(to - from, VERSION.length);
		for (int i = 0; i < seen; i++) {
			if (in[from + i] != VERSION[i]) {
				return NO;
			}
		}
		for (int i = VERSION.length; i < 12 && from + i < to; i++) {
			boolean right = i == 8 ? in[from + i] == ' ' : Ascii.digit(in[from + i]);
			if (!right || i == 9 && (in[from + i] < '1' || in[from + i] > '9')) {
				return NO;
			}
		}
		if (to - from < 12) {
			return MAYBE;
		}
		return to - from == 12 || in[from + 12] == ' ' || in[from + 12] == '\r' || in[from + 12] == '\n' ? YES : NO;
	}

	/** "GET /...": a known method and a target; if the line's end is in sight, it must be a version. */
	static int request(byte[] in, int from, int to) {
		int target = target(in, from, to);
		if (target < 0) {
			return -target - 1; // NO or MAYBE
		}
		if (target == to) {
			return MAYBE;
		}
		byte first = in[target];
		boolean plausible = first == '/' || first == '*' || Ascii.letter(first) || Ascii.digit(first) || first == '[';
		if (!plausible) {
			return NO;
		}
		if (first != '/' && first != '*' && in[from] != 'C' // only CONNECT names a host and nothing else
				&& !Ascii.startsWith(in, target, to, ABSOLUTE)) {
			return to - target < ABSOLUTE.length ? MAYBE : NO;
		}
		int lf = Ascii.indexOf(in, target, to, (byte) '\n');
		if (lf < 0) {
			return YES;
		}
		int end = in[lf - 1] == '\r' ? lf - 1 : lf;
		return end - target > VERSION_LENGTH && in[end - VERSION_LENGTH - 1] == ' '
				&& Ascii.startsWith(in, end - VERSION_LENGTH, end, VERSION) && Ascii.digit(in[end - 1]) ? YES : NO;
	}

	/** Index of the target behind a known method; -NO - 1 or -MAYBE - 1 if there is none. */
	private static int target(byte[] in, int from, int to) {
		int answer = NO;
		for (byte[] method : METHODS) {
			if (in[from] != method[0]) {
				continue;
			}
			int seen = Math.min(to - from, method.length);
			int same = 1;
			while (same < seen && in[from + same] == method[same]) {
				same++;
			}
			if (same == method.length) {
				return from + same;
			}
			if (same == to - from) {
				answer = MAYBE;
			}
		}
		return -answer - 1;
	}

	private static byte[][] ascii(String... texts) {
		byte[][] bytes = new byte[texts.length][];
		for (int i = 0; i < texts.length; i++) {
			bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
		}
		return bytes;
	}
}
