package io.crosstrace.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ClockSkewTest {
	private static final int ONE = 2;
	private static final int TWO = 3;
	private static final int THREE = 5;
	private static final long SECOND = 1_000_000_000L;
	private final ClockSkew skew = new ClockSkew();

	@Test
	void clocksThatMayBeEqual_areTakenForEqual() {
		skew.sample(ONE, TWO, 100, 110, 190, 300);
		assertSame(ClockSkew.Offsets.NONE, skew.offsets());
	}

	@Test
	void serverAhead_isFound() {
		skew.sample(ONE, TWO, 100, 1_110, 1_190, 200);
		assertEquals(1_000, skew.offsets().ahead(TWO));
		assertEquals(0, skew.offsets().ahead(ONE));
	}

	@Test
	void callsBothWays_agree() {
		skew.sample(TWO, ONE, 1_100, 110, 190, 1_200);
		assertEquals(1_000, skew.offsets().ahead(TWO));
	}

	@Test
	void everyCall_narrowsIt() {
		skew.sample(ONE, TWO, 100, 1_400, 1_450, 200); // ahead by 1250 to 1300
		skew.sample(ONE, TWO, 100, 1_360, 1_400, 200); // 1200 to 1260
		assertEquals(1_255, skew.offsets().ahead(TWO));
	}

	@Test
	void hostsThatNeverTalked_areBroughtTogetherThroughAnother() {
		skew.sample(ONE, TWO, 100, 1_110, 1_190, 200);
		skew.sample(TWO, THREE, 1_100, 110, 190, 1_200);
		skew.sample(TWO, THREE, 1_100, 6_110, 6_190, 1_200); // contradicts: the clock was set
		assertEquals(6_000, skew.offsets().ahead(THREE));
	}

	@Test
	void oldCalls_areForgotten() {
		skew.sample(ONE, TWO, 1, 1_010, 1_090, 101);
		long later = 120 * SECOND;
		skew.sample(ONE, TWO, later, later + 1_020, later + 1_060, later + 100);
		assertEquals(990, skew.offsets().ahead(TWO));
	}

	@Test
	void timesThatCannotBeOfOneCall_areIgnored() {
		skew.sample(ONE, TWO, 100, 5_000, 9_000, 200);
		assertSame(ClockSkew.Offsets.NONE, skew.offsets());
	}
}
