package io.crosstrace.ui.latency;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String operation;
	public static String window;
	public static String minute;
	public static String fiveMinutes;
	public static String quarter;
	public static String all;
	public static String allOperations;
	public static String summary;
	public static String nothing;
	public static String heat;
	public static String heatTip;

	static {
		NLS.initializeMessages("io.crosstrace.ui.latency.messages", Messages.class);
	}

	private Messages() {
	}
}
