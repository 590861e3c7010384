package io.crosstrace.agent.correlate;

import java.io.IOException;

/** A span file that cannot be used at all. The message is one sentence for the user. */
final class SpanFileException extends IOException {
	private static final long serialVersionUID = 1L;

	SpanFileException(String message) {
		super(message);
	}
}
