package io.crosstrace.core.protocol;

/** What a parser may ask of the connection it reads, and do to it. */
public interface Link {
	/** True if this host's process answers the requests. */
	boolean server();

	/** {@link Message#trait} of the oldest request of {@code stream} that waits for an answer; PLAIN if none does. */
	int asked(long stream);

	/**
	 * What follows in both directions is another protocol; called from within {@link MessageParser#next}, it takes
	 * effect as soon as that returns, at the byte it left unread.
	 *
	 * @param next see {@link Protocols}; null if only the bytes will tell
	 */
	void become(Protocol next);

	/** Requests under way can no longer be told from one another: each becomes a span that says so. */
	void giveUp();

	/**
	 * Bytes of large bodies need not be shown from now on, or must be again.
	 *
	 * @param request in the direction of requests, else in that of answers
	 */
	void largeBodies(boolean request, boolean unneeded);

	/** The oldest request of stream {@code from} that waits for an answer gets it as stream {@code to}. */
	void move(long from, long to);
}
