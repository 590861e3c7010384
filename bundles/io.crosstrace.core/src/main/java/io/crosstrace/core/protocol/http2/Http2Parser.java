package io.crosstrace.core.protocol.http2;

import java.nio.ByteBuffer;

import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/**
 * Walks the frames of one direction of an HTTP/2 connection. Bodies are passed over by the length of their
 * frames. A header block must be there whole, up to 64 KB, before it is read. Where header blocks may have been
 * missed, what the compression remembers is forgotten, so names may be unknown but are never wrong.
 */
final class Http2Parser implements MessageParser {
	private static final int MOST_BLOCK = 1 << 16;

	private final Http2 shared;
	private final ParserContext context;
	private final Heads heads;
	private final OpenStreams streams;
	private final boolean requests;
	private Hpack hpack;
	/** Bytes to come of the frame under way, all to be passed over. */
	private long remaining;
	/** The stream this frame is the last of; 0 if it is not the last of any. */
	private int ends;

	Http2Parser(Http2 shared, Heads heads, OpenStreams streams, boolean requests) {
		this.shared = shared;
		context = shared.context;
		this.heads = heads;
		this.streams = streams;
		this.requests = requests;
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
			if (ends != 0) {
				int ended = ends;
				ends = 0;
				ended(ended, out);
			}
			int at = base + in.position();
			if (at < to && bytes[at] == 'P' && Frame.preface(bytes, at, Math.min(to, at + Frame.PREFACE.length))) {
				if (to - at < Frame.PREFACE.length) {
					return Step.NEED_MORE;
				}
				in.position(in.position() + Frame.PREFACE.length);
				continue;
			}
			if (to - at < Frame.HEAD) {
				return Step.NEED_MORE;
			}
			if (!Frame.right(bytes, at)) {
				return Step.LOST_SYNC;
			}
			int length = Frame.length(bytes, at);
			int stream = Frame.stream(bytes, at);
			int flags = Frame.flags(bytes, at);
			switch (Frame.type(bytes, at)) {
			case Frame.HEADERS, Frame.PUSH_PROMISE -> {
				int end = blockEnd(bytes, at, to);
				if (end == 0) {
					return Step.NEED_MORE;
				}
				if (end < 0 || !head(bytes, at, end, base, out)) {
					return Step.LOST_SYNC;
				}
				in.position(end - base);
			}
			case Frame.RST_STREAM -> {
				if (to - at < Frame.HEAD + length) {
					return Step.NEED_MORE;
				}
				in.position(in.position() + Frame.HEAD + length);
				reset(stream, Frame.int32(bytes, at + Frame.HEAD) & 0xffffffffL, out);
			}
			default -> {
				in.position(in.position() + Frame.HEAD);
				remaining = length;
				ends = Frame.type(bytes, at) == Frame.DATA && (flags & Frame.END_STREAM) != 0 ? stream : 0;
			}
			}
		}
	}

	/** The end of the header block that begins with the frame at {@code at}; 0 if it is not all there, -1 if it is none. */
	private int blockEnd(byte[] bytes, int at, int to) {
		int stream = Frame.stream(bytes, at);
		int i = at;
		boolean more = true;
		while (more) {
			if (i - at > MOST_BLOCK) {
				context.lost(Loss.LONG_HEADS, 1);
				return -1;
			}
			if (to - i < Frame.HEAD) {
				return 0;
			}
			if (i > at && (Frame.type(bytes, i) != Frame.CONTINUATION || Frame.stream(bytes, i) != stream)) {
				return -1;
			}
			more = (Frame.flags(bytes, i) & Frame.END_HEADERS) == 0;
			i += Frame.HEAD + Frame.length(bytes, i);
		}
		if (i - at > MOST_BLOCK) {
			context.lost(Loss.LONG_HEADS, 1);
			return -1;
		}
		return i <= to ? i : 0;
	}

	/** Reads the block of the frames in [at, end). */
	private boolean head(byte[] bytes, int at, int end, int base, MessageSink out) {
		int flags = Frame.flags(bytes, at);
		boolean push = Frame.type(bytes, at) == Frame.PUSH_PROMISE;
		int from = at + Frame.HEAD;
		int to = from + Frame.length(bytes, at);
		if ((flags & Frame.PADDED) != 0) {
			to -= bytes[from++] & 0xff;
		}
		from += push ? 4 : (flags & Frame.PRIORITIZED) != 0 ? 5 : 0;
		if (from > to) {
			return false;
		}
		byte[] block = bytes;
		if ((flags & Frame.END_HEADERS) == 0) {
			block = shared.block;
			int copied = 0;
			int i = at;
			while (true) {
				System.arraycopy(bytes, from, block, copied, to - from);
				copied += to - from;
				i += Frame.HEAD + Frame.length(bytes, i);
				if (i >= end) {
					break;
				}
				from = i + Frame.HEAD;
				to = from + Frame.length(bytes, i);
			}
			from = 0;
			to = copied;
		}
		if (hpack == null) {
			hpack = new Hpack(shared.statics, context.texts);
		}
		if (!hpack.decode(block, from, to, shared.fields)) {
			return false;
		}
		if (!push) {
			headers(Frame.stream(bytes, at), (flags & Frame.END_STREAM) != 0, at - base, out);
		}
		return true;
	}

	private void headers(int stream, boolean last, int at, MessageSink out) {
		int known = streams.of(stream);
		if (requests) {
			if (stream > streams.last) {
				streams.last = stream;
				streams.set(stream, heads.request(at, stream));
				out.begin(context.message);
			}
			if (last) {
				ended(stream, out);
			}
			return;
		}
		int status = shared.fields.decimal(Fields.STATUS);
		if ((known & OpenStreams.ANSWERED) == 0) {
			if (status >= 100 && status < 200) {
				return; // an interim answer
			}
			heads.answer(at, stream, (known & OpenStreams.GRPC) != 0);
			streams.set(stream, OpenStreams.ANSWERED);
			out.begin(context.message);
		}
		if (last) {
			Message ending = ending(stream);
			if ((known & OpenStreams.GRPC) != 0) {
				heads.grpcStatus(ending);
			}
			streams.end(stream);
			out.end(ending);
		}
	}

	private void ended(int stream, MessageSink out) {
		if (!requests) {
			streams.end(stream);
		}
		out.end(ending(stream));
	}

	private Message ending(int stream) {
		Message ending = context.ending.clear(requests, 0);
		ending.stream = stream;
		return ending;
	}

	private void reset(int stream, long code, MessageSink out) {
		int known = streams.index(stream);
		if (known < 0) {
			return; // it has ended already
		}
		boolean grpc = (streams.flags(known) & OpenStreams.GRPC) != 0;
		streams.end(stream);
		Message ending = ending(stream);
		heads.reset(ending, code, grpc);
		out.end(ending);
	}

	@Override
	public boolean resync(ByteBuffer in) {
		lose();
		byte[] bytes = in.array();
		int base = in.arrayOffset();
		int to = base + in.limit();
		int at = base + in.position();
		for (; at < to; at++) {
			if (Frame.preface(bytes, at, Math.min(to, at + Frame.PREFACE.length))) {
				in.position(at - base);
				return to - at >= Frame.PREFACE.length;
			}
			if (to - at < Frame.HEAD) {
				if (bytes[at] == 0) { // a frame may just be beginning
					break;
				}
			} else if (Frame.likely(bytes, at) && (Frame.chain(bytes, at, to) || ofKnownStream(bytes, at, to))) {
				in.position(at - base);
				return true;
			}
		}
		in.position(at - base);
		return false;
	}

	/** A single frame that is longer than what is there. */
	private boolean ofKnownStream(byte[] bytes, int at, int to) {
		return Frame.type(bytes, at) == Frame.DATA && at + Frame.HEAD + Frame.length(bytes, at) > to
				&& streams.index(Frame.stream(bytes, at)) >= 0;
	}

	private void lose() {
		remaining = 0;
		ends = 0;
		if (hpack != null) {
			hpack.forget();
		}
	}

	@Override
	public long skippable() {
		return remaining;
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		int kept = in.remaining();
		int at = in.arrayOffset() + in.position();
		in.position(in.limit());
		if (remaining > 0 && bytes <= remaining) {
			remaining -= bytes;
			if (remaining == 0 && ends != 0) {
				int ended = ends;
				ends = 0;
				ended(ended, out);
			}
			return Step.NEED_MORE;
		}
		if (remaining == 0 && kept >= Frame.HEAD) { // a header block whose end is not seen
			long rest = Frame.HEAD + Frame.length(in.array(), at) - kept;
			context.lost(Loss.CUT_HEADS, 1);
			if (bytes <= rest && (Frame.flags(in.array(), at) & Frame.END_HEADERS) != 0) {
				lose();
				remaining = rest - bytes;
				return Step.NEED_MORE;
			}
		}
		if (remaining > 0 && ends != 0) {
			ended(ends, out);
		}
		lose();
		return Step.LOST_SYNC;
	}

	@Override
	public void end(MessageSink out) {
		if (requests) {
			return;
		}
		for (int i = streams.size() - 1; i >= 0; i--) {
			if ((streams.flags(i) & OpenStreams.ANSWERED) != 0) {
				Message ending = ending(streams.id(i));
				streams.end(streams.id(i));
				ending.incomplete = true;
				ending.before = true;
				out.end(ending);
			}
		}
	}
}
