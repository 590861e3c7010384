package io.crosstrace.ui.services;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String tableName;
	public static String all;
	public static String asTable;
	public static String byMessages;
	public static String collapseAll;
	public static String columnCount;
	public static String columnErrors;
	public static String columnName;
	public static String columnP50;
	public static String columnP95;
	public static String columnRate;
	public static String errors;
	public static String expand;
	public static String fit;
	public static String fiveMinutes;
	public static String messagesTip;
	public static String minute;
	public static String noErrors;
	public static String noRequests;
	public static String nodeTip;
	public static String numbersTip;
	public static String onlyCalls;
	public static String p95;
	public static String picture;
	public static String rate;
	public static String search;
	public static String searchHint;
	public static String searchNone;
	public static String showLatencies;
	public static String showTraces;
	public static String unwatched;
	public static String unwatchedTip;
	public static String weigh;
	public static String weighCalls;
	public static String weighErrors;
	public static String weighLatency;
	public static String window;
	public static String zoomIn;
	public static String zoomOut;

	static {
		NLS.initializeMessages("io.crosstrace.ui.services.messages", Messages.class);
	}

	private Messages() {
	}
}
