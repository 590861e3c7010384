package io.crosstrace.shop.ids;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names one call of one request: the number of the request, and the steps that led to the call.
 *
 * <pre>
 *  63               32 31    28 27    24       3      0
 *  +------------------+--------+--------+-----+--------+
 *  | request          | step 1 | step 2 | ... | step 8 |   a step is 1 to 15, and 0 after the last
 *  +------------------+--------+--------+-----+--------+
 * </pre>
 *
 * As text it is shuffled into 16 hexadecimal digits, reversibly: two calls of a request share no digits that
 * somebody who correlates spans could compare. Immutable; safe for any thread.
 *
 * @param bits the layout above, not shuffled
 */
public record CallId(long bits) {
	/** How many calls deep a request may go. */
	public static final int MAX_DEPTH = 8;
	/** How many calls one call may make. */
	public static final int MAX_STEP = 15;

	private static final HexFormat HEX = HexFormat.of();
	private static final long SHUFFLE_1 = 0xbf58476d1ce4e5b9L;
	private static final long SHUFFLE_2 = 0x94d049bb133111ebL;
	private static final long UNSHUFFLE_1 = 0x96de1b173f119089L;
	private static final long UNSHUFFLE_2 = 0x319642b2d24d8ec3L;
	/** Starts anywhere: several processes make requests of their own, and must not meet. */
	private static final AtomicInteger NEXT_REQUEST = new AtomicInteger(ThreadLocalRandom.current().nextInt());

	/** @throws IllegalArgumentException if a step comes after none */
	public CallId {
		int steps = (int) bits;
		while (steps != 0) {
			if (steps >>> 28 == 0) {
				throw new IllegalArgumentException("not a call id: " + Long.toHexString(bits));
			}
			steps <<= 4;
		}
	}

	/** A request that nobody's call has caused, unlike any other of the last four thousand million. */
	public static CallId newRequest() {
		return new CallId((long) NEXT_REQUEST.getAndIncrement() << 32);
	}

	/**
	 * Reads what {@link #toString} wrote. The frameworks find this method by its name.
	 *
	 * @throws IllegalArgumentException if the text is something else
	 */
	public static CallId valueOf(String text) {
		if (text.length() != 16) {
			throw new IllegalArgumentException("a call id has 16 digits, not: " + text);
		}
		return new CallId(unshuffle(HexFormat.fromHexDigitsToLong(text)));
	}

	/**
	 * The id for the {@code step}th call made on behalf of this one.
	 *
	 * @param step 1 to {@link #MAX_STEP}, different for every call
	 * @throws IllegalArgumentException if the step is out of range or the request is too deep
	 */
	public CallId call(int step) {
		if (step < 1 || step > MAX_STEP || depth() == MAX_DEPTH) {
			throw new IllegalArgumentException("step " + step + " after " + depth() + " others");
		}
		return new CallId(bits | (long) step << 28 - 4 * depth());
	}

	/** The call that made this one. A root is its own parent's end: ask {@link #isRoot} first. */
	public CallId parent() {
		return isRoot() ? this : new CallId(bits & ~(0xfL << 32 - 4 * depth()));
	}

	/** Whether nobody's call caused this one. */
	public boolean isRoot() {
		return (int) bits == 0;
	}

	/** How many calls lead here; 0 for the request itself. */
	public int depth() {
		return isRoot() ? 0 : MAX_DEPTH - Integer.numberOfTrailingZeros((int) bits) / 4;
	}

	/** What all calls of one request have in common. */
	public int request() {
		return (int) (bits >>> 32);
	}

	/** The 16 digits that stand in a path. */
	@Override
	public String toString() {
		return HEX.toHexDigits(shuffle(bits));
	}

	/** For people: the request and the steps, as in {@code 1f.2.1}. */
	public String readable() {
		StringBuilder text = new StringBuilder(Integer.toHexString(request()));
		for (int i = 0; i < depth(); i++) {
			text.append('.').append((int) bits >>> 28 - 4 * i & 0xf);
		}
		return text.toString();
	}

	private static long shuffle(long x) {
		x = (x ^ x >>> 30) * SHUFFLE_1;
		x = (x ^ x >>> 27) * SHUFFLE_2;
		return x ^ x >>> 31;
	}

	private static long unshuffle(long x) {
		x = (x ^ x >>> 31 ^ x >>> 62) * UNSHUFFLE_2;
		x = (x ^ x >>> 27 ^ x >>> 54) * UNSHUFFLE_1;
		return x ^ x >>> 30 ^ x >>> 60;
	}
}
