package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * How sure each parent is, and which calls had better have none.
 *
 * <p>The share of a {@link Walk} that a call was with its owner says much, but a model that was learnt from its
 * own answers flatters itself: so a share counts for less than it says, and a call that never left its
 * owner is the less sure the more the calls around it did. How much was fitted on spans with known
 * parents, each family of services judged by what the others taught (docs/correlation.md).
 *
 * <p>As many calls are left without a parent as would, of the rest, be expected to be wrong: of what is
 * not right, at most half should lie.
 */
final class Doubt {
	private static final int AROUND = 20;
	private static final double SHARE_OFFSET = 0.05;
	private static final double SHARE_WEIGHT = 0.53;
	private static final double LEAST_SHARE = 0.02;
	private static final double SETTLED = 2.5;
	private static final double AROUND_WEIGHT = -0.6;
	private static final double LEAST_AROUND = 2e-4;
	/** An edge as sure as this does not count as one that may be wrong: there are many, and hardly any is. */
	private static final float CERTAIN = 0.999f;
	/** An edge as sure as this is never given up. */
	private static final float SURE_ENOUGH = 0.8f;
	private static final float MOST_BALANCE = 20;

	private Doubt() {
	}

	/** As far as can be said without a walk: as if all candidates were alike. */
	static float[] unweighed(Instance instance, Assignment assignment, Candidates candidates) {
		float[] confidence = new float[instance.calls];
		for (int call = 0; call < instance.calls; call++) {
			confidence[call] = assignment.owner[call] == Parents.NONE ? 0
					: instance.callFixed[call] != Instance.FREE ? 1 : 1f / candidates.count(call);
		}
		return confidence;
	}

	/** Confidence of each call's owner, calibrated; 0 for calls without one. */
	static float[] confidences(Instance instance, Assignment assignment, Walk walk) {
		int calls = instance.calls;
		float[] share = new float[calls];
		double[] left = new double[calls + 1];
		for (int call = 0; call < calls; call++) {
			int owner = assignment.owner[call];
			share[call] = owner == Parents.NONE ? 0 : instance.callFixed[call] != Instance.FREE ? 1 : walk.share(call, owner);
			left[call + 1] = left[call] + (owner == Parents.NONE ? 0 : 1 - share[call]);
		}
		for (int call = 0; call < calls; call++) {
			if (assignment.owner[call] != Parents.NONE) {
				int from = Math.max(0, call - AROUND);
				int to = Math.min(calls, call + AROUND + 1);
				share[call] = instance.callFixed[call] != Instance.FREE ? 1
						: calibrated(share[call], (left[to] - left[from]) / (to - from));
			}
		}
		return share;
	}

	private static float calibrated(double share, double around) {
		double odds = share > 0.9995 ? SETTLED + AROUND_WEIGHT * Math.log(around + LEAST_AROUND)
				: SHARE_OFFSET + SHARE_WEIGHT * logit(Math.clamp(share, LEAST_SHARE, 1 - LEAST_SHARE));
		return (float) (1 / (1 + Math.exp(-odds)));
	}

	private static double logit(double share) {
		return Math.log(share / (1 - share));
	}

	/**
	 * Takes the least sure calls from their owners.
	 *
	 * @param balance what earlier tables expect to be wrong beyond the calls they left without a parent
	 * @return the new balance
	 */
	static float abstain(Instance instance, Assignment assignment, float[] confidence, float balance) {
		int[] doubtful = new int[instance.calls];
		int n = 0;
		double wrong = balance;
		for (int call = 0; call < instance.calls; call++) {
			if (assignment.owner[call] == Parents.NONE || instance.callFixed[call] != Instance.FREE) {
				continue;
			}
			wrong += confidence[call] < CERTAIN ? 1 - confidence[call] : 0;
			if (confidence[call] < SURE_ENOUGH) {
				doubtful[n++] = call;
			}
		}
		float[] sorted = new float[n];
		for (int i = 0; i < n; i++) {
			sorted[i] = confidence[doubtful[i]];
		}
		Arrays.sort(sorted);
		int given = 0;
		while (given < n && wrong - (1 - sorted[given]) >= given + 0.5) {
			wrong -= 1 - sorted[given++];
		}
		float least = given < n ? above(sorted, given) : SURE_ENOUGH;
		int left = 0;
		for (int i = 0; i < n; i++) {
			if (confidence[doubtful[i]] < least) {
				assignment.take(doubtful[i]);
				confidence[doubtful[i]] = 0;
				left++;
			}
		}
		return Math.clamp((float) wrong - left, -MOST_BALANCE, MOST_BALANCE);
	}

	/**
	 * What about {@code given} of some sorted confidences are below. Equals, such as of two calls that could be exchanged,
	 * stay together, on the side that most of them are on.
	 */
	private static float above(float[] sorted, int given) {
		int low = given;
		int high = given;
		while (low > 0 && sorted[low - 1] == sorted[given]) {
			low--;
		}
		while (high < sorted.length && sorted[high] == sorted[given]) {
			high++;
		}
		return 2 * given > low + high ? Math.nextUp(sorted[given]) : sorted[given];
	}
}
