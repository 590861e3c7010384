package io.crosstrace.core.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/**
 * Spans as drawn: {@code "b<A gateway@host ..====.."} is span b, caused by A, of service gateway. A capital is a
 * request, a small letter a call; one column is 1 ms, an x instead of = makes it an error.
 */
final class DrawnSpans {
	static final long MILLI = 1_000_000;
	static final long EPOCH = 1_700_000_000_000_000_000L;
	private static final Pattern LINE = Pattern.compile("(\\w)(?:<(\\w))?\\s+(\\w+)(?:@(\\w+))?\\s+(\\.*)([=x]+)\\.*");

	final SpanTable spans = new SpanTable(new Dictionary(1000));

	static DrawnSpans of(String... lines) {
		return new DrawnSpans().add(lines);
	}

	DrawnSpans add(String... lines) {
		for (String line : lines) {
			Matcher drawn = LINE.matcher(line);
			if (!drawn.matches()) {
				throw new IllegalArgumentException("not a drawn span: " + line);
			}
			int row = spans.add();
			char name = drawn.group(1).charAt(0);
			spans.spanId.set(row, name);
			spans.parentId.set(row, drawn.group(2) == null ? 0 : drawn.group(2).charAt(0));
			spans.kind.set(row, Character.isUpperCase(name) ? SpanTable.SERVER : SpanTable.CLIENT);
			spans.service.set(row, spans.names.id(drawn.group(3)));
			spans.host.set(row, drawn.group(4) == null ? 0 : spans.names.id(drawn.group(4)));
			long start = EPOCH + drawn.group(5).length() * MILLI;
			spans.startNanos.set(row, start);
			spans.endNanos.set(row, start + drawn.group(6).length() * MILLI);
			if (drawn.group(6).contains("x")) {
				spans.set(row, SpanTable.ERROR);
			}
		}
		return this;
	}

	int row(char name) {
		for (int row = 0; row < spans.size(); row++) {
			if (spans.spanId.get(row) == name) {
				return row;
			}
		}
		throw new IllegalArgumentException("no span " + name);
	}

	/** All traces, oldest first, such as {@code "A(b(C) d) E"}. */
	static String text(Traces traces) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < traces.size(); i++) {
			text.append(i == 0 ? "" : " ").append(text(traces, traces.byStart(i)));
		}
		return text.toString();
	}

	private static String text(Traces traces, Trace trace) {
		StringBuilder text = new StringBuilder();
		int[] depths = trace.depths();
		for (int i = 0; i < trace.size(); i++) {
			if (i > 0) {
				text.append(depths[i] > depths[i - 1] ? "(" : ")".repeat(depths[i - 1] - depths[i]) + " ");
			}
			text.append((char) traces.spans().spanId.get(trace.row(i)));
		}
		return text.append(")".repeat(depths[trace.size() - 1])).toString();
	}
}
