package io.crosstrace.ide.filter;

/** What is wrong with a query, in one sentence for the person who typed it. */
public final class QueryProblem extends Exception {
	private static final long serialVersionUID = 1L;
	private final int position;

	QueryProblem(int position, String sentence) {
		super(sentence);
		this.position = position;
	}

	/** Where in the text, from 0; at its end if something is missing there. */
	public int position() {
		return position;
	}
}
