package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Puts one direction of one connection in order and feeds its parser. Bytes may come twice, a little out of
 * order, in pieces of any size, or not at all; what was not captured of a body is skipped without having
 * been seen.
 *
 * <p>A record that overtakes another is kept until the connection's next record; what has not come by then is
 * a hole. Holds bytes only of an incomplete head (from {@link Buffers}): about 150 bytes otherwise.
 */
final class StreamAssembler implements MessageSink {
	/** What is kept of the beginning of a connection whose protocol is not yet known. */
	private static final int MAX_UNKNOWN = 4096;

	private final ParserContext context;
	private final Conversation conversation;
	private final boolean sent;
	private MessageParser parser;
	/** Offset of the next byte; -1 before the first record. */
	private long expected = -1;
	/** Offset of the first record; -1 before it. */
	private long first = -1;
	private boolean lost;
	/** The next byte is the first of its direction, or the first after a switch of protocols. */
	private boolean atStart;
	/** The unread beginning of a message, ready for appending; null if there is none. */
	private ByteBuffer pending;
	private long pendingNanos;
	private int pendingPid;
	private int pendingTid;
	private Segment early;

	private Segment now;
	private long base; // stream offset of index 0 of the buffer being parsed
	private long lastNanos;
	private int lastPid;
	private int lastTid;

	StreamAssembler(ParserContext context, Conversation conversation, boolean sent) {
		this.context = context;
		this.conversation = conversation;
		this.sent = sent;
	}

	/** @param atStart the bytes at hand, or those that come next, start a message */
	void parser(MessageParser newParser, boolean atStart) {
		parser = newParser;
		lost = !atStart && pending == null && first >= 0;
	}

	/** What follows is for another parser; null if only the bytes will tell whose. */
	void become(MessageParser newParser) {
		parser = newParser;
		lost = false;
		atStart = true;
	}

	/** True if this direction has been followed from its first byte. Some kernels count the SYN: 1 is first, too. */
	boolean fromStart() {
		return first >= 0 && first <= 1;
	}

	/** The other direction was followed from its first byte, so this one will be. */
	void expectStart() {
		if (first < 0) {
			expected = 0;
		}
	}

	void segment(Segment segment) {
		if (first < 0) {
			first = segment.offset;
			expected = first == 1 || expected < 0 ? first : expected;
			atStart |= fromStart();
		}
		Segment held = early;
		early = null;
		if (held != null) {
			if (segment.offset < held.offset) {
				accept(segment, true);
				accept(held, true);
				return;
			}
			accept(held, true);
		}
		accept(segment, false);
	}

	/** Nothing that was overtaken will come any more: takes in what was kept. */
	void settle() {
		if (early != null) {
			Segment held = early;
			early = null;
			accept(held, true);
		}
	}

	/** The connection is gone. */
	void close() {
		settle();
		now = null;
		if (parser != null) {
			parser.end(this);
		}
		drop();
	}

	/** The message under way, whose end could not be seen, ended with the last bytes. */
	void endEndless() {
		if (parser != null && parser.endless()) {
			Segment current = now;
			now = null;
			parser.end(this);
			now = current;
		}
	}

	/** As {@link #endEndless}, if the end is not to be recognized and nothing has come for long enough. */
	void endIdle(long nanos) {
		if (parser != null && parser.endLost() && lastNanos <= nanos - parser.quietNanos()) {
			endEndless();
		}
	}

	/** Gives back what is kept. */
	void drop() {
		if (pending != null) {
			context.buffers.give(pending);
			pending = null;
		}
	}

	private void accept(Segment segment, boolean mayLose) {
		long skip = expected - segment.offset;
		if (skip > 0 && skip >= segment.total) {
			context.losses.lost(Loss.LATE_RECORDS, 1);
			return;
		}
		now = segment;
		if (skip < 0) {
			if (!mayLose) {
				early = segment.copy();
				conversation.holdsEarly();
				now = null;
				return;
			}
			context.losses.lost(Loss.HOLE_BYTES, -skip);
			hole(-skip, false);
			expected = segment.offset;
			skip = 0;
		}
		if (parser != null && parser.skippable() >= segment.total - skip && pending == null && !lost) {
			expected = segment.offset + segment.total;
			parser.skip(context.work.position(0).limit(0), segment.total - skip, true, this);
		} else {
			int fresh = (int) Math.max(0, segment.captured - skip);
			int unseen = (int) (segment.total - skip) - fresh;
			if (fresh > 0) {
				feed(segment, segment.captured - fresh, fresh);
			}
			expected = segment.offset + segment.total;
			if (unseen > 0) {
				hole(unseen, true);
			}
		}
		lastNanos = segment.nanos;
		lastPid = segment.pid;
		lastTid = segment.tid;
		now = null;
	}

	private void feed(Segment segment, int skip, int count) {
		int kept = pending == null ? 0 : pending.position();
		ByteBuffer in = kept == 0 ? context.work : room(kept + count);
		if (in == null) {
			context.losses.lost(Loss.BUFFERS_FULL, kept + count);
			drop();
			lose();
			return;
		}
		segment.buffer.get(segment.at + skip, in.array(), kept, count);
		in.position(0).limit(kept + count);
		base = segment.offset + skip - kept;
		parse(in);
		keep(in, segment);
	}

	/** The pending buffer, with room for {@code bytes} in all; null if there is too much. */
	private ByteBuffer room(int bytes) {
		if (pending.capacity() < bytes) {
			ByteBuffer larger = context.buffers.take(bytes);
			if (larger == null) {
				return null;
			}
			System.arraycopy(pending.array(), 0, larger.array(), 0, pending.position());
			larger.position(pending.position());
			context.buffers.give(pending);
			pending = larger;
		}
		return pending;
	}

	private void parse(ByteBuffer in) {
		while (true) {
			if (parser == null) {
				if (!in.hasRemaining()) {
					return;
				}
				int unread = in.remaining();
				if (!conversation.sniff(in, sent, atStart)) {
					atStart &= in.remaining() == unread;
					return;
				}
			}
			if (lost) {
				if (!parser.resync(in)) {
					return;
				}
				lost = false;
			}
			MessageParser reading = parser;
			MessageParser.Step step = reading.next(in, this);
			if (parser != reading) {
				if (!in.hasRemaining()) {
					return;
				}
				continue; // a switch of protocols: the new one reads on
			}
			switch (step) {
			case MESSAGE -> {
				if (!in.hasRemaining()) {
					return;
				}
			}
			case NEED_MORE -> {
				return;
			}
			case LOST_SYNC -> {
				lose();
				if (in.hasRemaining()) {
					in.position(in.position() + 1); // else resync could find the same place
				}
			}
			}
		}
	}

	/** Keeps what was not read for the next record. */
	private void keep(ByteBuffer in, Segment segment) {
		int left = in.remaining();
		if (parser == null && left > MAX_UNKNOWN) {
			left = 0;
		}
		if (left == 0) {
			drop();
			return;
		}
		boolean sameStart = in == pending && base + in.position() < segment.offset;
		if (!sameStart) {
			pendingNanos = segment.nanos;
			pendingPid = segment.pid;
			pendingTid = segment.tid;
		}
		if (in == pending) {
			in.compact();
			return;
		}
		drop();
		pending = context.buffers.take(left);
		if (pending == null) {
			context.losses.lost(Loss.BUFFERS_FULL, left);
			lose();
			return;
		}
		in.get(pending.array(), 0, left);
		pending.position(left);
	}

	/** Bytes that will never be shown. */
	private void hole(long bytes, boolean moved) {
		if (parser == null) {
			drop();
			conversation.unknown(bytes);
			return;
		}
		ByteBuffer in = pending == null ? context.work.position(0).limit(0) : pending.flip();
		base = expected - in.limit();
		if (!lost && parser.skip(in, bytes, moved, this) == MessageParser.Step.LOST_SYNC) {
			lose();
		}
		drop();
	}

	private void lose() {
		if (parser != null) {
			lost = true;
			context.losses.lost(Loss.LOST_SYNC, 1);
			conversation.missed(sent);
		}
	}

	@Override
	public void begin(Message message) {
		message.offset = base + message.at;
		boolean fromPending = message.offset < now.offset;
		message.nanos = fromPending ? pendingNanos : now.nanos;
		message.pid = fromPending ? pendingPid : now.pid;
		message.tid = fromPending ? pendingTid : now.tid;
		message.sequence = now.sequence + (int) (message.offset - now.offset);
		message.nonce = now.nonce;
		message.readId = conversation.lastAt(now.readConnection, now.readOffset);
		message.wokeId = conversation.lastAt(now.wokeConnection, now.wokeOffset);
		message.wokeHops = now.wokeHops;
		message.wokeMicros = now.wokeMicros;
		conversation.begin(message, sent);
	}

	@Override
	public void end(Message message) {
		boolean before = now == null || message.before;
		message.nanos = before ? lastNanos : now.nanos;
		message.pid = before ? lastPid : now.pid;
		message.tid = before ? lastTid : now.tid;
		message.offset = before ? expected - 1 : now.offset;
		conversation.end(message, sent);
	}
}
