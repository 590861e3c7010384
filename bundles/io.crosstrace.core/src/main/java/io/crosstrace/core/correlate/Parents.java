package io.crosstrace.core.correlate;

/**
 * One answer a row of the table that was correlated.
 *
 * @param row row of the request that caused this call, or {@link #NONE}; always {@code NONE} for requests
 * @param confidence how likely {@code row} is right, 0 to 1, calibrated: of the edges given 0.9, 90 % are right
 */
public record Parents(int[] row, float[] confidence) {
	/** No request caused this call, or none that could be told. */
	public static final int NONE = -1;
}
