package io.crosstrace.core.span;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Strings as small ints, so that columns and the wire carry numbers.
 *
 * <p>Id 0 is the empty string. Ids are dense and never change. Bounded: once {@code limit} strings are
 * known, further ones get the id of {@link #OVERFLOW_TEXT} and {@link #overflowed()} counts them.
 *
 * <p>Any thread may call any method; a known string costs one hash lookup, no lock and no allocation. About 20 bytes
 * a string besides the string: a table of a million spans may hold as many paths.
 */
public final class Dictionary {
	/** Stands for every string that came after the limit was reached. */
	public static final String OVERFLOW_TEXT = "…";

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
	private static final int MOST_PROBES = 64;

	private final int limit;
	/** Ids by the hash of their text, at most half full; 0 is an empty slot, since the empty string is never in it. */
	private volatile int[] slots = new int[16];
	/** What found no slot near its hash: only texts made to have the same hash fill it. */
	private final ConcurrentHashMap<String, Integer> crowded = new ConcurrentHashMap<>(1);
	private final AtomicLong overflowed = new AtomicLong();
	private volatile String[] texts = { "", OVERFLOW_TEXT };
	private volatile int size = 2;

	public Dictionary(int limit) {
		if (limit < 2) {
			throw new IllegalArgumentException("limit below 2: " + limit);
		}
		this.limit = limit;
		put(slots, 1);
	}

	/** The id of {@code text}, made on first sight. */
	public int id(String text) {
		if (text.isEmpty()) {
			return 0;
		}
		int known = find(text);
		return known != 0 ? known : add(text);
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
		int known = find(text);
		if (known != 0) {
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
		if (2 * size > slots.length) {
			int[] larger = new int[2 * slots.length];
			for (int each = 1; each < size; each++) {
				put(larger, each);
			}
			slots = larger;
		} else {
			put(slots, id);
		}
		return id;
	}

	/** The id of a text, or 0. */
	private int find(String text) {
		int[] in = slots;
		int slot = slot(in, text);
		for (int probes = 0; probes < MOST_PROBES; probes++) {
			int id = (int) SLOT.getAcquire(in, slot);
			if (id == 0) {
				return 0;
			}
			if (texts[id].equals(text)) {
				return id;
			}
			slot = slot + 1 & in.length - 1;
		}
		return crowded.getOrDefault(text, 0);
	}

	private void put(int[] in, int id) {
		int slot = slot(in, texts[id]);
		for (int probes = 0; probes < MOST_PROBES; probes++) {
			if (in[slot] == 0) {
				SLOT.setRelease(in, slot, id);
				return;
			}
			slot = slot + 1 & in.length - 1;
		}
		crowded.put(texts[id], id);
	}

	private static int slot(int[] in, String text) {
		int hash = text.hashCode() * 0x9E3779B9;
		return (hash ^ hash >>> 16) & in.length - 1;
	}
}
