package io.crosstrace.core.correlate;

import java.util.Arrays;

import io.crosstrace.core.span.SpanIds;

/**
 * What one service usually does: how long after what a request makes its next call, how long before the
 * answer it made its last, and which calls it makes at all. Learnt from an assignment, right or wrong;
 * the better the assignment, the sharper the model. {@link Scores} is its form for one table.
 *
 * <p>A delay's key is (operation of the request, kind of the call, what went before). What went before is
 * the latest event of the request so far: its start, a call's start (calls in parallel) or a call's end
 * (calls in sequence). Keys are {@link Instance#operationKey} and {@link Instance#kindKey}, so a model
 * outlives the table it was learnt from. One thread at a time.
 */
final class DelayModel {
	/** The kind of call that stands for the answer. */
	static final long ANSWER = 0;
	/** What went before: the request's own start. Else 2 kind (its start) or 2 kind + 1 (its end). */
	static final long START = 0;
	/** Calls of a kind that one request makes are counted up to here. */
	static final int MOST = 16;

	private final LongIntMap slots = new LongIntMap();
	Histogram[] histograms = new Histogram[64];
	/** What the delays of each slot go with. */
	Trends[] trends = new Trends[64];
	/** Key of each slot: operation, kind, before. */
	long[] slotKeys = new long[3 * 64];

	private final LongIntMap setSlots = new LongIntMap();
	/** Kinds of the calls of each set, in the order first seen. */
	long[][] setKinds = new long[64][];
	long[] setOperations = new long[64];
	long[] setHashes = new long[64];
	float[] setWeights = new float[64];

	/** Requests by operation. */
	final Counts requests = new Counts();
	/** Delays by (operation, kind), over all that went before. */
	final Counts delays = new Counts();
	/** Requests by (operation, kind, n) that made exactly n > 0 calls of a kind. */
	final Counts numbers = new Counts();
	/** Calls by (operation, kind) that ended after their request. */
	final Counts outlived = new Counts();
	/** Calls by kind without a parent, and ticks watched. */
	final Counts orphans = new Counts();
	double watchedTicks;

	int slotCount() {
		return slots.size();
	}

	int setCount() {
		return setSlots.size();
	}

	/** Lets what was learnt so far count less: 1 keeps all, 0 forgets all. */
	void forget(float keep) {
		for (int i = 0; i < slots.size(); i++) {
			histograms[i].forget(keep);
			trends[i].forget(keep);
		}
		for (int i = 0; i < setSlots.size(); i++) {
			setWeights[i] *= keep;
		}
		requests.forget(keep);
		delays.forget(keep);
		numbers.forget(keep);
		outlived.forget(keep);
		orphans.forget(keep);
		watchedTicks *= keep;
	}

	void learnDelay(long operation, long kind, long before, long ticks, float share) {
		int slot = slots.number(key(operation, kind, before));
		if (slot == histograms.length) {
			histograms = Arrays.copyOf(histograms, slot * 2);
			trends = Arrays.copyOf(trends, slot * 2);
			slotKeys = Arrays.copyOf(slotKeys, slot * 6);
		}
		if (histograms[slot] == null) {
			histograms[slot] = new Histogram();
			trends[slot] = new Trends();
			slotKeys[3 * slot] = operation;
			slotKeys[3 * slot + 1] = kind;
			slotKeys[3 * slot + 2] = before;
		}
		histograms[slot].add(ticks, share);
		// That a request without calls has its answer next is no choice: which calls it makes was one.
		if (kind != ANSWER || before != START) {
			delays.add(key(operation, kind, -1), share);
		}
	}

	/** @param kinds of the calls the request made, n of them, in any order */
	void learnSet(long operation, long set, long[] kinds, int n) {
		requests.add(operation, 1);
		int slot = setSlots.number(key(operation, set, -2));
		if (slot == setWeights.length) {
			setWeights = Arrays.copyOf(setWeights, slot * 2);
			setKinds = Arrays.copyOf(setKinds, slot * 2);
			setOperations = Arrays.copyOf(setOperations, slot * 2);
			setHashes = Arrays.copyOf(setHashes, slot * 2);
		}
		if (setKinds[slot] == null) {
			setKinds[slot] = Arrays.copyOf(kinds, n);
			setOperations[slot] = operation;
			setHashes[slot] = set;
		}
		setWeights[slot]++;
	}

	static long key(long operation, long kind, long before) {
		return SpanIds.mix64(SpanIds.mix64(SpanIds.mix64(operation) + kind) + before);
	}

	/** What a set of calls is known by: the sum over its calls. */
	static long setKey(long kind) {
		return SpanIds.mix64(kind + 77);
	}
}
