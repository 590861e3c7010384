package io.crosstrace.benchmarks;

/** One benchmark: measures one thing and reports its figures. */
public interface Bench {
	/** What a user types to run it, such as {@code ring-drain}. */
	String name();

	/** Measures. Throws if it cannot run here, saying in one sentence what is missing. */
	void run(Report report) throws Exception;

	/** Takes figures. */
	@FunctionalInterface
	interface Report {
		/**
		 * @param unit such as {@code events/s} or {@code ns}
		 * @param note how it was measured, for somebody who has only this line
		 */
		void figure(double value, String unit, String note);
	}
}
