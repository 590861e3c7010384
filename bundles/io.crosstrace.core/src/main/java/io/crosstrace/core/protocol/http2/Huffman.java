package io.crosstrace.core.protocol.http2;

/**
 * Decodes HPACK's Huffman code (RFC 7541, appendix B), four bits a step. The code is canonical: the lengths of
 * its words say all.
 */
final class Huffman {
	/** Bits of the code word of each byte value; the 30 bits of the end mark come after all of them. */
	private static final byte[] LENGTHS = {
			13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
			28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
			6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
			5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
			13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
			7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
			15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
			6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
			20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
			24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
			22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
			21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
			26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
			19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
			20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
			26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26 };
	private static final int MOST_BITS = 30;
	private static final int EMITS = 1 << 16;
	private static final int ENDS = 1 << 17;
	private static final int FAILS = 1 << 18;
	/** By state and four bits: next state, emitted byte shifted by 8, and the flags above. */
	private static final int[] STEPS = steps();

	private Huffman() {
	}

	/** @return the end of what was written to {@code out} from {@code at} on; -1 if it is no Huffman code or too long */
	static int decode(byte[] in, int from, int to, byte[] out, int at) {
		int state = 0;
		boolean ends = true;
		int end = at;
		for (int i = from; i < to; i++) {
			int first = STEPS[state << 4 | in[i] >> 4 & 15];
			int second = STEPS[(first & 0xff) << 4 | in[i] & 15];
			if ((first & EMITS) != 0) {
				if (end == out.length) {
					return -1;
				}
				out[end++] = (byte) (first >> 8);
			}
			if ((second & EMITS) != 0) {
				if (end == out.length) {
					return -1;
				}
				out[end++] = (byte) (second >> 8);
			}
			if (((first | second) & FAILS) != 0) {
				return -1;
			}
			state = second & 0xff;
			ends = (second & ENDS) != 0;
		}
		return ends ? end : -1;
	}

	private static int[] steps() {
		int[][] children = new int[256][2]; // inner nodes; a child that is a leaf is -1 - its byte
		int nodes = 1;
		int code = 0;
		for (int bits = 1; bits <= MOST_BITS; bits++) {
			code <<= 1;
			for (int value = 0; value <= 256; value++) { // 256 is the end mark
				if ((value == 256 ? MOST_BITS : LENGTHS[value]) != bits) {
					continue;
				}
				int node = 0;
				for (int bit = bits - 1; bit > 0; bit--) {
					int side = code >> bit & 1;
					if (children[node][side] == 0) {
						children[node][side] = nodes++;
					}
					node = children[node][side];
				}
				children[node][code & 1] = -1 - value;
				code++;
			}
		}
		boolean[] padding = new boolean[256];
		for (int node = 0, depth = 0; depth < 8; depth++, node = children[node][1]) {
			padding[node] = true;
		}
		int[] steps = new int[256 << 4];
		for (int state = 0; state < 256; state++) {
			for (int four = 0; four < 16; four++) {
				steps[state << 4 | four] = step(children, padding, state, four);
			}
		}
		return steps;
	}

	private static int step(int[][] children, boolean[] padding, int state, int four) {
		int node = state;
		int result = 0;
		for (int bit = 3; bit >= 0; bit--) {
			node = children[node][four >> bit & 1];
			if (node == -257) {
				return FAILS;
			}
			if (node < 0) {
				result |= EMITS | -1 - node << 8;
				node = 0;
			}
		}
		return result | node | (padding[node] ? ENDS : 0);
	}
}
