package io.crosstrace.ide.timeline;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds spans of one trace by words. Every word must be somewhere in a span's service, operation, peer, status or
 * attributes, as text or as {@code key=value}; {@code >20ms} and {@code <1s} compare its duration, {@code error}
 * finds what failed. Case does not matter.
 *
 * <p>No state; any thread. Linear in the trace; each different string is looked at once.
 */
public final class SpanFinder {
	private static final Pattern DURATION = Pattern.compile("([<>])=?(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s)");

	private SpanFinder() {
	}

	/** @return the indexes of the spans that have all words; none if there are no words */
	public static BitSet find(SpanTable spans, Trace trace, String query) {
		BitSet found = new BitSet(trace.size());
		List<Word> words = new ArrayList<>();
		for (String word : query.trim().toLowerCase(Locale.ROOT).split("\\s+")) {
			if (!word.isEmpty()) {
				words.add(word(spans, word));
			}
		}
		if (words.isEmpty()) {
			return found;
		}
		for (int i = 0; i < trace.size(); i++) {
			int row = trace.row(i);
			boolean all = true;
			for (int k = 0; all && k < words.size(); k++) {
				all = words.get(k).matches(row);
			}
			found.set(i, all);
		}
		return found;
	}

	private interface Word {
		boolean matches(int row);
	}

	private static Word word(SpanTable spans, String word) {
		Matcher duration = DURATION.matcher(word);
		if (duration.matches()) {
			long bound = Math.round(Double.parseDouble(duration.group(2)) * switch (duration.group(3)) {
				case "ns" -> 1;
				case "us", "µs" -> 1_000;
				case "ms" -> 1_000_000;
				default -> 1_000_000_000;
			});
			boolean longer = duration.group(1).equals(">");
			return row -> {
				long nanos = Math.max(0, spans.endNanos.get(row) - spans.startNanos.get(row));
				return longer ? nanos >= bound : nanos <= bound;
			};
		}
		Texts names = new Texts(spans.names, word);
		Texts values = new Texts(spans.values, word);
		int equals = word.indexOf('=');
		Texts keys = equals < 0 ? null : new Texts(spans.names, word.substring(0, equals));
		Texts wanted = equals < 0 ? null : new Texts(spans.values, word.substring(equals + 1));
		return row -> names.has(spans.service.get(row)) || names.has(spans.operation.get(row))
				|| names.has(spans.peer.get(row)) || spans.status.get(row) != 0
						&& String.valueOf(spans.status.get(row)).contains(word)
				|| word.equals("error") && spans.has(row, SpanTable.ERROR)
				|| attributes(spans, row, names, values, keys, wanted);
	}

	private static boolean attributes(SpanTable spans, int row, Texts names, Texts values, Texts keys, Texts wanted) {
		for (int i = 0; i < spans.attributeCount(row); i++) {
			int key = spans.attributeKey(row, i);
			int value = spans.attributeValue(row, i);
			if (names.has(key) || values.has(value) || keys != null && keys.has(key) && wanted.has(value)) {
				return true;
			}
		}
		return false;
	}

	/** Which strings of a dictionary contain a word, asked once each. */
	private static final class Texts {
		private final Dictionary texts;
		private final String word;
		private final Map<Integer, Boolean> known = new HashMap<>();

		Texts(Dictionary texts, String word) {
			this.texts = texts;
			this.word = word;
		}

		boolean has(int id) {
			return id != 0 && known.computeIfAbsent(id, x -> texts.text(x).toLowerCase(Locale.ROOT).contains(word));
		}
	}
}
