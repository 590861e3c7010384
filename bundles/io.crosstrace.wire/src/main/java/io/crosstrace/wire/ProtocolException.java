package io.crosstrace.wire;

import java.io.IOException;

/** The other side said something that cannot be understood. The connection is of no more use. */
public final class ProtocolException extends IOException {
	private static final long serialVersionUID = 1L;

	public ProtocolException(String message) {
		super(message);
	}
}
