package io.crosstrace.ui.agents;

import io.crosstrace.ide.session.AgentStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** How an agent is doing, in sentences. */
final class AgentText {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
			.withZone(ZoneId.systemDefault());

	private AgentText() {
	}

	static String of(AgentStatus agent) {
		StringBuilder text = new StringBuilder(agent.reason());
		if (agent.info() != null) {
			String since = TIME.format(Instant.ofEpochSecond(0, agent.info().startedUnixNanos()));
			text.append("\n\n").append(Messages.bind(Messages.detailCapture, agent.info().provider(), since));
		}
		if (agent.health() != null && agent.health().memoryBytes() > 0) {
			text.append(' ').append(Messages.bind(Messages.detailMemory, agent.health().memoryBytes() >> 20));
		}
		if (agent.info() != null) {
			text.append("\n\n").append(agent.lost().isEmpty() ? Messages.detailLostNothing : Messages.detailLost);
			agent.lost().forEach((reason, count) -> text.append(String.format("%n%,10d  %s", count, reason)));
		}
		return text.toString();
	}
}
