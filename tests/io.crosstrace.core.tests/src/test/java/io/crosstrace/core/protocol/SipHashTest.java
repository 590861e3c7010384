package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
	private static final long KEY0 = 0x0706050403020100L;
	private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

	/** From appendix A of the paper and the vectors published with its reference code: bytes 0, 1, 2 and so on. */
	@ParameterizedTest
	@CsvSource({ "0, 726fdb47dd0e0e31", "1, 74f839c593dc67fd", "8, 93f5f5799a932462", "15, a129ca6149be45e5" })
	void twoAndFourRounds_areThePublishedOnes(int length, String expected) {
		byte[] padded = new byte[40];
		for (int i = 0; i < length; i++) {
			padded[7 + i] = (byte) i;
		}
		assertEquals(expected, Long.toHexString(SipHash.hash(padded, 7, 7 + length, KEY0, KEY1, 2, 4)));
	}

	@Test
	void everyByteAndLengthCounts() {
		Set<Long> seen = new HashSet<>();
		byte[] text = new byte[64];
		for (int length = 0; length <= text.length; length++) {
			seen.add(SipHash.hash(text, 0, length, KEY0, KEY1));
			for (int i = 0; i < length; i++) {
				text[i] = 1;
				seen.add(SipHash.hash(text, 0, length, KEY0, KEY1));
				text[i] = 0;
			}
		}
		assertEquals(65 + 64 * 65 / 2, seen.size());
	}
}
