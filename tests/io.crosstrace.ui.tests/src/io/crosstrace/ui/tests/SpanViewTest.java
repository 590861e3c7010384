package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.span.SpanView;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that is known of a span, read and copied. */
class SpanViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private SpanView view;
	private Tree tree;

	@BeforeEach
	void showTrace() {
		bot.perspective(CrossTracePerspective.ID);
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		view = bot.view(ViewIds.SPAN, SpanView.class);
		tree = bot.ui(view::tree);
		session.add(LoopTrace.trace(session.names(), System.currentTimeMillis() * 1_000_000, 0), "");
		bot.until("the trace", () -> session.snapshot().traces().size() == 1);
	}

	@AfterEach
	void forget() {
		session.clear();
	}

	@Test
	void call_saysWhyItHasItsParentAndWhereItWaited() {
		choose("GET /price/{item}");
		bot.until("its lines", () -> tree.isVisible() && line("sure") != null);
		assertEquals("64.0 %", bot.ui(() -> line("sure").getText(1)));
		assertTrue(bot.ui(() -> line("evidence").getText(1)).startsWith("Inferred"));
		assertTrue(bot.ui(() -> line("parent").getText(1)).startsWith("orders  POST /orders"));
		assertTrue(bot.ui(() -> line("at 0 ns, way there").getText(1)).startsWith("90.0 ms on the way there"));
		assertEquals("GET", bot.ui(() -> line("http.request.method").getText(1)));
		Looks.both(bot, "span");
	}

	@Test
	void root_saysWhereTheTimeWent() {
		choose("POST /checkout/{id}");
		bot.until("the shares", () -> tree.isVisible() && line("pricing  GET /price/{item}") != null);
		assertTrue(bot.ui(() -> line("pricing  GET /price/{item}").getText(1)).startsWith("55.0 ms (8.1 %)"),
				() -> bot.ui(() -> line("pricing  GET /price/{item}").getText(1)));
		Looks.both(bot, "span-root");
	}

	@Test
	void doubleClickOnTheParent_choosesIt() {
		choose("GET /price/{item}");
		bot.until("its lines", () -> tree.isVisible() && line("parent") != null);
		bot.ui(() -> {
			tree.showItem(line("parent"));
			return null;
		});
		Rectangle place = bot.ui(() -> line("parent").getBounds(0));
		bot.doubleClick(tree, place.x + 10, place.y + place.height / 2);
		bot.until("the parent", () -> session.selection().span().operation().equals("POST /orders"));
	}

	@Test
	void lines_areCopied() {
		choose("GET /price/{item}");
		bot.until("its lines", () -> tree.isVisible() && line("http.request.method") != null);
		bot.ui(() -> {
			tree.setFocus();
			tree.setSelection(line("http.request.method"));
			return null;
		});
		bot.control("c");
		bot.until("the line", () -> {
			Clipboard clipboard = new Clipboard(tree.getDisplay());
			Object text = clipboard.getContents(TextTransfer.getInstance());
			clipboard.dispose();
			return "http.request.method = GET".equals(text);
		});
	}

	@Test
	void closedSection_staysClosedForTheNextSpan() {
		choose("GET /price/{item}");
		bot.until("its lines", () -> tree.isVisible() && line("http.request.method") != null);
		TreeItem http = bot.ui(() -> section("HTTP"));
		assertNotNull(http);
		bot.ui(() -> {
			tree.setFocus();
			tree.setSelection(http);
			return null;
		});
		bot.key(SWT.ARROW_LEFT);
		bot.until("a closed section", () -> !section("HTTP").getExpanded());
		choose("POST /mail");
		bot.until("the next span", () -> line("peer") != null && session.selection().span().operation()
				.equals("POST /mail") && section("HTTP") != http);
		bot.until("a section closed still", () -> !section("HTTP").getExpanded());
		bot.ui(() -> {
			tree.setSelection(section("HTTP"));
			return null;
		});
		bot.key(SWT.ARROW_RIGHT);
		bot.until("an open section", () -> section("HTTP").getExpanded());
	}

	private void choose(String operation) {
		Snapshot snapshot = session.snapshot();
		Trace trace = snapshot.traces().newest(0);
		for (int i = 0; i < trace.size(); i++) {
			int row = trace.row(i);
			if (snapshot.traces().spans().names.text(snapshot.traces().spans().operation.get(row)).equals(operation)) {
				session.selection().choose(snapshot, trace, i);
				return;
			}
		}
		throw new AssertionError("no span " + operation);
	}

	private TreeItem section(String title) {
		for (TreeItem section : tree.getItems()) {
			if (section.getText().equals(title)) {
				return section;
			}
		}
		return null;
	}

	private TreeItem line(String name) {
		for (TreeItem section : tree.getItems()) {
			for (TreeItem line : section.getItems()) {
				if (line.getText(0).equals(name)) {
					return line;
				}
			}
		}
		return null;
	}
}
