package io.crosstrace.core.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.crosstrace.core.protocol.Ascii;

/**
 * The header fields of one block that a span may need, as ranges of byte arrays. Fields have numbers: those below
 * {@link #CAPTURED} are the same everywhere, from there on come the names the user chose. One for all
 * connections of a thread; valid until the next block is read.
 */
final class Fields {
	static final int METHOD = 0;
	static final int SCHEME = 1;
	static final int AUTHORITY = 2;
	static final int PATH = 3;
	static final int STATUS = 4;
	static final int CONTENT_TYPE = 5;
	static final int GRPC_STATUS = 6;
	static final int TRACEPARENT = 7;
	static final int USER_AGENT = 8;
	static final int CAPTURED = 9;
	/** A field that no span needs. */
	static final int OTHER = -1;
	/** A field whose name was said before anybody listened. */
	static final int UNKNOWN = -2;

	private static final String[] NAMES = { ":method", ":scheme", ":authority", ":path", ":status", "content-type",
			"grpc-status", "traceparent", "user-agent" };

	/** Values that were Huffman-coded in this block. */
	final byte[] decoded = new byte[1 << 16];
	int decodedEnd;
	/** Some field of the block could not be told. */
	boolean unknown;

	private final byte[][] names;
	private final byte[][] in;
	private final int[] from;
	private final int[] to;

	/** @param captured names the user chose, lower case */
	Fields(List<String> captured) {
		int count = CAPTURED + captured.size();
		names = new byte[count][];
		for (int i = 0; i < count; i++) {
			names[i] = (i < CAPTURED ? NAMES[i] : captured.get(i - CAPTURED)).getBytes(StandardCharsets.US_ASCII);
		}
		in = new byte[count][];
		from = new int[count];
		to = new int[count];
	}

	void clear() {
		Arrays.fill(in, null);
		decodedEnd = 0;
		unknown = false;
	}

	/** The number of a name, {@link #OTHER} for most. */
	int number(byte[] bytes, int start, int end) {
		for (int i = 0; i < names.length; i++) {
			if (names[i].length == end - start && Ascii.startsWith(bytes, start, end, names[i])) {
				return i;
			}
		}
		return OTHER;
	}

	/** A field was read; the first of a name counts. */
	void put(int number, byte[] bytes, int start, int end) {
		if (number == UNKNOWN) {
			unknown = true;
		} else if (number >= 0 && in[number] == null) {
			in[number] = bytes;
			from[number] = start;
			to[number] = end;
		}
	}

	boolean has(int number) {
		return in[number] != null;
	}

	byte[] in(int number) {
		return in[number];
	}

	int from(int number) {
		return from[number];
	}

	int to(int number) {
		return to[number];
	}

	/** Whether the field is there and begins with {@code text}. */
	boolean startsWith(int number, byte[] text) {
		return in[number] != null && Ascii.startsWith(in[number], from[number], to[number], text);
	}

	/** A decimal value, or -1. */
	int decimal(int number) {
		return in[number] == null ? -1 : (int) Math.min(Integer.MAX_VALUE,
				Ascii.decimal(in[number], from[number], to[number]));
	}
}
