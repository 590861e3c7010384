package io.crosstrace.core.correlate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import io.crosstrace.core.span.SpanTable;

/**
 * Gives calls to requests by their usual delays alone: no thread ids, no payload. Learns the delays from
 * a first guess, matches, learns again.
 *
 * <p>Deterministic: the same table gives the same answer. Cost: O(p) a round for p pairs of a call and a
 * request that was open when it started. Stateless; any thread.
 */
public final class DelayCorrelator implements Correlator {
	private final boolean fusion;
	private final Memory memory;
	private final Set<Step> without;

	/** Delays, order and structure alone. */
	public DelayCorrelator() {
		this(Set.of());
	}

	/** @param without steps to leave out */
	public DelayCorrelator(Set<Step> without) {
		this(false, null, without);
	}

	/** The paper's method without what came after: the likeliest pair at a time, never taken back. */
	public static DelayCorrelator greedy() {
		return new DelayCorrelator(EnumSet.of(Step.REMATCH, Step.GUARD));
	}

	/** @param memory what was learnt from earlier tables, or null to learn from each table alone */
	DelayCorrelator(boolean fusion, Memory memory, Set<Step> without) {
		this.fusion = fusion;
		this.memory = memory;
		this.without = Set.copyOf(without);
	}

	@Override
	public Parents correlate(SpanTable spans) {
		int[] row = new int[spans.size()];
		float[] confidence = new float[spans.size()];
		Arrays.fill(row, Parents.NONE);
		for (Instance instance : Instance.split(spans)) {
			Learner learner = new Learner(instance, fusion, without);
			if (memory == null) {
				learner.run();
			} else {
				learner.run(memory.of(instance));
			}
			for (int call = 0; call < instance.calls; call++) {
				int request = learner.assignment.owner[call];
				if (request != Parents.NONE) {
					row[instance.callRow[call]] = instance.requestRow[request];
					confidence[instance.callRow[call]] = learner.confidence(call);
				}
			}
		}
		return new Parents(row, confidence);
	}
}
