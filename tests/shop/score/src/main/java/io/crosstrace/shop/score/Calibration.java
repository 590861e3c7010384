package io.crosstrace.shop.score;

import io.crosstrace.shop.score.Tally.Verdict;

/** Whether confidence means something: of the edges given 0.9, 90 % should be right. */
final class Calibration {
	private static final double[] ENDS = { 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.000001 };

	private final long[] edges = new long[ENDS.length];
	private final long[] right = new long[ENDS.length];
	private final double[] sum = new double[ENDS.length];

	/** Edges without a confidence or without a parent say nothing, nor do those whose parent was lost. */
	void add(double confidence, Verdict verdict) {
		if (Double.isNaN(confidence) || verdict != Verdict.RIGHT && verdict != Verdict.WRONG) {
			return;
		}
		int row = 0;
		while (row < ENDS.length - 1 && confidence >= ENDS[row]) {
			row++;
		}
		edges[row]++;
		sum[row] += confidence;
		right[row] += verdict == Verdict.RIGHT ? 1 : 0;
	}

	int rows() {
		return ENDS.length;
	}

	long edges(int row) {
		return edges[row];
	}

	/** The mean of what was promised, in percent; 0 for an empty row. */
	double promised(int row) {
		return edges[row] == 0 ? 0 : 100 * sum[row] / edges[row];
	}

	/** How many were right, in percent; 0 for an empty row. */
	double kept(int row) {
		return edges[row] == 0 ? 0 : 100.0 * right[row] / edges[row];
	}
}
