package io.crosstrace.ui.latency;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String againstBefore;
	public static String againstOther;
	public static String againstRest;
	public static String againstTip;
	public static String all;
	public static String allOperations;
	public static String changed;
	public static String changedMostly;
	public static String difference;
	public static String fiveMinutes;
	public static String heat;
	public static String heatTip;
	public static String heatTitle;
	public static String minute;
	public static String nothing;
	public static String nothingToCompare;
	public static String onTheWay;
	public static String operation;
	public static String ownWork;
	public static String paneChanges;
	public static String paneDistribution;
	public static String paneHeat;
	public static String panePercentiles;
	public static String quarter;
	public static String side;
	public static String sideAfter;
	public static String sideBefore;
	public static String sideChosen;
	public static String sideOthers;
	public static String summary;
	public static String where;
	public static String window;

	static {
		NLS.initializeMessages("io.crosstrace.ui.latency.messages", Messages.class);
	}

	private Messages() {
	}
}
