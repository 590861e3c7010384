package io.crosstrace.ui.agents;

import org.eclipse.osgi.util.NLS;

/** The words of the Agents view and its wizard. */
final class Messages extends NLS {
	public static String tableName;
	public static String adviceBegun;
	public static String adviceChildren;
	public static String adviceConnections;
	public static String adviceNotTracked;
	public static String adviceDisagrees;
	public static String adviceExport;
	public static String adviceHoles;
	public static String adviceOld;
	public static String adviceOptions;
	public static String adviceRing;
	public static String adviceSlow;
	public static String adviceSync;
	public static String adviceTwoSenders;
	public static String columnAgent;
	public static String columnLost;
	public static String columnRate;
	public static String columnServices;
	public static String columnState;
	public static String connect;
	public static String degradedClock;
	public static String degradedOld;
	public static String degradedOptions;
	public static String detailAgent;
	public static String detailCapture;
	public static String detailClock;
	public static String detailClockAhead;
	public static String detailDegraded;
	public static String detailLosses;
	public static String detailLostNothing;
	public static String detailResources;
	public static String detailThroughput;
	public static String detailVersion;
	public static String detailWork;
	public static String disconnect;
	public static String keepFailed;
	public static String keeping;
	public static String recalling;
	public static String reconnect;
	public static String remove;
	public static String stateClosed;
	public static String stateConnected;
	public static String stateConnecting;
	public static String stateLossy;
	public static String stateRejected;
	public static String stateUntrusted;
	public static String stateWaiting;
	public static String wizardDescription;
	public static String wizardFingerprint;
	public static String wizardFingerprintHint;
	public static String wizardHost;
	public static String wizardNoHost;
	public static String wizardOffered;
	public static String wizardPlain;
	public static String wizardPort;
	public static String wizardPortWrong;
	public static String wizardTest;
	public static String wizardTesting;
	public static String wizardTitle;
	public static String wizardTls;
	public static String wizardToken;
	public static String wizardTokenHint;
	public static String wizardTrust;
	public static String wizardUnknown;
	public static String wizardWell;

	static {
		NLS.initializeMessages("io.crosstrace.ui.agents.messages", Messages.class);
	}

	private Messages() {
	}
}
