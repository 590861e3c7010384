package io.crosstrace.core.protocol.messaging;

/** A message on its way through a channel: a method, then a header, then a body in frames. */
final class AmqpContent {
	/** The method that announced it, 0 if none is under way. */
	int method;
	String exchange = "";
	String key = "";
	String queue = "";
	boolean acknowledged;
	long tag;
	/** Of the exchange in our sense: what its end must name. */
	long stream;
	/** Bytes of the body to come. */
	long left;
	long body;
	/** A hash of what was seen that makes the message what it is; 0 if too little was seen. */
	long identity;
	boolean begun;

	void begin(int newMethod, String newExchange, String newKey) {
		method = newMethod;
		exchange = newExchange;
		key = newKey;
		queue = "";
		acknowledged = begun = false;
		tag = left = body = identity = 0;
	}
}
