package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Finds identifiers in the small body of a request: words with a digit in them, in JSON, forms, XML or any other text.
 * A call that carries one of them is likely to belong to that request. Nothing else is kept of a body.
 *
 * <p>Keeps bytes only of a body that comes in several pieces.
 */
final class BodyWords {
	/** A longer body is passed over: it is data, and would hold all identifiers there are. */
	static final int MOST_BYTES = 1024;
	private static final int LONGEST_WORD = 64;

	private byte[] kept = {};
	private int size;
	private boolean wanted;

	/** A body of {@code length} bytes begins. */
	void begin(long length) {
		size = 0;
		wanted = length <= MOST_BYTES;
	}

	boolean wanted() {
		return wanted;
	}

	/** A piece of it, which is not the last. */
	void piece(ByteBuffer in, int bytes) {
		if (!wanted) {
			return;
		}
		if (kept.length == 0) {
			kept = new byte[MOST_BYTES];
		}
		System.arraycopy(in.array(), in.arrayOffset() + in.position(), kept, size, bytes);
		size += bytes;
	}

	/** A piece will never be seen. */
	void hole() {
		wanted = false;
	}

	/** The last piece: gives what was found to the message. */
	void end(ByteBuffer in, int bytes, Message to, long salt) {
		if (!wanted) {
			return;
		}
		if (size == 0) {
			find(in.array(), in.arrayOffset() + in.position(), in.arrayOffset() + in.position() + bytes, to, salt);
		} else {
			piece(in, bytes);
			find(kept, 0, size, to, salt);
		}
		wanted = false;
	}

	/** Gives each element of a list, such as the value of a parameter: "7,8" and "7%2C8" have two. */
	static void list(byte[] text, int from, int to, RouteTemplate.Ids ids) {
		int start = from;
		for (int at = from; at <= to; at++) {
			boolean escaped = at + 2 < to && text[at] == '%' && text[at + 1] == '2' && (text[at + 2] | 0x20) == 'c';
			if (at == to || text[at] == ',' || escaped) {
				if (at > start) {
					ids.id(start, at);
				}
				at += escaped ? 2 : 0;
				start = at + 1;
			}
		}
	}

	/** Gives a message every identifier in a text. */
	static void find(byte[] text, int from, int to, Message message, long salt) {
		int start = from;
		boolean digit = false;
		for (int at = from; at <= to; at++) {
			byte c = at < to ? text[at] : 0;
			if (Ascii.digit(c)) {
				digit = true;
			} else if (!Ascii.letter(c) && c != '-' && c != '_') {
				if (digit && at - start <= LONGEST_WORD) {
					message.token(Message.tokenHash(text, start, at, salt));
				}
				if (c == 0 && at < to) {
					return; // no text
				}
				start = at + 1;
				digit = false;
			}
		}
	}
}
