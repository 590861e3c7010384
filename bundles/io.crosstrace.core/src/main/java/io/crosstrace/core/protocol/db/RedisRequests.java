package io.crosstrace.core.protocol.db;

import java.nio.ByteBuffer;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/** What a client of Redis says: arrays of strings. */
final class RedisRequests implements MessageParser {
	private final Redis shared;
	private final ParserContext context;
	private final Redis.Session session;
	/** Arguments to come of the command under way. */
	private long arguments;
	/** Bytes to come of the argument under way, with its CRLF. */
	private long remaining;
	private boolean under;

	RedisRequests(Redis shared, Redis.Session session) {
		this.shared = shared;
		context = shared.context;
		this.session = session;
	}

	@Override
	public Step next(ByteBuffer in, MessageSink out) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		while (true) {
			if (remaining > 0) {
				int taken = (int) Math.min(remaining, in.remaining());
				in.position(in.position() + taken);
				remaining -= taken;
				if (remaining > 0) {
					return Step.NEED_MORE;
				}
			}
			if (under && arguments == 0) {
				ended(out);
			}
			int at = base + in.position();
			if (at == to) {
				return Step.NEED_MORE;
			}
			if (under) {
				int line = bytes[at] == '$' ? Redis.lineEnd(bytes, at, to) : -1;
				if (line <= 0) {
					return line == 0 ? Step.NEED_MORE : Step.LOST_SYNC;
				}
				long length = Redis.number(bytes, at, line);
				if (length < 0) {
					return Step.LOST_SYNC;
				}
				in.position(line - base);
				remaining = length + 2;
				arguments--;
			} else {
				int end = command(bytes, at, to, base, out);
				if (end <= 0) {
					return end == 0 ? Step.NEED_MORE : Step.LOST_SYNC;
				}
				in.position(end - base);
			}
		}
	}

	/** Reads count and name, and the word behind it if it matters. @return the end, 0 if it takes more bytes, -1 if none */
	private int command(byte[] in, int at, int to, int base, MessageSink out) {
		int name = Redis.nameAt(in, at, to);
		if (name <= 0) {
			return name;
		}
		int countEnd = Redis.lineEnd(in, at, to);
		long count = Redis.number(in, at, countEnd);
		int nameEnd = name + (int) Redis.number(in, countEnd, name);
		if (to < nameEnd + 2) {
			return 0;
		}
		if (in[nameEnd] != '\r' || in[nameEnd + 1] != '\n') {
			return -1;
		}
		int end = nameEnd + 2;
		boolean container = Redis.is(Redis.CONTAINERS, in, name, nameEnd);
		boolean selects = Redis.is(Redis.SELECTING, in, name, nameEnd);
		int word = 0;
		int wordEnd = 0;
		if (count > 1 && (container || selects)) {
			word = end == to ? 0 : Redis.lineEnd(in, end, to);
			if (word == 0) {
				return 0;
			}
			long length = word < 0 || in[end] != '$' ? -1 : Redis.number(in, end, word);
			if (length < 0) {
				return -1;
			}
			if (length <= Redis.MOST_NAME) {
				wordEnd = word + (int) length;
				if (to < wordEnd) {
					return 0;
				}
			}
		}
		Message message = context.message.clear(true, at - base);
		message.trait = Redis.is(Redis.SUBSCRIBING, in, name, nameEnd) ? Redis.SUBSCRIBE
				: Redis.is(Redis.STREAMING, in, name, nameEnd) ? Redis.STREAM : Redis.COMMAND;
		session.subscribed |= message.trait == Redis.SUBSCRIBE;
		tell(in, name, nameEnd, container ? word : 0, container ? wordEnd : 0, count);
		out.begin(message);
		if (selects && wordEnd > word && Ascii.decimal(in, word, wordEnd) >= 0) {
			session.database = context.texts.text(in, word, wordEnd);
		}
		under = true;
		arguments = count - 1;
		return end;
	}

	private void tell(byte[] in, int name, int nameEnd, int word, int wordEnd, long count) {
		byte[] out = context.scratch;
		int at = upper(in, name, nameEnd, 0);
		if (wordEnd > word) {
			out[at++] = ' ';
			at = upper(in, word, wordEnd, at);
		}
		context.message.operation = context.texts.id(out, 0, at, context.names);
		context.attribute(context.semconv.dbSystemName, "redis");
		context.attribute(context.semconv.dbOperationName, context.texts.text(out, 0, at));
		if (count > (wordEnd > word ? 2 : 1)) {
			out[at++] = ' ';
			out[at++] = '?';
		}
		context.attribute(context.semconv.dbQueryText, context.texts.text(out, 0, at));
		if (session.database != null) {
			context.attribute(context.semconv.dbNamespace, session.database);
		}
	}

	private int upper(byte[] in, int from, int to, int at) {
		int end = at;
		for (int i = from; i < to; i++) {
			byte c = in[i];
			context.scratch[end++] = c >= 'a' && c <= 'z' ? (byte) (c - 32) : c;
		}
		return end;
	}

	private void ended(MessageSink out) {
		under = false;
		out.end(context.ending.clear(true, 0));
	}

	@Override
	public boolean resync(ByteBuffer in) {
		under = false;
		remaining = arguments = 0;
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		for (int at = base + in.position(); at < to; at++) {
			int name = Redis.nameAt(bytes, at, to);
			if (name >= 0) {
				in.position(at - base);
				return name > 0;
			}
		}
		in.position(in.limit());
		return false;
	}

	@Override
	public long skippable() {
		return remaining;
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		in.position(in.limit());
		if (remaining > 0 && bytes <= remaining) {
			remaining -= bytes;
			if (remaining == 0 && arguments == 0) {
				ended(out);
			}
			return Step.NEED_MORE;
		}
		if (under) {
			ended(out);
		}
		remaining = arguments = 0;
		return Step.LOST_SYNC;
	}
}
