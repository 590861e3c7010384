package io.crosstrace.ui.services;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String asTable;
	public static String window;
	public static String minute;
	public static String fiveMinutes;
	public static String all;
	public static String rate;
	public static String p95;
	public static String errors;
	public static String noErrors;
	public static String unwatched;
	public static String onlyCalls;
	public static String numbersTip;
	public static String unwatchedTip;
	public static String nodeTip;
	public static String columnName;
	public static String columnRate;
	public static String columnErrors;
	public static String columnP50;
	public static String columnP95;
	public static String columnCount;
	public static String picture;
	public static String noRequests;

	static {
		NLS.initializeMessages("io.crosstrace.ui.services.messages", Messages.class);
	}

	private Messages() {
	}
}
