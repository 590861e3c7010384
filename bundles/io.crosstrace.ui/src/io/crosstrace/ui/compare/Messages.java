package io.crosstrace.ui.compare;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String added;
	public static String alone;
	public static String both;
	public static String call;
	public static String callOf;
	public static String causes;
	public static String chosen;
	public static String empty;
	public static String fails;
	public static String faster;
	public static String fixed;
	public static String keep;
	public static String keepTip;
	public static String kept;
	public static String next;
	public static String noCauses;
	public static String onTheWay;
	public static String removed;
	public static String same;
	public static String sizes;
	public static String slower;
	public static String swap;
	public static String typical;

	static {
		NLS.initializeMessages("io.crosstrace.ui.compare.messages", Messages.class);
	}

	private Messages() {
	}
}
