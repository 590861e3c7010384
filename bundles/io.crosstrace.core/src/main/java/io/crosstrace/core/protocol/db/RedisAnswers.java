package io.crosstrace.core.protocol.db;

import java.nio.ByteBuffer;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.span.SpanTable;

/**
 * What a Redis server says. Values are passed over. Of an answer that was moved but not captured whole, the end is not
 * recognized: it ends where the client asks again, or falls silent.
 */
final class RedisAnswers implements MessageParser {
	private static final int MOST_LINE = 1 << 12;
	private static final String TYPES = "+-:$*_#,(!=%~>|";

	private final ParserContext context;
	private final Redis.Session session;
	private final Link link;
	/** Values to come of the answer under way, at all depths together. */
	private long values;
	/** Bytes to come of the string under way, with its CRLF. */
	private long remaining;
	/** An answer, or something published, is under way. */
	private boolean under;
	/** What is under way has been told, and its end is to be. */
	private boolean told;
	/** What is under way was published: it is told as a request. */
	private boolean published;
	private boolean endLost;
	private boolean streams;

	RedisAnswers(Redis shared, Redis.Session session, Link link) {
		context = shared.context;
		this.session = session;
		this.link = link;
	}

	@Override
	public Step next(ByteBuffer in, MessageSink out) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		if (endLost) {
			in.position(in.limit());
			return Step.NEED_MORE;
		}
		while (true) {
			if (remaining > 0) {
				int taken = (int) Math.min(remaining, in.remaining());
				in.position(in.position() + taken);
				remaining -= taken;
				if (remaining > 0) {
					return Step.NEED_MORE;
				}
			}
			if (under && values == 0 && ended(out, false)) {
				return Step.MESSAGE;
			}
			int at = base + in.position();
			if (at == to) {
				return Step.NEED_MORE;
			}
			int end = value(bytes, at, to, base, out);
			if (end <= 0) {
				return end == 0 ? Step.NEED_MORE : Step.LOST_SYNC;
			}
			in.position(end - base);
		}
	}

	/** Reads one value up to its bytes or parts. @return the end, 0 if it takes more bytes, -1 if it is none */
	private int value(byte[] in, int at, int to, int base, MessageSink out) {
		byte type = in[at];
		int line;
		switch (type) {
		case '$', '*', '=', '!', '%', '~', '>', '|' -> line = Redis.lineEnd(in, at, to);
		case '+', '-', ':', '_', '#', ',', '(' -> {
			int end = Ascii.indexOf(in, at, Math.min(to, at + MOST_LINE), (byte) '\n');
			line = end >= 0 ? in[end - 1] == '\r' && end > at + 1 ? end + 1 : -1 : to - at >= MOST_LINE ? -1 : 0;
		}
		default -> line = -1;
		}
		if (line <= 0) {
			return line;
		}
		if (!under && !begin(in, at, line, to, base, out)) {
			return 0;
		}
		long number = "$*=!%~>|".indexOf(type) < 0 ? 0 : Redis.number(in, at, line);
		values--;
		switch (type) {
		case '$', '=', '!' -> remaining = number < 0 ? 0 : number + 2;
		case '*', '~', '>' -> values += Math.max(0, number);
		case '%' -> values += 2 * Math.max(0, number);
		case '|' -> values += 2 * Math.max(0, number) + 1; // attributes, then the value they are of
		default -> {
		}
		}
		return line;
	}

	/** Tells the beginning of an answer or of something published; false if it takes more bytes. */
	private boolean begin(byte[] in, int at, int line, int to, int base, MessageSink out) {
		byte type = in[at];
		boolean push = type == '>';
		published = false;
		told = true;
		if (push || type == '*' && session.subscribed) {
			int word = line == to ? 0 : in[line] == '$' ? Redis.lineEnd(in, line, to) : -1;
			if (word == 0) {
				return false;
			}
			int wordEnd = word < 0 ? -1 : word + (int) Math.clamp(Redis.number(in, line, word), 0, Redis.MOST_NAME);
			if (wordEnd + 2 > to) {
				return false;
			}
			if (word > 0 && Redis.is(Redis.PUBLISHED, in, word, wordEnd)) {
				return published(in, at, wordEnd + 2, to, base, (in[word] | 0x20) == 'p', out);
			}
			boolean subscription = word > 0 && Redis.is(Redis.SUBSCRIBING, in, word, wordEnd);
			told = subscription ? link.asked(0) == Redis.SUBSCRIBE : !push;
		}
		under = true;
		values = 1;
		if (!told) {
			return true;
		}
		Message message = context.message.clear(false, at - base);
		message.serverError = message.clientError = type == '-' || type == '!';
		if (type == '-') {
			int end = at + 1;
			while (end < line && in[end] >= 'A' && in[end] <= 'Z') {
				end++;
			}
			String code = end > at + 1 ? context.texts.text(in, at + 1, end) : "ERR";
			context.attribute(context.semconv.dbResponseStatusCode, code);
			context.attribute(context.semconv.errorType, code);
		} else if (type == '!') {
			context.attribute(context.semconv.errorType, "ERR");
		}
		streams = link.asked(0) == Redis.STREAM;
		out.begin(message);
		return true;
	}

	/** A message of a channel; if a pattern matched it, that comes first. */
	private boolean published(byte[] in, int at, int from, int to, int base, boolean pattern, MessageSink out) {
		int channel = from;
		int channelEnd = from;
		for (int i = pattern ? 0 : 1; i < 2; i++) {
			channel = channelEnd == to ? 0 : Redis.lineEnd(in, channelEnd, to);
			if (channel == 0) {
				return false;
			}
			long length = channel < 0 ? -1 : Redis.number(in, channelEnd, channel);
			if (length < 0 || length > MOST_LINE) {
				channel = from;
				channelEnd = from;
				break;
			}
			channelEnd = channel + (int) length + 2;
			if (channelEnd > to) {
				return false;
			}
		}
		under = true;
		values = 1;
		published = true;
		Message message = context.message.clear(true, at - base);
		message.oneWay = true;
		message.kind = link.server() ? SpanTable.PRODUCER : SpanTable.CONSUMER;
		message.operation = context.names.id(link.server() ? "send" : "receive");
		context.attribute(context.semconv.messagingSystem, "redis");
		context.attribute(context.semconv.messagingOperationName, link.server() ? "send" : "receive");
		context.attribute(context.semconv.messagingOperationType, link.server() ? "send" : "receive");
		if (channelEnd > channel) {
			context.attribute(context.semconv.messagingDestinationName, context.texts.text(in, channel, channelEnd - 2));
		}
		out.begin(message);
		return true;
	}

	/** @return true if the connection is another protocol's from here on */
	private boolean ended(MessageSink out, boolean cut) {
		under = false;
		endLost = false;
		remaining = values = 0;
		if (!told) {
			return false;
		}
		Message ending = context.ending.clear(published, 0);
		ending.incomplete = cut;
		ending.before = cut;
		out.end(ending);
		if (streams && !published) {
			link.become(context.protocols.unread);
			return true;
		}
		return false;
	}

	@Override
	public boolean resync(ByteBuffer in) {
		under = endLost = false;
		remaining = values = 0;
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		for (int at = base + in.position(); at < to; at++) {
			if ((at == base + in.position() || bytes[at - 1] == '\n') && TYPES.indexOf(bytes[at]) >= 0 && likely(bytes, at, to)) {
				in.position(at - base);
				return true;
			}
		}
		in.position(in.limit());
		return false;
	}

	private static boolean likely(byte[] in, int at, int to) {
		if ("$*=!%~>|:".indexOf(in[at]) >= 0) {
			return Redis.lineEnd(in, at, to) > 0;
		}
		int end = Ascii.indexOf(in, at, Math.min(to, at + 256), (byte) '\n');
		return end > at + 1 && in[end - 1] == '\r';
	}

	@Override
	public long skippable() {
		return endLost ? Long.MAX_VALUE : remaining;
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		in.position(in.limit());
		if (endLost || remaining > 0 && bytes <= remaining) {
			remaining -= endLost ? 0 : bytes;
			if (!endLost && remaining == 0 && values == 0) {
				ended(out, false);
			}
			return Step.NEED_MORE;
		}
		if (moved && under && told && !published) {
			endLost = true;
			return Step.NEED_MORE;
		}
		if (under && told) {
			ended(out, true);
		}
		return Step.LOST_SYNC;
	}

	@Override
	public boolean endless() {
		return endLost;
	}

	@Override
	public boolean endLost() {
		return endLost;
	}

	@Override
	public void end(MessageSink out) {
		if (under) {
			ended(out, true);
		}
	}
}
