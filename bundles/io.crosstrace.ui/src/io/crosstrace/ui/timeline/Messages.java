package io.crosstrace.ui.timeline;

import org.eclipse.osgi.util.NLS;

/** The words of the Timeline view. */
final class Messages extends NLS {
	public static String call;
	public static String collapseAll;
	public static String columns;
	public static String copy;
	public static String critical;
	public static String edgeExact;
	public static String edgeInferred;
	public static String edgeProven;
	public static String errors;
	public static String expandAll;
	public static String failed;
	public static String firstByte;
	public static String fit;
	public static String fitChosen;
	public static String incomplete;
	public static String loading;
	public static String oneError;
	public static String openSource;
	public static String started;
	public static String summary;
	public static String unanswered;
	public static String zoomIn;
	public static String zoomOut;

	static {
		NLS.initializeMessages("io.crosstrace.ui.timeline.messages", Messages.class);
	}

	private Messages() {
	}
}
