package io.crosstrace.ui.traces;

import org.eclipse.osgi.util.NLS;

/** The words of the Traces view. */
final class Messages extends NLS {
	public static String accessibleRow;
	public static String arrivals;
	public static String arrivalsTip;
	public static String back;
	public static String chosenCount;
	public static String backToLive;
	public static String clear;
	public static String columnDuration;
	public static String columnErrors;
	public static String columnOperation;
	public static String columnServices;
	public static String columnSpans;
	public static String columnStart;
	public static String columns;
	public static String compareOne;
	public static String compareTwo;
	public static String copyId;
	public static String count;
	public static String countFiltered;
	public static String countOne;
	public static String dropped;
	public static String earlier;
	public static String filter;
	public static String filterMenu;
	public static String flameMany;
	public static String flameOne;
	public static String forgetFilter;
	public static String leaveOut;
	public static String later;
	public static String live;
	public static String mute;
	public static String muted;
	public static String mutedTip;
	public static String newer;
	public static String noMatch;
	public static String noRecordings;
	public static String onlyRequest;
	public static String onlyService;
	public static String open;
	public static String openRecorded;
	public static String openTimeline;
	public static String pause;
	public static String paused;
	public static String reading;
	public static String recent;
	public static String recording;
	public static String recordingFailed;
	public static String recordingPage;
	public static String recordingProblem;
	public static String recordingSkipped;
	public static String save;
	public static String saveChosen;
	public static String saveFilter;
	public static String saveForTicket;
	public static String saveFilterName;
	public static String sort;
	public static String tip;

	static {
		NLS.initializeMessages("io.crosstrace.ui.traces.messages", Messages.class);
	}

	private Messages() {
	}
}
