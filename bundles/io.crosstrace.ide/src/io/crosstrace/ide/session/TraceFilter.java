package io.crosstrace.ide.session;

import java.util.BitSet;
import java.util.Locale;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * Which traces contain some text: every word must occur, in any span's service, operation, peer or attribute value,
 * or in its status. Letters' case does not matter.
 *
 * <p>Each string of the table is looked at once, when the filter is made; then a span costs a few bit tests. Made
 * for one {@link Traces}; one thread.
 */
public final class TraceFilter {
	private final SpanTable spans;
	private final String[] words;
	private final BitSet[] names;
	private final BitSet[] values;

	/** @param text words with blanks between them; a blank text lets everything through */
	public TraceFilter(Traces traces, String text) {
		spans = traces.spans();
		String stripped = text.strip().toLowerCase(Locale.ROOT);
		words = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
		names = new BitSet[words.length];
		values = new BitSet[words.length];
		for (int i = 0; i < words.length; i++) {
			names[i] = containing(spans.names, words[i]);
			values[i] = containing(spans.values, words[i]);
		}
	}

	/** Whether a trace has all the words. */
	public boolean test(Trace trace) {
		for (int word = 0; word < words.length; word++) {
			boolean found = false;
			for (int i = 0; i < trace.size() && !found; i++) {
				found = has(trace.row(i), word);
			}
			if (!found) {
				return false;
			}
		}
		return true;
	}

	private boolean has(int row, int word) {
		if (names[word].get(spans.operation.get(row)) || names[word].get(spans.service.get(row))
				|| names[word].get(spans.peer.get(row)) || words[word].equals(String.valueOf(spans.status.get(row)))) {
			return true;
		}
		for (int i = 0; i < spans.attributeCount(row); i++) {
			if (values[word].get(spans.attributeValue(row, i))) {
				return true;
			}
		}
		return false;
	}

	private static BitSet containing(Dictionary texts, String word) {
		BitSet ids = new BitSet();
		for (int id = 0; id < texts.size(); id++) {
			if (texts.text(id).toLowerCase(Locale.ROOT).contains(word)) {
				ids.set(id);
			}
		}
		return ids;
	}
}
