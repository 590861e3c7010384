package io.crosstrace.wire.client;

import java.util.Map;

/**
 * How an agent is doing. Counts are totals since it started.
 *
 * @param provider how the kernel's events are captured, such as "tp_btf"
 * @param memoryBytes resident memory of the agent's process; 0 if not known
 * @param cpuNanos processor time the agent's process has used
 * @param clients clients connected now, this one included
 * @param lost what was lost, by reason in plain words; reasons with 0 are left out
 * @param counters everything else worth knowing, by name
 */
public record AgentHealth(long uptimeMillis, String provider, long spans, double spansPerSecond, long events,
		long memoryBytes, long cpuNanos, int clients, Map<String, Long> lost, Map<String, Long> counters) {
	/** Sum over all reasons. */
	public long lostTotal() {
		long total = 0;
		for (long count : lost.values()) {
			total += count;
		}
		return total;
	}
}
