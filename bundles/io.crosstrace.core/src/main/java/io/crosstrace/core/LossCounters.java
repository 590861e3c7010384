package io.crosstrace.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

import io.crosstrace.core.protocol.Loss;

/**
 * What was lost and why, since the start. A name is plain words that read on after a number: "17 answers whose
 * request was not seen". Counts only rise. Any thread; one writer for each {@link Loss}.
 */
public final class LossCounters implements Loss.Listener {
	private static final Loss[] LOSSES = Loss.values();

	private final AtomicLongArray counts = new AtomicLongArray(LOSSES.length);
	private final Map<String, Long> others = new ConcurrentHashMap<>();

	@Override
	public void lost(Loss what, long count) {
		int i = what.ordinal();
		counts.lazySet(i, counts.getPlain(i) + count);
	}

	/** Sets a counter kept elsewhere, such as in the kernel. */
	public void set(String words, long count) {
		others.put(words, count);
	}

	public long get(Loss what) {
		return counts.get(what.ordinal());
	}

	/** All counters that are not 0, by name. A copy. */
	public Map<String, Long> snapshot() {
		Map<String, Long> snapshot = new LinkedHashMap<>();
		for (Loss loss : LOSSES) {
			snapshot.put(loss.words, get(loss));
		}
		snapshot.putAll(others);
		snapshot.values().removeIf(count -> count == 0);
		return snapshot;
	}
}
