package io.crosstrace.ui.charts;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String requests;
	public static String histogram;
	public static String percentiles;
	public static String barTip;
	public static String sliceTip;
	public static String nothing;

	static {
		NLS.initializeMessages("io.crosstrace.ui.charts.messages", Messages.class);
	}

	private Messages() {
	}
}
