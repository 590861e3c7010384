package io.crosstrace.core.correlate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What was learnt about service instances, carried from one table to the next of the same dictionary of
 * names. Without it a table is learnt from alone.
 *
 * <p>Learnt anew when about as many calls came as were learnt from last time: soon after the start, seldom
 * later. At most {@value #MOST_INSTANCES} instances, the least recently seen go first; about 100 kB each.
 * One thread at a time, but learning may go on in another: what is known meanwhile is what was learnt before.
 */
final class Memory {
	private static final int MOST_INSTANCES = 256;
	private static final int FEWEST_CALLS = 50;
	private static final int MOST_CALLS = 4_000;

	private final Executor learning;

	/** @param learning runs what learns of instances that are known well already */
	Memory(Executor learning) {
		this.learning = learning;
	}

	/** What is known of an instance. Neither is changed any more. */
	record Learnt(DelayModel delays, EvidenceModel evidence) {
	}

	/** One instance. */
	static final class Habits {
		/** Null if nothing is known. */
		volatile Learnt learnt;
		private volatile boolean learning;
		/** See {@link Doubt#abstain}. */
		float balance;
		/** Decided so far by the time it was learnt, and now. */
		private long learntAt;
		private int learnings;
		private long decided;
		private long nextAt = FEWEST_CALLS;

		boolean known() {
			return learnt != null;
		}

		/**
		 * Whether enough is known of how far loops can be trusted: found anew only now and then, since it costs as much as
		 * all else that is learnt together.
		 */
		boolean settled() {
			return learntAt >= MOST_CALLS && learnings % 4 != 0;
		}

		boolean outdated() {
			return !learning && (!known() || decided >= nextAt);
		}

		private void begin() {
			learning = true;
			learntAt = decided;
			learnings++;
			nextAt = learntAt + Math.clamp(learntAt, FEWEST_CALLS, MOST_CALLS);
		}

		private void learn(Supplier<Learnt> lesson) {
			try {
				learnt = lesson.get();
			} finally {
				learning = false;
			}
		}

		void count(int calls) {
			decided += calls;
		}
	}

	private final Map<Long, Habits> habits = new LinkedHashMap<>(16, 0.75f, true) {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Habits> eldest) {
			return size() > MOST_INSTANCES;
		}
	};

	/** Learns at once of who is hardly known, which is soon done; else when it can be done. */
	void learn(Habits of, Supplier<Learnt> lesson) {
		of.begin();
		if (of.learntAt < MOST_CALLS) {
			of.learn(lesson);
		} else {
			learning.execute(() -> of.learn(lesson));
		}
	}

	Habits of(Instance instance) {
		return habits.computeIfAbsent(instance.key, key -> new Habits());
	}
}
