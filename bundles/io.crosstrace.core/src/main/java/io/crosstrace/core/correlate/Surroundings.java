package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * What an instance was like at the moment of each call and of each answer: how long the call took, and how long the
 * delays near it in time were, as normal scores. An event is a call, or a request (its answer) plus the number of calls.
 *
 * <p>Delays depend on who made the calls, so {@link #look} goes by an assignment and is repeated when it has changed.
 * Memory: 32 bytes an event. One thread at a time.
 */
final class Surroundings {
	/** Neighbours looked at on each side: of the same kind, of any kind. */
	private static final int NEAR = 6;
	private static final int WIDE = 8;
	/** How fast a neighbour counts less the further it is: in usual delays of its kind, in usual delays of all. */
	private static final int NEAR_DELAYS = 5;
	private static final int WIDE_DELAYS = 50;
	/** What neighbours together must outweigh: a few that are far say little. */
	private static final double DOUBT = 0.5;
	private static final int MOST_DEVIATION = 3;

	private final Instance instance;
	/** How long a call takes compared with others of its kind; by call. */
	final float[] duration;
	/** Of the delay before each event, as the model in use has it. */
	final float[] delay;
	final long[] ticks;
	/** Its kind of delay, a slot of the scores in use, and the call that went before, or -1. */
	final int[] slot;
	final int[] callBefore;
	/** Of delays near an event in time, other requests': of the same kind, of all kinds. */
	final float[] near;
	final float[] wide;

	/** Events in order of time, and which group each is of. */
	private int[] events = new int[0];
	private long[] times;
	private int[] groups;
	private int size;

	Surroundings(Instance instance) {
		this.instance = instance;
		int all = instance.calls + instance.requests;
		duration = durations(instance);
		delay = new float[all];
		ticks = new long[all];
		slot = new int[all];
		callBefore = new int[all];
		near = new float[all];
		wide = new float[all];
	}

	private static float[] durations(Instance instance) {
		float[] duration = new float[instance.calls];
		double[] sum = new double[instance.kinds];
		double[] square = new double[instance.kinds];
		int[] count = new int[instance.kinds];
		for (int call = 0; call < instance.calls; call++) {
			int kind = instance.callKind[call];
			// Bins are about as fine as logarithms.
			float bin = Histogram.bin(instance.callEnd[call] - instance.callStart[call]);
			duration[call] = bin;
			sum[kind] += bin;
			square[kind] += bin * bin;
			count[kind]++;
		}
		for (int call = 0; call < instance.calls; call++) {
			int kind = instance.callKind[call];
			double mean = sum[kind] / count[kind];
			double deviation = Math.sqrt(Math.max(0, square[kind] / count[kind] - mean * mean)) + 1;
			duration[call] = (float) Math.clamp((duration[call] - mean) / deviation, -MOST_DEVIATION, MOST_DEVIATION);
		}
		return duration;
	}

	/**
	 * Looks around each call of a range and each answer of the requests given. {@link #delay} and {@link #ticks} must be
	 * known of them.
	 */
	void look(Assignment assignment, int from, int to, int[] requests, int count) {
		collect(assignment, from, to, requests, count);
		int all = instance.kinds + instance.operations;
		int[] first = new int[all + 1];
		for (int i = 0; i < size; i++) {
			first[groups[i] + 1]++;
		}
		for (int group = 0; group < all; group++) {
			first[group + 1] += first[group];
		}
		int[] next = first.clone();
		int[] members = new int[size];
		for (int i = 0; i < size; i++) {
			members[next[groups[i]]++] = i;
		}
		double[] usual = new double[all];
		int known = 0;
		long[] some = new long[size];
		for (int group = 0; group < all; group++) {
			int members0 = first[group];
			int n = first[group + 1] - members0;
			if (n == 0) {
				continue;
			}
			for (int i = 0; i < n; i++) {
				some[i] = ticks[events[members[members0 + i]]];
			}
			Arrays.sort(some, 0, n);
			double median = some[n / 2] + 1.0;
			usual[known++] = median;
			for (int i = members0; i < members0 + n; i++) {
				near[events[members[i]]] = level(assignment, members, i, members0, members0 + n, NEAR, NEAR_DELAYS * median);
			}
		}
		Arrays.sort(usual, 0, known);
		for (int i = 0; i < size; i++) {
			wide[events[i]] = level(assignment, null, i, 0, size, WIDE, WIDE_DELAYS * usual[known / 2]);
		}
	}

	private void collect(Assignment assignment, int from, int to, int[] requests, int count) {
		int most = to - from + count;
		int[] unsorted = new int[most];
		long[] at = new long[most];
		size = 0;
		for (int call = from; call < to; call++) {
			if (assignment.owner[call] != Parents.NONE) {
				at[size] = instance.callStart[call];
				unsorted[size++] = call;
			}
		}
		for (int i = 0; i < count; i++) {
			if (instance.requestEnd[requests[i]] != Instance.OPEN) {
				at[size] = instance.requestEnd[requests[i]];
				unsorted[size++] = instance.calls + requests[i];
			}
		}
		int[] order = Order.by(at, size);
		events = new int[size];
		times = new long[size];
		groups = new int[size];
		for (int i = 0; i < size; i++) {
			int event = unsorted[order[i]];
			events[i] = event;
			times[i] = at[order[i]];
			groups[i] = event < instance.calls ? instance.callKind[event]
					: instance.kinds + instance.requestOperation[event - instance.calls];
		}
	}

	/** Mean of the delays around event {@code i} of some members, or of all if those are null. */
	private float level(Assignment assignment, int[] members, int i, int low, int high, int looks, double scale) {
		int me = members == null ? i : members[i];
		int owner = request(assignment, events[me]);
		double weights = DOUBT;
		double sum = 0;
		double perReach = 1 / (4 * scale);
		for (int step = -1; step <= 1; step += 2) {
			for (int j = i + step; j >= low && j < high && Math.abs(j - i) <= looks; j += step) {
				int other = members == null ? j : members[j];
				double weight = 1 - Math.abs(times[other] - times[me]) * perReach;
				if (weight <= 0) {
					break;
				}
				if (request(assignment, events[other]) != owner) {
					weight *= weight;
					weight *= weight; // about e^-(4 distance / reach), and cheap
					weights += weight;
					sum += weight * delay[events[other]];
				}
			}
		}
		return (float) (sum / weights);
	}

	private int request(Assignment assignment, int event) {
		return event < instance.calls ? assignment.owner[event] : event - instance.calls;
	}
}
