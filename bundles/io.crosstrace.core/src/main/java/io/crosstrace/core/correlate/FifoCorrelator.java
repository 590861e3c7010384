package io.crosstrace.core.correlate;

import java.util.Arrays;

import io.crosstrace.core.span.SpanTable;

/**
 * Gives each call to the oldest open request that made the fewest of its kind: the yardstick for every
 * other method, and nearly perfect for an event loop whose requests are all alike.
 *
 * <p>Cost: O(p) for p pairs of a call and a request that was open when it started. Stateless.
 */
public final class FifoCorrelator implements Correlator {
	@Override
	public Parents correlate(SpanTable spans) {
		int[] row = new int[spans.size()];
		float[] confidence = new float[spans.size()];
		Arrays.fill(row, Parents.NONE);
		for (Instance instance : Instance.split(spans)) {
			Candidates candidates = new Candidates(instance);
			Assignment assignment = new Assignment(instance);
			assign(instance, assignment, candidates, 0, instance.calls);
			for (int call = 0; call < instance.calls; call++) {
				if (assignment.owner[call] != Parents.NONE) {
					row[instance.callRow[call]] = instance.requestRow[assignment.owner[call]];
					confidence[instance.callRow[call]] = instance.callFixed[call] == Instance.FREE
							? 1f / candidates.count(call) : 1;
				}
			}
		}
		return new Parents(row, confidence);
	}

	static void assign(Instance instance, Assignment assignment, Candidates candidates, int from, int to) {
		for (int call = from; call < to; call++) {
			int best = instance.callFixed[call];
			if (best != Instance.FREE) {
				if (best != Parents.NONE) {
					assignment.give(call, best);
				}
				continue;
			}
			best = Parents.NONE;
			int fewest = Integer.MAX_VALUE;
			for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
				int request = candidates.request[at];
				int same = 0;
				for (int other = assignment.first(request); other != Parents.NONE; other = assignment.next(other)) {
					same += instance.callKind[other] == instance.callKind[call] ? 1 : 0;
				}
				if (same < fewest) {
					fewest = same;
					best = request;
				}
			}
			if (best != Parents.NONE) {
				assignment.give(call, best);
			}
		}
	}
}
