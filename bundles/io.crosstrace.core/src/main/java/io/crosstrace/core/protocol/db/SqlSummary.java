package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;

/**
 * Picks from the words of SQL statements what they do and to which tables: "SELECT orders items",
 * "INSERT audit SELECT orders", "CREATE TABLE audit". Told of each word and sign in order. Allocates nothing but the
 * text it is asked for. Reused.
 */
final class SqlSummary {
	private static final int MOST = 255;
	private static final int OBJECT_FIRST = 0; // CREATE, DROP, ALTER: the kind of object follows, then its name
	private static final int NAME_FIRST = 3; // UPDATE, TRUNCATE, CALL, COPY: the name follows
	private static final int NAME_LATER = 7; // the name is behind FROM or INTO, if there is one
	private static final int CALL = 5;
	private static final int COPY = 6;
	private static final byte[][] OPERATIONS = words("CREATE", "DROP", "ALTER", "UPDATE", "TRUNCATE", "CALL", "COPY",
			"SELECT", "INSERT", "DELETE", "MERGE", "REPLACE", "UPSERT", "VALUES", "BEGIN", "COMMIT", "ROLLBACK", "START",
			"SAVEPOINT", "RELEASE", "SET", "SHOW", "EXPLAIN", "ANALYZE", "VACUUM", "LOCK", "LISTEN", "NOTIFY", "UNLISTEN",
			"PREPARE", "EXECUTE", "DEALLOCATE", "DECLARE", "FETCH", "MOVE", "CLOSE", "USE", "GRANT", "REVOKE", "LOAD",
			"DISCARD", "RESET", "DO", "REFRESH", "DESCRIBE", "END", "ABORT", "EXEC", "KILL", "OPTIMIZE", "REINDEX");
	/** Operations that may stand inside another: of a common table expression, a subquery, a union. */
	private static final byte[][] NESTED = words("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");
	private static final byte[][] BEFORE_NAME = words("FROM", "JOIN", "INTO", "USING");
	private static final byte[][] END_LIST = words("WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "VALUES", "UNION",
			"RETURNING", "ON", "WINDOW", "OFFSET", "FOR", "EXCEPT", "INTERSECT", "WITH");
	private static final byte[][] NO_NAMES = words("IF", "NOT", "EXISTS", "ONLY", "LATERAL", "TABLE", "IGNORE", "OR",
			"LOW_PRIORITY", "UNIQUE", "TEMPORARY", "TEMP", "CONCURRENTLY", "UNLOGGED", "MATERIALIZED", "AS", "SELECT");
	private static final byte[][] OBJECTS = words("TABLE", "INDEX", "VIEW", "SCHEMA", "DATABASE", "SEQUENCE", "FUNCTION",
			"PROCEDURE", "TRIGGER", "TYPE", "USER", "ROLE", "EXTENSION", "DOMAIN", "KEYSPACE");
	private static final byte[] DISTINCT = ascii("DISTINCT");
	private static final byte[] WITH = ascii("WITH");
	private static final byte[] ALL = ascii("ALL");

	private final byte[] out = new byte[MOST];
	private int end;
	private boolean statementBegins;
	private boolean objectNext;
	private boolean nameNext;
	/** The word before was a name that a dot may continue. */
	private boolean inName;
	private boolean dotted;
	/** In the list of names behind FROM, at this depth; -1 if not. */
	private int listDepth;
	private int depth;
	/** Bit n: a query began at depth n, so FROM there is its own and not that of EXTRACT(x FROM y). */
	private long queries;
	private boolean afterDistinct;
	private boolean nestedAllowed;

	void begin() {
		end = 0;
		depth = 0;
		newStatement();
	}

	String text() {
		return new String(out, 0, end, StandardCharsets.UTF_8);
	}

	/** Whether a statement can begin with this word. */
	static boolean begins(byte[] in, int from, int to) {
		return index(OPERATIONS, in, from, to) >= 0 || is(in, from, to, WITH);
	}

	private void newStatement() {
		statementBegins = true;
		objectNext = nameNext = inName = dotted = afterDistinct = false;
		nestedAllowed = true;
		listDepth = -1;
		queries = 0;
	}

	void sign(byte c) {
		switch (c) {
		case '(' -> {
			depth++;
			nameNext = false;
			queries &= ~bit();
			nestedAllowed = true;
		}
		case ')' -> {
			queries &= ~bit();
			depth = Math.max(0, depth - 1);
			listDepth = listDepth > depth ? -1 : listDepth;
			nestedAllowed = true;
		}
		case ',' -> nameNext = listDepth == depth;
		case ';' -> newStatement();
		case '.' -> {
			dotted = inName;
			return; // the name goes on
		}
		default -> nameNext = false;
		}
		inName = false;
		afterDistinct = false;
	}

	/** A word, or a name in quotes. */
	void word(byte[] in, int from, int to) {
		boolean quoted = in[from] == '"' || in[from] == '`';
		if (dotted) {
			dotted = false;
			append(in, from, to, quoted, '.', false);
			return;
		}
		inName = false;
		boolean distinct = afterDistinct;
		afterDistinct = false;
		boolean nested = nestedAllowed;
		nestedAllowed = false;
		if (quoted) {
			if (nameNext) {
				name(in, from, to, true);
			}
			return;
		}
		if (statementBegins) {
			statementBegins = false;
			nestedAllowed = true;
			if (!is(in, from, to, WITH)) {
				operation(in, from, to, index(OPERATIONS, in, from, to));
			}
			return;
		}
		if (objectNext) {
			if (index(OBJECTS, in, from, to) >= 0) {
				append(in, from, to, false, ' ', true);
				objectNext = false;
				nameNext = true;
			}
			return;
		}
		if (nameNext && index(NO_NAMES, in, from, to) < 0) {
			name(in, from, to, false);
			return;
		}
		if (index(NESTED, in, from, to) >= 0 && nested) {
			operation(in, from, to, index(OPERATIONS, in, from, to));
		} else if (index(BEFORE_NAME, in, from, to) >= 0) {
			boolean from4 = (in[from] | 0x20) == 'f';
			nameNext = (queries & bit()) != 0 && !(from4 && distinct);
			listDepth = nameNext && from4 ? depth : listDepth;
		} else if (index(END_LIST, in, from, to) >= 0) {
			listDepth = listDepth == depth ? -1 : listDepth;
			// behind UNION comes a query, behind FOR and ON CONFLICT DO comes an UPDATE that is none
			nestedAllowed = (in[from] | 0x20) == 'u' || (in[from] | 0x20) == 'e' || (in[from] | 0x20) == 'i';
		} else {
			afterDistinct = is(in, from, to, DISTINCT);
			nestedAllowed = is(in, from, to, ALL) || nested && index(NO_NAMES, in, from, to) >= 0;
		}
	}

	private void operation(byte[] in, int from, int to, int index) {
		if (index < 0) {
			return;
		}
		append(in, from, to, false, end == 0 ? 0 : ' ', true);
		if (index != CALL && index != COPY) {
			queries |= bit();
		}
		objectNext = index < NAME_FIRST && index >= OBJECT_FIRST;
		nameNext = index >= NAME_FIRST && index < NAME_LATER;
		listDepth = -1;
	}

	private void name(byte[] in, int from, int to, boolean quoted) {
		nameNext = false;
		inName = true;
		append(in, from, to, quoted, ' ', false);
		nestedAllowed = true; // INSERT INTO a SELECT ...
	}

	private void append(byte[] in, int from, int to, boolean quoted, int before, boolean upper) {
		int start = quoted ? from + 1 : from;
		int stop = quoted && to > start && in[to - 1] == in[from] ? to - 1 : to;
		inName = true;
		if (end + 1 + stop - start > MOST) {
			return;
		}
		if (before != 0) {
			out[end++] = (byte) before;
		}
		for (int i = start; i < stop; i++) {
			out[end++] = upper && in[i] >= 'a' && in[i] <= 'z' ? (byte) (in[i] - 32) : in[i];
		}
	}

	private long bit() {
		return 1L << Math.min(depth, 63);
	}

	private static int index(byte[][] words, byte[] in, int from, int to) {
		for (int i = 0; i < words.length; i++) {
			if (is(in, from, to, words[i])) {
				return i;
			}
		}
		return -1;
	}

	private static boolean is(byte[] in, int from, int to, byte[] word) {
		if (to - from != word.length || Ascii.lower(in[from]) != Ascii.lower(word[0])) {
			return false;
		}
		for (int i = 1; i < word.length; i++) {
			if (Ascii.lower(in[from + i]) != Ascii.lower(word[i])) {
				return false;
			}
		}
		return true;
	}

	private static byte[][] words(String... words) {
		byte[][] bytes = new byte[words.length][];
		for (int i = 0; i < words.length; i++) {
			bytes[i] = ascii(words[i]);
		}
		return bytes;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
