package io.crosstrace.ide.filter;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a query may go on at the caret: fields, operators, and values that occur. Looks at a sample of the spans, so that
 * it answers at once whatever their number. Any thread.
 */
public final class Completion {
	/**
	 * A way to go on.
	 *
	 * @param text takes the place of the query from {@code from} to the caret
	 * @param label what a person sees
	 */
	public record Proposal(String text, String label, int from) {
	}

	private static final int MOST = 40;
	private static final int SAMPLE = 20_000;

	private Completion() {
	}

	/** Proposals for a query with the caret at {@code caret}; none inside a text whose quote is not closed. */
	public static List<Proposal> at(String query, int caret, Traces traces) {
		String before = query.substring(0, caret);
		int from = caret;
		while (from > 0 && isWord(before.charAt(from - 1))) {
			from--;
		}
		String begun = before.substring(from);
		String head = before.substring(0, from).stripTrailing();
		int operator = head.length();
		while (operator > 0 && "=!<>~".indexOf(head.charAt(operator - 1)) >= 0) {
			operator--;
		}
		if (operator < head.length()) {
			String left = head.substring(0, operator).stripTrailing();
			int field = left.length();
			while (field > 0 && isWord(left.charAt(field - 1))) {
				field--;
			}
			return values(left.substring(field), begun, from, traces);
		}
		if (!begun.isEmpty() || head.isEmpty() || "(){&|!".indexOf(head.charAt(head.length() - 1)) >= 0) {
			return fields(begun, from, traces.spans());
		}
		char last = head.charAt(head.length() - 1);
		return isWord(last) ? operators(head, caret) : fields(begun, from, traces.spans());
	}

	private static boolean isWord(char letter) {
		return !Character.isWhitespace(letter) && "(){}=!<>~&|\"'`".indexOf(letter) < 0;
	}

	private static List<Proposal> operators(String head, int caret) {
		List<Proposal> proposals = new ArrayList<>();
		for (String operator : new String[] { "=", "!=", "=~", ">", "<", "&&", "||" }) {
			proposals.add(new Proposal(operator + " ", operator, caret));
		}
		return proposals;
	}

	private static List<Proposal> fields(String begun, int from, SpanTable spans) {
		TreeSet<String> keys = new TreeSet<>(Fields.KNOWN.keySet());
		BitSet seen = new BitSet();
		for (int row = Math.max(0, spans.size() - SAMPLE); row < spans.size(); row++) {
			for (int i = 0; i < spans.attributeCount(row); i++) {
				seen.set(spans.attributeKey(row, i));
			}
		}
		seen.stream().mapToObj(spans.names::text).filter(key -> !key.startsWith("otlp:"))
				.map(key -> key.startsWith("resource:") ? "resource." + key.substring(9) : key).forEach(keys::add);
		List<Proposal> proposals = new ArrayList<>();
		String lower = begun.toLowerCase(Locale.ROOT);
		for (boolean beginning : new boolean[] { true, false }) { // what begins so comes before what contains it
			for (String key : keys) {
				boolean begins = key.toLowerCase(Locale.ROOT).startsWith(lower);
				if (begins == beginning && (begins || Fields.contains(key, lower)) && proposals.size() < MOST) {
					proposals.add(new Proposal(key + " ", key, from));
				}
			}
		}
		return proposals;
	}

	private static List<Proposal> values(String field, String begun, int from, Traces traces) {
		SpanTable spans = traces.spans();
		Map<String, Integer> counts = new HashMap<>();
		switch (field) {
			case "status", "span:status" -> List.of("error", "ok", "404", "500").forEach(value -> counts.put(value, 1));
			case "kind", "span:kind" -> List.of("server", "client", "producer", "consumer").forEach(value -> counts.put(value, 1));
			case "duration", "trace.duration" -> List.of("10ms", "100ms", "200ms", "1s").forEach(value -> counts.put(value, 1));
			default -> {
				String key = field.startsWith("resource.") ? "resource:" + field.substring(9) : field;
				for (int row = Math.max(0, spans.size() - SAMPLE); row < spans.size(); row++) {
					count(spans, row, key, counts);
				}
			}
		}
		String lower = begun.toLowerCase(Locale.ROOT);
		return counts.entrySet().stream().filter(each -> Fields.contains(each.getKey(), lower) && !each.getKey().isEmpty())
				.sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
				.limit(MOST).map(each -> new Proposal(quoted(each.getKey()) + " ", each.getKey(), from)).toList();
	}

	private static void count(SpanTable spans, int row, String key, Map<String, Integer> counts) {
		Dictionary names = spans.names;
		switch (key) {
			case "service", "service.name", "root.service" -> add(names.text(spans.service.get(row)), counts);
			case "name", "operation", "root.name" -> add(names.text(spans.operation.get(row)), counts);
			case "peer" -> add(names.text(spans.peer.get(row)), counts);
			case "host" -> add(names.text(spans.host.get(row)), counts);
			default -> {
				if (counts.size() < 1_000) {
					add(spans.attribute(row, key), counts);
				}
			}
		}
	}

	private static void add(String text, Map<String, Integer> counts) {
		counts.merge(text, 1, Integer::sum);
	}

	/** As the query wants it: in quotes where blanks or operators are in it. */
	public static String quoted(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isWord(text.charAt(i))) {
				return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
			}
		}
		return text.isEmpty() ? "\"\"" : text;
	}
}
