package io.crosstrace.core.correlate;

/** A part of the method that can be left out, to see what it is worth. */
public enum Step {
	/** Start from delays shared among all possible requests too, not from order alone. */
	SEED,
	/** Prefer order where delays are not clearly likelier. */
	GUARD,
	/** Change the first guess, and learn again. Without it: one greedy pass. */
	REMATCH,
	/** Exchange all that two requests made from a call on. */
	TAILS,
	/** Divide all calls of two requests anew, as a whole. */
	DIVIDE,
	/** Ask what a delay goes with: other delays of its request, how long calls took, delays elsewhere at the time. */
	TRENDS,
	/** Walk at random, to see what else is likely. Without it confidence is a guess. */
	WALK,
	/** Leave calls without a parent rather than lie. */
	ABSTAIN,
	/** Evidence: order in a queue. */
	ORDER,
	/** Evidence: which thread received and sent what. Full method only. */
	THREADS,
	/** Evidence: identifiers that request and call share. Full method only. */
	TOKENS
}
