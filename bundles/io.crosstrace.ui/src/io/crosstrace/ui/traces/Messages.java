package io.crosstrace.ui.traces;

import org.eclipse.osgi.util.NLS;

/** The words of the Traces view. */
final class Messages extends NLS {
	public static String accessibleRow;
	public static String clear;
	public static String columnDuration;
	public static String columnErrors;
	public static String columnOperation;
	public static String columnServices;
	public static String columnSpans;
	public static String columnStart;
	public static String count;
	public static String countFiltered;
	public static String filter;
	public static String noMatch;
	public static String pause;
	public static String paused;
	public static String dropped;

	static {
		NLS.initializeMessages("io.crosstrace.ui.traces.messages", Messages.class);
	}

	private Messages() {
	}
}
