package io.crosstrace.core.protocol.db;

/** The shape of PostgreSQL's messages: a letter, four bytes of length, a body. */
final class PostgresMessages {
	static final int HEAD = 5;
	private static final int MOST = 1 << 30;
	/** So many messages in a row are no accident; to follow them all would be costly, if every place is tried. */
	private static final int ENOUGH = 8;
	private static final String ASKING = "BCDEFHPQSXcdfp";
	private static final String ANSWERING = "123ACDEGHIKNRSTVWZcdnstv";

	private PostgresMessages() {
	}

	static int int32(byte[] in, int at) {
		return in[at] << 24 | (in[at + 1] & 0xff) << 16 | (in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff;
	}

	/** Length with the letter; -1 if there can be none such. */
	static long length(byte[] in, int at) {
		int length = int32(in, at + 1);
		return length < 4 || length > MOST ? -1 : length + 1L;
	}

	static boolean asking(byte letter) {
		return ASKING.indexOf(letter) >= 0;
	}

	static boolean answering(byte letter) {
		return ANSWERING.indexOf(letter) >= 0;
	}

	/** The end of the message at {@code at} if it is all there, else -1. */
	static int end(byte[] in, int at, int to) {
		if (to - at < HEAD) {
			return -1;
		}
		long length = length(in, at);
		return length < 0 || length > to - at ? -1 : (int) (at + length);
	}

	/** Whether the bytes are two whole messages or more of a client, to the last byte, the last of them a Sync; or many. */
	static boolean asks(byte[] in, int from, int to) {
		int messages = 0;
		int last = from;
		int at = from;
		while (at >= 0 && at < to) {
			if (!asking(in[at])) {
				return false;
			}
			if (messages == ENOUGH) {
				return true;
			}
			last = at;
			at = end(in, at, to);
			messages++;
		}
		return at == to && messages > 1 && (in[last] == 'S' || in[last] == 'H') && to - last == HEAD;
	}

	/** Whether the bytes are messages of a server that end where it says that it is ready. */
	static boolean answers(byte[] in, int from, int to) {
		if (!ready(in, from, to)) {
			return false;
		}
		int at = from;
		for (int messages = 0; messages < ENOUGH && at >= 0 && at < to; messages++) {
			if (!answering(in[at])) {
				return false;
			}
			at = end(in, at, to);
		}
		return at >= 0;
	}

	/** Whether the bytes end with ReadyForQuery. */
	static boolean ready(byte[] in, int from, int to) {
		int at = to - HEAD - 1;
		return at >= from && in[at] == 'Z' && int32(in, at + 1) == 5
				&& (in[to - 1] == 'I' || in[to - 1] == 'T' || in[to - 1] == 'E');
	}
}
