package io.crosstrace.ui.debug;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String title;
	public static String explain;
	public static String slower;
	public static String failing;
	public static String noNumber;
	public static String nothing;
	public static String noMethod;
	public static String noMethodOfSpan;
	public static String set;
	public static String setting;
	public static String serves;
	public static String tab;
	public static String trace;
	public static String service;
	public static String hint;
	public static String notLinux;
	public static String askTitle;
	public static String ask;
	public static String askNoMore;

	static {
		NLS.initializeMessages("io.crosstrace.ui.debug.messages", Messages.class);
	}

	private Messages() {
	}
}
