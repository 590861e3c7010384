package io.crosstrace.ui.preferences;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String description;
	public static String endpoints;
	public static String minings;
	public static String window;
	public static String budget;
	public static String budgetHint;
	public static String muted;
	public static String record;
	public static String recordLimit;
	public static String forget;
	public static String forgotten;

	static {
		NLS.initializeMessages("io.crosstrace.ui.preferences.messages", Messages.class);
	}

	private Messages() {
	}
}
