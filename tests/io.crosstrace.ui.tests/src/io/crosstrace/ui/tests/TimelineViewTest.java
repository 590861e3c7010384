package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.timeline.FlameCanvas;
import io.crosstrace.ui.timeline.TimelineCanvas;
import io.crosstrace.ui.timeline.TimelineView;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.ImageTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trace with a loop of forty calls, read by mouse and by keyboard. */
class TimelineViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private TimelineView view;
	private TimelineCanvas canvas;

	@BeforeEach
	void showTrace() {
		bot.perspective(CrossTracePerspective.ID);
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		view = bot.view(ViewIds.TIMELINE, TimelineView.class);
		canvas = bot.ui(view::canvas);
		long now = System.currentTimeMillis() * 1_000_000;
		for (int i = 0; i < 3; i++) {
			session.add(LoopTrace.trace(session.names(), now + i * 1_000_000_000L, i), "");
		}
		bot.until("three traces", () -> session.snapshot().traces().size() == 3);
		Snapshot snapshot = session.snapshot();
		Trace newest = snapshot.traces().newest(0);
		session.selection().choose(snapshot, newest, 0);
		bot.until("the trace", () -> canvas.timeline() != null && canvas.timeline().trace() == newest
				&& canvas.picture() != null && canvas.isVisible());
		bot.ui(canvas::forceFocus);
	}

	@AfterEach
	void forget() {
		if (bot.ui(() -> view.flameCanvas().isVisible() && view.flameCanvas().graph().traces() == 1)) {
			action("Flame Graph");
		} else if (bot.ui(() -> view.flameCanvas().isVisible())) {
			action("Flame Graph of All Traces Like It");
		}
		bot.ui(() -> {
			canvas.focus(Focus.ALL);
			return null;
		});
		session.clear();
	}

	@Test
	void repeatedSteps_areOneRowThatOpensAndFolds() {
		assertEquals(7, bot.ui(() -> canvas.rows().size()));
		bot.key(SWT.END);
		bot.key(SWT.HOME);
		for (int i = 0; i < 3; i++) {
			bot.key(SWT.ARROW_DOWN);
		}
		bot.until("the group", () -> canvas.rows().folded(canvas.chosen()));
		bot.until("its numbers", () -> canvas.footer().contains("40 times"));
		Looks.both(bot, "timeline-group");
		bot.key(SWT.ARROW_RIGHT);
		bot.until("forty calls", () -> canvas.rows().size() == 7 + 39 + 40);
		bot.key('g');
		bot.until("one row again", () -> canvas.rows().size() == 7);
		Rectangle triangle = bot.ui(() -> canvas.foldBounds(3));
		assertNotNull(triangle);
		bot.click(canvas, triangle.x + triangle.width / 2, triangle.y + triangle.height / 2);
		bot.until("forty calls by a click", () -> canvas.rows().size() == 7 + 39 + 40);
	}

	@Test
	void find_goesFromSpanToSpanAndLeavesOutTheRest() {
		bot.key('/');
		bot.until("the line", () -> view.findBar().text().isFocusControl());
		bot.type("price");
		bot.until("both ends of the call", () -> canvas.found().cardinality() == 2);
		bot.until("the first of them", () -> canvas.found().get(canvas.chosen()));
		int first = bot.ui(canvas::chosen);
		bot.key(SWT.CR);
		bot.until("the second", () -> canvas.chosen() == first + 1);
		Looks.both(bot, "timeline-find");
		bot.key(SWT.ESC);
		bot.until("the waterfall", () -> canvas.isFocusControl() && canvas.found().isEmpty()
				&& !view.findBar().isVisible());
	}

	@Test
	void criticalPath_aloneIsShown() {
		bot.key('c');
		bot.until("less", () -> canvas.focus() == Focus.CRITICAL_PATH && canvas.rows().filtered());
		bot.key('c');
		bot.until("all", () -> canvas.focus() == Focus.ALL && !canvas.rows().filtered());
	}

	@Test
	void gapUnderThePointer_isExplained() {
		bot.ui(() -> {
			canvas.forceFocus();
			return null;
		});
		bot.key(SWT.HOME);
		int row = bot.ui(() -> canvas.rows().size() - 3); // the call whose way there was long
		Rectangle bar = bot.ui(() -> canvas.barBounds(row));
		bot.click(canvas, bar.x + bar.width / 4, bar.y + bar.height / 2);
		bot.moveTo(canvas, bar.x + bar.width / 4 + 1, bar.y + bar.height / 2);
		bot.until("what the gap is: " + bot.ui(canvas::footer),
				() -> canvas.footer().startsWith("90.0 ms on the way there"));
		bot.screenshot("timeline-gap");
	}

	@Test
	void twoMoments_areMeasuredByKeysAndByMouse() {
		bot.key(SWT.HOME);
		bot.key('m');
		bot.until("the first point", () -> canvas.measured().points() == 1);
		bot.key(SWT.ARROW_DOWN);
		bot.until("the call", () -> canvas.chosen() == 1);
		bot.key('m');
		bot.until("4 ms", () -> canvas.measured().points() == 2 && canvas.measured().nanos() == 4_000_000);
		bot.key(SWT.ESC);
		bot.until("nothing", () -> canvas.measured().points() == 0);
		Rectangle bar = bot.ui(() -> canvas.barBounds(canvas.rows().size() - 1));
		bot.shiftDrag(canvas, bar.x + 1, bar.y + 5, bar.x + bar.width - 1, bar.y + 5);
		bot.until("the bar's length", () -> canvas.measured().points() == 2
				&& canvas.measured().nanos() == 80_000_000);
		Looks.both(bot, "timeline-measure");
	}

	@Test
	void wheelAndKeys_zoomAndPanAlike() {
		Rectangle bar = bot.ui(() -> canvas.barBounds(0));
		long whole = bot.ui(() -> canvas.timeline().durationNanos());
		bot.key('+');
		bot.until("closer", () -> span() < whole);
		long from = bot.ui(() -> canvas.picture().fromNanos());
		bot.shiftKey(SWT.ARROW_RIGHT);
		bot.until("later", () -> canvas.picture().fromNanos() > from);
		long now = bot.ui(this::span);
		bot.modifiedWheel(canvas, bar.x + 40, bar.y + 40, 1, "ctrl");
		bot.until("closer still", () -> span() < now);
		long at = bot.ui(() -> canvas.picture().fromNanos());
		bot.modifiedWheel(canvas, bar.x + 40, bar.y + 40, 1, "shift");
		bot.until("earlier", () -> canvas.picture().fromNanos() < at);
		bot.key('0');
		bot.until("the whole", () -> span() == whole);
	}

	@Test
	void flameGraph_mergesTheLoopAndTheTracesLikeIt() {
		action("Flame Graph");
		FlameCanvas flame = bot.ui(view::flameCanvas);
		bot.until("the flame graph", () -> flame.isVisible() && flame.picture() != null && flame.graph().traces() == 1);
		assertEquals(9, bot.ui(() -> flame.graph().size()));
		bot.ui(flame::forceFocus);
		bot.key(SWT.ARROW_DOWN);
		bot.until("a frame below", () -> flame.graph().depth(flame.chosen()) == 1);
		bot.key(SWT.CR);
		bot.until("the frame as wide as the view", () -> flame.picture().root() == flame.chosen());
		Looks.both(bot, "timeline-flame");
		action("Flame Graph of All Traces Like It");
		bot.until("all three", () -> flame.graph().traces() == 3);
		Looks.both(bot, "timeline-flame-merged");
		action("Flame Graph of All Traces Like It");
		bot.until("the waterfall", () -> canvas.isVisible());
	}

	@Test
	void trace_isCopiedAsTextAndAsImage() {
		bot.control("c");
		bot.until("text", () -> clipboard(TextTransfer.getInstance()) instanceof String text
				&& text.startsWith("gateway  POST /checkout/{id}") && text.contains("× 40"));
		action("Copy as Image");
		bot.until("an image", () -> clipboard(ImageTransfer.getInstance()) instanceof ImageData image
				&& image.width > 300);
	}

	@Test
	void grownTrace_keepsWhatIsFoldedAndChosen() {
		bot.key(SWT.HOME);
		bot.key(SWT.ARROW_DOWN);
		bot.key(SWT.ARROW_LEFT);
		bot.until("a folded call", () -> canvas.rows().size() == 2);
		Trace before = bot.ui(() -> canvas.timeline().trace());
		long late = session.snapshot().traces().startNanos(before.rootRow()) + 1_000_000;
		session.add(LateSpan.below(session.names(), session.snapshot().traces().spans().spanId.get(before.rootRow()),
				late), "");
		bot.until("the grown trace", () -> canvas.timeline().trace().size() == before.size() + 1);
		assertTrue(bot.ui(() -> canvas.rows().size()) <= 3, "still folded");
	}

	private long span() {
		return canvas.picture().toNanos() - canvas.picture().fromNanos();
	}

	private Object clipboard(Transfer transfer) {
		Clipboard clipboard = new Clipboard(canvas.getDisplay());
		try {
			return clipboard.getContents(transfer);
		} finally {
			clipboard.dispose();
		}
	}

	/** Runs a command of the view's menu. */
	private void action(String name) {
		bot.ui(() -> {
			for (IContributionItem item : view.getViewSite().getActionBars().getMenuManager().getItems()) {
				if (item instanceof ActionContributionItem contribution
						&& contribution.getAction().getText().equals(name)) {
					contribution.getAction().setChecked(!contribution.getAction().isChecked());
					contribution.getAction().run();
					return null;
				}
			}
			throw new AssertionError("no action " + name);
		});
	}
}
