package io.crosstrace.ui.timeline;

import org.eclipse.osgi.util.NLS;

/** The words of the Timeline view. */
final class Messages extends NLS {
	public static String call;
	public static String collapseAll;
	public static String columns;
	public static String compare;
	public static String copy;
	public static String copyImage;
	public static String critical;
	public static String criticalOnly;
	public static String edgeExact;
	public static String edgeInferred;
	public static String edgeProven;
	public static String errors;
	public static String expandAll;
	public static String failed;
	public static String find;
	public static String findClose;
	public static String findHint;
	public static String findMany;
	public static String findNext;
	public static String findNone;
	public static String findOne;
	public static String findOnly;
	public static String findPrevious;
	public static String findTip;
	public static String firstByte;
	public static String fit;
	public static String fitChosen;
	public static String flame;
	public static String flameAlike;
	public static String flameAlikeTitle;
	public static String flameChosenTitle;
	public static String flameAll;
	public static String flameCall;
	public static String flameFrame;
	public static String flameFrameErrors;
	public static String flameTitle;
	public static String gapAfter;
	public static String gapBack;
	public static String gapBefore;
	public static String gapBetween;
	public static String gapFree;
	public static String gapHeld;
	public static String gapHeldPartly;
	public static String gapNoCalls;
	public static String gapNotSeen;
	public static String gapThere;
	public static String group;
	public static String groupErrors;
	public static String groupRepeats;
	public static String incomplete;
	public static String kindBack;
	public static String kindNotSeen;
	public static String kindOwn;
	public static String kindThere;
	public static String loading;
	public static String measureChosen;
	public static String measureFirst;
	public static String measured;
	public static String merging;
	public static String oneError;
	public static String openSource;
	public static String shortFirstByte;
	public static String shortHeld;
	public static String shortSelf;
	public static String saveForTicket;
	public static String show;
	public static String showAll;
	public static String showCritical;
	public static String showLong;
	public static String showProblems;
	public static String showSpan;
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
