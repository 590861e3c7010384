package io.crosstrace.servers;

import java.io.IOException;

/** This machine does not have a server. The message names its program and what brings it. */
public final class MissingServerException extends IOException {
	private static final long serialVersionUID = 1;

	MissingServerException(String program) {
		super("no " + program + " here: './crosstrace setup' installs it");
	}
}
