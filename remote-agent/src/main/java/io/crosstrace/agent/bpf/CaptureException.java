package io.crosstrace.agent.bpf;

/** Capturing is not possible here. The message is one sentence, or a few, that a user can act on. */
public final class CaptureException extends Exception {
	private static final long serialVersionUID = 1;

	/** @param message says what is missing and how to get it */
	public CaptureException(String message) {
		super(message);
	}

	public CaptureException(String message, Throwable cause) {
		super(message, cause);
	}
}
