package io.crosstrace.core.correlate;

/**
 * A learnt density of delays: exact below {@value #LINEAR} ticks, then 16 bins an octave, smoothed as
 * widely as the sample is small and spread. About 5 kB. One thread at a time.
 */
final class Histogram {
	private static final int LINEAR = 32;
	private static final int PER_OCTAVE = 16;
	private static final int FIRST_OCTAVE = 5; // LINEAR is 2^5
	static final int BINS = LINEAR + PER_OCTAVE * 38;
	/** Share of the density that is spread over all delays alike: the model may be wrong. */
	private static final float BROAD = 0.02f;
	private static final float[] LOG_WIDTH = new float[BINS];
	private static final float LOG_BINS = (float) Math.log(BINS);

	static {
		for (int bin = LINEAR; bin < BINS; bin++) {
			LOG_WIDTH[bin] = (float) (((bin - LINEAR) / PER_OCTAVE + 1) * Math.log(2));
		}
	}

	private final float[] weights = new float[BINS];
	private float weight;
	private int lowest = BINS;
	private int highest = -1;

	void add(long ticks, float share) {
		int bin = bin(ticks);
		weights[bin] += share;
		weight += share;
		lowest = Math.min(lowest, bin);
		highest = Math.max(highest, bin);
	}

	float weight() {
		return weight;
	}

	void forget(float keep) {
		for (int i = lowest; i <= highest; i++) {
			weights[i] *= keep;
		}
		weight *= keep;
	}

	/** Density of a delay in {@code bin} when nothing is known, logarithm, per tick. */
	static float unknown(int bin) {
		return -LOG_WIDTH[bin] - LOG_BINS;
	}

	/**
	 * Writes the logarithm of the density, per tick, of each bin, plus {@code add}. Three passes of a box
	 * are nearly a Gaussian kernel.
	 */
	void logDensity(float[] into, int at, float add) {
		float broad = BROAD / BINS;
		float logBroad = (float) Math.log(weight == 0 ? 1.0 / BINS : broad) + add;
		for (int bin = 0; bin < BINS; bin++) {
			into[at + bin] = logBroad - LOG_WIDTH[bin];
		}
		if (weight == 0) {
			return;
		}
		int radius = radius();
		int from = Math.max(0, lowest - 3 * radius);
		int to = Math.min(BINS, highest + 3 * radius + 1);
		float[] smooth = new float[to - from];
		System.arraycopy(weights, from, smooth, 0, smooth.length);
		float[] other = new float[smooth.length];
		for (int pass = 0; pass < 3 && radius > 0; pass++) {
			box(smooth, other, radius);
			float[] swap = smooth;
			smooth = other;
			other = swap;
		}
		float scale = (1 - BROAD) / weight;
		for (int i = 0; i < smooth.length; i++) {
			if (smooth[i] > 0) {
				into[at + from + i] = (float) Math.log(smooth[i] * scale + broad) + add - LOG_WIDTH[from + i];
			}
		}
	}

	/** Writes, for each bin, where it lies among what was seen, as a normal score: 0 is the middle. */
	void normalScores(float[] into, int at) {
		float scale = 1 / (weight + 0.5f);
		float sum = 0.25f;
		float edge = normalScore(sum * scale);
		for (int bin = 0; bin < BINS; bin++) {
			if (weights[bin] > 0) {
				into[at + bin] = normalScore((sum + weights[bin] / 2) * scale);
				sum += weights[bin];
				edge = normalScore(sum * scale);
			} else {
				into[at + bin] = edge;
			}
		}
	}

	/** Quantile of a normal law, by the approximation of Hastings: within 5e-4. */
	private static float normalScore(float share) {
		double tail = Math.max(1e-4, Math.min(share, 1 - share));
		double t = Math.sqrt(-2 * Math.log(tail));
		double score = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
		return (float) (share < 0.5f ? -score : score);
	}

	private int radius() {
		double spread = Math.max(0.7, (quantile(0.75f) - quantile(0.25f)) / 1.34);
		double sigma = Math.max(0.3, 0.9 * spread * Math.pow(Math.max(1, weight), -0.2));
		if (weight < 8) {
			sigma = Math.max(sigma, 4 / Math.sqrt(Math.max(1, weight)));
		}
		// Three boxes of width w have the variance (w^2 - 1) / 4.
		return (int) Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
	}

	private static void box(float[] from, float[] to, int radius) {
		int size = from.length;
		double sum = 0;
		for (int bin = 0; bin < radius && bin < size; bin++) {
			sum += from[bin];
		}
		double share = 1.0 / (2 * radius + 1);
		for (int bin = 0; bin < size; bin++) {
			if (bin + radius < size) {
				sum += from[bin + radius];
			}
			if (bin - radius - 1 >= 0) {
				sum -= from[bin - radius - 1];
			}
			to[bin] = (float) Math.max(0, sum * share);
		}
	}

	private int quantile(float share) {
		float wanted = weight * share;
		float sum = 0;
		for (int bin = lowest; bin < highest; bin++) {
			sum += weights[bin];
			if (sum >= wanted) {
				return bin;
			}
		}
		return highest;
	}

	static int bin(long ticks) {
		if (ticks < LINEAR) {
			return (int) Math.max(0, ticks);
		}
		int octave = 63 - Long.numberOfLeadingZeros(ticks);
		int within = (int) (ticks >>> octave - 4) & PER_OCTAVE - 1;
		return Math.min(BINS - 1, LINEAR + (octave - FIRST_OCTAVE) * PER_OCTAVE + within);
	}
}
