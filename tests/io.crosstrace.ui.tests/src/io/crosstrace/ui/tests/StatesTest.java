package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.agents.AgentsView;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.services.ServicesView;
import io.crosstrace.ui.timeline.TimelineView;
import io.crosstrace.ui.traces.TraceCanvas;
import io.crosstrace.ui.traces.TracesView;
import io.crosstrace.wire.otlp.SpanFiles;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What views show while something is missing, and while a file is still being read. */
class StatesTest {
	@TempDir
	Path folder;
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private TracesView traces;
	private TraceCanvas list;

	@BeforeEach
	void open() {
		bot.perspective(CrossTracePerspective.ID);
		session.clear();
		traces = bot.view(ViewIds.TRACES, TracesView.class);
		list = bot.ui(traces::canvas);
		bot.until("an empty list", () -> list.list() != null && list.list().size() == 0);
	}

	@AfterEach
	void clear() {
		session.clear();
	}

	@Test
	void whatAnAgentLost_isSaidInEveryView_andIsGoneWithTheAgent() throws Exception {
		SpanTable minute = ShopMinute.minute(new Dictionary(1_000), 300, System.currentTimeMillis() * 1_000_000);
		try (FedAgent agent = new FedAgent("ada-laptop")) {
			session.connect(agent.address());
			agent.tell(minute);
			bot.until("the traces", () -> list.list().size() == 300);
			agent.lose(1_234);
			TimelineView timeline = bot.view(ViewIds.TIMELINE, TimelineView.class);
			bot.ui(() -> {
				session.selection().choose(session.snapshot(), session.snapshot().traces().newest(3), 0);
				return null;
			});
			ServicesView services = bot.view(ViewIds.SERVICES, ServicesView.class);
			for (Control inside : new Control[] { list, bot.ui(timeline::canvas), bot.ui(services::canvas) }) {
				bot.until("what is missing, around " + bot.ui(inside::toString), () -> inside.isVisible()
						&& lossLine(inside).sentence().startsWith("Parts may be missing: 1,234 "));
			}
			AgentsView agents = bot.view(ViewIds.AGENTS, AgentsView.class);
			bot.until("the agent's row in sight", () -> agents.table().getTable().getItem(0).getBounds(0).y >= 0
					&& agents.table().getTable().getTopIndex() == 0
					&& Arrays.stream(agents.table().getTable().getColumns()).allMatch(column -> column.getWidth() > 20)
					&& agents.detailText().contains("1,234 spans"));
			Looks.both(bot, "lossy");
			LatencyView latency = bot.view(ViewIds.LATENCY, LatencyView.class);
			bot.until("what is missing in Latency", () -> latency.charts().isVisible()
					&& lossLine(latency.charts()).sentence().startsWith("Parts may be missing: 1,234 "));
			session.remove(agent.address());
			bot.until("nothing missing", () -> lossLine(list).sentence().isEmpty());
		}
	}

	@Test
	void fileBeingRead_showsWhatThereIsSoFar() throws Exception {
		Path pipe = folder.resolve("growing.otlp");
		assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
		session.open(pipe);
		SpanTable spans = new ShopSpans(1_700_000_000_000_000_000L).requests(900);
		try (OutputStream out = Files.newOutputStream(pipe)) {
			SpanFiles.append(out, spans, 0, spans.size(), Map.of());
			bot.until("some traces, and how far it is", () -> list.isVisible() && list.list().size() > 100
					&& traces.recordingText().matches("growing.otlp: [\\d,]+ spans so far, \\d+ %"));
			Looks.both(bot, "traces-loading");
		}
		bot.until("all of them", () -> list.list().size() == 900 && traces.recordingText().startsWith("growing.otlp: ")
				&& !traces.recordingText().contains("so far"));
	}

	private static LossLine lossLine(Control inside) {
		for (Composite parent = inside.getParent(); parent != null; parent = parent.getParent()) {
			if (parent instanceof LossLine line) {
				return line;
			}
		}
		throw new AssertionError("no line for losses around " + inside);
	}
}
