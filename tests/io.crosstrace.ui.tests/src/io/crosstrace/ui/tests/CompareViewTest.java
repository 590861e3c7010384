package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.compare.TraceDiff.Change;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.compare.CompareCanvas;
import io.crosstrace.ui.compare.CompareView;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trace with forty calls beside one with twelve. */
class CompareViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private CompareView view;
	private CompareCanvas canvas;

	@BeforeEach
	void open() {
		bot.perspective(CrossTracePerspective.ID);
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		view = bot.view(ViewIds.COMPARE, CompareView.class);
		canvas = bot.ui(view::canvas);
		long now = System.currentTimeMillis() * 1_000_000;
		for (int i = 1; i < 5; i++) {
			session.add(LoopTrace.trace(session.names(), now + i * 1_000_000_000L, i == 4 ? 4 : 2 * i - 1), "");
		}
		bot.until("four traces", () -> session.snapshot().traces().size() == 4);
	}

	@AfterEach
	void forget() {
		bot.ui(() -> {
			view.keep(null);
			return null;
		});
		session.clear();
	}

	@Test
	void chosenTrace_isComparedWithATypicalOne() {
		Trace slow = session.snapshot().traces().newest(0);
		session.selection().choose(session.snapshot(), slow, 0);
		bot.until("the comparison", () -> canvas.isVisible() && canvas.diff() != null
				&& canvas.diff().b().trace() == slow);
		assertEquals(30, bot.ui(() -> canvas.diff().a().trace().size()), "one of the three with twelve calls");
		bot.ui(canvas::forceFocus);
		bot.key('n');
		bot.until("the first difference", () -> canvas.chosen() > 0 || canvas.diff().rows().get(0).change()
				!= Change.SAME);
		assertTrue(bot.ui(canvas::causes).contains("stock"), () -> bot.ui(canvas::causes));
		bot.key(SWT.HOME);
		Looks.both(bot, "compare");
	}

	@Test
	void command_keepsATraceToCompareOthersWith() {
		Trace slow = session.snapshot().traces().newest(0);
		Trace quick = session.snapshot().traces().newest(1);
		session.selection().choose(session.snapshot(), slow, 0);
		bot.ui(() -> bot.window().getService(IHandlerService.class).executeCommand("io.crosstrace.ui.compare", null));
		bot.until("the kept trace", () -> view.kept() != null && view.kept().trace() == slow);
		session.selection().choose(session.snapshot(), quick, 0);
		bot.until("both", () -> canvas.diff() != null && canvas.diff().a().trace() == slow
				&& canvas.diff().b().trace() == quick);
		int rows = bot.ui(canvas::visibleRows);
		Rectangle root = bot.ui(() -> canvas.rowBounds(0));
		bot.click(canvas, root.x + 12, root.y + root.height / 2);
		bot.until("a folded tree", () -> canvas.visibleRows() == 1);
		bot.key(SWT.ARROW_RIGHT);
		bot.until("an open tree", () -> canvas.visibleRows() == rows);
	}

	@Test
	void nothingToCompareWith_saysWhatToDo() {
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		session.add(LoopTrace.trace(session.names(), System.currentTimeMillis() * 1_000_000, 0), "");
		bot.until("one trace", () -> session.snapshot().traces().size() == 1);
		session.selection().choose(session.snapshot(), session.snapshot().traces().newest(0), 0);
		bot.until("no picture", () -> !canvas.isVisible());
		bot.screenshot("compare-alone");
	}
}
