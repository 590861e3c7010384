package io.crosstrace.core.protocol.rpc;

import io.crosstrace.core.protocol.Binary;

/** Finds the end of a struct in Thrift's binary or compact protocol, where nothing tells its length. */
final class ThriftStruct {
	static final int SHORT = -1;
	static final int WRONG = -2;
	private static final int DEEPEST = 40;

	private final boolean compact;
	private byte[] in;
	private int to;
	private int at;
	private int first;

	ThriftStruct(boolean compact) {
		this.compact = compact;
	}

	/** Index behind the struct at {@code from}; {@link #SHORT} if it goes on behind {@code end}, or {@link #WRONG}. */
	int end(byte[] bytes, int from, int end) {
		in = bytes;
		at = from;
		to = end;
		first = 0;
		int failed = struct(0);
		return failed < 0 ? failed : at;
	}

	/** Id of the first field of the struct at hand, -1 if it has none. */
	static int firstField(byte[] in, int from, int to, boolean compact) {
		if (from >= to || in[from] == 0) {
			return -1;
		}
		if (compact) {
			int delta = in[from] >> 4 & 15;
			return delta != 0 ? delta : from + 1 < to ? in[from + 1] >>> 1 : -1;
		}
		return to - from < 3 ? -1 : Binary.uint16(in, from + 1);
	}

	private int struct(int depth) {
		if (depth > DEEPEST) {
			return WRONG;
		}
		while (true) {
			if (at >= to) {
				return SHORT;
			}
			int type = in[at++] & 0xff;
			if (type == 0) {
				return 0;
			}
			int failed;
			if (!compact) {
				at += 2;
				failed = binary(type, depth);
			} else {
				if (type >> 4 == 0) {
					long id = varint();
					if (id < 0) {
						return (int) id;
					}
				}
				type &= 15;
				failed = type <= 2 ? 0 : compact(type, depth); // a bool is its type
			}
			if (failed < 0) {
				return failed;
			}
		}
	}

	private int binary(int type, int depth) {
		switch (type) {
		case 2, 3:
			return pass(1);
		case 6:
			return pass(2);
		case 8:
			return pass(4);
		case 4, 10:
			return pass(8);
		case 11:
			if (to - at < 4) {
				return SHORT;
			}
			int length = Binary.int32(in, at);
			at += 4;
			return length < 0 ? WRONG : pass(length);
		case 12:
			return struct(depth + 1);
		case 13:
			if (to - at < 6) {
				return SHORT;
			}
			int key = in[at];
			int value = in[at + 1];
			int pairs = Binary.int32(in, at + 2);
			at += 6;
			for (int i = 0; i < pairs; i++) {
				int failed = binary(key, depth + 1);
				failed = failed < 0 ? failed : binary(value, depth + 1);
				if (failed < 0) {
					return failed;
				}
			}
			return pairs < 0 ? WRONG : 0;
		case 14, 15:
			if (to - at < 5) {
				return SHORT;
			}
			int element = in[at];
			int count = Binary.int32(in, at + 1);
			at += 5;
			for (int i = 0; i < count; i++) {
				int failed = depth > DEEPEST ? WRONG : binary(element, depth + 1);
				if (failed < 0) {
					return failed;
				}
			}
			return count < 0 ? WRONG : 0;
		case 16:
			return pass(16);
		default:
			return WRONG;
		}
	}

	private int compact(int type, int depth) {
		switch (type) {
		case 1, 2, 3:
			return pass(1);
		case 4, 5, 6:
			return (int) Math.min(0, varint());
		case 7:
			return pass(8);
		case 8:
			long length = varint();
			return length < 0 ? (int) length : length > Integer.MAX_VALUE ? WRONG : pass((int) length);
		case 9, 10:
			if (at >= to) {
				return SHORT;
			}
			int head = in[at++];
			long count = (head >> 4 & 15) == 15 ? varint() : head >> 4 & 15;
			for (long i = 0; i < count; i++) {
				int failed = depth > DEEPEST ? WRONG : compact(head & 15, depth + 1);
				if (failed < 0) {
					return failed;
				}
			}
			return (int) Math.min(0, count);
		case 11:
			long pairs = varint();
			if (pairs <= 0) {
				return (int) pairs;
			}
			if (at >= to) {
				return SHORT;
			}
			int types = in[at++];
			for (long i = 0; i < pairs; i++) {
				int failed = depth > DEEPEST ? WRONG : compact(types >> 4 & 15, depth + 1);
				failed = failed < 0 ? failed : compact(types & 15, depth + 1);
				if (failed < 0) {
					return failed;
				}
			}
			return 0;
		case 12:
			return struct(depth + 1);
		case 13:
			return pass(16);
		default:
			return WRONG;
		}
	}

	private int pass(int bytes) {
		if (bytes > to - at) {
			return SHORT;
		}
		at += bytes;
		return 0;
	}

	private long varint() {
		long value = 0;
		for (int shift = 0; shift < 70; shift += 7) {
			if (at >= to) {
				return SHORT;
			}
			int next = in[at++];
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return value & Long.MAX_VALUE;
			}
		}
		return WRONG;
	}
}
