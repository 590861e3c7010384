package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * NATS: lines, some with a payload behind them.
 *
 * <p>A publishing without a reply subject is one way. One with a reply subject is a request, answered by the
 * first message to that subject; so is a publishing to JetStream, whose answer says that it is stored. A delivery with
 * a reply subject lasts until it is replied to, which is also how JetStream's are acknowledged.
 */
public final class Nats implements Protocol {
	static final int LOOK = 1 << 13;
	static final byte[] INFO = ascii("INFO {");
	static final byte[] CONNECT = ascii("CONNECT {");
	static final byte[] PUB = ascii("PUB ");
	static final byte[] HPUB = ascii("HPUB ");
	static final byte[] SUB = ascii("SUB ");
	static final byte[] UNSUB = ascii("UNSUB ");
	static final byte[] MSG = ascii("MSG ");
	static final byte[] HMSG = ascii("HMSG ");
	static final byte[] PING = ascii("PING\r\n");
	static final byte[] PONG = ascii("PONG\r\n");
	static final byte[] OK = ascii("+OK\r\n");
	static final byte[] ERR = ascii("-ERR ");
	private static final byte[][] ASKS = { CONNECT, PUB, HPUB, SUB, UNSUB };
	private static final byte[][] ANSWERS = { INFO, MSG, HMSG, ERR };
	private static final byte[][] CLIENT = { PUB, HPUB, CONNECT, SUB, UNSUB, PING, PONG };
	private static final byte[][] SERVER = { MSG, HMSG, INFO, ERR, PING, PONG, OK };
	private static final int MAX_AWAITED = 1000;
	private static final int MAX_PAYLOAD = 1 << 26;

	final ParserContext context;
	final Messaging words;
	private final Line sniffed = new Line();

	/** What both directions of a connection know. */
	static final class Connection {
		private final LongMap<Boolean> awaited = new LongMap<>();

		/** A delivery waits for the client to say something to this subject. */
		void await(long reply) {
			if (awaited.size() < MAX_AWAITED) {
				awaited.put(reply, Boolean.TRUE);
			}
		}

		boolean replied(long subject) {
			if (awaited.size() == 0 || awaited.get(subject) == null) {
				return false;
			}
			awaited.remove(subject);
			return true;
		}
	}

	/** What a line with a payload says, each a range of the array. */
	static final class Line {
		int subjectFrom;
		int subjectTo;
		int replyFrom;
		int replyTo;
		/** Bytes of the headers, which begin the payload. */
		int headers;
		int payload;
		/** Index behind the line's end. */
		int end;
	}

	public Nats(ParserContext context) {
		this.context = context;
		words = new Messaging(context, "nats");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		boolean maybe = false;
		for (byte[] word : ASKS) {
			int same = same(in, from, to, word);
			if (same == word.length) {
				return word == CONNECT || line(in, from, to, sniffed) > 0 || word == SUB && sub(in, from + 4, to) ? Sniffed.REQUEST
						: Sniffed.NO;
			}
			maybe |= from + same == to;
		}
		for (byte[] word : ANSWERS) {
			int same = same(in, from, to, word);
			if (same == word.length) {
				return word == INFO || line(in, from, to, sniffed) > 0 ? Sniffed.ANSWER : Sniffed.NO;
			}
			maybe |= from + same == to;
		}
		return maybe && start ? Sniffed.MAYBE : Sniffed.NO;
	}

	private static boolean sub(byte[] in, int from, int to) {
		int end = Ascii.indexOf(in, from, to, (byte) '\r');
		return end > from + 2 && Ascii.digit(in[end - 1]) && Ascii.indexOf(in, from, end, (byte) ' ') > 0;
	}

	@Override
	public Parsers parsers(Link link) {
		Connection connection = new Connection();
		return new Parsers(new NatsParser(this, connection, link, true), new NatsParser(this, connection, link, false));
	}

	private static int same(byte[] in, int from, int to, byte[] word) {
		int same = 0;
		while (same < word.length && from + same < to && upper(in[from + same]) == word[same]) {
			same++;
		}
		return same;
	}

	/** Words of the protocol may be written in lower case. */
	private static int upper(int c) {
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	}

	static boolean is(byte[] in, int from, int to, byte[] word) {
		return same(in, from, to, word) == word.length;
	}

	/** 1 if a line begins with a word that {@code client} or server says, 2 if it may, 0 if not. */
	static int start(byte[] in, int from, int to, boolean client) {
		boolean maybe = false;
		for (byte[] word : client ? CLIENT : SERVER) {
			int same = same(in, from, to, word);
			if (same == word.length) {
				return 1;
			}
			maybe |= from + same == to;
		}
		return maybe ? 2 : 0;
	}

	/**
	 * Reads a line that a payload follows.
	 *
	 * @return bytes of both; 0 if the line's end is not there, -1 if it makes no sense
	 */
	static long line(byte[] in, int from, int to, Line line) {
		int lf = Ascii.indexOf(in, from, to, (byte) '\n');
		if (lf < 0) {
			return 0;
		}
		int stop = lf > from && in[lf - 1] == '\r' ? lf - 1 : lf;
		boolean headers = in[from] == 'H' || in[from] == 'h';
		boolean delivered = upper(in[from + (headers ? 1 : 0)]) == 'M';
		int at = next(in, from + 3, stop); // behind the word
		line.subjectFrom = skip(in, at, stop);
		line.subjectTo = next(in, line.subjectFrom, stop);
		at = skip(in, line.subjectTo, stop);
		if (delivered) {
			at = skip(in, next(in, at, stop), stop); // subscription
		}
		int sizes = headers ? 2 : 1;
		int fields = 0;
		for (int i = at; i < stop; i = skip(in, next(in, i, stop), stop)) {
			fields++;
		}
		line.replyFrom = line.replyTo = at;
		if (fields == sizes + 1) {
			line.replyTo = next(in, at, stop);
			at = skip(in, line.replyTo, stop);
		} else if (fields != sizes) {
			return -1;
		}
		long headerBytes = 0;
		if (headers) {
			int end = next(in, at, stop);
			headerBytes = Ascii.decimal(in, at, end);
			at = skip(in, end, stop);
		}
		long total = Ascii.decimal(in, at, next(in, at, stop));
		if (line.subjectTo == line.subjectFrom || total < 0 || total > MAX_PAYLOAD || headerBytes < 0 || headerBytes > total) {
			return -1;
		}
		line.headers = (int) headerBytes;
		line.payload = (int) total;
		line.end = lf + 1;
		return lf + 1L - from + total + 2;
	}

	private static int next(byte[] in, int from, int stop) {
		int at = from;
		while (at < stop && in[at] != ' ' && in[at] != '\t') {
			at++;
		}
		return at;
	}

	private static int skip(byte[] in, int from, int stop) {
		int at = from;
		while (at < stop && (in[at] == ' ' || in[at] == '\t')) {
			at++;
		}
		return at;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
