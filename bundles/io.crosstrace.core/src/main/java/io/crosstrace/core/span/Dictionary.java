package io.crosstrace.core.span;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Strings as small ints, so that columns and the wire carry numbers.
 *
 * <p>Id 0 is the empty string. Ids are dense and never change. Bounded: once {@code limit} strings are
 * known, further ones get the id of {@link #OVERFLOW_TEXT} and {@link #overflowed()} counts them.
 *
 * <p>Any thread may call any method; a known string costs one hash lookup and no allocation.
 */
public final class Dictionary {
	/** Stands for every string that came after the limit was reached. */
	public static final String OVERFLOW_TEXT = "…";

	private final int limit;
	private final ConcurrentHashMap<String, Integer> ids = new ConcurrentHashMap<>();
	private final AtomicLong overflowed = new AtomicLong();
	private volatile String[] texts = { "", OVERFLOW_TEXT };
	private volatile int size = 2;

	public Dictionary(int limit) {
		if (limit < 2) {
			throw new IllegalArgumentException("limit below 2: " + limit);
		}
		this.limit = limit;
		ids.put("", 0);
		ids.put(OVERFLOW_TEXT, 1);
	}

	/** The id of {@code text}, made on first sight. */
	public int id(String text) {
		Integer known = ids.get(text);
		return known != null ? known : add(text);
	}

	/** The string of an id; empty for an id never given out. */
	public String text(int id) {
		return id >= 0 && id < size ? texts[id] : "";
	}

	/** How many ids are given out: valid ids are 0 to {@code size() - 1}. */
	public int size() {
		return size;
	}

	/** How many lookups were answered with {@link #OVERFLOW_TEXT}. */
	public long overflowed() {
		return overflowed.get();
	}

	private synchronized int add(String text) {
		Integer known = ids.get(text);
		if (known != null) {
			return known;
		}
		if (size >= limit) {
			overflowed.incrementAndGet();
			return 1;
		}
		int id = size;
		if (id == texts.length) {
			texts = Arrays.copyOf(texts, id * 2);
		}
		texts[id] = text;
		size = id + 1; // publishes the array slot before the id can be seen
		ids.put(text, id);
		return id;
	}
}
