package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.crosstrace.core.span.Dictionary;

/** Feeds one parser pieces of a stream, keeping what it leaves unread, and writes down what it tells. */
public final class ParserRun implements MessageSink, Link {
	public final List<String> told = new ArrayList<>();
	public final ParserContext context;
	int mostKept;
	int lostSync;
	/** What requests that wait are like, see {@link Link#asked}. */
	public int asked;
	private MessageParser parser;
	private byte[] kept = {};
	private boolean lost;

	/** @param maker gives the parser, which sees this run as its connection */
	public ParserRun(ParserContext context, Function<Link, MessageParser> maker) {
		this.context = context;
		parser = maker.apply(this);
	}

	public static ParserContext context() {
		return new ParserContext(new ParserOptions(Set.of("x-id"), false, false, true, 7), new Dictionary(1 << 16),
				(what, count) -> { });
	}

	public ParserRun give(byte[] piece) {
		byte[] padded = new byte[3 + kept.length + piece.length + 5]; // parsers must heed offset and limit
		Arrays.fill(padded, (byte) '\n');
		System.arraycopy(kept, 0, padded, 3, kept.length);
		System.arraycopy(piece, 0, padded, 3 + kept.length, piece.length);
		ByteBuffer in = ByteBuffer.wrap(padded, 3, kept.length + piece.length).slice();
		run(in);
		kept = new byte[in.remaining()];
		in.get(kept);
		mostKept = Math.max(mostKept, kept.length);
		return this;
	}

	/** Gives a piece, but only skips what the parser says it need not see. */
	ParserRun giveUnlessSkippable(byte[] piece) {
		int at = 0;
		while (at < piece.length) {
			int skip = kept.length > 0 || lost ? 0 : (int) Math.min(parser.skippable(), piece.length - at);
			if (skip > 0) {
				parser.skip(ByteBuffer.wrap(new byte[0]), skip, true, this);
				at += skip;
			} else {
				give(new byte[] { piece[at++] });
			}
		}
		return this;
	}

	public ParserRun skip(long bytes, boolean moved) {
		if (!lost) {
			lost = parser.skip(ByteBuffer.wrap(kept), bytes, moved, this) == MessageParser.Step.LOST_SYNC;
		}
		kept = new byte[0];
		return this;
	}

	public ParserRun close() {
		parser.end(this);
		return this;
	}

	private void run(ByteBuffer in) {
		int calls = 0;
		while (true) {
			if (++calls > 4 * in.limit() + 100) {
				throw new AssertionError("no progress at " + in);
			}
			if (lost && !parser.resync(in)) {
				return;
			}
			lost = false;
			int before = in.position();
			MessageParser reading = parser;
			MessageParser.Step step = reading.next(in, this);
			if (in.position() < before) {
				throw new AssertionError("moved backwards from " + before + " to " + in);
			}
			if (parser != reading) {
				if (!in.hasRemaining()) {
					return;
				}
				continue;
			}
			switch (step) {
			case NEED_MORE -> {
				return;
			}
			case MESSAGE -> {
				if (!in.hasRemaining()) {
					return;
				}
			}
			case LOST_SYNC -> {
				lost = true;
				lostSync++;
				if (in.hasRemaining()) {
					in.position(in.position() + 1);
				}
			}
			}
		}
	}

	@Override
	public void begin(Message message) {
		StringBuilder text = new StringBuilder(message.request ? "request " : "answer ");
		text.append(message.stream == 0 ? "" : "#" + message.stream + " ");
		text.append(context.names.text(message.operation)).append(' ').append(message.status);
		text.append(message.incomplete ? " incomplete" : "").append(message.oneWay ? " oneway" : "").append(message.silent ? " silent" : "");
		for (int i = 0; i < message.attributes(); i++) {
			text.append(' ').append(context.names.text(message.key(i))).append('=').append(message.text(i));
		}
		told.add(text.toString());
	}

	@Override
	public void end(Message message) {
		StringBuilder text = new StringBuilder(message.incomplete ? "cut" : "end");
		text.append(message.aborts ? " aborts" : "").append(message.silent ? " silent" : "");
		text.append(message.operation == 0 ? "" : " " + context.names.text(message.operation));
		text.append(message.status == 0 ? "" : " " + message.status);
		text.append(message.stream == 0 ? "" : " #" + message.stream);
		for (int i = 0; i < message.attributes(); i++) {
			text.append(' ').append(context.names.text(message.key(i))).append('=').append(message.text(i));
		}
		told.add(text.toString());
	}

	@Override
	public boolean server() {
		return true;
	}

	@Override
	public int asked(long stream) {
		return asked;
	}

	@Override
	public void become(Protocol next) {
		told.add("switch");
		parser = context.protocols.unread.parsers(this).requests();
	}

	@Override
	public void giveUp() {
	}

	@Override
	public void largeBodies(boolean request, boolean unneeded) {
	}

	@Override
	public void move(long from, long to) {
		told.add("move " + from + " to " + to);
	}

	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}
}
