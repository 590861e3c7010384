package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Texts;

/**
 * Tells an SQL statement without the values it holds: its text with ? for every literal and no comments, and its
 * summary, such as "SELECT orders items" (OpenTelemetry's {@code db.query.summary}).
 *
 * <p>A scanner, not a parser: any bytes give an answer, and a statement may be cut short anywhere. Where it errs, it
 * masks too much. About 3 ns a byte; allocates only for statements never seen. One for all connections of a thread.
 */
public final class SqlText {
	/** What differs between servers. */
	public enum Dialect {
		/** "a" is a name, a backslash is a backslash but in E'...', $tag$ quotes; CQL fits, too. */
		POSTGRESQL,
		/** "a" is a literal, `a` a name, a backslash escapes, # begins a comment. */
		MYSQL
	}

	/**
	 * A statement as it is told; shared by all who run it.
	 *
	 * @param operation id of the summary in the names dictionary; 0 if there is none
	 */
	public record Statement(int operation, String summary, String text) {
	}

	private static final int KEPT = 1 << 11;
	private static final String CUT = "…";

	private final ParserContext context;
	private final SqlSummary summary = new SqlSummary();
	private final Statement[] kept = new Statement[KEPT];
	private final byte[][] keys = new byte[KEPT][];
	private final byte[] out = new byte[Texts.MAX_BYTES];
	private int end;
	/** More was to be written than there is room for. */
	private boolean full;

	public SqlText(ParserContext context) {
		this.context = context;
	}

	/** Tells the statement in [from, to). Never null. */
	public Statement statement(byte[] in, int from, int to, Dialect dialect) {
		return statement(in, from, to, dialect, false);
	}

	/** @param cut the statement goes on behind {@code to} */
	Statement statement(byte[] in, int from, int to, Dialect dialect, boolean cut) {
		end = 0;
		full = false;
		summary.begin();
		scan(in, from, to, dialect == Dialect.MYSQL);
		full |= cut;
		while (end > 0 && out[end - 1] == ' ') {
			end--;
		}
		int slot = (int) Ascii.hash(out, 0, end) & KEPT - 1;
		if (keys[slot] != null && Arrays.equals(keys[slot], 0, keys[slot].length, out, 0, end)
				&& kept[slot].text.endsWith(CUT) == full) {
			return kept[slot];
		}
		String words = summary.text();
		String text = new String(out, 0, end, StandardCharsets.UTF_8);
		keys[slot] = Arrays.copyOf(out, end);
		kept[slot] = new Statement(words.isEmpty() ? 0 : context.names.id(words), words, full ? text + CUT : text);
		return kept[slot];
	}

	/** Whether the bytes begin with a word that statements begin with; comments and parentheses may be before it. */
	static boolean begins(byte[] in, int from, int to) {
		int at = from;
		while (at < to && (in[at] >= 0 && in[at] <= ' ' || in[at] == '(')) {
			at++;
		}
		if (at + 1 < to && in[at] == '/' && in[at + 1] == '*') {
			int end = commentEnd(in, at + 2, to, true);
			return end < to && begins(in, end, to);
		}
		return at < to && SqlSummary.begins(in, at, wordEnd(in, at, to));
	}

	private void scan(byte[] in, int from, int to, boolean mysql) {
		int at = from;
		while (at < to && !full) {
			byte c = in[at];
			if (c >= 0 && c <= ' ') {
				at++;
				space();
			} else if (c == '-' && at + 1 < to && in[at + 1] == '-' || c == '#' && mysql) {
				int line = Ascii.indexOf(in, at, to, (byte) '\n');
				at = line < 0 ? to : line;
				space();
			} else if (c == '/' && at + 1 < to && in[at + 1] == '*') {
				at = commentEnd(in, at + 2, to, !mysql);
				space();
			} else if (c == '\'' || c == '"' && mysql) {
				at = quotedEnd(in, at, to, mysql);
				mask();
			} else if (c == '"' || c == '`' && mysql) {
				int name = at;
				at = quotedEnd(in, at, to, false);
				put(in, name, at);
				summary.word(in, name, at);
			} else if (c == '$' && !mysql && dollarEnd(in, at, to) > 0) {
				at = dollarEnd(in, at, to);
				mask();
			} else if (Ascii.digit(c) || c == '.' && at + 1 < to && Ascii.digit(in[at + 1])) {
				at = numberEnd(in, at, to);
				mask();
			} else if (wordByte(c)) {
				int word = at;
				at = wordEnd(in, at, to);
				if (at < to && in[at] == '\'' && at - word <= 8 && prefixes(in, word, at)) {
					at = quotedEnd(in, at, to, mysql || (in[word] | 0x20) == 'e');
					mask();
				} else {
					put(in, word, at);
					summary.word(in, word, at);
				}
			} else {
				put(in, at, at + 1);
				summary.sign(c);
				at++;
			}
		}
		full |= at < to;
	}

	/** Whether a word before a quote is part of the literal: E'', X'', B'', N'', U&amp;'' (its sign apart), _utf8''. */
	private static boolean prefixes(byte[] in, int from, int to) {
		int c = in[from] | 0x20;
		return in[from] == '_' || to - from == 1 && (c == 'e' || c == 'x' || c == 'b' || c == 'n' || c == 'u');
	}

	/** Letters, digits, _, $, and whatever is beyond ASCII. */
	private static boolean wordByte(byte c) {
		return c < 0 || Ascii.letter(c) || Ascii.digit(c) || c == '_' || c == '$' || c == '@';
	}

	private static int wordEnd(byte[] in, int from, int to) {
		int at = from + 1;
		while (at < to && wordByte(in[at])) {
			at++;
		}
		return at;
	}

	/** 1, 1.5e-3, 0xff; a name cannot begin with a digit, so all that follows at once belongs to it. */
	private static int numberEnd(byte[] in, int from, int to) {
		int at = from + 1;
		while (at < to && (wordByte(in[at]) || in[at] == '.'
				|| (in[at] == '-' || in[at] == '+') && (in[at - 1] | 0x20) == 'e' && Ascii.digit(in[from]))) {
			at++;
		}
		return at;
	}

	/** Behind the quote that ends what begins at {@code from}; a doubled one does not. */
	private static int quotedEnd(byte[] in, int from, int to, boolean escapes) {
		byte quote = in[from];
		int at = from + 1;
		while (at < to) {
			if (in[at] == '\\' && escapes) {
				at++;
			} else if (in[at] == quote) {
				if (at + 1 == to || in[at + 1] != quote) {
					return at + 1;
				}
				at++;
			}
			at++;
		}
		return to;
	}

	private static int commentEnd(byte[] in, int from, int to, boolean nests) {
		int depth = 1;
		int at = from;
		while (at + 1 < to) {
			if (in[at] == '*' && in[at + 1] == '/') {
				at += 2;
				if (--depth == 0) {
					return at;
				}
			} else if (nests && in[at] == '/' && in[at + 1] == '*') {
				depth++;
				at += 2;
			} else {
				at++;
			}
		}
		return to;
	}

	/** Behind $tag$ ... $tag$; 0 if no such quote begins here, as with the parameter $1. */
	private static int dollarEnd(byte[] in, int from, int to) {
		int tag = from + 1;
		if (tag < to && Ascii.digit(in[tag])) {
			return 0;
		}
		while (tag < to && in[tag] != '$' && wordByte(in[tag])) {
			tag++;
		}
		if (tag >= to || in[tag] != '$') {
			return 0;
		}
		int length = tag + 1 - from;
		for (int at = tag + 1; at >= 0 && at < to; at++) {
			at = Ascii.indexOf(in, at, to, (byte) '$');
			if (at < 0) {
				break;
			}
			if (at + length <= to && Arrays.equals(in, from, from + length, in, at, at + length)) {
				return at + length;
			}
		}
		return to;
	}

	/** Puts ? for a literal; of a list of them, one. */
	private void mask() {
		summary.sign((byte) '?');
		int at = end;
		while (at > 0 && (out[at - 1] == ' ' || out[at - 1] == '-' && at > 1 && signBefore(at - 1))) {
			at--;
		}
		if (at > 0 && out[at - 1] == ',') {
			int before = at - 1;
			while (before > 0 && out[before - 1] == ' ') {
				before--;
			}
			if (before > 0 && out[before - 1] == '?') {
				end = before;
				return;
			}
		}
		put('?');
	}

	/** Whether the minus at {@code at} can only be a literal's sign. */
	private boolean signBefore(int at) {
		int before = at;
		while (before > 0 && out[before - 1] == ' ') {
			before--;
		}
		return before > 0 && (out[before - 1] == ',' || out[before - 1] == '(');
	}

	private void space() {
		if (end > 0 && out[end - 1] != ' ') {
			put(' ');
		}
	}

	private void put(int c) {
		if (end == out.length) {
			full = true;
		} else {
			out[end++] = (byte) c;
		}
	}

	private void put(byte[] in, int from, int to) {
		int length = Math.min(to - from, out.length - end);
		System.arraycopy(in, from, out, end, length);
		end += length;
		full |= length < to - from;
	}
}
