package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.services.ServiceCanvas;
import io.crosstrace.ui.services.ServicesView;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who calls whom, looked at with mouse and keyboard. */
class ServicesViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private ServicesView view;
	private ServiceCanvas canvas;

	@BeforeEach
	void showShop() {
		session.clear();
		bot.perspective(CrossTracePerspective.ID);
		view = bot.view(ViewIds.SERVICES, ServicesView.class);
		bot.until("nothing", () -> session.snapshot().traces().size() == 0 && view.canvas().bounds("stock") == null);
		session.add(ShopMinute.minute(session.names(), 600, System.currentTimeMillis() * 1_000_000), "");
		canvas = view.canvas();
		bot.until("the shop's services", () -> canvas.isVisible() && canvas.bounds("stock") != null);
	}

	@AfterEach
	void forget() {
		bot.ui(() -> {
			action().setChecked(false);
			action().run();
			return null;
		});
		session.clear();
	}

	@Test
	void picture_flowsFromCallerToCallee() {
		boolean right = bot.ui(() -> canvas.bounds("orders").x > canvas.bounds("gateway").x
				&& canvas.bounds("stock").x > canvas.bounds("orders").x);
		boolean down = bot.ui(() -> canvas.bounds("orders").y > canvas.bounds("gateway").y
				&& canvas.bounds("stock").y > canvas.bounds("orders").y);
		assertTrue(right || down, "callers come before what they call");
		assertNotNull(bot.ui(() -> canvas.bounds("10.0.0.9:5432")), "the database nobody watches is there");
		Looks.both(bot, "services");
	}

	@Test
	void pointer_showsNumbersAndChoosesWithAClick() {
		Rectangle orders = bot.ui(() -> canvas.bounds("orders"));
		bot.moveTo(canvas, orders.x + orders.width / 2, orders.y + orders.height / 2);
		bot.until("the numbers of orders", () -> canvas.getToolTipText() != null
				&& canvas.getToolTipText().startsWith("orders\n600 calls"));
		bot.click(canvas, orders.x + orders.width / 2, orders.y + orders.height / 2);
		bot.until("orders to be chosen", () -> canvas.chosen().equals("orders"));
	}

	@Test
	void arrowKeys_goToTheNextServiceAndEnterShowsItsLatencies() {
		Rectangle gateway = bot.ui(() -> canvas.bounds("gateway"));
		bot.click(canvas, gateway.x + 20, gateway.y + 20);
		bot.until("gateway to be chosen", () -> canvas.chosen().equals("gateway"));
		boolean down = bot.ui(() -> canvas.bounds("orders").y > gateway.y + gateway.height);
		bot.key(down ? SWT.ARROW_DOWN : SWT.ARROW_RIGHT);
		bot.until("another service to be chosen", () -> !canvas.chosen().equals("gateway"));
		String chosen = bot.ui(canvas::chosen);
		bot.key(SWT.CR);
		bot.until("the Latency view with " + chosen, () -> {
			IViewPart latency = bot.window().getActivePage().findView(ViewIds.LATENCY);
			return latency instanceof LatencyView shown && new Operation(chosen, "").equals(shown.chosen());
		});
	}

	@Test
	void table_hasTheSameNumbersSortedByAnyColumn() {
		bot.ui(() -> {
			action().setChecked(true);
			action().run();
			return null;
		});
		Table table = bot.find(bot.ui(() -> canvas.getParent()), Table.class);
		bot.until("nine rows", () -> table.isVisible() && table.getItemCount() == 9);
		Looks.both(bot, "services-table");
		assertEquals("10.0.0.9:5432", bot.ui(() -> table.getItem(0).getText(0)));
		bot.ui(() -> {
			table.getColumn(1).notifyListeners(SWT.Selection, new Event());
			return null;
		});
		assertTrue(bot.ui(() -> table.getItem(0).getText(0)).contains("stock"), "the busiest first");
	}

	private IAction action() {
		for (IContributionItem item : view.getViewSite().getActionBars().getToolBarManager().getItems()) {
			if (item instanceof ActionContributionItem contribution) {
				return contribution.getAction();
			}
		}
		throw new AssertionError("no action in the tool bar");
	}
}
