package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.traces.ArrivalsCanvas;
import io.crosstrace.ui.traces.TraceCanvas;
import io.crosstrace.ui.traces.TracesView;
import io.crosstrace.wire.otlp.SpanFiles;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files opened where Eclipse opens files, and the list narrowed down by words, by time and by muting. */
class RecordingsAndFiltersTest {
	@TempDir
	Path folder;
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private final ShopSpans shop = new ShopSpans(System.currentTimeMillis() * 1_000_000);
	private TracesView view;
	private TraceCanvas list;

	@BeforeEach
	void open() {
		view = bot.emptyTraces();
		list = bot.ui(view::canvas);
	}

	@AfterEach
	void clear() {
		session.clear();
		session.filter().set(Filter.NONE);
		bot.until("no filter", () -> view.filter().getText().isEmpty());
	}

	@Test
	void recording_opensAsAnEditorWouldAndGoesBackToLive() throws Exception {
		Path file = folder.resolve("last week.otlp");
		SpanFiles.write(file, Format.RECORDING, shop.requests(300), Map.of());
		session.add(shop.requests(7), "");
		bot.until("live traces", () -> list.list().size() == 7);
		bot.ui(() -> IDE.openEditor(bot.window().getActivePage(), file.toUri(), "io.crosstrace.ui.recording", true));
		bot.until("the recording", () -> list.list().size() == 300 && view.recordingText().startsWith("last week.otlp: "));
		assertEquals("io.crosstrace.ui.recording", bot.ui(() -> bot.window().getWorkbench().getEditorRegistry()
				.getDefaultEditor("any.otlp").getId()));
		Looks.both(bot, "traces-recording");
		session.closeRecording();
		bot.until("live again", () -> list.list().size() == 7 && view.recordingText().isEmpty());
	}

	@Test
	void tornRecording_showsWhatThereIsAndSaysWhatIsMissing() throws Exception {
		Path whole = folder.resolve("whole.json");
		SpanFiles.write(whole, Format.ZIPKIN_JSON, shop.requests(200), Map.of());
		byte[] bytes = Files.readAllBytes(whole);
		Path torn = Files.write(folder.resolve("torn.json"), Arrays.copyOf(bytes, bytes.length / 2));
		session.open(torn);
		bot.until("what could be read, and why not all", () -> list.list().size() > 50
				&& view.recordingText().contains("The file was cut off in line "));
		bot.screenshot("traces-torn");
	}

	@Test
	void fileOfSomethingElse_isAnEmptyListThatSaysSo() throws Exception {
		session.open(Files.writeString(folder.resolve("notes.txt"), "Dear diary, this is no recording."));
		EmptyState empty = bot.find(bot.ui(() -> list.getParent().getParent().getParent().getParent()), EmptyState.class);
		bot.until("a sentence", () -> empty.isVisible()
				&& empty.sentence().startsWith("notes.txt could not be opened. This is not a recording of spans"));
		Looks.both(bot, "traces-failed");
		session.open(folder.resolve("nowhere.otlp"));
		bot.until("another sentence", () -> empty.sentence().equals("nowhere.otlp could not be opened. The file is not there any more."));
		session.open(folder);
		bot.until("a folder", () -> empty.sentence().endsWith("could not be opened. This is a folder. Open a file of it."));
		Composite links = (Composite) bot.ui(() -> empty.getChildren()[2]);
		Link back = (Link) bot.ui(() -> links.getChildren()[3]);
		assertEquals("<a>Back to Live</a>", bot.ui(back::getText));
		bot.click(back, 20, bot.ui(() -> back.getSize().y) / 2);
		bot.until("what to do for traces", () -> empty.sentence().startsWith("No trace has been seen yet."));
	}

	@Test
	void condition_narrowsTheList_andAMistakeIsToldWhileTheLastGoodOneStays() {
		arrive(90);
		bot.ui(() -> {
			view.filter().setText("name = \"POST /checkout\" && duration > 1ms");
			return null;
		});
		bot.until("checkouts only", () -> list.list().size() == 30);
		bot.ui(() -> {
			view.filter().setText("name = \"POST /checkout\" && duration > 1");
			return null;
		});
		bot.until("what is wrong", () -> view.filterProblem().contains("needs a time with its unit"));
		assertEquals(30, bot.ui(() -> list.list().size()));
		Looks.both(bot, "traces-filter-mistake");
	}

	@Test
	void ctrlSpace_proposesHowToGoOn() {
		arrive(9);
		Text filter = bot.ui(view::filter);
		bot.click(filter, 40, 8);
		bot.until("the caret in the field", filter::isFocusControl);
		bot.type("serv");
		bot.until("the letters", () -> filter.getText().equals("serv"));
		bot.press("ctrl+space");
		bot.until("proposals", () -> Arrays.stream(filter.getDisplay().getShells()).anyMatch(shell -> shell.isVisible()
				&& shell.getText().isEmpty() && shell.getParent() == filter.getShell()));
		bot.screenshot("traces-proposals");
		bot.press("Return");
		bot.until("a field", () -> filter.getText().endsWith(" ") && filter.getText().contains("service"));
	}

	@Test
	void brush_choosesATimeByMouseAndByKey() {
		arrive(200);
		ArrivalsCanvas arrivals = bot.ui(view::arrivals);
		int width = bot.ui(() -> arrivals.getSize().x);
		bot.until("bars", () -> arrivals.arrivals() != null && !arrivals.arrivals().isEmpty());
		bot.drag(arrivals, width / 4, 15, width / 2, 15);
		bot.until("a quarter of the traces", () -> list.list().size() > 30 && list.list().size() < 70);
		assertTrue(bot.ui(view::countText).contains(" of 200"));
		Looks.both(bot, "traces-brush");
		bot.press("Escape");
		bot.until("all traces", () -> list.list().size() == 200);
		bot.key(SWT.HOME);
		bot.until("the first slice", () -> list.list().size() < 20 && list.list().size() > 0);
		bot.press("Escape");
		bot.until("all traces again", () -> list.list().size() == 200);
	}

	@Test
	void healthChecks_areMutedUntilAsked() {
		SpanTable spans = shop.requests(20);
		SpanTable probes = shop.requests(6);
		for (int row = 0; row < probes.size(); row++) {
			if (probes.parentId.get(row) == 0) {
				probes.operation.set(row, probes.names.id("GET /actuator/health"));
			}
		}
		session.add(spans, "");
		session.add(probes, "");
		bot.until("the requests", () -> list.list().size() == 20 && view.muteLink().getText().contains("6 muted"));
		bot.screenshot("traces-muted");
		bot.click(view.muteLink(), 10, 8);
		bot.until("all of them", () -> list.list().size() == 26 && view.muteLink().getText().contains("mute noise"));
		bot.click(view.muteLink(), 10, 8);
		bot.until("muted again", () -> list.list().size() == 20);
	}

	@Test
	void chosenRow_keepsItsPlaceWhileTracesArrive() {
		arrive(100);
		Rectangle row = bot.ui(() -> list.rowBounds(3));
		bot.click(list, row.x + 150, row.y + row.height / 2);
		bot.until("a chosen row", () -> list.chosenPosition() == 3);
		session.add(shop.requests(15), "");
		bot.until("more traces", () -> list.list().size() == 115);
		assertEquals(row.y, bot.ui(() -> list.rowBounds(list.chosenPosition()).y));
		bot.key(SWT.HOME);
		session.add(shop.requests(5), "");
		bot.until("the newest at the top", () -> list.list().size() == 120
				&& list.getVerticalBar().getSelection() == 0);
	}

	private void arrive(int requests) {
		session.add(shop.requests(requests), "");
		bot.until(requests + " traces", () -> list.list().size() == requests && list.isVisible());
	}
}
