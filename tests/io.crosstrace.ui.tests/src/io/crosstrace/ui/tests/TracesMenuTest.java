package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.compare.CompareView;
import io.crosstrace.ui.timeline.FlameCanvas;
import io.crosstrace.ui.timeline.TimelineView;
import io.crosstrace.ui.traces.TraceCanvas;
import io.crosstrace.ui.traces.TracesView;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IWorkbenchPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several traces chosen together, and what their context menu does with them. */
class TracesMenuTest {
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
		bot.ui(() -> {
			bot.window().getActivePage().showView(ViewIds.TIMELINE, null, IWorkbenchPage.VIEW_VISIBLE);
			((TimelineView) bot.window().getActivePage().findView(ViewIds.TIMELINE)).showWaterfall();
			return null;
		});
		session.clear();
		session.filter().set(Filter.NONE);
		bot.until("no filter", () -> view.filter().getText().isEmpty());
	}

	@Test
	void tracesChosenTogether_areOneFlameGraph() {
		arrive(30);
		click(2, null);
		click(5, "ctrl");
		bot.until("two", () -> list.chosenCount() == 2);
		click(8, "shift");
		bot.until("from the last one on", () -> list.chosenCount() == 4 && view.countText().startsWith("4 chosen"));
		bot.shiftKey(SWT.ARROW_DOWN);
		bot.until("one more by key", () -> list.chosenCount() == 5);
		Rectangle row = bot.ui(() -> list.rowBounds(6));
		bot.contextMenu(list, row.x + 150, row.y + 5, "Flame Graph of 5");
		FlameCanvas flame = bot.ui(bot.view(ViewIds.TIMELINE, TimelineView.class)::flameCanvas);
		bot.until("five traces in one graph", () -> flame.isVisible() && flame.graph() != null && flame.graph().traces() == 5);
		Looks.both(bot, "traces-chosen-together");
		click(1, null);
		bot.until("one again", () -> flame.graph().traces() == 1);
		bot.press("ctrl+a");
		bot.until("all", () -> list.chosenCount() == 30 && flame.graph().traces() == 30);
	}

	@Test
	void twoTraces_areComparedEarlierWithLater() {
		arrive(10);
		Trace later = bot.ui(() -> list.list().trace(1));
		Trace earlier = bot.ui(() -> list.list().trace(4));
		click(1, null);
		click(4, "ctrl");
		Rectangle row = bot.ui(() -> list.rowBounds(4));
		bot.contextMenu(list, row.x + 150, row.y + 5, "Compare the Two");
		CompareView compare = bot.view(ViewIds.COMPARE, CompareView.class);
		bot.until("both", () -> compare.canvas().diff() != null && compare.canvas().diff().a().trace() == earlier
				&& compare.canvas().diff().b().trace() == later);
		bot.ui(() -> {
			compare.keep(null);
			return null;
		});
	}

	@Test
	void request_isShownAlone_orLeftOut() {
		arrive(30);
		click(0, null);
		String name = bot.ui(() -> list.list().traces().spans().names.text(
				list.list().traces().spans().operation.get(list.list().trace(0).rootRow())));
		int like = name.startsWith("POST") ? 10 : 20;
		Rectangle row = bot.ui(() -> list.rowBounds(0));
		bot.contextMenu(list, row.x + 150, row.y + 5, "Leave Out");
		bot.until("the others", () -> list.list().size() == 30 - like);
		assertTrue(bot.ui(() -> view.filter().getText()).startsWith("!(root.service = gateway"));
		session.filter().set(Filter.NONE);
		bot.until("all", () -> list.list().size() == 30);
		bot.ui(() -> list.setFocus());
		bot.key(SWT.HOME);
		bot.until("the first one again", () -> list.chosenPosition() == 0);
		bot.contextMenu(list, row.x + 150, row.y + 5, "Show Only \"gateway");
		bot.until("only these", () -> list.list().size() == like);
	}

	@Test
	void ctrlC_copiesTheIdsOfWhatIsChosen() {
		arrive(10);
		click(0, null);
		bot.shiftKey(SWT.ARROW_DOWN);
		bot.until("two", () -> list.chosenCount() == 2);
		bot.press("ctrl+c");
		bot.until("two ids", () -> {
			Clipboard clipboard = new Clipboard(list.getDisplay());
			Object text = clipboard.getContents(TextTransfer.getInstance());
			clipboard.dispose();
			return text instanceof String ids && ids.matches("[0-9a-f]{32}\n[0-9a-f]{32}");
		});
	}

	@Test
	void emptyList_offersExampleTraces() {
		EmptyState empty = bot.find(bot.ui(() -> list.getParent().getParent().getParent().getParent()), EmptyState.class);
		bot.until("the sentence", empty::isVisible);
		bot.screenshot("traces-empty");
		Composite links = (Composite) bot.ui(() -> empty.getChildren()[2]);
		Link example = (Link) bot.ui(() -> links.getChildren()[2]);
		assertEquals("<a>Look at Example Traces</a>", bot.ui(example::getText));
		bot.click(example, 20, bot.ui(() -> example.getSize().y) / 2);
		bot.until("the shop", () -> list.isVisible() && list.list().size() == 48);
		click(0, null);
		bot.until("a trace with confidences", () -> session.selection().chosen() != null);
		Looks.both(bot, "example");
	}

	private void arrive(int requests) {
		session.add(shop.requests(requests), "");
		bot.until(requests + " traces", () -> list.list().size() == requests && list.isVisible());
	}

	private void click(int position, String key) {
		Rectangle row = bot.ui(() -> list.rowBounds(position));
		if (key == null) {
			bot.click(list, row.x + 150, row.y + row.height / 2);
		} else {
			bot.modifiedClick(list, row.x + 150, row.y + row.height / 2, key);
		}
		bot.until("row " + position + " chosen", () -> list.chosenPosition() == position);
	}
}
