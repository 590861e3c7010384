package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.charts.ChartCanvas;
import io.crosstrace.ui.latency.ChangesPane;
import io.crosstrace.ui.latency.HeatCanvas;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.traces.TracesView;
import java.util.Arrays;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ToolItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Latencies of one operation, chosen by hand. */
class LatencyViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private LatencyView view;

	@BeforeEach
	void showShop() {
		session.clear();
		bot.perspective(CrossTracePerspective.ID);
		view = bot.view(ViewIds.LATENCY, LatencyView.class);
		bot.until("nothing", () -> session.snapshot().traces().size() == 0 && !charts().isVisible());
		session.add(ShopMinute.minute(session.names(), 600, System.currentTimeMillis() * 1_000_000), "");
		bot.ui(() -> {
			view.choose(new Operation("orders", ""));
			return null;
		});
		bot.until("the charts", () -> charts().isVisible() && ((ChartCanvas) charts().getChildren()[0]).isDrawn());
	}

	@AfterEach
	void forget() {
		session.clear();
	}

	@Test
	void operation_isChosenFromTheListByKey() {
		Combo combo = combo();
		bot.until("orders to be listed", () -> combo.getText().equals("orders (all operations)"));
		bot.ui(combo::setFocus);
		assertEquals("orders  POST /orders/{id}", bot.ui(() -> combo.getItem(combo.getSelectionIndex() + 1)));
		bot.key(SWT.ARROW_DOWN);
		bot.until("the operation to be shown", () -> new Operation("orders", "POST /orders/{id}").equals(view.chosen()));
		bot.until("its numbers", () -> summary().startsWith("600 requests, 15 failed"));
		Looks.both(bot, "latency");
	}

	@Test
	void pointer_tellsTheNumbersOfABar() {
		Control histogram = bot.ui(() -> charts().getChildren()[0]);
		bot.until("numbers", () -> summary().contains(" requests"));
		boolean told = false;
		// The pointer is there before its event has been served: a person would move on and come back, too.
		for (int step = 0; step < 80 && !told; step++) {
			Point size = bot.ui(histogram::getSize); // it may still change while the view finds its layout
			bot.moveTo(histogram, size.x / 4 + step % 15 * (size.x / 20), size.y * 2 / 3);
			for (int look = 0; look < 5 && !told; look++) {
				Bot.pause();
				told = bot.ui(() -> {
					String tip = histogram.getToolTipText();
					return tip != null && tip.matches("(?s)\\d+ requests took .* to .*of them failed");
				});
			}
		}
		assertTrue(told, "no bar told its numbers");
	}

	@Test
	void operationWithoutRequests_saysSo() {
		bot.ui(() -> {
			view.choose(new Operation("nobody", ""));
			return null;
		});
		bot.until("a sentence", () -> summary().startsWith("No requests to nobody"));
	}

	@Test
	void blockOfCells_listsItsTraces() {
		HeatCanvas heat = bot.ui(view::heat);
		bot.until("cells", () -> heat.isVisible() && heat.map() != null && heat.map().most() > 0);
		Rectangle first = bot.ui(() -> heat.cell(0, 0));
		Rectangle middle = bot.ui(() -> heat.cell(heat.map().columns() / 2, heat.map().rows() - 1));
		bot.drag(heat, first.x + 1, first.y + 1, middle.x + 1, middle.y + 1);
		bot.until("a filter", () -> session.filter().filter().query().startsWith("service = orders && kind != client && start >= "));
		TracesView traces = bot.view(ViewIds.TRACES, TracesView.class);
		bot.until("about half of the traces", () -> traces.canvas().list().size() > 200 && traces.canvas().list().size() < 400);
		Looks.both(bot, "latency-heat");
		bot.view(ViewIds.LATENCY, LatencyView.class);
		bot.until("the keyboard on the cells", () -> heat.forceFocus() && heat.isFocusControl());
		bot.press("Escape");
		bot.until("all traces", () -> traces.canvas().list().size() == 600 && session.filter().filter().query().isEmpty());
	}

	@Test
	void slowBlock_isComparedWithTheRest_andAStepLeadsToItsTraces() {
		HeatCanvas heat = bot.ui(view::heat);
		bot.until("cells", () -> heat.isVisible() && heat.map() != null && heat.map().most() > 0);
		int rows = bot.ui(() -> heat.map().rows());
		Rectangle first = bot.ui(() -> heat.cell(0, rows * 2 / 3));
		Rectangle last = bot.ui(() -> heat.cell(heat.map().columns() - 1, rows - 1));
		bot.drag(heat, first.x + 1, first.y + 1, last.x + 1, last.y + 1);
		ChangesPane changes = bot.ui(view::changes);
		bot.until("what is different", () -> changes.isVisible() && changes.sentence().startsWith("Chosen: "));
		assertTrue(bot.ui(changes::sentence).contains("on average, mostly: stock  POST /stock/reservations/{id} +"), bot.ui(changes::sentence));
		assertEquals("stock  POST /stock/reservations/{id}", bot.ui(() -> changes.table().getItem(0).getText(0)));
		Looks.both(bot, "latency-changes");
		bot.ui(() -> changes.table().forceFocus());
		bot.key(SWT.HOME);
		bot.key(SWT.CR);
		bot.until("its traces", () -> session.filter().filter().query().endsWith(
				"} && { service = stock && name = \"POST /stock/reservations/{id}\" }"));
		bot.view(ViewIds.LATENCY, LatencyView.class);
		bot.until("the keyboard on the cells", () -> heat.forceFocus() && heat.isFocusControl());
		bot.press("Escape");
		bot.until("no comparison", () -> !changes.isVisible());
	}

	@Test
	void time_isComparedWithTheTimeBefore_andAnOperationWithAnother() {
		Combo against = bot.ui(view::against);
		ChangesPane changes = bot.ui(view::changes);
		bot.until("operations to compare with", () -> against.getItemCount() > 4);
		bot.ui(against::setFocus);
		bot.key(SWT.ARROW_DOWN);
		bot.until("before and after", () -> changes.isVisible() && changes.sentence().matches(
				"After: (29|30)\\d requests.* Before: (29|30)\\d requests.* on average, mostly: .*"));
		bot.key(SWT.ARROW_DOWN);
		bot.until("another operation", () -> changes.sentence().startsWith("orders (all operations): 600 requests")
				&& changes.sentence().contains("gateway (all operations): 600 requests"));
		bot.screenshot("latency-operations");
		bot.key(SWT.HOME);
		bot.until("no comparison", () -> !changes.isVisible());
	}

	@Test
	void pictures_areHiddenAndShownAgain() {
		HeatCanvas heat = bot.ui(view::heat);
		bot.until("cells", heat::isVisible);
		IAction show = bot.ui(() -> ((ActionContributionItem) view.getViewSite().getActionBars().getToolBarManager().getItems()[2])
				.getAction());
		ToolItem button = (ToolItem) bot.ui(() -> ((ActionContributionItem) view.getViewSite().getActionBars()
				.getToolBarManager().getItems()[2]).getWidget());
		Rectangle place = bot.ui(button::getBounds);
		bot.click(bot.ui(button::getParent), place.x + place.width / 2, place.y + place.height / 2);
		bot.until("no cells", () -> !heat.isVisible() && !show.isChecked());
		bot.click(bot.ui(button::getParent), place.x + place.width / 2, place.y + place.height / 2);
		bot.until("cells again", heat::isVisible);
	}

	private Combo combo() {
		return bot.find(bot.ui(() -> charts().getParent()), Combo.class);
	}

	private String summary() {
		Label label = (Label) Arrays.stream(charts().getParent().getChildren()).filter(Label.class::isInstance)
				.findFirst().orElseThrow();
		return label.getText();
	}

	/** The two canvases' parent. */
	private Composite charts() {
		return view.charts();
	}
}
