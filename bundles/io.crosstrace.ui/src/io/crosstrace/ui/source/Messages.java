package io.crosstrace.ui.source;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String noSpan;
	public static String looking;
	public static String off;
	public static String gone;
	public static String stillIndexing;
	public static String choose;
	public static String chooseHint;

	static {
		NLS.initializeMessages("io.crosstrace.ui.source.messages", Messages.class);
	}

	private Messages() {
	}
}
