package io.crosstrace.ui.agents;

import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.wire.client.AgentHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How an agent is doing, in sentences: what is wrong and what to do comes first. Pure. */
final class AgentText {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
			.withZone(ZoneId.systemDefault());
	/** Captured events after which a counter that is still 0 means something. */
	private static final long ENOUGH_EVENTS = 1_000;

	/** How a line is set. */
	enum Style {
		TITLE, TEXT, PROBLEM
	}

	record Line(Style style, String text) {
	}

	private final AgentStatus agent;
	private final long aheadNanos;
	private final List<Line> lines = new ArrayList<>();

	private AgentText(AgentStatus agent, long aheadNanos) {
		this.agent = agent;
		this.aheadNanos = aheadNanos;
	}

	/** @param aheadNanos how far the agent's clock was found to be ahead of the others' */
	static List<Line> of(AgentStatus agent, long aheadNanos) {
		AgentText text = new AgentText(agent, aheadNanos);
		text.text(agent.reason());
		text.losses();
		text.degraded();
		text.work();
		text.resources();
		return List.copyOf(text.lines);
	}

	/** The same as plain text. */
	static String plain(List<Line> lines) {
		StringBuilder text = new StringBuilder();
		for (Line line : lines) {
			text.append(line.style == Style.TITLE && !text.isEmpty() ? "\n" : "").append(line.text).append('\n');
		}
		return text.toString().stripTrailing();
	}

	private void losses() {
		if (agent.info() == null) {
			return;
		}
		title(Messages.detailLosses);
		if (agent.lost().isEmpty()) {
			text(Messages.detailLostNothing);
			return;
		}
		agent.lost().forEach((reason, count) -> {
			problem(String.format("%,d %s", count, reason));
			String advice = Advice.of(reason);
			if (!advice.isEmpty()) {
				text(advice);
			}
		});
	}

	private void degraded() {
		AgentHealth health = agent.health();
		if (health == null) {
			return;
		}
		List<String> findings = new ArrayList<>();
		Long written = health.counters().get("options written");
		if (written != null && written == 0 && health.events() > ENOUGH_EVENTS) {
			findings.add(Messages.degradedOptions);
		}
		if (health.counters().getOrDefault("connections older than the agent, refused by the kernel", 0L) > 0) {
			findings.add(Messages.degradedOld);
		}
		if (aheadNanos != 0) {
			findings.add(Messages.bind(Messages.degradedClock, Durations.text(aheadNanos)));
		}
		if (!findings.isEmpty()) {
			title(Messages.detailDegraded);
			findings.forEach(this::problem);
		}
	}

	private void work() {
		AgentHealth health = agent.health();
		if (health == null) {
			return;
		}
		title(Messages.detailWork);
		text(Messages.bind(Messages.detailThroughput, new Object[] {
				String.format(Locale.ROOT, "%,.0f", health.spansPerSecond()), String.format("%,d", agent.spans()),
				agent.services(), String.format("%,d", health.events()) }));
		text(aheadNanos == 0 ? Messages.detailClock : Messages.bind(Messages.detailClockAhead,
				Durations.text(aheadNanos)));
	}

	private void resources() {
		if (agent.info() == null) {
			return;
		}
		AgentHealth health = agent.health();
		title(Messages.detailAgent);
		String since = TIME.format(Instant.ofEpochSecond(0, agent.info().startedUnixNanos()));
		text(Messages.bind(Messages.detailCapture, agent.info().provider(), since));
		if (health != null && health.memoryBytes() > 0) {
			double percent = health.uptimeMillis() == 0 ? 0 : health.cpuNanos() / 10_000.0 / health.uptimeMillis();
			text(Messages.bind(Messages.detailResources, new Object[] { health.memoryBytes() >> 20,
					String.format(Locale.ROOT, "%.1f", percent), health.clients(),
					uptime(Duration.ofMillis(health.uptimeMillis())) }));
		}
		text(Messages.bind(Messages.detailVersion, agent.info().agentVersion(), agent.info().hostName()));
	}

	private static String uptime(Duration up) {
		return up.toHours() > 0 ? up.toHours() + " h " + up.toMinutesPart() + " min"
				: up.toMinutes() > 0 ? up.toMinutes() + " min" : up.toSeconds() + " s";
	}

	private void title(String text) {
		lines.add(new Line(Style.TITLE, text));
	}

	private void text(String text) {
		lines.add(new Line(Style.TEXT, text));
	}

	private void problem(String text) {
		lines.add(new Line(Style.PROBLEM, text));
	}
}
