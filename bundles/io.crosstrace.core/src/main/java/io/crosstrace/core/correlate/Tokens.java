package io.crosstrace.core.correlate;

import io.crosstrace.core.span.SpanTable;

/**
 * Identifiers that a request and a call share. How much one is worth depends on where the call carries it: the
 * customer of "/orders/{customer}/{order}" comes from the request, the number of a new order does not; so each place
 * of each kind of call has a weight of its own, learnt from how often it is shared with the call's own request, and
 * with others.
 */
final class Tokens {
	private static final int PLACES = 8;
	private static final long[] NOTHING = {};

	private final Instance instance;
	private final long[][] ofCall;
	private final long[][] ofRequest;
	/** Which of 64 classes of identifiers a request carries any of. */
	private final long[] classes;
	/** By kind and place. */
	private final float[] shared;
	private final float[] notShared;
	final boolean exist;

	/** @param wanted whether to look at all */
	Tokens(Instance instance, boolean wanted) {
		this.instance = instance;
		exist = wanted && instance.hasTokens();
		int kinds = exist ? instance.kinds : 0;
		shared = new float[kinds * PLACES];
		notShared = new float[kinds * PLACES];
		ofCall = exist ? tokens(instance.callRow) : null;
		ofRequest = exist ? tokens(instance.requestRow) : null;
		classes = exist ? classes(ofRequest) : null;
	}

	private long[][] tokens(int[] rows) {
		SpanTable spans = instance.spans;
		long[][] tokens = new long[rows.length][];
		for (int i = 0; i < rows.length; i++) {
			int count = spans.tokenCount(rows[i]);
			tokens[i] = count == 0 ? NOTHING : new long[count];
			for (int j = 0; j < count; j++) {
				tokens[i][j] = spans.token(rows[i], j);
			}
		}
		return tokens;
	}

	private static long[] classes(long[][] tokens) {
		long[] classes = new long[tokens.length];
		for (int i = 0; i < tokens.length; i++) {
			for (long token : tokens[i]) {
				classes[i] |= 1L << token;
			}
		}
		return classes;
	}

	private boolean carries(int request, long token) {
		if ((classes[request] & 1L << token) == 0) {
			return false;
		}
		for (long other : ofRequest[request]) {
			if (other == token) {
				return true;
			}
		}
		return false;
	}

	/** How much what they share, and what not, speaks for {@code request}. */
	float score(int call, int request) {
		long[] tokens = ofCall[call];
		if (tokens.length == 0 || ofRequest[request].length == 0) {
			return 0;
		}
		float sum = 0;
		int at = instance.callKind[call] * PLACES;
		for (int i = 0; i < tokens.length && i < PLACES; i++) {
			sum += carries(request, tokens[i]) ? shared[at + i] : notShared[at + i];
		}
		return sum;
	}

	/** Counts what a call shares with a request: {@code TOKENS} its own, {@code OTHER_TOKENS} another's. */
	void learn(EvidenceModel model, int evidence, int call, int request, float share) {
		long[] tokens = ofCall[call];
		if (ofRequest[request].length == 0) {
			return;
		}
		for (int i = 0; i < tokens.length && i < PLACES; i++) {
			model.observe(evidence + i, instance.kindKey[instance.callKind[call]], carries(request, tokens[i]), share);
		}
	}

	void prepare(EvidenceModel model) {
		for (int at = 0; at < shared.length; at++) {
			long key = instance.kindKey[at / PLACES];
			double own = model.share(EvidenceModel.TOKENS + at % PLACES, key);
			double other = model.share(EvidenceModel.OTHER_TOKENS + at % PLACES, key);
			shared[at] = (float) Math.log(own / other);
			notShared[at] = (float) Math.log((1 - own) / (1 - other));
		}
	}
}
