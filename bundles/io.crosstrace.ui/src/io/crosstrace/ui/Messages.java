package io.crosstrace.ui;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. A missing one shows its own name, so it is seen at once. */
public final class Messages extends NLS {
	public static String AgentsView_empty;
	public static String EmptyState_connect;
	public static String EmptyState_example;
	public static String EmptyState_open;
	public static String LatencyView_empty;
	public static String LossLine_more;
	public static String LossLine_one;
	public static String ServicesView_empty;
	public static String TimelineView_empty;
	public static String TracesView_empty;

	static {
		NLS.initializeMessages("io.crosstrace.ui.messages", Messages.class);
	}

	private Messages() {
	}
}
