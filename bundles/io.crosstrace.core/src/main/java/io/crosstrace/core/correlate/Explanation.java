package io.crosstrace.core.correlate;

import java.util.List;
import java.util.Locale;

import io.crosstrace.core.span.SpanTable;

/**
 * Why a call has the parent it has, or none: who else it could have been, and what speaks for whom.
 *
 * @param row the call
 * @param parent its parent's row, or {@link Parents#NONE}
 * @param confidence as in {@link Parents}; of the likeliest candidate if the call was left without a parent
 * @param proven true if the application itself said so: nothing was weighed
 * @param possible how many requests were open when the call started
 * @param candidates the likeliest of them, best first
 */
public record Explanation(int row, int parent, float confidence, boolean proven, int possible,
		List<Candidate> candidates) {

	/** What is weighed. */
	public enum Kind {
		DELAY("the time since what went before"),
		LINK("the last message that the sending thread received"),
		WOKE("the last message of whoever woke the sending thread"),
		ANSWER("the thread that answered had received this call's answer"),
		THREAD("the thread that received the request"),
		TOKENS("identifiers that request and call share"),
		ORDER("order in the queue");

		/** A few words for a person. */
		public final String text;

		Kind(String text) {
			this.text = text;
		}
	}

	/**
	 * One possible parent.
	 *
	 * @param row of the request
	 * @param share of the time that a random walk over likely answers gave it the call, 0 to 1
	 * @param behind how much less likely everything would be if the call were its, natural logarithm; 0 for the parent
	 * @param evidence for (above 0) or against (below 0) it, natural logarithms, in order of {@link Kind}
	 */
	public record Candidate(int row, float share, float behind, List<Evidence> evidence) {
	}

	/** What one kind says. */
	public record Evidence(Kind kind, float weight) {
	}

	/** Several lines for a person; times in milliseconds after the request's start. */
	public String text(SpanTable spans) {
		StringBuilder out = new StringBuilder();
		out.append(String.format(Locale.ROOT, "call %s of %s%n", name(spans, row), spans.names.text(spans.service.get(row))));
		if (proven) {
			return out.append("parent: ").append(parent < 0 ? "none" : name(spans, parent))
					.append(": the application itself says so\n").toString();
		}
		if (possible == 0) {
			return out.append("parent: none: no request was open when the call started\n").toString();
		}
		out.append(String.format(Locale.ROOT, "parent: %s, confidence %.2f, of %d open request%s%n",
				parent < 0 ? "none, too doubtful" : name(spans, parent), confidence, possible, possible == 1 ? "" : "s"));
		for (Candidate candidate : candidates) {
			out.append(String.format(Locale.ROOT, "  %s  %-40s  call %.3f ms after its start, share %.2f%s%n",
					candidate.row == parent ? "*" : " ", name(spans, candidate.row),
					(spans.startNanos.get(row) - spans.startNanos.get(candidate.row)) / 1e6, candidate.share,
					candidate.behind == 0 ? "" : String.format(Locale.ROOT, ", behind by %.1f", candidate.behind)));
			for (Evidence evidence : candidate.evidence) {
				out.append(String.format(Locale.ROOT, "       %+6.1f  %s%n", evidence.weight, evidence.kind.text));
			}
		}
		return out.toString();
	}

	private static String name(SpanTable spans, int row) {
		return String.format("%s (%x)", spans.names.text(spans.operation.get(row)), spans.spanId.get(row));
	}
}
