package io.crosstrace.ui.remote;

import org.eclipse.osgi.util.NLS;

/** The words of the wizard and its questions. */
final class Messages extends NLS {
	public static String attaching;
	public static String browse;
	public static String description;
	public static String host;
	public static String jump;
	public static String jumpHint;
	public static String key;
	public static String keyHint;
	public static String noHost;
	public static String note;
	public static String passphrase;
	public static String password;
	public static String programs;
	public static String programsHint;
	public static String secretKeep;
	public static String secretTitle;
	public static String secretWrong;
	public static String sudo;
	public static String title;
	public static String trustNo;
	public static String trustText;
	public static String trustTitle;
	public static String trustYes;
	public static String wrongPrograms;

	static {
		NLS.initializeMessages("io.crosstrace.ui.remote.messages", Messages.class);
	}

	private Messages() {
	}
}
