package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanTable;

/**
 * Compares the matcher with a reference that tries every assignment of a small table under the same learnt
 * model: what the matcher finds must be nearly as likely as the best there is.
 */
class ExhaustiveTest {
	private static final int MOST = 20_000;

	@Test
	void foundAssignment_isAsLikelyAsTheBestOfAll() {
		int tried = 0;
		int best = 0;
		for (int seed = 1; seed <= 400 && tried < 40; seed++) {
			SpanTable spans = RandomLoad.of(seed).requests(3).concurrency(2).jitter(0.4).spans();
			Instance instance = Instance.split(spans).get(0);
			Candidates candidates = new Candidates(instance);
			double ways = 1;
			for (int call = 0; call < instance.calls; call++) {
				ways *= candidates.count(call) + 1;
			}
			if (ways < 8 || ways > MOST) {
				continue;
			}
			tried++;
			Learner learner = new Learner(instance, false, Set.of(Step.WALK, Step.ORDER));
			learner.run();
			double found = learner.matcher.likelihood(0, instance.calls);
			double most = search(instance, candidates, learner, 0);
			assertTrue(found <= most + 1e-2, "seed " + seed + ": found " + found + " is above the most, " + most);
			best += found > most - 1e-2 ? 1 : 0;
		}
		assertTrue(tried >= 10, "only " + tried + " tables were small enough: the test proves little");
		assertTrue(best >= 0.9 * tried, "the best was found for " + best + " of " + tried + " tables only");
	}

	/** The likelihood of the best completion of what is decided for the calls before {@code call}. */
	private static double search(Instance instance, Candidates candidates, Learner learner, int call) {
		if (call == instance.calls) {
			return learner.matcher.likelihood(0, instance.calls);
		}
		learner.matcher.move(call, Parents.NONE);
		double most = search(instance, candidates, learner, call + 1);
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			learner.matcher.move(call, candidates.request[at]);
			most = Math.max(most, search(instance, candidates, learner, call + 1));
			learner.matcher.move(call, Parents.NONE);
		}
		return most;
	}
}
