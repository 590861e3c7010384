package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Cuts one direction of an HTTP/1.0 or 1.1 connection into messages (RFC 9112), seeing as little of the bodies
 * as it can. Interim answers (1xx) are passed over in silence; after 101, or an answer to CONNECT that
 * accepts, the connection is another protocol's.
 *
 * <p>Keeps a few numbers, no bytes. A head may be 64 KB long.
 */
final class Http1Parser implements MessageParser {
	static final int MAX_HEAD = 1 << 16;
	/** A body as large is not worth copying, if the head says how long it is. */
	private static final int LARGE_BODY = 1 << 16;
	private static final int MAX_CHUNK_LINE = 1 << 12;
	/** "0", CRLF, CRLF: what remains of a chunked body after its last chunk, if it has no trailers. */
	private static final byte[] LAST_CHUNK_BYTES = { '0', '\r', '\n', '\r', '\n' };
	private static final int LAST_CHUNK = LAST_CHUNK_BYTES.length;

	private enum State {
		HEAD, LENGTH, CHUNK_SIZE, CHUNK_DATA, TRAILERS,
		/** The body ends with the connection. */
		UNTIL_CLOSE,
		/** Bytes of the body were missed, so nobody knows where it ends. */
		BODY_LOST
	}

	private final ParserContext context;
	private final Http1Head head;
	private final boolean requests;
	private final Link link;

	private State state = State.HEAD;
	/** Bytes to come of a body or chunk. */
	private long remaining;
	/** Bytes of an incomplete head that were searched for its end before. */
	private int searched;
	/** The sender may drop the body it announced, if the answer comes first. */
	private boolean bodyMayBeDropped;
	private int trailerBytes;
	private boolean chunked;
	/** Of requests only. */
	private final BodyWords words;

	/**
	 * @param head shared by all parsers of a thread that see the same side
	 */
	Http1Parser(ParserContext context, Http1Head head, boolean requests, Link link) {
		this.context = context;
		this.head = head;
		this.requests = requests;
		words = requests ? new BodyWords() : null;
		this.link = link;
	}

	@Override
	public Step next(ByteBuffer in, MessageSink out) {
		while (true) {
			Step step = switch (state) {
			case HEAD -> head(in, out);
			case LENGTH -> length(in, out);
			case CHUNK_SIZE -> chunkSize(in);
			case CHUNK_DATA -> chunkData(in);
			case TRAILERS -> trailers(in, out);
			case BODY_LOST -> bodyLost(in, out);
			case UNTIL_CLOSE -> {
				in.position(in.limit());
				yield Step.NEED_MORE;
			}
			};
			if (step != null) {
				return step;
			}
		}
	}

	@Override
	public boolean resync(ByteBuffer in) {
		state = State.HEAD;
		searched = 0;
		byte[] bytes = in.array();
		int limit = in.arrayOffset() + in.limit();
		for (int i = in.arrayOffset() + in.position(); i < limit; i++) {
			int start = start(bytes, i, limit);
			if (start != Http1Start.NO) {
				in.position(i - in.arrayOffset());
				return start == Http1Start.YES;
			}
			// Only the first byte given, or one behind a line's end or a body, is likely to start a message.
			i = nextCandidate(bytes, i + 1, limit) - 1;
		}
		in.position(in.limit());
		return false;
	}

	@Override
	public long skippable() {
		return switch (state) {
		case LENGTH -> bodyMayBeDropped || words != null && words.wanted() ? 0 : remaining;
		case CHUNK_DATA -> remaining;
		case UNTIL_CLOSE -> Long.MAX_VALUE;
		default -> 0;
		};
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		boolean partial = in.hasRemaining();
		switch (state) {
		case HEAD:
			return skipHead(in, moved, out);
		case LENGTH:
			bodyMayBeDropped = false;
			if (words != null) {
				words.hole();
			}
			if (bytes < remaining) {
				remaining -= bytes;
				return Step.NEED_MORE;
			}
			boolean exact = bytes == remaining;
			ended(out);
			return exact ? Step.MESSAGE : Step.LOST_SYNC;
		case CHUNK_DATA:
			if (bytes < remaining) {
				remaining -= bytes;
				return Step.NEED_MORE;
			}
			if (bytes == remaining) {
				state = State.CHUNK_SIZE;
				return Step.NEED_MORE;
			}
			return skipChunkEnd(bytes - remaining, out);
		case CHUNK_SIZE:
			in.position(in.limit());
			return skipChunkEnd(partial ? 0 : bytes, out);
		case TRAILERS:
			in.position(in.limit());
			state = State.BODY_LOST;
			return Step.NEED_MORE;
		default:
			in.position(in.limit());
			return Step.NEED_MORE;
		}
	}

	@Override
	public boolean endless() {
		return state == State.UNTIL_CLOSE || state == State.BODY_LOST;
	}

	@Override
	public boolean endLost() {
		return state == State.BODY_LOST;
	}

	@Override
	public void end(MessageSink out) {
		if (state != State.HEAD) {
			ended(out, state != State.UNTIL_CLOSE, true);
		}
		searched = 0;
	}

	private Step head(ByteBuffer in, MessageSink out) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int limit = base + in.limit();
		int from = base + in.position();
		while (searched == 0 && from < limit && (bytes[from] == '\r' || bytes[from] == '\n')) {
			from++; // RFC 9112, 2.2: empty lines before a request are to be ignored
		}
		in.position(from - base);
		if (from == limit) {
			return Step.NEED_MORE;
		}
		int start = searched == 0 ? start(bytes, from, limit) : Http1Start.MAYBE;
		if (start == Http1Start.NO) {
			return Step.LOST_SYNC;
		}
		int end = headEnd(bytes, Math.max(from, from + searched - 3), limit);
		if (end < 0 && limit - from <= MAX_HEAD) {
			searched = limit - from;
			return Step.NEED_MORE;
		}
		searched = 0;
		if (end < 0 || end - from > MAX_HEAD) {
			context.losses.lost(Loss.LONG_HEADS, 1);
			in.position(in.limit()); // all of it: else a flood of false starts would be searched again and again
			return Step.LOST_SYNC;
		}
		if (!read(bytes, from, end, base, start == Http1Start.YES)) {
			return Step.LOST_SYNC;
		}
		in.position(end - base);
		return begin(out) ? Step.MESSAGE : null;
	}

	/** @param checked the start line is known to be right */
	private boolean read(byte[] bytes, int from, int end, int base, boolean checked) {
		boolean right = requests ? head.request(bytes, from, end, checked) : head.answer(bytes, from, end, checked);
		context.message.at = from - base;
		return right;
	}

	/** Tells the message just read and prepares for its body; true if it has none. */
	private boolean begin(MessageSink out) {
		Message message = context.message;
		long length = head.length;
		boolean switches = false;
		if (!requests) {
			int trait = link.asked(0);
			int status = message.status;
			boolean connected = trait == Http1Head.CONNECT && status >= 200 && status < 300;
			if (status < 200 && status != 101) {
				return false; // an interim answer: the next head follows
			}
			switches = status == 101 || connected;
			if (trait == Http1Head.HEAD || status == 204 || status == 304) {
				length = 0;
			}
		}
		if (switches && head.upgrade == Http1Head.H2C) {
			link.move(0, 1); // RFC 7540, 3.2: the request is stream 1, and answered there
			link.become(context.protocols.http2);
			return true;
		}
		out.begin(message);
		if (switches) {
			ended(out);
			link.become(message.status != 101 ? null
					: head.upgrade == Http1Head.WEB_SOCKET ? context.protocols.webSocket : context.protocols.unread);
			return true;
		}
		bodyMayBeDropped = head.expectsContinue;
		if (length == 0) {
			ended(out);
			return true;
		}
		chunked = length == Http1Head.CHUNKED;
		if (chunked) {
			state = State.CHUNK_SIZE;
			link.largeBodies(requests, false); // its end is in its bytes
		} else if (length == Http1Head.UNTIL_CLOSE) {
			// A request cannot end so (the answer would have no way back): what follows tells.
			state = requests ? State.BODY_LOST : State.UNTIL_CLOSE;
		} else {
			state = State.LENGTH;
			remaining = length;
			if (length >= LARGE_BODY) {
				link.largeBodies(requests, true);
			}
			if (words != null) {
				words.begin(length);
			}
		}
		return false;
	}

	private Step length(ByteBuffer in, MessageSink out) {
		if (!in.hasRemaining()) {
			return Step.NEED_MORE;
		}
		if (bodyMayBeDropped && startsMessage(in)) {
			ended(out, true, true);
			return Step.MESSAGE;
		}
		bodyMayBeDropped = false;
		if (in.remaining() < remaining) {
			if (words != null) {
				words.piece(in, in.remaining());
			}
			take(in);
			return Step.NEED_MORE;
		}
		state = State.HEAD;
		Message message = context.ending.clear(requests, 0);
		if (words != null) {
			words.end(in, (int) remaining, message, context.options.tokenSalt());
		}
		take(in);
		out.end(message);
		return Step.MESSAGE;
	}

	private Step chunkSize(ByteBuffer in) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int from = base + in.position();
		int lf = Ascii.indexOf(bytes, from, base + in.limit(), (byte) '\n');
		if (lf < 0) {
			if (in.remaining() <= MAX_CHUNK_LINE) {
				return Step.NEED_MORE;
			}
			state = State.BODY_LOST;
			return null;
		}
		long size = 0;
		int at = from;
		for (int digit; at < lf && (digit = Ascii.hexDigit(bytes[at])) >= 0 && at - from < 16; at++) {
			size = size << 4 | digit;
		}
		boolean right = at > from && at - from < 16 && (bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == ';'
				|| bytes[at] == ' ' || bytes[at] == '\t');
		if (!right) {
			state = State.BODY_LOST;
			return null;
		}
		in.position(lf + 1 - base);
		remaining = size + 2;
		trailerBytes = 0;
		state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
		return null;
	}

	private Step chunkData(ByteBuffer in) {
		take(in);
		if (remaining > 0) {
			return Step.NEED_MORE;
		}
		state = State.CHUNK_SIZE;
		return null;
	}

	private Step trailers(ByteBuffer in, MessageSink out) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int from = base + in.position();
		int lf = Ascii.indexOf(bytes, from, base + in.limit(), (byte) '\n');
		int length = (lf < 0 ? base + in.limit() : lf + 1) - from;
		if (trailerBytes + length > MAX_HEAD) {
			context.losses.lost(Loss.LONG_HEADS, 1);
			state = State.BODY_LOST;
			return null;
		}
		if (lf < 0) {
			return Step.NEED_MORE;
		}
		trailerBytes += length;
		in.position(lf + 1 - base);
		if (lf == from || lf == from + 1 && bytes[from] == '\r') {
			ended(out);
			return Step.MESSAGE;
		}
		return null;
	}

	/** Goes on until a record ends like a chunked body, or starts like a message. */
	private Step bodyLost(ByteBuffer in, MessageSink out) {
		if (!in.hasRemaining()) {
			return Step.NEED_MORE;
		}
		if (startsMessage(in)) {
			ended(out, true, true);
			return Step.MESSAGE;
		}
		boolean last = chunked && endsChunks(in);
		in.position(in.limit());
		if (last) {
			ended(out);
			return Step.MESSAGE;
		}
		return Step.NEED_MORE;
	}

	/** Whether the bytes end as a chunked body does; they are likely to be all that one call moved. */
	private static boolean endsChunks(ByteBuffer in) {
		int from = in.arrayOffset() + in.position();
		int to = in.arrayOffset() + in.limit();
		int at = to - LAST_CHUNK_BYTES.length;
		return at >= from && Ascii.startsWith(in.array(), at, to, LAST_CHUNK_BYTES)
				&& (at == from || in.array()[at - 1] == '\n');
	}

	private void take(ByteBuffer in) {
		int taken = (int) Math.min(remaining, in.remaining());
		in.position(in.position() + taken);
		remaining -= taken;
	}

	/** Unseen bytes where a head is expected. */
	private Step skipHead(ByteBuffer in, boolean moved, MessageSink out) {
		boolean partial = in.hasRemaining();
		byte[] bytes = in.array();
		int from = in.arrayOffset() + in.position();
		int limit = in.arrayOffset() + in.limit();
		searched = 0;
		in.position(in.limit());
		if (partial) {
			context.losses.lost(Loss.CUT_HEADS, 1);
			int line = Ascii.indexOf(bytes, from, limit, (byte) '\n');
			if (line < 0 || !read(bytes, from, lastLine(bytes, line, limit), in.arrayOffset(), false)) {
				return Step.LOST_SYNC;
			}
		} else if (moved) {
			head.unseen(requests, in.position());
		} else {
			return Step.LOST_SYNC;
		}
		context.message.incomplete = true;
		chunked = partial && head.length == Http1Head.CHUNKED;
		int status = context.message.status;
		if (status >= 100 && status < 200 && status != 101) {
			return Step.LOST_SYNC;
		}
		out.begin(context.message);
		state = State.BODY_LOST;
		return Step.NEED_MORE;
	}

	/** Unseen bytes that begin where a chunk's size is expected. */
	private Step skipChunkEnd(long bytes, MessageSink out) {
		if (bytes == LAST_CHUNK) { // the shortest chunk with data is longer
			ended(out);
			return Step.MESSAGE;
		}
		state = State.BODY_LOST;
		return Step.NEED_MORE;
	}

	private void ended(MessageSink out) {
		ended(out, false, false);
	}

	/** @param before with the last bytes given earlier, not with those given now */
	private void ended(MessageSink out, boolean incomplete, boolean before) {
		state = State.HEAD;
		bodyMayBeDropped = false;
		Message message = context.ending.clear(requests, 0);
		message.incomplete = incomplete;
		message.before = before;
		out.end(message);
	}

	private boolean startsMessage(ByteBuffer in) {
		int from = in.arrayOffset() + in.position();
		return start(in.array(), from, in.arrayOffset() + in.limit()) == Http1Start.YES;
	}

	private int start(byte[] bytes, int from, int to) {
		return requests ? Http1Start.request(bytes, from, to) : Http1Start.answer(bytes, from, to);
	}

	/** Answers are told apart by "HTTP/" anywhere; requests only at the start of a line. */
	private int nextCandidate(byte[] bytes, int from, int to) {
		int found = Ascii.indexOf(bytes, from, to, requests ? (byte) '\n' : (byte) 'H');
		return found < 0 ? to : requests ? found + 1 : found;
	}

	/** Index behind the empty line that ends a head, or -1. */
	private static int headEnd(byte[] bytes, int from, int to) {
		int lf = Ascii.indexOf(bytes, from, to, (byte) '\n');
		while (lf >= 0) {
			int next = lf + 1;
			if (next < to && bytes[next] == '\n') {
				return next + 1;
			}
			if (next + 1 < to && bytes[next] == '\r' && bytes[next + 1] == '\n') {
				return next + 2;
			}
			lf = Ascii.indexOf(bytes, next, to, (byte) '\n');
		}
		return -1;
	}

	/** Index behind the last complete line. */
	private static int lastLine(byte[] bytes, int firstEnd, int to) {
		int end = firstEnd + 1;
		for (int lf = firstEnd; lf >= 0; lf = Ascii.indexOf(bytes, end, to, (byte) '\n')) {
			end = lf + 1;
		}
		return end;
	}
}
