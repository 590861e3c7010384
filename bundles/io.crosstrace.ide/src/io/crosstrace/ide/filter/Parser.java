package io.crosstrace.ide.filter;

import io.crosstrace.ide.filter.Lexer.Kind;
import io.crosstrace.ide.filter.Lexer.Token;
import io.crosstrace.ide.filter.Query.Node;
import java.util.List;

/** Reads a query by recursive descent: blanks bind weakest, then ||, then &&, then !. */
final class Parser {
	/** Brackets deeper than this are no query of a person, and would use up the stack. */
	private static final int DEEPEST = 100;

	private final List<Token> tokens;
	private int at;
	private int depth;

	Parser(String query) throws QueryProblem {
		tokens = Lexer.tokens(query);
	}

	Node parse() throws QueryProblem {
		Node node = list(Kind.END);
		if (peek().kind() != Kind.END) {
			throw new QueryProblem(peek().from(), "“" + peek().text() + "” has no beginning: remove it, or open it before.");
		}
		return node;
	}

	/** Parts with nothing but blanks between them. */
	private Node list(Kind end) throws QueryProblem {
		Node node = either();
		while (peek().kind() != end && peek().kind() != Kind.END && peek().kind() != Kind.CLOSE
				&& peek().kind() != Kind.CLOSE_SPAN) {
			node = Query.both(node, either());
		}
		return node;
	}

	private Node either() throws QueryProblem {
		Node node = all();
		while (peek().kind() == Kind.OR) {
			at++;
			node = Query.or(node, all());
		}
		return node;
	}

	private Node all() throws QueryProblem {
		Node node = unary();
		while (peek().kind() == Kind.AND) {
			at++;
			node = Query.and(node, unary());
		}
		return node;
	}

	private Node unary() throws QueryProblem {
		if (peek().kind() == Kind.NOT) {
			at++;
			return Query.not(nested(this::unary));
		}
		return primary();
	}

	private Node primary() throws QueryProblem {
		Token token = tokens.get(at++);
		switch (token.kind()) {
			case OPEN:
				Node inner = nested(() -> list(Kind.CLOSE));
				close(Kind.CLOSE, token, ")");
				return inner;
			case OPEN_SPAN:
				if (peek().kind() == Kind.CLOSE_SPAN) {
					at++;
					return Query.lift((Query.OfSpan) texts -> (trace, row) -> true);
				}
				Node span = nested(this::either);
				close(Kind.CLOSE_SPAN, token, "}");
				return Query.lift(span);
			case WORD, TEXT:
				if (peek().kind() == Kind.OPERATOR) {
					return comparison(token);
				}
				return Fields.word(token.text());
			case OPERATOR:
				throw new QueryProblem(token.from(), "“" + token.text() + "” needs a field before it, as in service = orders.");
			case END:
				throw new QueryProblem(token.from(), at == 1 ? "Nothing to look for." : "Something is missing at the end.");
			default:
				throw new QueryProblem(token.from(), "“" + token.text() + "” is not expected here.");
		}
	}

	private Node comparison(Token field) throws QueryProblem {
		Token operator = tokens.get(at++);
		Token value = tokens.get(at);
		if (value.kind() != Kind.WORD && value.kind() != Kind.TEXT) {
			throw new QueryProblem(value.from(), "“" + field.text() + " " + operator.text() + "” needs a value after it"
					+ (value.kind() == Kind.OPERATOR ? ": " + operator.text() + value.text() + " is no operator." : "."));
		}
		at++;
		return Fields.comparison(field, operator, value);
	}

	private interface Part {
		Node parse() throws QueryProblem;
	}

	private Node nested(Part part) throws QueryProblem {
		if (++depth > DEEPEST) {
			throw new QueryProblem(peek().from(), "More than " + DEEPEST + " brackets in one another.");
		}
		Node node = part.parse();
		depth--;
		return node;
	}

	private void close(Kind kind, Token open, String bracket) throws QueryProblem {
		if (peek().kind() != kind) {
			throw new QueryProblem(open.from(), "“" + open.text() + "” is not closed: a " + bracket + " is missing.");
		}
		at++;
	}

	private Token peek() {
		return tokens.get(at);
	}
}
