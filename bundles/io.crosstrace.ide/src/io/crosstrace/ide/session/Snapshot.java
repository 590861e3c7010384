package io.crosstrace.ide.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import io.crosstrace.core.trace.Traces;

/**
 * The session at one moment. Immutable; any thread.
 *
 * @param traces as of the moment the session was paused, if it is
 * @param era rows of {@code traces} can be compared with those of another snapshot of the same era only
 * @param agents in the order they were connected
 * @param received spans received since the session began
 * @param behind spans received that {@code traces} do not show because the session is paused
 * @param droppedSpans spans forgotten because the budget was full
 * @param droppedTraces traces forgotten because the budget was full
 * @param recording the file shown instead of what agents send, or null
 * @param unrecorded spans that could not be written to disk
 */
public record Snapshot(Traces traces, int era, List<AgentStatus> agents, boolean paused, long received, long behind,
		long droppedSpans, long droppedTraces, Recording recording, long unrecorded) {
	/** What all agents lost since we listen, by reason, largest first. */
	public Map<String, Long> lost() {
		Map<String, Long> sums = new HashMap<>();
		agents.forEach(agent -> agent.lost().forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
		sums.put("spans that could not be recorded on disk", unrecorded);
		return Losses.largestFirst(sums);
	}

	/** Whether the traces are those of {@code other}: then only agents or counts have changed. */
	public boolean sameTraces(Snapshot other) {
		return other != null && traces == other.traces;
	}
}
