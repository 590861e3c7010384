package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * What one service usually does: how long after what a request makes its next call, how long before the
 * answer it made its last, and which calls it makes at all. Learnt from an assignment, right or wrong;
 * the better the assignment, the sharper the model.
 *
 * <p>A delay's key is (operation of the request, kind of the call, what went before). What went before is
 * the latest event of the request so far: its start, a call's start (calls in parallel) or a call's end
 * (calls in sequence). Kind {@link #ANSWER} stands for the tail gap before the answer.
 *
 * <p>Likelihoods are natural logarithms, per clock tick. One thread at a time.
 */
final class DelayModel {
	/** The kind of call that stands for the answer. */
	static final long ANSWER = 0x5bd1e995L;
	/** What went before: the request's own start. */
	static final long START = 0x2127599bL;

	private final LongIntMap slots = new LongIntMap();
	private Histogram[] histograms = new Histogram[64];
	/** Totals of (operation, kind) over all that went before, and of (operation). */
	private final Counts totals = new Counts();
	/** How often a kind of request made exactly this set of calls. */
	private final Counts sets = new Counts();
	/** How often a kind of request made exactly n calls of a kind. */
	private final Counts numbers = new Counts();
	/** How often calls of (operation, kind) ended after their request, and how often at all. */
	private final Counts outlived = new Counts();

	void forget(float keep) {
		for (int i = 0; i < slots.size(); i++) {
			histograms[i].forget(keep);
		}
		totals.forget(keep);
		sets.forget(keep);
		numbers.forget(keep);
		outlived.forget(keep);
	}

	void learnDelay(long operation, long kind, long before, long ticks) {
		int slot = slots.number(key(operation, kind, before));
		if (slot == histograms.length) {
			histograms = Arrays.copyOf(histograms, slot * 2);
		}
		if (histograms[slot] == null) {
			histograms[slot] = new Histogram();
		}
		histograms[slot].add(ticks);
		if (kind != ANSWER || before != START) {
			totals.add(key(operation, kind, 0), 1);
		}
	}

	void learnSet(long operation, long set) {
		totals.add(operation, 1);
		sets.add(key(operation, set, 1), 1);
	}

	void learnNumber(long operation, long kind, int number) {
		numbers.add(key(operation, kind, Math.min(number, 16)), 1);
	}

	void learnOutlived(long operation, long kind, boolean yes) {
		outlived.add(key(operation, kind, yes ? 1 : 0), 1);
	}

	/** Call once after learning, before asking. */
	void prepare() {
		for (int i = 0; i < slots.size(); i++) {
			histograms[i].prepare();
		}
	}

	/** How likely a request makes this call, after what went before, {@code ticks} later. */
	float delay(long operation, long kind, long before, long ticks) {
		int slot = slots.find(key(operation, kind, before));
		float seen = slot < 0 ? 0 : histograms[slot].weight();
		float density = slot < 0 ? Histogram.unknown(ticks) : histograms[slot].log(ticks);
		if (kind == ANSWER && before == START) {
			return density;
		}
		return density + log((seen + 0.2f) / (totals.get(key(operation, kind, 0)) + 1));
	}

	/** How likely a call of this kind ends after (or before) the answer of the request that made it. */
	float outlives(long operation, long kind, boolean yes) {
		float with = outlived.get(key(operation, kind, 1));
		float without = outlived.get(key(operation, kind, 0));
		return log(((yes ? with : without) + 0.1f) / (with + without + 0.2f));
	}

	/** How likely a kind of request makes exactly this set of calls, given how likely as independent ones. */
	float set(long operation, long set, float independent) {
		float total = totals.get(operation);
		float prior = 2 * (float) Math.exp(Math.max(independent, -40));
		return log((sets.get(key(operation, set, 1)) + prior + 1e-9f) / (total + 2));
	}

	/** How much likelier n calls of this kind are than none. */
	float number(long operation, long kind, int number) {
		float total = totals.get(operation);
		float some = numbers.get(key(operation, kind, Math.min(number, 16)));
		float any = 0;
		for (int n = 1; n <= 16; n++) {
			any += numbers.get(key(operation, kind, n));
		}
		return log((some + 0.1f) / (total + 1)) - log((Math.max(0, total - any) + 0.1f) / (total + 1));
	}

	private static float log(float value) {
		return (float) Math.log(value);
	}

	private static long key(long operation, long kind, long before) {
		return ((operation * 0x9E3779B97F4A7C15L + kind) * 0xBF58476D1CE4E5B9L) + before * 0x94D049BB133111EBL;
	}
}
