package io.crosstrace.agent.serve;

/** The agent cannot listen as asked; the message is one or two sentences that say what to do. */
public final class ServeException extends Exception {
	private static final long serialVersionUID = 1L;

	public ServeException(String message) {
		super(message);
	}
}
