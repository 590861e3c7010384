package io.crosstrace.core.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a frame's head says, and whether bytes can be one (RFC 9113, section 4). */
final class Frame {
	static final int HEAD = 9;
	static final int DATA = 0;
	static final int HEADERS = 1;
	static final int PRIORITY = 2;
	static final int RST_STREAM = 3;
	static final int SETTINGS = 4;
	static final int PUSH_PROMISE = 5;
	static final int PING = 6;
	static final int GOAWAY = 7;
	static final int WINDOW_UPDATE = 8;
	static final int CONTINUATION = 9;

	static final int END_STREAM = 1;
	static final int END_HEADERS = 4;
	static final int PADDED = 8;
	static final int PRIORITIZED = 0x20;

	static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
	/** The largest frame that both sides take unless they agree on more. */
	static final int USUAL = 1 << 14;

	/** So many frames in a row are no accident. */
	private static final int ENOUGH = 8;

	private Frame() {
	}

	static int length(byte[] in, int at) {
		return (in[at] & 0xff) << 16 | (in[at + 1] & 0xff) << 8 | in[at + 2] & 0xff;
	}

	static int type(byte[] in, int at) {
		return in[at + 3] & 0xff;
	}

	static int flags(byte[] in, int at) {
		return in[at + 4] & 0xff;
	}

	static int stream(byte[] in, int at) {
		return int32(in, at + 5) & 0x7fffffff;
	}

	static int int32(byte[] in, int at) {
		return in[at] << 24 | (in[at + 1] & 0xff) << 16 | (in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff;
	}

	/** Whether the 9 bytes can be a frame's head. Types that are not known are taken as what comes after the RFC. */
	static boolean right(byte[] in, int at) {
		int length = length(in, at);
		int flags = flags(in, at);
		int stream = int32(in, at + 5);
		if (stream < 0) {
			return false;
		}
		return switch (type(in, at)) {
		case DATA -> stream != 0 && (flags & ~(END_STREAM | PADDED)) == 0;
		case HEADERS -> stream != 0 && length > 0
				&& (flags & ~(END_STREAM | END_HEADERS | PADDED | PRIORITIZED)) == 0;
		case PRIORITY -> stream != 0 && length == 5;
		case RST_STREAM -> stream != 0 && length == 4;
		case SETTINGS -> stream == 0 && length % 6 == 0 && flags <= 1 && (flags == 0 || length == 0);
		case PUSH_PROMISE -> stream != 0 && length > 4 && (flags & ~(END_HEADERS | PADDED)) == 0;
		case PING -> stream == 0 && length == 8 && flags <= 1;
		case GOAWAY -> stream == 0 && length >= 8;
		case WINDOW_UPDATE -> length == 4 && flags == 0;
		case CONTINUATION -> stream != 0 && (flags & ~END_HEADERS) == 0;
		default -> type(in, at) <= 0x20;
		};
	}

	/** As {@link #right}, where nothing else says that a frame begins here. */
	static boolean likely(byte[] in, int at) {
		return length(in, at) <= USUAL && type(in, at) <= CONTINUATION && right(in, at);
	}

	/**
	 * Whether frames follow one another from {@code at} to {@code to}: at least one that is whole, and the last
	 * may be cut.
	 */
	static boolean chain(byte[] in, int at, int to) {
		int i = at;
		int whole = 0;
		while (to - i >= HEAD && whole < ENOUGH) {
			if (!likely(in, i)) {
				return false;
			}
			i += HEAD + length(in, i);
			whole += i <= to ? 1 : 0;
		}
		return whole > 1 || whole == 1 && i == to;
	}

	/** Whether [at, to), at most 24 bytes, is how a client begins, as far as it goes. */
	static boolean preface(byte[] in, int at, int to) {
		return Arrays.equals(PREFACE, 0, to - at, in, at, to);
	}
}
