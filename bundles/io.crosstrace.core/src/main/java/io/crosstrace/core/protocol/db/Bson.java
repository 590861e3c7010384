package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;

/** Walks the elements of one BSON document, without going into those that are documents. */
final class Bson {
	static final int DOUBLE = 1;
	static final int STRING = 2;
	static final int DOCUMENT = 3;
	static final int ARRAY = 4;
	static final int BOOLEAN = 8;
	static final int INT32 = 16;
	static final int INT64 = 18;

	private byte[] in;
	private int at;
	private int end;
	/* Of the element read last. */
	int type;
	int nameFrom;
	int nameTo;
	int valueFrom;
	int valueTo;

	/** @param to what is seen of the document may end before it does */
	Bson over(byte[] bytes, int from, int to) {
		in = bytes;
		at = from + 4;
		end = to - from < 5 ? from : (int) Math.min(to, from + (long) Math.max(0, Binary.little32(bytes, from)));
		return this;
	}

	/** Reads the next element; false if there is none, or none that is seen whole. */
	boolean next() {
		if (at + 1 >= end || in[at] == 0) {
			return false;
		}
		type = in[at];
		nameFrom = at + 1;
		nameTo = Ascii.indexOf(in, nameFrom, end, (byte) 0);
		if (nameTo < 0) {
			return false;
		}
		valueFrom = nameTo + 1;
		long length = length();
		if (length < 0 || length > end - valueFrom) {
			at = end;
			valueTo = end;
			// The beginning of a long document or array can be read; of anything else not.
			return length > 0 && (type == DOCUMENT || type == ARRAY) && end - valueFrom > 4;
		}
		valueTo = valueFrom + (int) length;
		at = valueTo;
		return true;
	}

	boolean named(byte[] name) {
		return nameTo - nameFrom == name.length && Ascii.startsWith(in, nameFrom, nameTo, name);
	}

	/** A number of any type; 0 for what is none. */
	long number() {
		return switch (type) {
		case DOUBLE -> (long) Double.longBitsToDouble(Long.reverseBytes(Binary.int64(in, valueFrom)));
		case INT32 -> Binary.little32(in, valueFrom);
		case INT64 -> Long.reverseBytes(Binary.int64(in, valueFrom));
		case BOOLEAN -> in[valueFrom];
		default -> 0;
		};
	}

	/** Of a string: without its length and end. */
	int textFrom() {
		return valueFrom + 4;
	}

	int textTo() {
		return Math.max(valueFrom + 4, valueTo - 1);
	}

	private long length() {
		int seen = end - valueFrom;
		return switch (type) {
		case DOUBLE, 9, 17, INT64 -> 8;
		case STRING, 13, 14 -> seen < 4 ? -1 : positive(Binary.little32(in, valueFrom), 1, 4);
		case DOCUMENT, ARRAY, 15 -> seen < 4 ? -1 : positive(Binary.little32(in, valueFrom), 5, 0);
		case 5 -> seen < 4 ? -1 : positive(Binary.little32(in, valueFrom), 0, 5);
		case 7 -> 12;
		case BOOLEAN -> 1;
		case 6, 10, -1, 127 -> 0;
		case 11 -> {
			int first = Ascii.indexOf(in, valueFrom, end, (byte) 0);
			int second = first < 0 ? -1 : Ascii.indexOf(in, first + 1, end, (byte) 0);
			yield second < 0 ? -1 : second + 1 - valueFrom;
		}
		case 12 -> seen < 4 ? -1 : positive(Binary.little32(in, valueFrom), 1, 16);
		case INT32 -> 4;
		case 19 -> 16;
		default -> -1;
		};
	}

	private static long positive(int length, int least, int more) {
		return length < least ? -1 : (long) length + more;
	}
}
