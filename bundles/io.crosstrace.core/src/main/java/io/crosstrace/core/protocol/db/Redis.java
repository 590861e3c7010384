package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * Redis's protocol, RESP2 and RESP3, as Valkey and others speak it, too. Each command is a span, also in pipelines and
 * transactions; what is published to a subscriber is one as well. Of arguments nothing is told but the name of a
 * subcommand, a database's number and a channel's name.
 */
public final class Redis implements Protocol {
	/** Traits of requests. */
	static final int COMMAND = 0;
	static final int SUBSCRIBE = 1;
	/** After the answer the connection is a stream of another kind. */
	static final int STREAM = 2;

	/** Commands of which the next word is part of the name. */
	static final byte[][] CONTAINERS = words("CLIENT", "CONFIG", "CLUSTER", "COMMAND", "DEBUG", "FUNCTION", "LATENCY",
			"MEMORY", "MODULE", "OBJECT", "PUBSUB", "SCRIPT", "SLOWLOG", "XGROUP", "XINFO", "ACL");
	static final byte[][] SUBSCRIBING = words("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE",
			"SUNSUBSCRIBE");
	static final byte[][] STREAMING = words("MONITOR", "SYNC", "PSYNC");
	static final byte[][] SELECTING = words("SELECT");
	static final byte[][] PUBLISHED = words("MESSAGE", "PMESSAGE", "SMESSAGE");
	static final int MOST_NAME = 64;
	/** Digits of a length or count; with the letter before and the line's end behind. */
	private static final int MOST_LINE = 14;

	final ParserContext context;

	public Redis(ParserContext context) {
		this.context = context;
	}

	/** What both directions of a connection must know. */
	static final class Session {
		/** The number of the database in use, null if nobody said it. */
		String database;
		boolean subscribed;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		int name = nameAt(in, from, to);
		return name > 0 ? Sniffed.REQUEST : name == 0 ? Sniffed.MAYBE : Sniffed.NO;
	}

	@Override
	public Parsers parsers(Link link) {
		Session session = new Session();
		return new Parsers(new RedisRequests(this, session), new RedisAnswers(this, session, link));
	}

	/** Index of the name in "*3 CRLF $3 CRLF SET CRLF ..."; 0 if there are too few bytes to say, -1 if it is no command. */
	static int nameAt(byte[] in, int from, int to) {
		if (in[from] != '*') {
			return -1;
		}
		int count = lineEnd(in, from, to);
		if (count <= 0 || count >= to) {
			return count < 0 ? -1 : 0;
		}
		if (in[count] != '$' || number(in, from, count) < 1) {
			return -1;
		}
		int length = lineEnd(in, count, to);
		if (length <= 0 || length >= to) {
			return length < 0 ? -1 : 0;
		}
		long named = number(in, count, length);
		if (named < 1 || named > MOST_NAME) {
			return -1;
		}
		for (int i = length; i < Math.min(to, length + named); i++) {
			if (!Ascii.letter(in[i]) && !(i > length && (Ascii.digit(in[i]) || in[i] == '.' || in[i] == '_' || in[i] == '-'))) {
				return -1;
			}
		}
		return length;
	}

	/** Index behind a line that holds a letter and a number; 0 if its end is not there yet, -1 if it is none. */
	static int lineEnd(byte[] in, int from, int to) {
		for (int i = from + 1; i < to; i++) {
			if (in[i] == '\r') {
				return i == from + 1 ? -1 : i + 1 == to ? 0 : in[i + 1] == '\n' ? i + 2 : -1;
			}
			if (!Ascii.digit(in[i]) && !(in[i] == '-' && i == from + 1) || i - from > MOST_LINE) {
				return -1;
			}
		}
		return 0;
	}

	/** The number in a line that ends before {@code end}; -1 for null, and for what is none. */
	static long number(byte[] in, int from, int end) {
		return Ascii.decimal(in, from + 1, end - 2);
	}

	/** Whether the range is one of {@code words}, in any case. */
	static boolean is(byte[][] words, byte[] in, int from, int to) {
		for (byte[] word : words) {
			if (to - from != word.length) {
				continue;
			}
			int i = 0;
			while (i < word.length && (in[from + i] & ~0x20) == word[i]) {
				i++;
			}
			if (i == word.length) {
				return true;
			}
		}
		return false;
	}

	private static byte[][] words(String... words) {
		byte[][] bytes = new byte[words.length][];
		for (int i = 0; i < words.length; i++) {
			bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
		}
		return bytes;
	}
}
