package io.crosstrace.ide.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one agent lost since we listen to it. An agent counts from its own start, so its first report is taken away
 * from those that follow. Not thread-safe.
 */
final class Losses {
	private static final String NEVER_ARRIVED = "spans that never arrived here";

	private Map<String, Long> first;
	private Map<String, Long> last = Map.of();
	private long missed;

	/** @param totals since the agent started */
	void report(Map<String, Long> totals) {
		if (first == null) {
			first = totals;
		}
		last = totals;
	}

	/** The agent started anew: it counts from 0. */
	void restarted() {
		first = first == null ? null : Map.of();
		last = Map.of();
	}

	/** Spans that the agent has, or had, and could not send. */
	void missed(long spans) {
		missed += spans;
	}

	Map<String, Long> sinceWeListen() {
		Map<String, Long> lost = new HashMap<>();
		last.forEach((reason, count) -> lost.put(reason, count - first.getOrDefault(reason, 0L)));
		lost.put(NEVER_ARRIVED, missed);
		lost.keySet().removeIf(Losses::isNoLoss);
		return largestFirst(lost);
	}

	/** Agents also report how many bytes they left alone because they are not meant to be read. */
	private static boolean isNoLoss(String reason) {
		return reason.startsWith("bytes of ") || reason.startsWith("bytes after ");
	}

	static Map<String, Long> largestFirst(Map<String, Long> counts) {
		Map<String, Long> sorted = new LinkedHashMap<>();
		counts.entrySet().stream().filter(entry -> entry.getValue() > 0)
				.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
						.thenComparing(Map.Entry.comparingByKey()))
				.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
		return sorted;
	}
}
