package io.crosstrace.ide.filter;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.filter.Lexer.Token;
import io.crosstrace.ide.filter.Query.OfSpan;
import io.crosstrace.ide.filter.Query.SpanTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What may be asked of a span, by name. Names that are none of ours are those of attributes. */
final class Fields {
	/** Reads a number of a span or of its trace. */
	private interface Number {
		long of(Texts texts, Trace trace, int row);
	}

	/** Reads a name of a span: an id of {@link SpanTable#names}. */
	private interface Name {
		int of(SpanTable spans, Trace trace, int row);
	}

	/** Fields with the words they are known by, ours first, TraceQL's after it. */
	static final Map<String, List<String>> KNOWN = Map.ofEntries(
			Map.entry("service", List.of("service.name", "resource.service.name")),
			Map.entry("name", List.of("operation", "span:name")),
			Map.entry("duration", List.of("span:duration")), Map.entry("status", List.of("span:status")),
			Map.entry("kind", List.of("span:kind")), Map.entry("peer", List.of()), Map.entry("host", List.of()),
			Map.entry("pid", List.of("process.pid", "resource.process.pid")), Map.entry("confidence", List.of()),
			Map.entry("start", List.of()), Map.entry("id", List.of("span:id")),
			Map.entry("trace.id", List.of("trace:id")), Map.entry("trace.duration", List.of("trace:duration", "traceDuration")),
			Map.entry("trace.start", List.of()),
			Map.entry("trace.spans", List.of("spans")), Map.entry("trace.services", List.of("services")),
			Map.entry("trace.errors", List.of("errors")),
			Map.entry("root.service", List.of("trace:rootService", "rootServiceName")),
			Map.entry("root.name", List.of("trace:rootName", "rootName")));
	private static final List<String> KINDS = List.of("unspecified", "internal", "server", "client", "producer", "consumer");

	private Fields() {
	}

	static OfSpan comparison(Token field, Token operator, Token value) throws QueryProblem {
		String name = canonical(field.text());
		return switch (name) {
			case "service" -> name(value, operator, (spans, trace, row) -> spans.service.get(row));
			case "name" -> name(value, operator, (spans, trace, row) -> spans.operation.get(row));
			case "root.service" -> name(value, operator, (spans, trace, row) -> spans.service.get(trace.rootRow()));
			case "root.name" -> name(value, operator, (spans, trace, row) -> spans.operation.get(trace.rootRow()));
			case "peer" -> name(value, operator, (spans, trace, row) -> spans.peer.get(row));
			case "host" -> name(value, operator, (spans, trace, row) -> spans.host.get(row));
			case "status" -> status(operator, value);
			case "kind" -> kind(operator, value);
			case "duration" -> number(field, operator, Values.nanos(field, value),
					(texts, trace, row) -> texts.traces().endNanos(row) - texts.traces().startNanos(row));
			case "trace.duration" -> number(field, operator, Values.nanos(field, value),
					(texts, trace, row) -> trace.durationNanos());
			case "start" -> time(field, operator, value, (texts, trace, row) -> texts.traces().startNanos(row));
			case "trace.start" -> time(field, operator, value, (texts, trace, row) -> trace.startNanos());
			case "pid" -> number(field, operator, Values.whole(field, value), (texts, trace, row) -> texts.spans().pid.get(row));
			case "confidence" -> number(field, operator, Values.millionths(field, value),
					(texts, trace, row) -> texts.spans().confidence.get(row));
			case "trace.spans" -> number(field, operator, Values.whole(field, value), (texts, trace, row) -> trace.size());
			case "trace.services" -> number(field, operator, Values.whole(field, value),
					(texts, trace, row) -> trace.services());
			case "trace.errors" -> number(field, operator, Values.whole(field, value), (texts, trace, row) -> trace.errors());
			case "id" -> number(field, operator, Values.hex(field, value), (texts, trace, row) -> texts.spans().spanId.get(row));
			case "trace.id" -> traceId(field, operator, value);
			default -> attribute(name, operator, value);
		};
	}

	/** A word that occurs in a span's service, operation, peer or an attribute's value, or is its status. */
	static OfSpan word(String word) {
		String lower = word.toLowerCase(Locale.ROOT);
		Predicate<String> contains = text -> contains(text, lower);
		return texts -> {
			Texts.Remembered names = texts.names(contains);
			Texts.Remembered values = texts.values(contains);
			int status = lower.matches("\\d{1,9}") ? Integer.parseInt(lower) : Integer.MIN_VALUE;
			return (trace, row) -> {
				SpanTable spans = texts.spans();
				if (names.test(spans.operation.get(row)) || names.test(spans.service.get(row))
						|| names.test(spans.peer.get(row)) || spans.status.get(row) == status) {
					return true;
				}
				for (int i = 0; i < spans.attributeCount(row); i++) {
					if (values.test(spans.attributeValue(row, i))) {
						return true;
					}
				}
				return false;
			};
		};
	}

	private static String canonical(String field) {
		for (Map.Entry<String, List<String>> known : KNOWN.entrySet()) {
			if (known.getKey().equals(field) || known.getValue().contains(field)) {
				return known.getKey();
			}
		}
		if (field.startsWith("resource.")) {
			return "resource:" + field.substring("resource.".length());
		}
		return field.startsWith(".") ? field.substring(1) : field.startsWith("span.") ? field.substring(5) : field;
	}

	private static OfSpan name(Token value, Token operator, Name name) throws QueryProblem {
		Predicate<String> test = text(operator, value);
		return texts -> {
			Texts.Remembered names = texts.names(test);
			return (trace, row) -> names.test(name.of(texts.spans(), trace, row));
		};
	}

	/** A span without the attribute never passes, not even !=: as in TraceQL. */
	private static OfSpan attribute(String key, Token operator, Token value) throws QueryProblem {
		Predicate<String> test = text(operator, value);
		return texts -> {
			int id = texts.spans().names.id(key);
			Texts.Remembered values = texts.values(test);
			return (trace, row) -> {
				SpanTable spans = texts.spans();
				for (int i = 0; i < spans.attributeCount(row); i++) {
					if (spans.attributeKey(row, i) == id && values.test(spans.attributeValue(row, i))) {
						return true;
					}
				}
				return false;
			};
		};
	}

	private static OfSpan number(Token field, Token operator, long wanted, Number number) throws QueryProblem {
		return switch (operator.text()) {
			case "=", "==" -> texts -> (trace, row) -> number.of(texts, trace, row) == wanted;
			case "!=" -> texts -> (trace, row) -> number.of(texts, trace, row) != wanted;
			case "<" -> texts -> (trace, row) -> number.of(texts, trace, row) < wanted;
			case "<=" -> texts -> (trace, row) -> number.of(texts, trace, row) <= wanted;
			case ">" -> texts -> (trace, row) -> number.of(texts, trace, row) > wanted;
			case ">=" -> texts -> (trace, row) -> number.of(texts, trace, row) >= wanted;
			default -> throw new QueryProblem(operator.from(), field.text() + " is a number: compare it with =, !=, <, <=, > or >=.");
		};
	}

	/** A time of day is meant of the newest span's day. */
	private static OfSpan time(Token field, Token operator, Token value, Number number) throws QueryProblem {
		Values.Time time = Values.time(field, value);
		OfSpan check = number(field, operator, 0, number);
		return texts -> {
			long zero = time.nanos(texts.traces());
			return number(operator, (t, trace, row) -> number.of(t, trace, row) - zero, check).bind(texts);
		};
	}

	private static OfSpan number(Token operator, Number number, OfSpan otherwise) {
		try {
			return number(operator, operator, 0, number);
		} catch (QueryProblem alreadyChecked) {
			return otherwise;
		}
	}

	private static OfSpan status(Token operator, Token value) throws QueryProblem {
		String wanted = value.text().toLowerCase(Locale.ROOT);
		if (!wanted.isEmpty() && Character.isDigit(wanted.charAt(0))) {
			return number(new Token(Lexer.Kind.WORD, "status", value.from(), value.to()), operator, Values.whole(value, value),
					(texts, trace, row) -> texts.spans().status.get(row));
		}
		SpanTest test;
		switch (wanted) {
			case "error" -> test = null;
			case "ok", "unset" -> test = (trace, row) -> true;
			default -> throw new QueryProblem(value.from(), "status is error, ok or a number such as 404, not “" + value.text() + "”.");
		}
		boolean error = test == null;
		boolean equal = equality(operator, "status");
		return texts -> (trace, row) -> texts.spans().has(row, SpanTable.ERROR) == error == equal;
	}

	private static OfSpan kind(Token operator, Token value) throws QueryProblem {
		int kind = KINDS.indexOf(value.text().toLowerCase(Locale.ROOT));
		if (kind < 0) {
			throw new QueryProblem(value.from(), "kind is server, client, producer, consumer or internal, not “" + value.text() + "”.");
		}
		boolean equal = equality(operator, "kind");
		return texts -> (trace, row) -> (texts.spans().kind.get(row) == kind) == equal;
	}

	private static OfSpan traceId(Token field, Token operator, Token value) throws QueryProblem {
		String hex = value.text();
		long low = Values.hex(field, new Token(value.kind(), hex.substring(Math.max(0, hex.length() - 16)), value.from(), value.to()));
		long high = hex.length() <= 16 ? 0 : Values.hex(field,
				new Token(value.kind(), hex.substring(0, hex.length() - 16), value.from(), value.to()));
		boolean equal = equality(operator, field.text());
		return texts -> (trace, row) -> (texts.spans().traceIdLow.get(row) == low
				&& (high == 0 || texts.spans().traceIdHigh.get(row) == high)) == equal;
	}

	private static boolean equality(Token operator, String field) throws QueryProblem {
		return switch (operator.text()) {
			case "=", "==" -> true;
			case "!=" -> false;
			default -> throw new QueryProblem(operator.from(), field + " is compared with = or !=, not with " + operator.text() + ".");
		};
	}

	/** Text is compared as it is; as numbers or durations where both sides are such and the order is asked for. */
	private static Predicate<String> text(Token operator, Token value) throws QueryProblem {
		String wanted = value.text();
		switch (operator.text()) {
			case "=", "==":
				return wanted::equals;
			case "!=":
				return text -> !wanted.equals(text);
			case "=~", "!~":
				Pattern pattern;
				try {
					pattern = Pattern.compile(wanted);
				} catch (PatternSyntaxException e) {
					throw new QueryProblem(value.from(), "“" + wanted + "” is no regular expression: " + e.getDescription() + ".");
				}
				boolean matching = operator.text().equals("=~");
				return text -> pattern.matcher(text).matches() == matching;
			default:
				double number = Values.real(wanted);
				if (Double.isNaN(number)) {
					throw new QueryProblem(value.from(), "“" + wanted + "” is no number: texts have no order; compare them with =, !=, =~ or !~.");
				}
				return order(operator.text(), number);
		}
	}

	private static Predicate<String> order(String operator, double wanted) {
		return switch (operator) {
			case "<" -> text -> Values.real(text) < wanted;
			case "<=" -> text -> Values.real(text) <= wanted;
			case ">" -> text -> Values.real(text) > wanted;
			default -> text -> Values.real(text) >= wanted;
		};
	}

	/** Whether {@code text} contains {@code lower}, whatever the case of its letters. Allocates nothing. */
	static boolean contains(String text, String lower) {
		int last = text.length() - lower.length();
		for (int from = 0; from <= last; from++) {
			int i = 0;
			while (i < lower.length() && lower(text.charAt(from + i)) == lower.charAt(i)) {
				i++;
			}
			if (i == lower.length()) {
				return true;
			}
		}
		return false;
	}

	private static char lower(char letter) {
		return letter < 128 ? letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter : Character.toLowerCase(letter);
	}
}
