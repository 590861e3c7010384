package io.crosstrace.core.protocol.messaging;

import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.RouteTemplate;
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
	private static final int TEMPLATE = 1000;
	private static final int KNOWN = 256;
	private static final RouteTemplate.Ids NO_IDS = (from, to) -> { };

	final ParserContext context;
	private final Semconv semconv;
	private final String system;
	final int partition;
	final int group;
	final int clientId;
	final int messageId;
	final int conversationId;
	final int bodySize;
	private final String[] known = new String[KNOWN];
	private final String[] templates = new String[KNOWN];

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

	/** The text of a number that is not negative. */
	String number(long value) {
		return context.texts.number(value);
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

	/**
	 * A topic or subject without what looks like ids: "devices/4711/state" becomes "devices/{id}/state". As bounded as
	 * routes are; where there are too many, the first word alone.
	 */
	String template(String name, char separator) {
		int slot = name.hashCode() & KNOWN - 1;
		if (known[slot] != name) { // of equal names one object is likely, from the cache of texts
			templates[slot] = newTemplate(name, separator);
			known[slot] = name;
		}
		return templates[slot];
	}

	private String newTemplate(String name, char separator) {
		byte[] out = context.scratch;
		int system = name.startsWith("$") ? 1 : 0; // the broker's own, such as $SYS/..., $JS.API...
		int length = Math.min(name.length(), TEMPLATE);
		out[system] = '/';
		for (int i = system; i < length; i++) {
			char c = name.charAt(i);
			out[i + 1] = c == separator ? (byte) '/' : c < 128 ? (byte) c : (byte) '?';
		}
		int start = TEMPLATE + 2;
		int end = context.routes.write(out, system, length + 1, out, start, NO_IDS);
		if (end < 0) {
			int first = name.indexOf(separator, 1);
			return first < 0 ? "" : name.substring(0, first);
		}
		for (int i = start; i < end; i++) {
			out[i] = out[i] == '/' ? (byte) separator : out[i];
		}
		out[start] = '$';
		return context.texts.text(out, start + 1 - system, end);
	}
}
