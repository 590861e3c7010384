package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What XML beside the sources says: MyBatis mappers' statements, and the interfaces that Dubbo exports. By text, so
 * that no external entity is ever read; malformed text gives what could be read.
 */
final class Mappers {
	private static final Pattern MAPPER = Pattern.compile("<mapper\\s[^>]*namespace\\s*=\\s*[\"']([\\w.$]+)[\"']");
	private static final Pattern STATEMENT = Pattern.compile(
			"(?s)<(select|insert|update|delete|sql)\\s[^>]*?\\bid\\s*=\\s*[\"']([\\w.\\-]+)[\"'][^>]*>(.*?)</\\1>");
	private static final Pattern INCLUDE = Pattern.compile("(?s)<include\\s[^>]*refid\\s*=\\s*[\"']([\\w.\\-]+)[\"'][^>]*?(?:/>|>.*?</include>)");
	private static final Pattern EXPORTED = Pattern.compile(
			"<(?:dubbo:)?service\\s[^>]*\\binterface\\s*=\\s*[\"']([\\w.$]+)[\"']");

	/** A statement of a mapper's method, as plain SQL as can be; {@code offset} in characters. */
	record Statement(String type, String method, String sql, int offset, int length) {
	}

	private Mappers() {
	}

	/** Whether a text is of interest, by its first kilobytes. */
	static boolean isOne(String content) {
		return content.contains("<mapper") || content.contains("dubbo");
	}

	static List<Statement> statements(String content) {
		List<Statement> out = new ArrayList<>();
		Matcher mapper = MAPPER.matcher(content);
		if (!mapper.find()) {
			return out;
		}
		Map<String, String> pieces = new HashMap<>();
		for (Matcher each = STATEMENT.matcher(content); each.find();) {
			if (each.group(1).equals("sql")) {
				pieces.put(each.group(2), each.group(3));
			}
		}
		for (Matcher each = STATEMENT.matcher(content); each.find();) {
			if (!each.group(1).equals("sql")) {
				out.add(new Statement(mapper.group(1), each.group(2), plain(each.group(3), pieces), each.start(2),
						each.group(2).length()));
			}
		}
		return out;
	}

	/** The statement with every optional part in. */
	private static String plain(String body, Map<String, String> pieces) {
		String included = INCLUDE.matcher(body).replaceAll(match -> {
			String name = match.group(1).substring(match.group(1).lastIndexOf('.') + 1);
			return Matcher.quoteReplacement(pieces.getOrDefault(name, ""));
		});
		return included.replaceAll("(?s)<selectKey.*?</selectKey>|<!--.*?-->", "").replaceAll("<!\\[CDATA\\[|]]>", "")
				.replaceAll("(?s)<where\\b[^>]*>", " where ").replaceAll("(?s)<set\\b[^>]*>", " set ")
				.replaceAll("(?s)</?\\w[^>]*>", " ").replace("&lt;", "<").replace("&gt;", ">").replaceAll("\\s+", " ").strip();
	}

	/** Qualified names of the interfaces that a Dubbo configuration exports. */
	static List<String> exported(String content) {
		return content.contains("dubbo") ? EXPORTED.matcher(content).results().map(match -> match.group(1)).toList() : List.of();
	}
}
