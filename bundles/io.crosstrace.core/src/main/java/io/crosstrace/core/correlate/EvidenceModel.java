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
	private final Counts ofLoops = new Counts();
	private final boolean threads;
	private final boolean tokens;
	private final boolean order;
	private float pooling;
	private float trust;

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

	/** As {@link #observe}, for what {@link Loops} tell: it is not forgotten, since no assignment had a say. */
	void observeLoops(int evidence, long key, float right, float wrong) {
		ofLoops.add(DelayModel.key(evidence, key, 1), right);
		ofLoops.add(DelayModel.key(evidence, key, 0), wrong);
		ofLoops.add(DelayModel.key(evidence, ALL, 1), right);
		ofLoops.add(DelayModel.key(evidence, ALL, 0), wrong);
	}

	/** How many observations what loops tell of one key may count for: 0 if they are not to be asked. */
	void trustLoops(float most) {
		trust = most;
	}

	float trustsLoops() {
		return trust;
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
		return counts.get(DelayModel.key(evidence, ALL, 1)) + counts.get(DelayModel.key(evidence, ALL, 0))
				+ trusted(evidence, ALL, trust) > 0;
	}

	/** Share that agrees, never quite 0 or 1; a half when nothing is known. */
	double share(int evidence, long key) {
		double ofAll = trusted(evidence, ALL, trust / 5);
		double ofKey = trusted(evidence, key, trust);
		double all = count(evidence, ALL, 1, ofAll);
		double allNot = count(evidence, ALL, 0, ofAll);
		double yes = count(evidence, key, 1, ofKey);
		double no = count(evidence, key, 0, ofKey);
		double weight = 1 + pooling * (yes + no);
		double prior = (all + 0.5) / (all + allNot + 1);
		return Math.clamp((yes + weight * prior) / (yes + no + weight), 0.002, 0.998);
	}

	private double count(int evidence, long key, int agrees, double share) {
		long at = DelayModel.key(evidence, key, agrees);
		return share > 0 ? counts.get(at) + share * ofLoops.get(at) : counts.get(at);
	}

	/** Share of what loops tell that counts. */
	private double trusted(int evidence, long key, float most) {
		if (most == 0) {
			return 0;
		}
		double told = ofLoops.get(DelayModel.key(evidence, key, 1)) + ofLoops.get(DelayModel.key(evidence, key, 0));
		return told > 0 ? Math.min(1, most / told) : 0;
	}

	/** What a pair of calls in another order than their requests costs; 0 unless that hardly ever happens. */
	float orderWeight(long key, double mostInverted) {
		double yes = counts.get(DelayModel.key(ORDER, key, 1));
		double no = counts.get(DelayModel.key(ORDER, key, 0));
		double inverted = (no + 0.5) / (yes + no + 1);
		return order && yes + no >= 30 && inverted < mostInverted ? (float) Math.log((1 - inverted) / inverted) : 0;
	}
}
