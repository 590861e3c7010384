package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DoubtTest {
	@Test
	void aboutAsManyCallsAreLeft_asWillBeWrong() {
		// 3.1 wrong of seven: two are left, 1.6 of the others are wrong.
		assertEquals("..PPPPP", left(0.2f, 0.3f, 0.6f, 0.7f, 0.7f, 0.7f, 0.7f));
	}

	@Test
	void callsThatAreEquallySure_areLeftTogether() {
		assertEquals("...PPPP", left(0.5f, 0.5f, 0.5f, 0.7f, 0.7f, 0.7f, 0.7f));
		assertEquals("PPPPPPP", left(0.7f, 0.7f, 0.7f, 0.7f, 0.7f, 0.7f, 0.7f));
	}

	@Test
	void callsThatAreSure_areNotLeft() {
		assertEquals("PPP", left(0.999f, 0.85f, 0.9f));
	}

	/** Which calls of these confidences keep their parent. */
	private static String left(float... sure) {
		Instance instance = Instance.split(RandomLoad.of(1).requests(3).concurrency(1).spans()).get(0);
		Assignment assignment = new Assignment(instance);
		float[] confidence = new float[instance.calls];
		for (int call = 0; call < sure.length; call++) {
			assignment.give(call, 0);
			confidence[call] = sure[call];
		}
		Doubt.abstain(instance, assignment, confidence, 0);
		StringBuilder kept = new StringBuilder();
		for (int call = 0; call < sure.length; call++) {
			kept.append(assignment.owner[call] == Parents.NONE ? '.' : 'P');
		}
		return kept.toString();
	}
}
