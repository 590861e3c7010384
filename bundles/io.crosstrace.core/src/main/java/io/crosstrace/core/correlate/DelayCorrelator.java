package io.crosstrace.core.correlate;

import java.util.Arrays;

import io.crosstrace.core.span.SpanTable;

/**
 * Gives calls to requests by their usual delays alone: no thread ids, no payload. Learns the delays from
 * a first guess, matches, learns again.
 *
 * <p>Deterministic: the same table gives the same answer. Cost: O(p) a round for p pairs of a call and a
 * request that was open when it started. Stateless; any thread.
 */
public final class DelayCorrelator implements Correlator {
	@Override
	public Parents correlate(SpanTable spans) {
		int[] row = new int[spans.size()];
		float[] confidence = new float[spans.size()];
		Arrays.fill(row, Parents.NONE);
		for (Instance instance : Instance.split(spans)) {
			Matcher matcher = new Matcher(instance, new Candidates(instance));
			matcher.run();
			for (int call = 0; call < instance.calls; call++) {
				int request = matcher.assignment.owner[call];
				if (request != Parents.NONE) {
					row[instance.callRow[call]] = instance.requestRow[request];
					confidence[instance.callRow[call]] = matcher.confidence(call);
				}
			}
		}
		return new Parents(row, confidence);
	}
}
