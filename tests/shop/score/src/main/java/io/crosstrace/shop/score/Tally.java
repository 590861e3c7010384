package io.crosstrace.shop.score;

/** Counts edges by what became of them. */
final class Tally {
	/** What became of one edge. */
	enum Verdict {
		/** The span has the parent that caused it. */
		RIGHT,
		/** The span was given to somebody else: the worst, since it lies. */
		WRONG,
		/** The span was given to nobody, though the one who caused it was recorded. */
		NONE,
		/** The span that caused this one was not recorded, so it could not be given to it. */
		LOST
	}

	private final long[] counts = new long[Verdict.values().length];

	void add(Verdict verdict) {
		counts[verdict.ordinal()]++;
	}

	long of(Verdict verdict) {
		return counts[verdict.ordinal()];
	}

	long all() {
		long all = 0;
		for (long count : counts) {
			all += count;
		}
		return all;
	}

	/** In percent of all edges; 0 if there are none. */
	double percent(Verdict verdict) {
		return all() == 0 ? 0 : 100.0 * of(verdict) / all();
	}
}
