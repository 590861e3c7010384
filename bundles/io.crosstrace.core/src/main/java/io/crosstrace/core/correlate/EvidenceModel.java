package io.crosstrace.core.correlate;

/** How often each kind of evidence agrees with the parents found, by key. Outlives a table. One thread at a time. */
final class EvidenceModel {
	static final int LINK = 1;
	static final int ANSWER = 2;
	static final int AFFINITY = 3;
	static final int OTHER_AFFINITY = 4;
	static final int ORDER = 7;
	static final int WOKE = 8;
	/** Added to LINK and WOKE where they name a call's request instead of a request. */
	static final int OF_CALL = 20;
	/** Of the first place of an identifier; one more for each place after it. */
	static final int TOKENS = 100;
	static final int OTHER_TOKENS = 200;

	/** Stands for all keys of a kind of evidence together. */
	private static final long ALL = -1;

	private final Counts counts = new Counts();
	private final boolean threads;
	private final boolean tokens;
	private final boolean order;
	private float pooling;

	EvidenceModel(boolean threads, boolean tokens, boolean order) {
		this.threads = threads;
		this.tokens = tokens;
		this.order = order;
	}

	boolean useThreads() {
		return threads;
	}

	boolean useTokens() {
		return tokens;
	}

	void observe(int evidence, long key, boolean agrees, float share) {
		counts.add(DelayModel.key(evidence, key, agrees ? 1 : 0), share);
		counts.add(DelayModel.key(evidence, ALL, agrees ? 1 : 0), share);
	}

	void forget(float keep) {
		counts.forget(keep);
	}

	/**
	 * How much a key is taken to be like the others, as a share of what is known of itself: much while
	 * the assignment is still poor, since what is easy to see for one kind of call holds for the hard ones.
	 */
	void pool(float newPooling) {
		pooling = newPooling;
	}

	/** Whether anything was learnt of a kind of evidence. */
	boolean knows(int evidence) {
		return counts.get(DelayModel.key(evidence, ALL, 1)) + counts.get(DelayModel.key(evidence, ALL, 0)) > 0;
	}

	/** Share that agrees, never quite 0 or 1; a half when nothing is known. */
	double share(int evidence, long key) {
		double all = counts.get(DelayModel.key(evidence, ALL, 1));
		double allNot = counts.get(DelayModel.key(evidence, ALL, 0));
		double yes = counts.get(DelayModel.key(evidence, key, 1));
		double no = counts.get(DelayModel.key(evidence, key, 0));
		double weight = 1 + pooling * (yes + no);
		double prior = (all + 0.5) / (all + allNot + 1);
		return Math.clamp((yes + weight * prior) / (yes + no + weight), 0.002, 0.998);
	}

	/** What a pair of calls in another order than their requests costs; 0 unless that hardly ever happens. */
	float orderWeight(long key, double mostInverted) {
		double yes = counts.get(DelayModel.key(ORDER, key, 1));
		double no = counts.get(DelayModel.key(ORDER, key, 0));
		double inverted = (no + 0.5) / (yes + no + 1);
		return order && yes + no >= 30 && inverted < mostInverted ? (float) Math.log((1 - inverted) / inverted) : 0;
	}
}
