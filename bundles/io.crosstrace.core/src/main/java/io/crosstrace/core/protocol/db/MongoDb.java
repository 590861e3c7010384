package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * MongoDB's wire protocol: OP_MSG, and of its forerunners what drivers still greet with.
 * <pre>
 *  0        4            8            12       16 (little endian)
 *  +--------+------------+------------+--------+--------
 *  | length | request id | answer to  | opcode | body
 *  +--------+------------+------------+--------+--------
 * </pre>
 */
public final class MongoDb implements Protocol {
	static final int REPLY = 1;
	static final int QUERY = 2004;
	static final int COMPRESSED = 2012;
	static final int MSG = 2013;
	static final int HEAD = 16;
	static final int LOOK = 1 << 14;
	private static final int MAX_FRAME = 48_000_000 + (1 << 16);
	/** Flags that may be set: checksum, more to come, exhaust allowed. */
	private static final int FLAGS = 1 | 2 | 1 << 16;

	private static final byte[][] SILENT = ascii("hello", "isMaster", "ismaster", "saslStart", "saslContinue", "endSessions",
			"buildInfo");

	final ParserContext context;
	final Bson bson = new Bson();

	public MongoDb(ParserContext context) {
		this.context = context;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		if (to - from < HEAD + 5) {
			return plausible(in, from, to) && start ? Sniffed.MAYBE : Sniffed.NO;
		}
		if (!plausible(in, from, to)) {
			return Sniffed.NO;
		}
		return Binary.little32(in, from + 8) == 0 ? Sniffed.REQUEST : Sniffed.ANSWER;
	}

	@Override
	public Parsers parsers(Link link) {
		MongoDbParser.Exhaust exhaust = new MongoDbParser.Exhaust();
		return new Parsers(new MongoDbParser(this, link, true, exhaust), new MongoDbParser(this, link, false, exhaust));
	}

	/** Whether a message can begin here, as far as can be seen. */
	static boolean plausible(byte[] in, int from, int to) {
		int there = to - from;
		if (there >= 4) {
			int length = Binary.little32(in, from);
			if (length < HEAD + 5 || length > MAX_FRAME) {
				return false;
			}
		}
		if (there >= 3 && in[from + 1] == 3 && (in[from] == 0x16 || in[from] == 0x17)) {
			return there >= HEAD && head(in, from, to); // rather TLS
		}
		return there < HEAD || head(in, from, to);
	}

	private static boolean head(byte[] in, int from, int to) {
		int length = Binary.little32(in, from);
		boolean answers = Binary.little32(in, from + 8) != 0;
		int there = to - from;
		switch (Binary.little32(in, from + 12)) {
		case MSG:
			if (there >= HEAD + 4 && (Binary.little32(in, from + HEAD) & ~FLAGS & 0xffff) != 0) {
				return false;
			}
			if (there < HEAD + 9) {
				return true;
			}
			int size = Binary.little32(in, from + HEAD + 5);
			return in[from + HEAD + 4] >= 0 && in[from + HEAD + 4] <= 1 && size >= 5 && size <= length - HEAD - 5;
		case QUERY:
			return !answers;
		case REPLY:
			return answers && length >= HEAD + 20;
		case COMPRESSED:
			if (there < HEAD + 9) {
				return true;
			}
			int original = Binary.little32(in, from + HEAD);
			return (original == MSG || original == QUERY || original == REPLY) && in[from + HEAD + 8] >= 0
					&& in[from + HEAD + 8] <= 3;
		default:
			return false;
		}
	}

	/** Whether a command keeps the connection, not the application, going. */
	static boolean silent(byte[] in, int from, int to) {
		for (byte[] name : SILENT) {
			if (to - from == name.length && Ascii.startsWith(in, from, to, name)) {
				return true;
			}
		}
		return false;
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[][] ascii(String... texts) {
		byte[][] bytes = new byte[texts.length][];
		for (int i = 0; i < texts.length; i++) {
			bytes[i] = ascii(texts[i]);
		}
		return bytes;
	}
}
