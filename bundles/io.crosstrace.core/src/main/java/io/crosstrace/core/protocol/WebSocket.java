package io.crosstrace.core.protocol;

import io.crosstrace.core.span.SpanTable;

/**
 * WebSocket (RFC 6455), after the upgrade of an HTTP/1.1 connection. Each message is a span of its own: nobody
 * answers it, but it may make its receiver call others. What is in it is not looked at.
 */
final class WebSocket implements Protocol {
	private static final int TEXT = 1;
	private static final int BINARY = 2;
	private static final int CLOSE = 8;
	private static final int PONG = 10;
	private static final int MOST_CONTROL = 125;
	private static final int ENOUGH = 8;

	private final ParserContext context;
	private final int operation;
	private final int nameKey;
	private final int typeKey;

	WebSocket(ParserContext context) {
		this.context = context;
		operation = context.names.id("websocket message");
		nameKey = context.names.id("network.protocol.name");
		typeKey = context.names.id("crosstrace.websocket.message.type");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		return Sniffed.NO; // only an upgrade leads here: a frame alone is two bytes that anything can be
	}

	@Override
	public Parsers parsers(Link link) {
		return new Parsers(new Frames(true, link.server()), new Frames(false, link.server()));
	}

	private final class Frames extends Framed {
		/** A client masks what it sends, a server does not. */
		private final boolean masked;
		private final boolean server;
		private boolean under;
		private boolean ends;

		Frames(boolean masked, boolean server) {
			this.masked = masked;
			this.server = server;
		}

		private int headLength(byte[] in, int at) {
			int length = in[at + 1] & 0x7f;
			return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (masked ? 4 : 0);
		}

		@Override
		protected long length(byte[] in, int at, int to) {
			int opcode = in[at] & 15;
			if (opcode > BINARY && opcode < CLOSE || opcode > PONG) {
				return NONE;
			}
			if (to - at < 2) {
				return MORE;
			}
			if (in[at + 1] < 0 != masked || opcode >= CLOSE && (in[at] >= 0 || (in[at + 1] & 0x7f) > MOST_CONTROL)) {
				return NONE;
			}
			int head = headLength(in, at);
			if (to - at < head) {
				return MORE;
			}
			int small = in[at + 1] & 0x7f;
			long length = small < 126 ? small : small == 126 ? Binary.uint16(in, at + 2) : Binary.int64(in, at + 2);
			return length < 0 || length > Long.MAX_VALUE - 16 ? NONE : head + length;
		}

		@Override
		protected int wanted(byte[] in, int at, int to, long length) {
			return headLength(in, at);
		}

		@Override
		protected boolean read(byte[] in, int at, int to, long length, int index, MessageSink out) {
			int opcode = in[at] & 15;
			if (opcode >= CLOSE) {
				return true;
			}
			if (opcode == TEXT || opcode == BINARY) {
				under = true;
				Message message = context.message.clear(true, index);
				message.oneWay = true;
				message.operation = operation;
				boolean sent = masked != server;
				message.kind = sent ? SpanTable.PRODUCER : SpanTable.CONSUMER;
				context.attribute(nameKey, "websocket");
				context.attribute(typeKey, opcode == TEXT ? "text" : "binary");
				out.begin(message);
			}
			ends = under && in[at] < 0;
			return true;
		}

		@Override
		protected void passed(MessageSink out) {
			if (ends) {
				ends = false;
				under = false;
				out.end(context.ending.clear(true, 0));
			}
		}

		@Override
		protected boolean likely(byte[] in, int at, int to) {
			int i = at;
			int frames = 0;
			while (i < to && frames < ENOUGH) {
				long length = length(in, i, to);
				if (length <= MORE || length > to - i) {
					return false;
				}
				i += (int) length;
				frames++;
			}
			return frames > 0 && (in[at] & 0x70) == 0;
		}

		@Override
		protected void lose() {
			under = ends = false;
		}
	}
}
