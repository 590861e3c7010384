package io.crosstrace.agent.correlate;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/** What a request path says: an operation of low cardinality, and identifiers. Never throws. */
final class Paths {
	private Paths() {
	}

	/** "http://host:1/orders/17?x=3" becomes "/orders/{}". */
	static String template(String path) {
		int start = pathStart(path);
		int end = pathEnd(path, start);
		StringBuilder out = new StringBuilder();
		int at = start;
		while (at < end) {
			int slash = path.indexOf('/', at + 1);
			int stop = slash < 0 || slash > end ? end : slash;
			int from = path.charAt(at) == '/' ? at + 1 : at;
			out.append('/');
			if (identifier(path, from, stop)) {
				out.append("{}");
			} else {
				out.append(path, from, stop);
			}
			at = stop;
		}
		return out.toString();
	}

	/** The head of a query without its literals: quoted text and numbers become "?". */
	static String statement(String query) {
		StringBuilder out = new StringBuilder();
		char quote = 0;
		for (int i = 0; i < query.length() && out.length() < 80; i++) {
			char c = query.charAt(i);
			if (quote != 0) {
				quote = c == quote ? 0 : quote;
			} else if (c == '\'' || c == '"') {
				quote = c;
				out.append('?');
			} else if (c >= '0' && c <= '9') {
				if (out.isEmpty() || out.charAt(out.length() - 1) != '?') {
					out.append('?');
				}
			} else {
				out.append(c);
			}
		}
		return out.toString();
	}

	/** Adds the identifiers of a path, its segments and its query values, to the last row as tokens. */
	static void addTokens(SpanTable spans, String path) {
		int start = pathStart(path);
		int from = start;
		for (int at = start; at <= path.length(); at++) {
			char c = at < path.length() ? path.charAt(at) : '/';
			if (c == '/' || c == '?' || c == '&' || c == '=' || c == ';' || c == ',') {
				if (identifier(path, from, at)) {
					long hash = 0;
					for (int i = from; i < at; i++) {
						hash = SpanIds.mix64(hash + path.charAt(i) + 1);
					}
					spans.addToken(hash);
				}
				from = at + 1;
			}
		}
	}

	/** Names are made of letters; what holds a digit or is very long was made by a machine. */
	private static boolean identifier(String text, int from, int to) {
		boolean digit = false;
		boolean plain = true;
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			digit |= c >= '0' && c <= '9';
			plain &= Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '%';
		}
		boolean version = to - from <= 3 && to > from && text.charAt(from) == 'v';
		return plain && !version && (digit || to - from > 40);
	}

	private static int pathStart(String path) {
		int scheme = path.indexOf("://");
		if (scheme < 0) {
			return 0;
		}
		int slash = path.indexOf('/', scheme + 3);
		return slash < 0 ? path.length() : slash;
	}

	private static int pathEnd(String path, int start) {
		for (int i = start; i < path.length(); i++) {
			if (path.charAt(i) == '?' || path.charAt(i) == '#') {
				return i;
			}
		}
		return path.length();
	}
}
