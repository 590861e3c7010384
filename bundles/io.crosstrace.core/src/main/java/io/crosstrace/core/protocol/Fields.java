package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one binary message in order. Reading behind the end gives zeroes and empty ranges and
 * sets {@link #bad}, so that a reader checks once, at the end, whether it may believe what it read.
 */
public final class Fields {
	public byte[] in = {};
	public int at;
	public int end;
	/** The end was passed, or a length made no sense. */
	public boolean bad;
	/** The range read last by a method that reads text or bytes. */
	public int from;
	public int to;

	public Fields over(byte[] bytes, int start, int stop) {
		in = bytes;
		at = start;
		end = stop;
		bad = false;
		from = to = start;
		return this;
	}

	public boolean has(int bytes) {
		return !bad && end - at >= bytes;
	}

	public void skip(long bytes) {
		take(bytes);
	}

	/** Where {@code bytes} bytes begin, which are passed; -1 if there are not so many. */
	public int take(long bytes) {
		if (bad || bytes < 0 || bytes > end - at) {
			bad = true;
			at = end;
			return -1;
		}
		int start = at;
		at += (int) bytes;
		return start;
	}

	public int int8() {
		int start = take(1);
		return start < 0 ? 0 : in[start];
	}

	public int uint8() {
		return int8() & 0xff;
	}

	public int int16() {
		int start = take(2);
		return start < 0 ? 0 : Binary.int16(in, start);
	}

	public int uint16() {
		return int16() & 0xffff;
	}

	public int int32() {
		int start = take(4);
		return start < 0 ? 0 : Binary.int32(in, start);
	}

	public int little32() {
		int start = take(4);
		return start < 0 ? 0 : Binary.little32(in, start);
	}

	public long int64() {
		int start = take(8);
		return start < 0 ? 0 : Binary.int64(in, start);
	}

	/** Seven bits a byte, least first; at most ten bytes. */
	public long varint() {
		long value = 0;
		for (int shift = 0; shift < 70; shift += 7) {
			int next = int8();
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return bad ? 0 : value;
			}
		}
		bad = true;
		return 0;
	}

	/** A {@link #varint} whose lowest bit is the sign. */
	public long zigzag() {
		long value = varint();
		return value >>> 1 ^ -(value & 1);
	}

	/** Sets {@link #from} and {@link #to} to the next {@code length} bytes; an empty range for a negative length. */
	public boolean range(long length) {
		int start = length < 0 ? at : take(length);
		from = to = Math.max(start, 0);
		if (start >= 0 && length > 0) {
			to = from + (int) length;
		}
		return to > from;
	}

	/** Whether the range read last is {@code ascii}. */
	public boolean is(byte[] ascii) {
		return to - from == ascii.length && Ascii.startsWith(in, from, to, ascii);
	}

	/** For messages of failures and rare texts: allocates. */
	public String text() {
		return new String(in, from, to - from, StandardCharsets.UTF_8);
	}
}
