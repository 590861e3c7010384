package io.crosstrace.core.protocol.db;

/** Unpacks the beginning of an LZ4 block. */
final class Lz4 {
	private Lz4() {
	}

	/**
	 * Unpacks [from, to) into {@code out}, from 0 on, until either ends. Any input gives an answer; what is wrong in it
	 * ends it.
	 *
	 * @return how many bytes were unpacked
	 */
	static int unpack(byte[] in, int from, int to, byte[] out) {
		int at = from;
		int end = 0;
		while (at < to && end < out.length) {
			int token = in[at++] & 0xff;
			long literals = token >>> 4;
			if (literals == 15) {
				int more;
				do {
					if (at >= to) {
						return end;
					}
					more = in[at++] & 0xff;
					literals += more;
				} while (more == 255);
			}
			int copied = (int) Math.min(literals, Math.min(to - at, out.length - end));
			System.arraycopy(in, at, out, end, copied);
			end += copied;
			at += copied;
			if (copied < literals || to - at < 2) {
				return end;
			}
			int back = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
			at += 2;
			long length = (token & 15) + 4L;
			if (length == 19) {
				int more;
				do {
					if (at >= to) {
						return end;
					}
					more = in[at++] & 0xff;
					length += more;
				} while (more == 255);
			}
			if (back == 0 || back > end) {
				return end;
			}
			for (long i = Math.min(length, out.length - end); i > 0; i--, end++) {
				out[end] = out[end - back]; // may overlap: byte by byte
			}
		}
		return end;
	}
}
