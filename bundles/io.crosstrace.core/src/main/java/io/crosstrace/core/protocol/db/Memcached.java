package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * Memcached's text protocol with its meta commands. Answers come in the order of the requests, and each is read
 * without knowing what was asked.
 */
public final class Memcached implements Protocol {
	static final int LOOK = 1 << 12;
	private static final int MAX_VALUE = 1 << 27;

	/** What follows a request's line. */
	private enum Kind {
		/** Keys, or nothing. */
		LINE,
		/** "key flags expiry bytes", and a value behind the line. */
		STORE,
		/** "key bytes flags*", and a value behind the line. */
		META_STORE,
		META
	}

	private static final String[] NAMES = { "get", "gets", "gat", "gats", "set", "add", "replace", "append", "prepend", "cas",
			"delete", "incr", "decr", "touch", "mg", "ms", "md", "ma", "me", "mn", "stats", "flush_all", "version", "verbosity",
			"quit" };
	private static final byte[][] COMMANDS = ascii(NAMES);
	private static final byte[][] ANSWERS = ascii("VALUE ", "END", "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND", "DELETED",
			"TOUCHED", "OK", "VERSION ", "ERROR", "CLIENT_ERROR ", "SERVER_ERROR ", "STAT ", "HD", "VA ", "EN", "NS", "EX", "NF",
			"MN", "ME ", "RESET");
	static final byte[] VALUE = ascii("VALUE ");
	static final byte[] META_VALUE = ascii("VA ");
	static final byte[] STAT = ascii("STAT ");
	private static final byte[] NO_REPLY = ascii("noreply");

	final ParserContext context;

	public Memcached(ParserContext context) {
		this.context = context;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		int lf = Ascii.indexOf(in, from, Math.min(to, from + 600), (byte) '\n');
		if (lf < 0) {
			return start && to - from < 600 && beginsCommand(in, from, to) ? Sniffed.MAYBE : Sniffed.NO;
		}
		if (in[lf - 1 < from ? from : lf - 1] != '\r') {
			return Sniffed.NO;
		}
		int command = command(in, from, lf);
		if (command >= 0 && request(in, from, lf + 1, command) > 0) {
			return Sniffed.REQUEST;
		}
		// "END" and "OK" are said by others as well.
		return answer(in, from, lf + 1) > 0 && lf - from > 5 ? Sniffed.ANSWER : Sniffed.NO;
	}

	@Override
	public Parsers parsers(Link link) {
		return new Parsers(new MemcachedParser(this, true), new MemcachedParser(this, false));
	}

	static String name(int command) {
		return NAMES[command];
	}

	static boolean quits(int command) {
		return command == NAMES.length - 1;
	}

	private static boolean beginsCommand(byte[] in, int from, int to) {
		for (byte[] command : COMMANDS) {
			int length = Math.min(command.length, to - from);
			int same = 0;
			while (same < length && in[from + same] == command[same]) {
				same++;
			}
			if (same == length && (length < command.length || from + length == to || in[from + length] == ' ' || in[from + length] == '\r')) {
				return true;
			}
		}
		return false;
	}

	/** Which command a line begins with; -1 if none. @param lf index of the line's end */
	static int command(byte[] in, int from, int lf) {
		int end = from;
		while (end < lf && in[end] != ' ' && in[end] != '\r') {
			end++;
		}
		for (int i = 0; i < COMMANDS.length; i++) {
			if (COMMANDS[i].length == end - from && Ascii.startsWith(in, from, end, COMMANDS[i])) {
				return i;
			}
		}
		return -1;
	}

	private static Kind kind(int command) {
		return switch (NAMES[command]) {
		case "set", "add", "replace", "append", "prepend", "cas" -> Kind.STORE;
		case "ms" -> Kind.META_STORE;
		case "mg", "md", "ma", "me", "mn" -> Kind.META;
		default -> Kind.LINE;
		};
	}

	/** Bytes of a request whose line is [from, to); -1 if the line makes no sense. */
	static long request(byte[] in, int from, int to, int command) {
		int stop = in[to - 2 < from ? from : to - 2] == '\r' ? to - 2 : to - 1;
		if (!text(in, from, stop)) {
			return -1;
		}
		long value = switch (kind(command)) {
		case STORE -> number(in, from, stop, 4);
		case META_STORE -> number(in, from, stop, 2);
		default -> -2;
		};
		if (value == -2) {
			boolean bare = switch (NAMES[command]) {
			case "stats", "flush_all", "version", "verbosity", "quit", "mn" -> true;
			default -> false;
			};
			return bare || words(in, from, stop) > 1 ? to - from : -1;
		}
		return value < 0 || value > MAX_VALUE ? -1 : to - from + value + 2;
	}

	/** Nobody will answer: "noreply", or a meta command that is quiet. */
	static boolean quiet(byte[] in, int from, int to, int command) {
		int stop = in[to - 2] == '\r' ? to - 2 : to - 1;
		if (kind(command) == Kind.META || kind(command) == Kind.META_STORE) {
			int words = words(in, from, stop);
			for (int i = 2; i < words; i++) {
				int at = word(in, from, stop, i);
				if (in[at] == 'q' && (at + 1 == stop || in[at + 1] == ' ')) {
					return true;
				}
			}
			return false;
		}
		return stop - from > NO_REPLY.length && Ascii.startsWith(in, stop - NO_REPLY.length, stop, NO_REPLY);
	}

	/** Keys asked for at once. */
	static int keys(byte[] in, int from, int to, int command) {
		int words = words(in, from, to - 1);
		return switch (NAMES[command]) {
		case "get", "gets" -> words - 1;
		case "gat", "gats" -> words - 2;
		default -> 1;
		};
	}

	/** Bytes of the piece of an answer whose line is [from, to): a value goes with its line. -1 if it is none. */
	static long answer(byte[] in, int from, int to) {
		int stop = to - from > 1 && in[to - 2] == '\r' ? to - 2 : to - 1;
		if (stop > from && Ascii.digit(in[from])) {
			return Ascii.decimal(in, from, Math.min(stop, from + 18)) >= 0 ? to - from : -1; // of incr and decr
		}
		for (byte[] word : ANSWERS) {
			if (!Ascii.startsWith(in, from, stop, word)) {
				continue;
			}
			boolean whole = word[word.length - 1] == ' ' || from + word.length == stop || in[from + word.length] == ' ';
			if (!whole) {
				continue;
			}
			long value = word[0] != 'V' ? -2 : Ascii.startsWith(in, from, stop, VALUE) ? number(in, from, stop, 3)
					: Ascii.startsWith(in, from, stop, META_VALUE) ? number(in, from, stop, 1) : -2;
			return value == -2 ? to - from : value < 0 || value > MAX_VALUE ? -1 : to - from + value + 2;
		}
		return -1;
	}

	private static boolean text(byte[] in, int from, int to) {
		for (int i = from; i < to; i++) {
			if (in[i] >= 0 && in[i] < ' ' || in[i] == 127) {
				return false;
			}
		}
		return true;
	}

	private static long number(byte[] in, int from, int to, int index) {
		int at = word(in, from, to, index);
		int end = at;
		while (end < to && in[end] != ' ') {
			end++;
		}
		return Ascii.decimal(in, at, end);
	}

	/** Where word {@code index} begins, {@code to} if there are fewer. */
	private static int word(byte[] in, int from, int to, int index) {
		int at = from;
		for (int i = 0; i < index; i++) {
			int space = Ascii.indexOf(in, at, to, (byte) ' ');
			if (space < 0) {
				return to;
			}
			at = space + 1;
		}
		return at;
	}

	private static int words(byte[] in, int from, int to) {
		int words = 0;
		for (int at = from; at < to;) {
			int space = Ascii.indexOf(in, at, to, (byte) ' ');
			words += space == at || in[at] == '\r' ? 0 : 1;
			at = space < 0 ? to : space + 1;
		}
		return words;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[][] ascii(String... texts) {
		byte[][] bytes = new byte[texts.length][];
		for (int i = 0; i < texts.length; i++) {
			bytes[i] = ascii(texts[i]);
		}
		return bytes;
	}
}
