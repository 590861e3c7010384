package io.crosstrace.ui.span;

import org.eclipse.osgi.util.NLS;

/** The sentences of messages.properties. */
final class Messages extends NLS {
	public static String treeName;
	public static String appSpanId;
	public static String attributes;
	public static String beganEarlier;
	public static String beganLater;
	public static String callOf;
	public static String calls;
	public static String candidateParent;
	public static String candidateStart;
	public static String certain;
	public static String certainty;
	public static String clock;
	public static String clockAhead;
	public static String code;
	public static String columnName;
	public static String columnValue;
	public static String connection;
	public static String consumedEarlier;
	public static String consumedLater;
	public static String copy;
	public static String copyAll;
	public static String copyValue;
	public static String database;
	public static String duration;
	public static String empty;
	public static String endThread;
	public static String error;
	public static String evidence;
	public static String evidenceContext;
	public static String evidenceInferred;
	public static String evidenceOnly;
	public static String evidenceWire;
	public static String firstByte;
	public static String gapAt;
	public static String gaps;
	public static String goToParent;
	public static String goToSpan;
	public static String heldUp;
	public static String heldUpNothing;
	public static String hint;
	public static String host;
	public static String http;
	public static String inSpans;
	public static String links;
	public static String messaging;
	public static String moreCalls;
	public static String moreLinks;
	public static String network;
	public static String notSeen;
	public static String onTheWay;
	public static String openSource;
	public static String others;
	public static String parent;
	public static String parentId;
	public static String parentOf;
	public static String peer;
	public static String pid;
	public static String place;
	public static String producedEarlier;
	public static String producedLater;
	public static String rawEnd;
	public static String rawFirstByte;
	public static String rawStart;
	public static String resource;
	public static String rivals;
	public static String rivalsNone;
	public static String rivalsSome;
	public static String rootKnown;
	public static String rootMissing;
	public static String rpc;
	public static String self;
	public static String servedBy;
	public static String spanId;
	public static String start;
	public static String startInTrace;
	public static String stateEncrypted;
	public static String stateFailed;
	public static String stateIncomplete;
	public static String stateUnanswered;
	public static String stateWell;
	public static String thread;
	public static String times;
	public static String traceId;
	public static String whereTimeWent;

	static {
		NLS.initializeMessages("io.crosstrace.ui.span.messages", Messages.class);
	}

	private Messages() {
	}
}
