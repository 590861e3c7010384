package io.crosstrace.core.protocol.rpc;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * Dubbo's own protocol ("dubbo://"), with Hessian 2 or Fastjson 2 inside.
 * <pre>
 *  0       2       3        4            12       16
 *  +-------+-------+--------+------------+--------+------
 *  | magic | flags | status | request id | length | body
 *  +-------+-------+--------+------------+--------+------
 * </pre>
 */
public final class Dubbo implements Protocol {
	static final int HEAD = 16;
	static final int LOOK = 1 << 13;
	static final int REQUEST = 0x80;
	static final int TWO_WAY = 0x40;
	static final int EVENT = 0x20;
	static final int SERIALIZATION = 0x1f;
	static final int OK = 20;
	private static final int HESSIAN = 2;
	private static final int FASTJSON = 23;
	private static final byte MAGIC_HIGH = (byte) 0xda;
	private static final byte MAGIC_LOW = (byte) 0xbb;
	private static final int MAX_BODY = 1 << 26;

	final ParserContext context;
	final Fields fields = new Fields();

	public Dubbo(ParserContext context) {
		this.context = context;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		if (!plausible(in, from, to)) {
			return Sniffed.NO;
		}
		return to - from < HEAD ? Sniffed.MAYBE : (in[from + 2] & REQUEST) != 0 ? Sniffed.REQUEST : Sniffed.ANSWER;
	}

	@Override
	public Parsers parsers(Link link) {
		return new Parsers(new DubboParser(this), new DubboParser(this)); // either side may ask
	}

	/** Whether a message can begin here, as far as can be seen. */
	static boolean plausible(byte[] in, int from, int to) {
		if (in[from] != MAGIC_HIGH || to - from > 1 && in[from + 1] != MAGIC_LOW) {
			return false;
		}
		if (to - from < HEAD) {
			return true;
		}
		int length = Binary.int32(in, from + 12);
		boolean status = (in[from + 2] & REQUEST) != 0 ? in[from + 3] == 0 : in[from + 3] > 0 && in[from + 3] <= 110;
		return length >= 0 && length <= MAX_BODY && status && (in[from + 2] & SERIALIZATION) != 0;
	}

	/** Sets the fields' range to the string that comes next; false if there is none that can be read. */
	static boolean string(Fields in, int serialization) {
		return switch (serialization) {
		case HESSIAN -> hessian(in);
		case FASTJSON -> fastjson(in);
		default -> false;
		};
	}

	/** The number that comes next, if it is a small one; -1 else. */
	static int number(Fields in, int serialization) {
		if (serialization == HESSIAN) {
			int value = in.uint8() - 0x90;
			return in.bad || value < 0 || value > 47 ? -1 : value;
		}
		if (serialization == FASTJSON) {
			int length = in.int32();
			int start = in.take(length);
			return start < 0 || length < 1 || length > 2 ? -1 : in.in[start + length - 1];
		}
		return -1;
	}

	/** The class of the object that comes next, such as an exception; an empty range if it is not told. */
	static boolean type(Fields in, int serialization) {
		if (serialization == HESSIAN) {
			return in.uint8() == 'C' && hessian(in);
		}
		if (serialization != FASTJSON) {
			return false;
		}
		in.int32();
		return in.uint8() == 0x92 && jsonText(in);
	}

	/** Of up to 31 or 1023 characters, or with 16 bits of length; that characters are not bytes matters beyond ASCII only. */
	private static boolean hessian(Fields in) {
		int code = in.uint8();
		if (code <= 0x1f) {
			return in.range(code);
		}
		if (code >= 0x30 && code <= 0x33) {
			return in.range(code - 0x30 << 8 | in.uint8());
		}
		return code == 'S' && in.range(in.uint16());
	}

	private static boolean fastjson(Fields in) {
		int length = in.int32();
		int end = in.at + length;
		if (length <= 0 || !in.has(length)) {
			in.bad = true;
			return false;
		}
		boolean text = jsonText(in);
		in.at = Math.max(in.at, end);
		return text;
	}

	private static boolean jsonText(Fields in) {
		int code = in.uint8();
		if (code >= 0x49 && code <= 0x78) {
			return in.range(code - 0x49);
		}
		if (code != 0x79 && code != 0x7a) {
			return false;
		}
		int length = in.uint8();
		if (length >= 0x30 && length <= 0x3f) {
			length = length - 0x38 << 8 | in.uint8();
		}
		return length <= 0x3fff && in.range(length);
	}
}
