package io.crosstrace.ide.filter;

import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Lexer.Token;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands on the right of a comparison, as numbers. */
final class Values {
	private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)?");

	private Values() {
	}

	/** A time that may lack its day. */
	interface Time {
		long nanos(Traces traces);
	}

	static long nanos(Token field, Token value) throws QueryProblem {
		Matcher matcher = DURATION.matcher(value.text());
		if (!matcher.matches() || matcher.group(2) == null) {
			throw new QueryProblem(value.from(), field.text() + " needs a time with its unit, such as 200ms or 1.5s, not “"
					+ value.text() + "”.");
		}
		double unit = switch (matcher.group(2)) {
			case "ns" -> 1;
			case "us", "µs" -> 1e3;
			case "ms" -> 1e6;
			case "s" -> 1e9;
			case "m" -> 60e9;
			default -> 3600e9;
		};
		return Math.round(Double.parseDouble(matcher.group(1)) * unit);
	}

	static long whole(Token field, Token value) throws QueryProblem {
		try {
			return Long.parseLong(value.text());
		} catch (NumberFormatException e) {
			throw new QueryProblem(value.from(), field.text() + " is a whole number, not “" + value.text() + "”.");
		}
	}

	static long millionths(Token field, Token value) throws QueryProblem {
		String text = value.text();
		double share = text.endsWith("%") ? real(text.substring(0, text.length() - 1)) / 100 : real(text);
		if (Double.isNaN(share)) {
			throw new QueryProblem(value.from(), field.text() + " is a share, such as 0.9 or 90%, not “" + text + "”.");
		}
		return Math.round(share * 1e6);
	}

	static long hex(Token field, Token value) throws QueryProblem {
		try {
			return Long.parseUnsignedLong(value.text(), 16);
		} catch (NumberFormatException e) {
			throw new QueryProblem(value.from(), field.text() + " is hexadecimal, such as b7ad6b7169203331, not “" + value.text() + "”.");
		}
	}

	static Time time(Token field, Token value) throws QueryProblem {
		String text = value.text();
		try {
			if (text.contains("T")) {
				Instant instant = text.endsWith("Z") || text.lastIndexOf('+') > 0 ? OffsetDateTime.parse(text).toInstant()
						: LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
				return traces -> nanos(instant);
			}
			LocalTime time = LocalTime.parse(text);
			return traces -> nanos(day(traces).atTime(time).atZone(ZoneId.systemDefault()).toInstant());
		} catch (DateTimeException e) {
			throw new QueryProblem(value.from(), field.text() + " is a time of day such as 13:05:02.5, or a date with it"
					+ " such as 2026-11-24T13:05:02, not “" + text + "”.");
		}
	}

	/** {@code NaN} for text that is no number; a number's unit of time is taken for what it is. */
	static double real(String text) {
		if (text.isEmpty() || text.charAt(0) > '9' || text.charAt(0) < '+') {
			return Double.NaN;
		}
		try {
			return Double.parseDouble(text);
		} catch (NumberFormatException e) {
			return Double.NaN;
		}
	}

	private static LocalDate day(Traces traces) {
		long nanos = traces.size() == 0 ? 0 : traces.newest(0).startNanos();
		return Instant.ofEpochSecond(0, nanos).atZone(ZoneId.systemDefault()).toLocalDate();
	}

	private static long nanos(Instant instant) {
		return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
	}
}
