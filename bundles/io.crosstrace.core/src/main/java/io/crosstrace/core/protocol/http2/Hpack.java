package io.crosstrace.core.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.crosstrace.core.protocol.Texts;

/**
 * Reads the header blocks of one direction of a connection (HPACK, RFC 7541).
 *
 * <p>Keeps the dynamic table, but of most entries only name and size: a value is kept only if a span may need
 * it, and is then shared with other connections ({@link Texts}). Entries made before this reader listened are
 * unknown; those made since are right, because indexes count from the newest and the oldest are evicted first.
 *
 * <p>About 20 bytes an entry once there are some, at most {@value #MOST_ENTRIES} of them.
 */
final class Hpack {
	private static final int STATIC = 61;
	private static final int ENTRY_OVERHEAD = 32;
	private static final int FIRST_SIZE = 4096;
	private static final int MOST_SIZE = 1 << 24;
	private static final int MOST_ENTRIES = 512;
	private static final byte[] NOTHING = {};

	private final StaticTable statics;
	private final Texts texts;
	/* Entry n from the newest on is at (newest - n) mod capacity. */
	private short[] numbers = {};
	private short[] nameLengths = {};
	private int[] sizes = {};
	private byte[][] values = {};
	private int newest;
	private int count;
	private int used;
	private int limit = FIRST_SIZE;

	/** How numbers and lengths of the static table's names are found; the same for all connections. */
	static final class StaticTable {
		private static final String[] NAMES = { ":authority", ":method", ":method", ":path", ":path", ":scheme", ":scheme",
				":status", ":status", ":status", ":status", ":status", ":status", ":status", "accept-charset",
				"accept-encoding", "accept-language", "accept-ranges", "accept", "access-control-allow-origin", "age",
				"allow", "authorization", "cache-control", "content-disposition", "content-encoding", "content-language",
				"content-length", "content-location", "content-range", "content-type", "cookie", "date", "etag", "expect",
				"expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range",
				"if-unmodified-since", "last-modified", "link", "location", "max-forwards", "proxy-authenticate",
				"proxy-authorization", "range", "referer", "refresh", "retry-after", "server", "set-cookie",
				"strict-transport-security", "transfer-encoding", "user-agent", "vary", "via", "www-authenticate" };
		private static final String[] VALUES = { "", "GET", "POST", "/", "/index.html", "http", "https", "200", "204",
				"206", "304", "400", "404", "500", "", "gzip, deflate" };
		private final int[] numbers = new int[STATIC + 1];
		private final byte[][] values = new byte[STATIC + 1][];

		StaticTable(Fields fields) {
			for (int i = 1; i <= STATIC; i++) {
				byte[] name = NAMES[i - 1].getBytes(StandardCharsets.US_ASCII);
				numbers[i] = fields.number(name, 0, name.length);
				values[i] = i <= VALUES.length ? VALUES[i - 1].getBytes(StandardCharsets.US_ASCII) : NOTHING;
			}
		}
	}

	private byte[] in;
	private int at;
	private int end;
	/* The string read last: a range of text. */
	private byte[] text;
	private int textFrom;
	private int textTo;

	Hpack(StaticTable statics, Texts texts) {
		this.statics = statics;
		this.texts = texts;
	}

	/** Blocks were missed: what the table held may have moved. */
	void forget() {
		Arrays.fill(values, null);
		count = 0;
		used = 0;
	}

	/** Reads a whole block; false if it is none. {@code out} is cleared first. */
	boolean decode(byte[] block, int from, int to, Fields out) {
		in = block;
		at = from;
		end = to;
		out.clear();
		boolean right = true;
		while (right && at < end) {
			int first = in[at] & 0xff;
			if (first >= 0x80) {
				right = indexed(integer(7), out);
			} else if (first >= 0x40) {
				right = literal(integer(6), true, out);
			} else if (first >= 0x20) {
				int size = integer(5);
				right = size >= 0 && size <= MOST_SIZE;
				limit = size;
				evict(0);
			} else {
				right = literal(integer(4), false, out);
			}
		}
		in = null;
		text = null;
		return right;
	}

	private boolean indexed(int index, Fields out) {
		if (index <= 0) {
			return false;
		}
		if (index <= STATIC) {
			byte[] value = statics.values[index];
			out.put(statics.numbers[index], value, 0, value.length);
			return true;
		}
		int n = index - STATIC - 1;
		if (n >= count) {
			out.put(Fields.UNKNOWN, null, 0, 0);
			return n < MOST_SIZE / ENTRY_OVERHEAD;
		}
		int slot = slot(n);
		byte[] value = values[slot];
		out.put(numbers[slot], value, 0, value == null ? 0 : value.length);
		return true;
	}

	private boolean literal(int nameIndex, boolean keep, Fields out) {
		if (nameIndex < 0) {
			return false;
		}
		int number;
		int nameLength;
		if (nameIndex == 0) {
			int mark = out.decodedEnd;
			if (!string(out)) {
				return false;
			}
			number = out.number(text, textFrom, textTo);
			nameLength = textTo - textFrom;
			out.decodedEnd = mark;
		} else if (nameIndex <= STATIC) {
			number = statics.numbers[nameIndex];
			nameLength = StaticTable.NAMES[nameIndex - 1].length();
		} else {
			int n = nameIndex - STATIC - 1;
			number = n < count ? numbers[slot(n)] : Fields.UNKNOWN;
			nameLength = n < count ? nameLengths[slot(n)] : 0;
		}
		int mark = out.decodedEnd;
		if (!string(out)) {
			return false;
		}
		out.put(number, text, textFrom, textTo);
		if (keep) {
			insert(number, nameLength, textTo - textFrom);
		}
		if (number < 0) {
			out.decodedEnd = mark;
		}
		return true;
	}

	/** Adds the string read last as the value of a new entry. */
	private void insert(int number, int nameLength, int valueLength) {
		int size = nameLength + valueLength + ENTRY_OVERHEAD;
		if (number == Fields.UNKNOWN) {
			size = Math.min(size, limit); // its name's length is not known: never evict more than it could
		}
		evict(size);
		if (size > limit) {
			return;
		}
		if (count == numbers.length) {
			if (count == MOST_ENTRIES) {
				drop();
			} else {
				grow();
			}
		}
		newest = newest + 1 == numbers.length ? 0 : newest + 1;
		numbers[newest] = (short) number;
		nameLengths[newest] = (short) Math.min(nameLength, Short.MAX_VALUE);
		sizes[newest] = size;
		values[newest] = number < 0 ? null : texts.bytes(text, textFrom, textTo);
		count++;
		used += size;
	}

	private void evict(int room) {
		while (count > 0 && used + room > limit) {
			drop();
		}
	}

	private void drop() {
		int oldest = slot(--count);
		used -= sizes[oldest];
		values[oldest] = null;
	}

	private int slot(int fromNewest) {
		int slot = newest - fromNewest;
		return slot < 0 ? slot + numbers.length : slot;
	}

	private void grow() {
		int capacity = Math.max(8, 2 * count);
		short[] newNumbers = new short[capacity];
		short[] newLengths = new short[capacity];
		int[] newSizes = new int[capacity];
		byte[][] newValues = new byte[capacity][];
		for (int i = 0; i < count; i++) {
			int slot = slot(count - 1 - i);
			newNumbers[i] = numbers[slot];
			newLengths[i] = nameLengths[slot];
			newSizes[i] = sizes[slot];
			newValues[i] = values[slot];
		}
		numbers = newNumbers;
		nameLengths = newLengths;
		sizes = newSizes;
		values = newValues;
		newest = count == 0 ? capacity - 1 : count - 1;
	}

	/** Reads a string into {@link #text}; one that is Huffman-coded goes through {@link Fields#decoded}. */
	private boolean string(Fields out) {
		if (at >= end) {
			return false;
		}
		boolean huffman = (in[at] & 0x80) != 0;
		int length = integer(7);
		if (length < 0 || length > end - at) {
			return false;
		}
		int from = at;
		at += length;
		if (!huffman) {
			text = in;
			textFrom = from;
			textTo = at;
			return true;
		}
		textFrom = out.decodedEnd;
		textTo = Huffman.decode(in, from, at, out.decoded, textFrom);
		text = out.decoded;
		out.decodedEnd = Math.max(textFrom, textTo);
		return textTo >= 0;
	}

	/** Reads an integer whose first byte has {@code bits} bits of it; -1 if it is too large or cut. */
	private int integer(int bits) {
		int most = (1 << bits) - 1;
		int value = in[at++] & most;
		if (value < most) {
			return value;
		}
		for (int shift = 0; shift <= 21 && at < end; shift += 7) {
			int b = in[at++];
			value += (b & 0x7f) << shift;
			if (b >= 0) {
				return value;
			}
		}
		return -1;
	}
}
