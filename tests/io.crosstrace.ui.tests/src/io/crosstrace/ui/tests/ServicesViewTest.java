package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.services.ServiceCanvas;
import io.crosstrace.ui.services.ServicesView;
import java.util.Arrays;
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
		bot.until("the shop's services", () -> canvas.isVisible() && canvas.bounds("stock") != null
				&& canvas.bounds("orders") != null);
		bot.moveTo(canvas, 2, 2);
		bot.ui(() -> {
			canvas.fit();
			return canvas.forceFocus();
		});
	}

	@AfterEach
	void forget() {
		bot.ui(() -> {
			action().setChecked(false);
			action().run();
			return null;
		});
		bot.ui(() -> {
			view.collapseAll();
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
	void messages_areADashedLineWithTheirOwnNumbers() {
		SpanTable messages = new SpanTable(session.names());
		for (int i = 0; i < 40; i++) {
			int row = messages.add();
			messages.spanId.set(row, 9_000_001L + i);
			messages.kind.set(row, i % 2 == 0 ? SpanTable.PRODUCER : SpanTable.CONSUMER);
			messages.service.set(row, messages.names.id(i % 2 == 0 ? "orders" : "billing"));
			messages.operation.set(row, messages.names.id(i % 2 == 0 ? "send orders" : "process orders"));
			messages.peer.set(row, messages.names.id(i % 2 == 0 ? "10.0.0.7:9092" : "10.0.0.7"));
			messages.startNanos.set(row, System.currentTimeMillis() * 1_000_000 + i * 12_000_000L);
			messages.endNanos.set(row, messages.startNanos.get(row) + 3_000_000);
			messages.addLink(SpanTable.link(2 * (i / 2), i % 2 == 0));
		}
		session.add(messages, "");
		bot.until("the consumer", () -> canvas.bounds("billing") != null);
		Looks.both(bot, "services-messages");
		bot.ui(() -> {
			action().setChecked(true);
			action().run();
			return null;
		});
		Table table = bot.find(bot.ui(() -> canvas.getParent()), Table.class);
		bot.until("the messages in a row", () -> table.isVisible() && Arrays.stream(table.getItems())
				.anyMatch(item -> item.getText(0).equals("orders → billing (messages)") && item.getText(5).equals("20")));
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

	@Test
	void expandedService_isShownByItsOperationsAndPutTogetherAgain() {
		Rectangle orders = bot.ui(() -> canvas.bounds("orders"));
		bot.click(canvas, orders.x + 20, orders.y + 20);
		bot.key('e');
		bot.until("its operations", () -> canvas.bounds("orders") == null
				&& canvas.bounds("orders POST /orders/{id}") != null);
		bot.until("the operation to be chosen", () -> canvas.chosen().equals("orders POST /orders/{id}"));
		bot.moveTo(canvas, 2, 2);
		Looks.both(bot, "services-expanded");
		bot.ui(canvas::forceFocus);
		bot.key('e');
		bot.until("the whole service", () -> canvas.bounds("orders") != null);
	}

	@Test
	void wheelAndKeys_zoomAndShowAllAgain() {
		float before = bot.ui(canvas::scale);
		Rectangle orders = bot.ui(() -> canvas.bounds("orders"));
		bot.modifiedWheel(canvas, orders.x + 5, orders.y + 5, 2, "ctrl");
		bot.until("closer", () -> canvas.scale() > before);
		bot.ui(canvas::forceFocus);
		bot.key('0');
		bot.until("all", () -> canvas.scale() == before);
	}

	@Test
	void searchedService_isChosen() {
		bot.ui(canvas::forceFocus);
		bot.key('/');
		bot.until("the field", () -> view.searchField().isFocusControl());
		bot.type("pric");
		bot.until("pricing", () -> canvas.chosen().equals("pricing"));
		bot.key(SWT.ESC);
		bot.until("the picture", () -> canvas.isFocusControl());
	}

	@Test
	void fiveHundredServices_canBeSeenAndFound() {
		session.clear();
		bot.until("nothing", () -> session.snapshot().traces().size() == 0);
		session.add(ManyServices.of(session.names(), 500, System.currentTimeMillis() * 1_000_000), "");
		bot.until("all of them", () -> canvas.picture().graph().nodes().size() == 500);
		bot.moveTo(canvas, 2, 2);
		Looks.both(bot, "services-500");
		bot.ui(canvas::forceFocus);
		bot.key('/');
		bot.until("the field", () -> view.searchField().isFocusControl());
		bot.type("321");
		bot.until("one of them, readable", () -> canvas.chosen().equals("service-321") && canvas.scale() >= 0.7);
		bot.screenshot("services-500-found");
		bot.key(SWT.ESC);
		bot.until("the picture", () -> canvas.isFocusControl());
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
