package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Cuts a direction whose messages are frames that tell their length at once. Sees the first bytes of each
 * frame, {@link #look} at most, and skips the rest.
 *
 * <p>A frame that was captured only in part is read as far as it goes. Bytes missing inside a frame cost that
 * frame's details; missing where frames begin, they cost the sync.
 */
public abstract class FrameParser implements MessageParser {
	/** Answers of {@link #length}. */
	protected static final long MORE = 0;
	protected static final long WRONG = -1;

	/** Answers of {@link #start}. */
	protected static final int NO = 0;
	protected static final int YES = 1;
	protected static final int MAYBE = 2;

	protected final ParserContext context;
	/** Index 0 of the buffer given is this index of the array. */
	private int base;
	private final int look;
	/** Bytes of the frame under way that are still to come. */
	private long remaining;
	private boolean inside;

	/** @param look bytes of a frame that are kept until all of them are there; 64 KB at most */
	protected FrameParser(ParserContext context, int look) {
		this.context = context;
		this.look = look;
	}

	/** Bytes of the frame at {@code from}, header included; {@link #MORE} if too few are there to tell, or {@link #WRONG}. */
	protected abstract long length(byte[] in, int from, int to);

	/**
	 * Reads the frame in [from, to): all of it, or the first {@link #look} bytes, or fewer if {@code cut}: then what
	 * could not be read is to be counted, and marks the message incomplete. False if it makes no sense at all.
	 */
	protected abstract boolean read(byte[] in, int from, int to, boolean cut, MessageSink out);

	/** The last byte of the frame read last has passed. @param before it came with bytes given earlier */
	protected abstract void ended(boolean incomplete, boolean before, MessageSink out);

	/** Whether a frame can begin at {@code from}; as strict as the protocol allows. */
	protected abstract int start(byte[] in, int from, int to);

	/** The position of an array index in the buffer at hand, for {@link Message#clear}. */
	protected final int position(int index) {
		return index - base;
	}

	@Override
	public final Step next(ByteBuffer in, MessageSink out) {
		if (inside) {
			int taken = (int) Math.min(remaining, in.remaining());
			in.position(in.position() + taken);
			remaining -= taken;
			return remaining > 0 ? Step.NEED_MORE : close(false, false, out);
		}
		if (!in.hasRemaining()) {
			return Step.NEED_MORE;
		}
		base = in.arrayOffset();
		int from = base + in.position();
		int limit = base + in.limit();
		long length = length(in.array(), from, limit);
		if (length == MORE) {
			return limit - from < look ? Step.NEED_MORE : Step.LOST_SYNC;
		}
		if (length < 0) {
			return Step.LOST_SYNC;
		}
		int wanted = (int) Math.min(length, look);
		if (limit - from < wanted) {
			return Step.NEED_MORE;
		}
		if (!read(in.array(), from, from + wanted, false, out)) {
			return Step.LOST_SYNC;
		}
		in.position(in.position() + wanted);
		inside = true;
		remaining = length - wanted;
		return remaining == 0 ? close(false, false, out) : next(in, out);
	}

	@Override
	public final boolean resync(ByteBuffer in) {
		inside = false;
		byte[] bytes = in.array();
		int limit = in.arrayOffset() + in.limit();
		for (int i = in.arrayOffset() + in.position(); i < limit; i++) {
			int start = start(bytes, i, limit);
			if (start != NO) {
				in.position(i - in.arrayOffset());
				return start == YES;
			}
		}
		in.position(in.limit());
		return false;
	}

	@Override
	public final long skippable() {
		return inside ? remaining : 0;
	}

	@Override
	public final Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		if (!inside && !open(in, out)) {
			in.position(in.limit());
			return Step.LOST_SYNC;
		}
		in.position(in.limit());
		if (bytes < remaining) {
			remaining -= bytes;
			return Step.NEED_MORE;
		}
		boolean exact = bytes == remaining;
		close(false, false, out);
		return exact ? Step.MESSAGE : Step.LOST_SYNC;
	}

	/** Reads what there is of a frame whose rest will not be shown. */
	private boolean open(ByteBuffer in, MessageSink out) {
		base = in.arrayOffset();
		int from = base + in.position();
		int limit = base + in.limit();
		long length = from == limit ? MORE : length(in.array(), from, limit);
		if (length <= 0 || length <= limit - from || !read(in.array(), from, limit, true, out)) {
			return false;
		}
		inside = true;
		remaining = length - (limit - from);
		return true;
	}

	@Override
	public final void end(MessageSink out) {
		if (inside) {
			close(true, true, out);
		}
	}

	private Step close(boolean incomplete, boolean before, MessageSink out) {
		inside = false;
		ended(incomplete, before, out);
		return Step.MESSAGE;
	}
}
