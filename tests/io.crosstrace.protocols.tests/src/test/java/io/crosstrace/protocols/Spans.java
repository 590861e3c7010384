package io.crosstrace.protocols;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;

import io.crosstrace.core.span.SpanTable;

/** Spans as lines that a test can compare. */
final class Spans {
	private static final long PATIENCE_NANOS = 20_000_000_000L;

	private Spans() {
	}

	/** "PRODUCER send orders key=value", with the given attributes, where present, and ERROR or what else is wrong. */
	static String line(SpanTable table, int row, String... keys) {
		StringJoiner line = new StringJoiner(" ");
		line.add(switch (table.kind.get(row)) {
		case SpanTable.SERVER -> "SERVER";
		case SpanTable.CLIENT -> "CLIENT";
		case SpanTable.PRODUCER -> "PRODUCER";
		default -> "CONSUMER";
		});
		line.add(table.names.text(table.operation.get(row)));
		for (String key : keys) {
			String value = table.attribute(row, key);
			if (!value.isEmpty()) {
				line.add(key + "=" + value);
			}
		}
		if (table.has(row, SpanTable.ERROR)) {
			line.add("ERROR " + table.attribute(row, "error.type"));
		}
		if (table.has(row, SpanTable.INCOMPLETE)) {
			line.add("INCOMPLETE");
		}
		if (table.has(row, SpanTable.UNANSWERED)) {
			line.add("UNANSWERED");
		}
		return line.toString();
	}

	/** Waits until there are {@code count} lines, or for as long as there is patience; the lines then. */
	static List<String> await(int count, Supplier<List<String>> lines) throws InterruptedException {
		long until = System.nanoTime() + PATIENCE_NANOS;
		List<String> now = lines.get();
		while (now.size() < count && System.nanoTime() < until) {
			Thread.sleep(20);
			now = lines.get();
		}
		return now;
	}

	/** How many pairs of spans, one that sent and one that took, are linked. */
	static int linked(List<SpanTable> tables, String sender, String taker) {
		List<Long> sent = links(tables, sender);
		List<Long> taken = links(tables, taker);
		int pairs = 0;
		for (long link : sent) {
			pairs += SpanTable.produced(link) && taken.contains(link ^ 1) ? 1 : 0;
		}
		return pairs;
	}

	private static List<Long> links(List<SpanTable> tables, String operation) {
		List<Long> links = new ArrayList<>();
		for (SpanTable table : tables) {
			for (int row = 0; row < table.size(); row++) {
				for (int i = 0; table.names.text(table.operation.get(row)).equals(operation) && i < table.linkCount(row); i++) {
					links.add(table.link(row, i));
				}
			}
		}
		return links;
	}

	/** Spans of a trace, by the lower half of its id. */
	static long ofTrace(SpanTable table, long traceIdLow) {
		long count = 0;
		for (int row = 0; row < table.size(); row++) {
			count += table.traceIdLow.get(row) == traceIdLow ? 1 : 0;
		}
		return count;
	}
}
