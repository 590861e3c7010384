package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * How a delay goes with what was seen around it: the delay before it in the same request, how long the call before it
 * took and the call itself takes, and how long delays were elsewhere at the time ({@link Surroundings}). A busy machine
 * makes all of them long together, so two calls that could be exchanged are told apart by more than each delay alone.
 *
 * <p>A linear regression of normal scores: what is learnt of the delay's own density stays as it is, so where nothing
 * goes with anything this changes nothing. One thread at a time.
 */
final class Trends {
	private static final int FEATURES = 5;
	/** Of a compiled trend: coefficients, what to add, and what to multiply the square of the rest with. */
	static final int SIZE = FEATURES + 2;
	/** As if so many delays had been seen that went with nothing. */
	private static final double PRIOR = 10;
	private static final double MOST_EXPLAINED = 0.8;

	/** Of features i and j at 5 i + j, for j not below i. */
	private final double[] products = new double[FEATURES * FEATURES];
	private final double[] withDelay = new double[FEATURES];
	private double weight;
	private final float[] features = new float[FEATURES];

	void forget(float keep) {
		for (int i = 0; i < products.length; i++) {
			products[i] *= keep;
		}
		for (int i = 0; i < FEATURES; i++) {
			withDelay[i] *= keep;
		}
		weight *= keep;
	}

	/** Learns from one delay. All arguments are normal scores. */
	void learn(float delay, float last, float durationBefore, float duration, float near, float wide) {
		features[0] = last;
		features[1] = durationBefore;
		features[2] = duration;
		features[3] = near;
		features[4] = wide;
		for (int i = 0; i < FEATURES; i++) {
			for (int j = i; j < FEATURES; j++) {
				products[i * FEATURES + j] += features[i] * features[j];
			}
			withDelay[i] += features[i] * delay;
		}
		weight++;
	}

	/** Writes {@value #SIZE} numbers for {@link #change}. */
	void compile(float[] into, int at) {
		double[] a = products.clone();
		double[] b = withDelay.clone();
		for (int i = 0; i < FEATURES; i++) {
			a[i * FEATURES + i] += PRIOR;
			for (int j = 0; j < i; j++) {
				a[i * FEATURES + j] = a[j * FEATURES + i];
			}
		}
		for (int i = 0; i < FEATURES; i++) {
			for (int k = 0; k < FEATURES; k++) {
				double times = k == i ? 0 : a[k * FEATURES + i] / a[i * FEATURES + i];
				for (int j = i; j < FEATURES && times != 0; j++) {
					a[k * FEATURES + j] -= times * a[i * FEATURES + j];
				}
				b[k] -= times * b[i];
			}
		}
		double explained = 0;
		for (int i = 0; i < FEATURES; i++) {
			double coefficient = b[i] / a[i * FEATURES + i];
			into[at + i] = (float) coefficient;
			explained += coefficient * withDelay[i];
		}
		double share = Math.clamp(explained / (weight + PRIOR), 0, MOST_EXPLAINED);
		if (share == 0) {
			Arrays.fill(into, at, at + FEATURES, 0);
		}
		into[at + FEATURES] = (float) (-0.5 * Math.log(1 - share));
		into[at + FEATURES + 1] = (float) (0.5 / (1 - share));
	}

	/** How much likelier a delay is, as a logarithm, for what is around it. */
	static float change(float[] compiled, int at, float delay, float last, float durationBefore, float duration,
			float near, float wide) {
		float rest = delay - compiled[at] * last - compiled[at + 1] * durationBefore - compiled[at + 2] * duration
				- compiled[at + 3] * near - compiled[at + 4] * wide;
		return compiled[at + FEATURES] + 0.5f * delay * delay - compiled[at + FEATURES + 1] * rest * rest;
	}
}
