package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * The first guess at a service's habits, from nothing: shares each call among all requests that could have
 * made it, learns from the shares how often and how long after its start a kind of request makes a kind of
 * call, shares again (expectation maximisation). A delay that recurs stands out from the many that do not,
 * even where every call has fifty candidates and no single one is certain.
 *
 * <p>Cost: O({@value #ROUNDS} p) for the p pairs of the calls looked at.
 */
final class SoftSeed {
	private static final int ROUNDS = 8;
	private static final int SHARPENING = 10;
	private static final float SHARPER = 0.05f;

	private final Instance instance;
	private final Candidates candidates;
	private final Evidence evidence;
	private final int kinds;
	/** How many calls of a kind a request of an operation makes, on average. */
	private final float[] rate;
	private final Histogram[] delays;
	private final int[] groupSlot;
	private final float[] orphanRate;
	private int groups;

	SoftSeed(Instance instance, Candidates candidates, Evidence evidence) {
		this.instance = instance;
		this.candidates = candidates;
		this.evidence = evidence;
		kinds = instance.kinds;
		rate = new float[instance.operations * kinds];
		Arrays.fill(rate, 1);
		groupSlot = new int[instance.operations * kinds];
		Arrays.fill(groupSlot, -1);
		orphanRate = new float[kinds];
		delays = new Histogram[groupSlot.length];
	}

	/** Learns from calls {@code from} to {@code to}; teaches the evidence on the way. */
	void learn(EvidenceModel model, int from, int to, boolean sharpen) {
		int rounds = sharpen ? ROUNDS + SHARPENING : ROUNDS;
		float[] table = null;
		float[] shares = new float[64];
		double[] made = new double[rate.length];
		double[] asked = new double[instance.operations];
		long begin = instance.callStart[from];
		long end = instance.callStart[to - 1];
		for (int request = 0; request < instance.requests; request++) {
			if (instance.requestStart[request] >= begin && instance.requestStart[request] <= end) {
				asked[instance.requestOperation[request]]++;
			}
		}
		for (int round = 0; round < rounds; round++) {
			float threshold = (round - ROUNDS + 1) * SHARPER;
			Histogram[] next = new Histogram[rate.length];
			Arrays.fill(made, 0);
			double[] orphans = new double[kinds];
			model.forget(0);
			for (int call = from; call < to; call++) {
				int first = candidates.from[call];
				int count = candidates.count(call);
				if (shares.length < count) {
					shares = new float[count * 2];
				}
				int kind = instance.callKind[call];
				double sum = round == 0 ? 1e-12 : orphanRate[kind];
				double none = sum;
				for (int i = 0; i < count; i++) {
					int request = candidates.request[first + i];
					int group = instance.requestOperation[request] * kinds + kind;
					int bin = Histogram.bin(instance.callStart[call] - instance.requestStart[request]);
					float log = table == null || groupSlot[group] < 0 ? Histogram.unknown(bin)
							: table[groupSlot[group] * Histogram.BINS + bin];
					if (round > 0) {
						log += evidence.ofPair(call, first + i);
					}
					shares[i] = rate[group] * (float) Math.exp(log);
					sum += shares[i];
				}
				orphans[kind] += count == 0 ? 1 : 0.01 * none / sum;
				for (int i = 0; i < count; i++) {
					int request = candidates.request[first + i];
					float share = (float) (shares[i] / sum);
					int group = instance.requestOperation[request] * kinds + kind;
					made[group] += share;
					if (share > 1e-3f) {
						if (next[group] == null) {
							next[group] = new Histogram();
						}
						next[group].add(instance.callStart[call] - instance.requestStart[request], share);
						if (count > 1) {
							evidence.learn(call, request, share);
						}
					}
					if (count > 1) {
						evidence.learnOther(call, request, (1 - share) / (count - 1));
					}
				}
			}
			groups = 0;
			for (int group = 0; group < next.length; group++) {
				delays[group] = next[group];
				groupSlot[group] = next[group] == null ? -1 : groups++;
			}
			table = new float[groups * Histogram.BINS];
			for (int group = 0; group < next.length; group++) {
				rate[group] = (float) ((made[group] + 1e-3) / (asked[group / kinds] + 1e-2));
				if (rate[group] < threshold) {
					rate[group] *= 0.05f;
				}
				if (next[group] != null) {
					next[group].logDensity(table, groupSlot[group] * Histogram.BINS, 0);
				}
			}
			for (int kind = 0; kind < kinds; kind++) {
				orphanRate[kind] = (float) ((orphans[kind] + 0.1) / (end - begin + Scores.UNWATCHED_NANOS / instance.tickNanos));
			}
			model.pool(1);
			evidence.prepare();
		}
		logTable = table;
	}

	private float[] logTable;

	/** How likely a request that made {@code same} calls of the kind already makes this one. */
	float score(int call, int request, int same) {
		int group = instance.requestOperation[request] * kinds + instance.callKind[call];
		int bin = Histogram.bin(instance.callStart[call] - instance.requestStart[request]);
		float log = groupSlot[group] < 0 ? Histogram.unknown(bin) : logTable[groupSlot[group] * Histogram.BINS + bin];
		float more = Math.max(0.02f * rate[group], rate[group] - same);
		return log + (float) Math.log(more + 1e-6);
	}

	/**
	 * Gives each call to the oldest request that may still be about to make it: that makes such calls, has
	 * not made it yet, and is not on a thread that its calls never come from.
	 */
	void assignInOrder(Assignment assignment, int from, int to) {
		for (int call = from; call < to; call++) {
			int best = instance.callFixed[call];
			if (best == Instance.FREE) {
				best = Parents.NONE;
				float mostDue = Float.NEGATIVE_INFINITY;
				for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
					int request = candidates.request[at];
					float due = due(assignment, call, request);
					if (due > mostDue) {
						mostDue = due;
						best = request;
					}
				}
			}
			if (best != Parents.NONE) {
				assignment.give(call, best);
			}
		}
	}

	/** 0 if the call is due; less, in steps, the less it is. */
	private float due(Assignment assignment, int call, int request) {
		int kind = instance.callKind[call];
		int same = 0;
		for (int other = assignment.first(request); other != Parents.NONE; other = assignment.next(other)) {
			same += instance.callKind[other] == kind ? 1 : 0;
		}
		float rest = rate[instance.requestOperation[request] * kinds + kind] - same;
		float due = rest > 0.1f ? 0 : Math.max(-50, Math.round(rest - 1));
		return evidence.speaksAgainst(call, request) ? due - 1.5f : due;
	}

	float orphan(int call) {
		return (float) Math.log(orphanRate[instance.callKind[call]]);
	}
}
