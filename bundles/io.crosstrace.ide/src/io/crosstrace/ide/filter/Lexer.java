package io.crosstrace.ide.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a query into words, quoted texts, operators and brackets. */
final class Lexer {
	enum Kind {
		WORD, TEXT, OPERATOR, AND, OR, NOT, OPEN, CLOSE, OPEN_SPAN, CLOSE_SPAN, END
	}

	/** @param text without quotes; the operator itself */
	record Token(Kind kind, String text, int from, int to) {
	}

	private static final String SPECIAL = "(){}=!<>~&|\"'`";

	private final String query;
	private int at;

	private Lexer(String query) {
		this.query = query;
	}

	static List<Token> tokens(String query) throws QueryProblem {
		Lexer lexer = new Lexer(query);
		List<Token> tokens = new ArrayList<>();
		do {
			tokens.add(lexer.next());
		} while (tokens.get(tokens.size() - 1).kind != Kind.END);
		return tokens;
	}

	private Token next() throws QueryProblem {
		while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
			at++;
		}
		if (at == query.length()) {
			return new Token(Kind.END, "", at, at);
		}
		int from = at;
		char first = query.charAt(at);
		char second = at + 1 < query.length() ? query.charAt(at + 1) : 0;
		switch (first) {
			case '(':
				return token(Kind.OPEN, 1);
			case ')':
				return token(Kind.CLOSE, 1);
			case '{':
				return token(Kind.OPEN_SPAN, 1);
			case '}':
				return token(Kind.CLOSE_SPAN, 1);
			case '&':
				return token(Kind.AND, second == '&' ? 2 : 1);
			case '|':
				return token(Kind.OR, second == '|' ? 2 : 1);
			case '=':
				return token(Kind.OPERATOR, second == '~' || second == '=' ? 2 : 1);
			case '!':
				return second == '=' || second == '~' ? token(Kind.OPERATOR, 2) : token(Kind.NOT, 1);
			case '<', '>':
				return token(Kind.OPERATOR, second == '=' ? 2 : 1);
			case '~':
				throw new QueryProblem(from, "“~” stands alone: regular expressions are compared with =~ or !~.");
			case '"', '\'', '`':
				return quoted(first);
			default:
				while (at < query.length() && !Character.isWhitespace(query.charAt(at))
						&& SPECIAL.indexOf(query.charAt(at)) < 0) {
					at++;
				}
				return new Token(Kind.WORD, query.substring(from, at), from, at);
		}
	}

	private Token token(Kind kind, int length) {
		at += length;
		return new Token(kind, query.substring(at - length, at), at - length, at);
	}

	private Token quoted(char quote) throws QueryProblem {
		int from = at++;
		StringBuilder text = new StringBuilder();
		while (at < query.length() && query.charAt(at) != quote) {
			char letter = query.charAt(at++);
			if (letter == '\\' && quote != '`' && at < query.length()
					&& (query.charAt(at) == quote || query.charAt(at) == '\\')) {
				letter = query.charAt(at++);
			}
			text.append(letter);
		}
		if (at == query.length()) {
			throw new QueryProblem(from, "The text that begins here has no closing " + quote + ".");
		}
		at++;
		return new Token(Kind.TEXT, text.toString(), from, at);
	}
}
