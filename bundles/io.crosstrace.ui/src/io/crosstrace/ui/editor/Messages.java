package io.crosstrace.ui.editor;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String all;
	public static String slow;
	public static String failed;
	public static String noMethod;
	public static String notMapped;
	public static String noSpans;
	public static String noTrace;
	public static String looking;

	static {
		NLS.initializeMessages("io.crosstrace.ui.editor.messages", Messages.class);
	}

	private Messages() {
	}
}
