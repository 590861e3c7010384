package io.crosstrace.ide.source;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL text, as far as it helps to recognise a statement again: verb, table, and a shape without its values. */
final class Statements {
	private static final Pattern SQL = Pattern.compile("(?is)\\s*(select\\b.*\\bfrom\\b|insert\\s+into\\b|update\\s+\\S+\\s+(\\w+\\s+)?set\\b"
			+ "|delete\\s+from\\b|merge\\s+into\\b|with\\s+\\w+.*\\bselect\\b|call\\s+\\w+\\s*\\(|truncate\\s+table\\b).*");
	private static final Pattern TABLE = Pattern.compile("(?is)\\b(?:from|into|update|table|call)\\s+[`\"\\[]?(?:\\w+[`\"\\]]?\\.[`\"\\[]?)?(\\w+)");
	private static final Pattern VALUES = Pattern.compile("'(?:[^']|'')*'|\\$\\d+|(?<![\\w.:]):\\w+|#\\{[^}]*}|\\b\\d+(?:\\.\\d+)?\\b|\\?\\d*");
	private static final Pattern LISTS = Pattern.compile("\\(\\s*\\?(?:\\s*,\\s*\\?)+\\s*\\)");

	private Statements() {
	}

	/** Whether a text in a source is a statement, by its beginning. */
	static boolean isSql(Facts.Text text) {
		Facts.Part first = text.parts().get(0);
		if (first.kind() != Facts.Kind.LITERAL || first.value().length() < 8) {
			return false;
		}
		StringBuilder whole = new StringBuilder();
		text.parts().forEach(part -> whole.append(part.kind() == Facts.Kind.LITERAL ? part.value() : "x"));
		return isSql(whole);
	}

	static boolean isSql(CharSequence text) {
		return SQL.matcher(text).matches();
	}

	/** SELECT, INSERT and so on; empty if it is none. */
	static String verb(String sql) {
		String[] words = sql.strip().split("[\\s(]+", 2);
		String verb = words[0].toUpperCase(Locale.ROOT);
		return verb.equals("WITH") || verb.equals("FROM") ? "SELECT" : verb;
	}

	/** The first table or procedure, without its schema; empty if none is named. */
	static String table(String sql) {
		Matcher matcher = TABLE.matcher(sql);
		return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
	}

	/** The statement in lower case with single blanks, every value and parameter a question mark. */
	static String shape(String sql) {
		String bare = VALUES.matcher(sql).replaceAll("?");
		return LISTS.matcher(bare).replaceAll("(?)").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ")
				.replaceAll("\\s*([=<>,()])\\s*", "$1").replace("\"", "").replace("`", "")
				.replace(String.valueOf(PathPattern.HOLE), "?").replaceAll("[;\\s]+$", "").strip();
	}
}
