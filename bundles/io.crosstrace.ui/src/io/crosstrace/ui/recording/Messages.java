package io.crosstrace.ui.recording;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String all;
	public static String browse;
	public static String chosen;
	public static String chosenMany;
	public static String exporting;
	public static String exportTitle;
	public static String exportDescription;
	public static String failed;
	public static String file;
	public static String fileMissing;
	public static String fileNotThere;
	public static String filtered;
	public static String folderMissing;
	public static String format;
	public static String formatJaeger;
	public static String formatOtlp;
	public static String formatPage;
	public static String formatRecording;
	public static String formatText;
	public static String formatZipkin;
	public static String importTitle;
	public static String importDescription;
	public static String nothing;

	static {
		NLS.initializeMessages("io.crosstrace.ui.recording.messages", Messages.class);
	}

	private Messages() {
	}
}
