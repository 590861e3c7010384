package io.crosstrace.ide;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;

/** Names and the log every part of the plug-in shares. Safe from any thread. */
public final class CrossTrace {
	/** The bundle whose name statuses and preferences carry. */
	public static final String PLUGIN_ID = "io.crosstrace.ide";

	private CrossTrace() {
	}

	/** A warning a person can act on, in one sentence; the cause may be null. */
	public static IStatus warning(String sentence, Throwable cause) {
		return new Status(IStatus.WARNING, PLUGIN_ID, sentence, cause);
	}

	/** A failure in one sentence; the cause may be null. */
	public static IStatus error(String sentence, Throwable cause) {
		return new Status(IStatus.ERROR, PLUGIN_ID, sentence, cause);
	}

	/** Writes to the Error Log view. */
	public static void log(IStatus status) {
		ILog.of(CrossTrace.class).log(status);
	}
}
