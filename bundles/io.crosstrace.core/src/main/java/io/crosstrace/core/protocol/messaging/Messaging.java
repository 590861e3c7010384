package io.crosstrace.core.protocol.messaging;

import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Semconv;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;

/** OpenTelemetry's words for messaging, and what all its protocols do alike. */
final class Messaging {
	/** messaging.operation.type. */
	static final String SEND = "send";
	static final String RECEIVE = "receive";
	static final String PROCESS = "process";
	static final String SETTLE = "settle";

	final ParserContext context;
	private final Semconv semconv;
	private final String system;
	final int partition;
	final int group;
	final int clientId;
	final int messageId;
	final int conversationId;
	final int bodySize;

	/** @param system messaging.system */
	Messaging(ParserContext context, String system) {
		this.context = context;
		this.system = system;
		semconv = context.semconv;
		Dictionary names = context.names;
		partition = names.id("messaging.destination.partition.id");
		group = names.id("messaging.consumer.group.name");
		clientId = names.id("messaging.client.id");
		messageId = names.id("messaging.message.id");
		conversationId = names.id("messaging.message.conversation_id");
		bodySize = names.id("messaging.message.body.size");
	}

	/** Adds what every span has to {@link ParserContext#message}. @param type null if it has none of the four */
	void operation(String name, String type) {
		context.attribute(semconv.messagingSystem, system);
		context.attribute(semconv.messagingOperationName, name);
		if (type != null) {
			context.attribute(semconv.messagingOperationType, type);
		}
	}

	void destination(String name) {
		context.attribute(semconv.messagingDestinationName, name);
	}

	void count(int messages) {
		context.attribute(semconv.messagingBatchMessageCount, number(messages));
	}

	/** Marks {@link ParserContext#message} as failed for both sides. */
	void error(Message message, String type) {
		message.serverError = true;
		message.clientError = true;
		if (!message.attribute(semconv.errorType, type)) {
			context.lost(Loss.ATTRIBUTES, 1);
		}
	}

	/** The id of "{verb} {destination}"; allocates only for destinations that are not ASCII. */
	@SuppressWarnings("deprecation") // exactly what ASCII needs: no encoder, no array
	int name(String verb, String destination) {
		byte[] out = context.scratch;
		int end = verb.length() + 1 + destination.length();
		if (end > out.length) {
			return context.names.id(verb);
		}
		verb.getBytes(0, verb.length(), out, 0);
		out[verb.length()] = ' ';
		for (int i = 0; i < destination.length(); i++) {
			char c = destination.charAt(i);
			if (c >= 128) {
				return context.names.id(verb + " " + destination);
			}
			out[verb.length() + 1 + i] = (byte) c;
		}
		return context.texts.id(out, 0, end, context.names);
	}

	int name(String verb) {
		return context.names.id(verb);
	}

	/** The text of a number that is not negative; allocates nothing once it was seen. */
	String number(long value) {
		byte[] out = context.scratch;
		int at = 20;
		long rest = value;
		do {
			out[--at] = (byte) ('0' + rest % 10);
			rest /= 10;
		} while (rest > 0);
		return context.texts.text(out, at, 20);
	}

	/** Links a message by a key both sides compute alike. */
	void link(Message message, long key, boolean produced) {
		if (!message.link(key, produced)) {
			context.lost(Loss.ATTRIBUTES, 1);
		}
	}

	static long mix(long a, long b) {
		return SpanIds.mix64(a + SpanIds.mix64(b));
	}
}
