package io.crosstrace.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash under a secret key: who knows some texts and their hashes learns neither the key nor the hash of another
 * text. SipHash (Aumasson, Bernstein: SipHash, a fast short-input PRF, 2012), with one round a word and three at
 * the end. About as fast as a hash without a key for the short words it is used for; allocates nothing.
 */
final class SipHash {
	private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private SipHash() {
	}

	static long hash(byte[] in, int from, int to, long key0, long key1) {
		return hash(in, from, to, key0, key1, 1, 3);
	}

	/** With as many rounds as asked for, so that it can be held against the vectors published for 2 and 4. */
	static long hash(byte[] in, int from, int to, long key0, long key1, int rounds, int lastRounds) {
		long v0 = key0 ^ 0x736f6d6570736575L;
		long v1 = key1 ^ 0x646f72616e646f6dL;
		long v2 = key0 ^ 0x6c7967656e657261L;
		long v3 = key1 ^ 0x7465646279746573L;
		int at = from;
		boolean last = false;
		while (true) {
			long word;
			if (last) {
				word = 0xff;
				v2 ^= word;
			} else if (at + 8 <= to) {
				word = (long) WORD.get(in, at);
				v3 ^= word;
			} else {
				word = (long) (to - from) << 56;
				for (int i = to - 1; i >= at; i--) {
					word |= (in[i] & 0xffL) << 8 * (i - at);
				}
				v3 ^= word;
			}
			for (int round = last ? lastRounds : rounds; round > 0; round--) {
				v0 += v1;
				v1 = Long.rotateLeft(v1, 13) ^ v0;
				v0 = Long.rotateLeft(v0, 32);
				v2 += v3;
				v3 = Long.rotateLeft(v3, 16) ^ v2;
				v0 += v3;
				v3 = Long.rotateLeft(v3, 21) ^ v0;
				v2 += v1;
				v1 = Long.rotateLeft(v1, 17) ^ v2;
				v2 = Long.rotateLeft(v2, 32);
			}
			if (last) {
				return v0 ^ v1 ^ v2 ^ v3;
			}
			v0 ^= word;
			last = at + 8 > to;
			at += 8;
		}
	}
}
