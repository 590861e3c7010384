package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * For each call, what one kind of evidence says it follows from: a request, or the call whose answer came before, which
 * speaks for that call's request. What a nomination is worth is learnt by key, such as how long ago that was.
 */
final class Nominees {
	private static final int NONE = Parents.NONE;
	/** Delays are told apart by this many bins of {@link Histogram} together: two octaves. */
	private static final int BUCKET = 32;

	/** Of {@link EvidenceModel}. */
	final int evidence;
	final int[] call;
	final int[] request;
	private final Instance instance;
	private final long[] key;
	private final float[] agrees;
	private final float[] disagrees;

	Nominees(Instance instance, int evidence) {
		this.instance = instance;
		this.evidence = evidence;
		call = new int[instance.calls];
		request = new int[instance.calls];
		key = new long[instance.calls];
		agrees = new float[instance.calls];
		disagrees = new float[instance.calls];
		Arrays.fill(call, NONE);
		Arrays.fill(request, NONE);
	}

	/**
	 * Nominates for {@code of} a request, or a call's.
	 *
	 * @param ticks how long ago it was
	 * @param how tells apart what is worth different amounts for reasons of its own
	 */
	void nominate(int of, int newRequest, int newCall, long ticks, int how) {
		request[of] = newRequest;
		call[of] = newCall;
		long cause = newCall != NONE ? instance.kindKey[instance.callKind[newCall]] : DelayModel.START;
		long bucket = Histogram.bin(Math.max(0, ticks)) / BUCKET;
		key[of] = DelayModel.key(cause, instance.kindKey[instance.callKind[of]], bucket | (long) how << 32);
	}

	/** Nominates a request for {@code of}; what is worth the same has the same key. */
	void nominate(int of, int newRequest, long newKey) {
		request[of] = newRequest;
		key[of] = newKey;
	}

	/** The request nominated for a call at the moment, if it was open then, or {@link Parents#NONE}. */
	int of(int of, Assignment assignment) {
		int nominee = request[of];
		if (nominee == NONE && call[of] != NONE) {
			nominee = assignment.owner[call[of]];
		}
		return nominee != NONE && instance.isOpenAt(nominee, instance.callStart[of]) ? nominee : NONE;
	}

	/** How much the nomination, if there is one, speaks for {@code candidate}. */
	float score(int of, int candidate, Assignment assignment) {
		int nominee = of(of, assignment);
		return nominee == NONE ? 0 : nominee == candidate ? agrees[of] : disagrees[of];
	}

	/** Whether there is a nomination for a call at all. */
	boolean exists(int of) {
		return request[of] != NONE || call[of] != NONE;
	}

	/** What is worth the same has the same. */
	long key(int of) {
		return key[of];
	}

	/** Whether the nomination depends on whose other calls are. */
	boolean isRelative(int of) {
		return call[of] != NONE;
	}

	void learn(EvidenceModel model, int of, int owner, float share, Assignment assignment) {
		int nominee = of(of, assignment);
		if (nominee != NONE) {
			observe(model, of, nominee == owner, share);
		}
	}

	/** Counts that the nomination for a call was right, or not, as {@code share} of one. */
	void observe(EvidenceModel model, int of, boolean agrees, float share) {
		model.observe(kind(of), key[of], agrees, share);
	}

	/** What a request's arrival is worth says nothing of what the answer to a call is worth. */
	int kind(int of) {
		return isRelative(of) ? evidence + EvidenceModel.OF_CALL : evidence;
	}

	void prepare(EvidenceModel model, Candidates candidates) {
		for (int of = 0; of < call.length; of++) {
			if (!exists(of)) {
				continue;
			}
			double others = Math.max(1, candidates.count(of) - 1);
			double agree = model.knows(kind(of)) ? model.share(kind(of), key[of]) : 1 / (others + 1);
			agrees[of] = (float) Math.log(agree);
			disagrees[of] = (float) Math.log((1 - agree) / others);
		}
	}
}
