package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.timeline.TimelineCanvas;
import io.crosstrace.ui.timeline.TimelineView;
import io.crosstrace.ui.traces.TraceCanvas;
import io.crosstrace.ui.traces.TracesView;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans come in by the session, as from an agent; clicks and keys by the display server, as from a person. */
class TracesAndTimelineTest {
	private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";
	private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private final ShopSpans shop = new ShopSpans(System.currentTimeMillis() * 1_000_000);
	private TracesView traces;
	private TimelineView timeline;
	private TraceCanvas list;
	private TimelineCanvas canvas;

	@BeforeEach
	void open() {
		bot.perspective(CrossTracePerspective.ID);
		session.clear();
		timeline = bot.view(ViewIds.TIMELINE, TimelineView.class);
		traces = bot.view(ViewIds.TRACES, TracesView.class);
		list = bot.ui(traces::canvas);
		canvas = bot.ui(timeline::canvas);
		bot.until("an empty list", () -> list.list() != null && list.list().size() == 0);
	}

	@AfterEach
	void clear() {
		session.pause(false);
		session.clear();
		bot.ui(() -> {
			traces.filter().setText("");
			return null;
		});
	}

	@Test
	void tracesArrive_newestFirst_andAClickShowsOne() {
		arrive(60);
		Trace newest = bot.ui(() -> list.list().trace(0));
		assertTrue(newest.startNanos() > bot.ui(() -> list.list().trace(1)).startNanos());
		clickRow(2);
		Trace third = bot.ui(() -> list.list().trace(2));
		bot.until("the third trace in the timeline", () -> canvas.timeline() != null && canvas.timeline().trace() == third);
		bot.until("a picture", () -> canvas.picture() != null && !canvas.picture().lines().isEmpty());
		TimelinePicture.Line root = bot.ui(() -> canvas.picture().lines().get(0));
		assertEquals("gateway", root.serviceName());
		assertEquals(0, root.x());
		pictures("traces-and-timeline");
	}

	@Test
	void keys_walkTheListAndTheTree() {
		arrive(30);
		clickRow(0);
		bot.key(SWT.ARROW_DOWN);
		bot.until("the second trace", () -> list.chosenPosition() == 1);
		Trace second = bot.ui(() -> list.list().trace(1));
		bot.key(SWT.CR);
		bot.until("the timeline in front", () -> canvas.isFocusControl() && canvas.timeline() != null
				&& canvas.timeline().trace() == second && canvas.picture() != null);
		bot.key(SWT.ARROW_DOWN);
		bot.until("the second span", () -> canvas.chosen() == 1);
		assertEquals(second.row(1), session.selection().span().row());
		int rows = bot.ui(() -> canvas.picture().rows().size());
		bot.key(SWT.ARROW_LEFT);
		bot.until("a folded call", () -> canvas.picture().rows().size() < rows);
		bot.key(SWT.ARROW_RIGHT);
		bot.until("an unfolded call", () -> canvas.picture().rows().size() == rows);
		bot.key('+');
		bot.until("a closer look", () -> canvas.picture().toNanos() - canvas.picture().fromNanos()
				< canvas.timeline().durationNanos());
		bot.key('0');
		bot.until("the whole trace", () -> canvas.picture().toNanos() == canvas.timeline().durationNanos());
	}

	@Test
	void filter_leavesWhatHasAllItsWords() {
		arrive(30);
		Text filter = bot.ui(traces::filter);
		bot.click(filter, 40, 8);
		bot.until("the caret in the field", filter::isFocusControl);
		bot.type("checkout");
		bot.until("only checkouts", () -> list.list().size() == 10);
		assertTrue(bot.ui(traces::countText).startsWith("10 of 30"), () -> bot.ui(traces::countText));
		bot.type("zzz");
		bot.until("nothing", () -> list.list().size() == 0 && !list.isVisible());
		bot.screenshot("traces-no-match");
	}

	@Test
	void pausedList_standsStill_andCatchesUp() {
		arrive(10);
		session.pause(true);
		bot.until("the pause", () -> session.snapshot().paused());
		session.add(shop.requests(5), "");
		bot.until("word of what is behind", () -> traces.countText().startsWith("Paused, "));
		assertEquals(10, bot.ui(() -> list.list().size()));
		session.pause(false);
		bot.until("all traces", () -> list.list().size() == 15);
	}

	@Test
	void scrolledList_keepsItsPlaceWhileTracesArrive() {
		arrive(200);
		clickRow(0);
		bot.key(SWT.PAGE_DOWN);
		bot.key(SWT.PAGE_DOWN);
		bot.until("a scrolled list", () -> list.getVerticalBar().getSelection() > 0);
		Trace top = bot.ui(() -> list.list().trace(list.getVerticalBar().getSelection()));
		session.add(shop.requests(20), "");
		bot.until("more traces", () -> list.list().size() == 220);
		assertEquals(top, bot.ui(() -> list.list().trace(list.getVerticalBar().getSelection())));
	}

	@Test
	void clickOnTheTriangle_foldsASpan() {
		arrive(5);
		clickRow(0);
		bot.until("a picture", () -> canvas.picture() != null && canvas.picture().lines().size() > 1);
		int rows = bot.ui(() -> canvas.picture().rows().size());
		Rectangle triangle = bot.ui(() -> canvas.foldBounds(1));
		assertNotNull(triangle);
		bot.click(canvas, triangle.x + triangle.width / 2, triangle.y + triangle.height / 2);
		bot.until("a folded span", () -> canvas.picture().rows().size() < rows);
	}

	private void arrive(int requests) {
		session.add(shop.requests(requests), "");
		bot.until(requests + " traces", () -> list.list().size() == requests && list.isVisible());
	}

	private void clickRow(int position) {
		Rectangle row = bot.ui(() -> list.rowBounds(position));
		bot.click(list, row.x + 150, row.y + row.height / 2);
		bot.until("row " + position + " chosen", () -> list.chosenPosition() == position);
	}

	private void pictures(String name) {
		bot.screenshot(name + "-light");
		IThemeEngine themes = bot.ui(() -> PlatformUI.getWorkbench().getService(IThemeEngine.class));
		bot.ui(() -> {
			themes.setTheme(DARK, false);
			return null;
		});
		bot.screenshot(name + "-dark");
		bot.ui(() -> {
			themes.setTheme(LIGHT, false);
			return null;
		});
	}
}
