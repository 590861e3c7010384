package io.crosstrace.ide.timeline;

/** Which spans of a trace are worth a row; their callers always are. */
public enum Focus {
	/** Every span. */
	ALL,
	/** Spans that the answer waited for. */
	CRITICAL_PATH,
	/** Spans that failed or are incomplete. */
	PROBLEMS,
	/** Spans of at least a hundredth of the trace. */
	LONG,
	/** Spans that were searched for. */
	FOUND
}
