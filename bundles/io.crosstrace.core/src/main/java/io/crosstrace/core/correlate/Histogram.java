package io.crosstrace.core.correlate;

/**
 * A learnt density of delays: exact below {@value #LINEAR} ticks, then 32 bins an octave, smoothed as
 * widely as the sample is small and spread. About 10 kB. One thread at a time.
 */
final class Histogram {
	private static final int LINEAR = 64;
	private static final int PER_OCTAVE = 32;
	private static final int OCTAVES = 36;
	private static final int BINS = LINEAR + PER_OCTAVE * OCTAVES;
	/** Share of the density that is spread over all delays alike: the model may be wrong. */
	private static final float BROAD = 0.02f;
	private static final float[] LOG_WIDTH = new float[BINS];

	static {
		for (int bin = 0; bin < BINS; bin++) {
			LOG_WIDTH[bin] = bin < LINEAR ? 0 : (float) (((bin - LINEAR) / PER_OCTAVE + 1) * Math.log(2));
		}
	}

	private final float[] weights = new float[BINS];
	private final float[] log = new float[BINS];
	private float weight;

	void add(long ticks) {
		weights[bin(ticks)]++;
		weight++;
	}

	float weight() {
		return weight;
	}

	void forget(float keep) {
		for (int i = 0; i < BINS; i++) {
			weights[i] *= keep;
		}
		weight *= keep;
	}

	/** Density of {@code ticks}, logarithm, per tick. */
	float log(long ticks) {
		return log[bin(ticks)];
	}

	/** Density when nothing is known. */
	static float unknown(long ticks) {
		int bin = bin(ticks);
		return -LOG_WIDTH[bin] - (float) Math.log(BINS);
	}

	/** Smooths what was added. Three passes of a box are nearly a Gaussian kernel. */
	void prepare() {
		int low = quantile(0.25f);
		int high = quantile(0.75f);
		double spread = Math.max(0.7, (high - low) / 1.34);
		double sigma = Math.max(0.4, 0.9 * spread * Math.pow(Math.max(1, weight), -0.2));
		if (weight < 8) {
			sigma = Math.max(sigma, 8 / Math.sqrt(Math.max(1, weight)));
		}
		// Three boxes of width w have the variance (w^2 - 1) / 4.
		int radius = (int) Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
		float[] from = weights.clone();
		float[] to = new float[BINS];
		for (int pass = 0; pass < 3 && radius > 0; pass++) {
			box(from, to, radius);
			float[] swap = from;
			from = to;
			to = swap;
		}
		float scale = weight == 0 ? 0 : (1 - BROAD) / weight;
		for (int bin = 0; bin < BINS; bin++) {
			log[bin] = (float) Math.log(from[bin] * scale + BROAD / BINS) - LOG_WIDTH[bin];
		}
	}

	private static void box(float[] from, float[] to, int radius) {
		float sum = 0;
		for (int bin = 0; bin < radius; bin++) {
			sum += from[bin];
		}
		float share = 1f / (2 * radius + 1);
		for (int bin = 0; bin < BINS; bin++) {
			if (bin + radius < BINS) {
				sum += from[bin + radius];
			}
			if (bin - radius - 1 >= 0) {
				sum -= from[bin - radius - 1];
			}
			to[bin] = Math.max(0, sum) * share;
		}
	}

	private int quantile(float share) {
		float wanted = weight * share;
		float sum = 0;
		for (int bin = 0; bin < BINS; bin++) {
			sum += weights[bin];
			if (sum >= wanted) {
				return bin;
			}
		}
		return BINS - 1;
	}

	private static int bin(long ticks) {
		if (ticks < LINEAR) {
			return (int) Math.max(0, ticks);
		}
		int octave = 63 - Long.numberOfLeadingZeros(ticks); // LINEAR is 2^6
		int within = (int) (ticks >>> octave - 5) & PER_OCTAVE - 1;
		return Math.min(BINS - 1, LINEAR + (octave - 6) * PER_OCTAVE + within);
	}
}
