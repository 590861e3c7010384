package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * A parser of messages that say how long they are. Subclasses name the length, say how much of a message they want
 * to see, and read it; what is behind that is passed over unseen.
 */
public abstract class Framed implements MessageParser {
	/** For {@link #length}: the bytes cannot be a message. */
	public static final long NONE = -1;
	/** For {@link #length}: more bytes are needed to say. */
	public static final long MORE = 0;

	/** Bytes to come of the message under way. */
	private long remaining;
	private boolean under;
	/** The rest of an answer was moved unseen: where it ends must be recognized. */
	private boolean endLost;
	/** Nothing has been read or lost yet: what the other direction knows is right. */
	private boolean fresh = true;

	/** Length in bytes, with its head, of the message that begins at {@code at}; or {@link #MORE}, {@link #NONE}. */
	protected abstract long length(byte[] in, int at, int to);

	/** How many of the message's first bytes are to be seen at once; at most {@code length}, better below 64 KB. */
	protected abstract int wanted(byte[] in, int at, int to, long length);

	/**
	 * Reads a message of which [at, to) is there: all that was wanted, or less if the rest cannot be seen.
	 *
	 * @param index of its first byte, for {@link Message#at}
	 * @return false if it makes no sense
	 */
	protected abstract boolean read(byte[] in, int at, int to, long length, int index, MessageSink out);

	/** The last byte of the message read last is there. */
	protected void passed(MessageSink out) {
	}

	/** Whether messages begin at {@code at}, where nothing else says so; to find one's place again. */
	protected abstract boolean likely(byte[] in, int at, int to);

	/** Bytes were missed: what is known of this direction may be wrong. */
	protected abstract void lose();

	/**
	 * Bytes from the beginning of a message on, or more than one message's, were not seen.
	 *
	 * @param moved as for {@link MessageParser#skip}
	 * @return false if the place is lost
	 */
	protected boolean missed(boolean moved, MessageSink out) {
		if (moved && answering()) {
			endLost = true;
			return true;
		}
		lose();
		return false;
	}

	/** An answer of many messages has begun, and has not ended. */
	protected boolean answering() {
		return false;
	}

	/** Whether these bytes, which came after some that were not seen, are the last of the answer under way; ends it then. */
	protected boolean endsAnswer(byte[] in, int from, int to, MessageSink out) {
		return false;
	}

	/** To be called when the answer under way has ended, or is given up. */
	protected final void foundEnd() {
		endLost = false;
	}

	/** True if a parser changed the protocol: the rest is not its own. */
	protected boolean done() {
		return false;
	}

	@Override
	public Step next(ByteBuffer in, MessageSink out) {
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		if (endLost) {
			int from = base + in.position();
			in.position(in.limit());
			if (endsAnswer(bytes, from, to, out)) {
				endLost = false;
			}
			return Step.NEED_MORE;
		}
		while (true) {
			int at = base + in.position();
			if (remaining > 0) {
				int taken = (int) Math.min(remaining, to - at);
				in.position(in.position() + taken);
				remaining -= taken;
				if (remaining > 0) {
					return Step.NEED_MORE;
				}
				at += taken;
			}
			if (under) {
				under = false;
				passed(out);
				if (done()) {
					return Step.MESSAGE;
				}
			}
			if (at == to) {
				return Step.NEED_MORE;
			}
			long length = length(bytes, at, to);
			if (length <= MORE) {
				fresh &= length == MORE;
				return length == MORE ? Step.NEED_MORE : Step.LOST_SYNC;
			}
			int wanted = (int) Math.min(length, wanted(bytes, at, to, length));
			if (to - at < wanted) {
				return Step.NEED_MORE;
			}
			fresh = false;
			if (!read(bytes, at, at + wanted, length, at - base, out)) { // no more, or it would depend on how the stream is cut
				return Step.LOST_SYNC;
			}
			under = true;
			remaining = length;
		}
	}

	@Override
	public boolean resync(ByteBuffer in) {
		remaining = 0;
		under = false;
		if (!fresh) {
			lose();
		}
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		for (int at = base + in.position(); at < to; at++) {
			if (likely(bytes, at, to)) {
				in.position(at - base);
				return true;
			}
		}
		in.position(in.limit());
		return false;
	}

	@Override
	public long skippable() {
		return endLost ? 0 : remaining;
	}

	@Override
	public final boolean endless() {
		return endLost;
	}

	@Override
	public final boolean endLost() {
		return endLost;
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		int kept = in.remaining();
		int at = in.arrayOffset() + in.position();
		in.position(in.limit());
		if (remaining == 0 && !under && kept > 0) {
			long length = length(in.array(), at, at + kept);
			if (length > MORE && kept + bytes <= length
					&& read(in.array(), at, at + kept, length, at - in.arrayOffset(), out)) {
				under = true;
				remaining = length - kept;
			}
		}
		if (under && bytes <= remaining) {
			remaining -= bytes;
			if (remaining == 0) {
				under = false;
				passed(out);
			}
			return Step.NEED_MORE;
		}
		remaining = 0;
		under = false;
		fresh = false;
		return missed(moved, out) ? Step.NEED_MORE : Step.LOST_SYNC;
	}
}
