package io.crosstrace.core.correlate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

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

	/** One greedy pass over learnt delays: in order of time, each call to the likeliest request, never taken back. */
	public static DelayCorrelator greedy() {
		return new DelayCorrelator(EnumSet.of(Step.REMATCH, Step.GUARD, Step.WALK, Step.ABSTAIN, Step.ORDER));
	}

	/** @param memory what was learnt from earlier tables, or null to learn from each table alone */
	DelayCorrelator(boolean fusion, Memory memory, Set<Step> without) {
		this.fusion = fusion;
		this.memory = memory;
		this.without = Set.copyOf(without);
	}

	/**
	 * Why a call has the parent that {@link #correlate} gives it. Learns from the call's own instance, so it costs
	 * as much as correlating that; the IDE hands over a part of its spans around the call.
	 *
	 * @param most candidates at most
	 * @throws IllegalArgumentException if {@code row} is no call of the table
	 */
	public Explanation explain(SpanTable spans, int row, int most) {
		if (row < 0 || row >= spans.size() || spans.isRequest(row)) {
			throw new IllegalArgumentException("row " + row + " of " + spans.size() + " is no call");
		}
		for (Instance instance : Instance.split(spans)) {
			for (int call = 0; call < instance.calls; call++) {
				if (instance.callRow[call] == row) {
					Learner learner = new Learner(instance, fusion, without);
					learner.run();
					return learner.explain(call, most);
				}
			}
		}
		throw new IllegalArgumentException("row " + row + " is neither request nor call");
	}

	@Override
	public Parents correlate(SpanTable spans) {
		return correlate(spans, () -> spans, false);
	}

	Parents correlate(SpanTable spans, Supplier<SpanTable> context, boolean hurried) {
		Map<Long, Instance> known = null;
		int[] row = new int[spans.size()];
		float[] confidence = new float[spans.size()];
		Arrays.fill(row, Parents.NONE);
		for (Instance instance : Instance.split(spans)) {
			Learner learner = new Learner(instance, fusion, without);
			if (memory == null) {
				learner.run();
			} else {
				Memory.Habits habits = memory.of(instance);
				habits.count(instance.free());
				if (habits.outdated() && known == null) {
					known = new HashMap<>();
					for (Instance one : Instance.split(context.get())) {
						known.put(one.key, one);
					}
				}
				Instance around = habits.outdated() ? known.get(instance.key) : null;
				if (around != null && around.calls > 0 && around.requests > 0) {
					memory.learn(habits, Learner.lesson(around, habits, fusion, without));
				}
				learner.run(habits, hurried);
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
