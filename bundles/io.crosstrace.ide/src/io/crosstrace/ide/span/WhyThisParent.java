package io.crosstrace.ide.span;

import io.crosstrace.core.correlate.Explanation;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.span.SpanTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs again which request made a call, from what its service did around that moment, and says who else it could
 * have been. The agent knew more - what the kernel told of threads does not travel - so the two may differ.
 *
 * <p>No state; any thread. Tens of milliseconds: off the UI thread.
 *
 * @param possible how many requests were open when the call was made
 * @param candidates the likeliest, best first; empty if there was nothing to weigh
 */
public record WhyThisParent(int possible, List<Candidate> candidates) {
	/** Nothing to weigh: a request, or a call whose parent the application named. */
	public static final WhyThisParent CERTAIN = new WhyThisParent(0, List.of());

	/**
	 * @param row of the request, in the table asked about
	 * @param share how much of the time it was given the call, 0 to 1
	 * @param evidence for or against it, as {@link Explanation.Evidence} has it
	 */
	public record Candidate(int row, double share, List<Explanation.Evidence> evidence) {
	}

	private static final long AROUND_NANOS = 3_000_000_000L;
	/** Of the rows nearest in time: enough to learn usual delays from. */
	private static final int MOST_ROWS = 3_000;
	private static final int MOST_CANDIDATES = 4;

	/** Linear in the table, once, to find what the service did. */
	public static WhyThisParent of(SpanTable spans, int row) {
		if (spans.isRequest(row) || spans.has(row, SpanTable.PARENT_PROVEN)) {
			return CERTAIN;
		}
		SpanTable near = new SpanTable(spans.names);
		List<Integer> rows = new ArrayList<>();
		long at = spans.startNanos.get(row);
		int call = -1;
		for (int other = 0; other < spans.size(); other++) {
			boolean same = spans.service.get(other) == spans.service.get(row)
					&& spans.host.get(other) == spans.host.get(row) && spans.pid.get(other) == spans.pid.get(row);
			long end = Math.max(spans.endNanos.get(other), spans.startNanos.get(other));
			if (same && (other == row || rows.size() < MOST_ROWS
					&& spans.startNanos.get(other) <= at + AROUND_NANOS && end >= at - AROUND_NANOS)) {
				call = other == row ? rows.size() : call;
				rows.add(other);
				near.addCopy(spans, other);
			}
		}
		Explanation explanation = new FusionCorrelator().explain(near, call, MOST_CANDIDATES);
		List<Candidate> candidates = new ArrayList<>();
		explanation.candidates().forEach(candidate -> candidates.add(new Candidate(rows.get(candidate.row()),
				candidate.share(), candidate.evidence())));
		return new WhyThisParent(explanation.possible(), List.copyOf(candidates));
	}
}
