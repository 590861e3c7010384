package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
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
		Rectangle place = place("parent");
		bot.doubleClick(tree, place.x + 10, place.y + place.height / 2);
		bot.until("the parent", () -> session.selection().span().operation().equals("POST /orders"));
	}

	@Test
	void whoTookAMessage_isListedAndLeadsToItsTraceAndBack() {
		long at = System.currentTimeMillis() * 1_000_000;
		SpanTable messages = new SpanTable(session.names());
		message(messages, 11, SpanTable.PRODUCER, "orders", "send orders", at, true);
		message(messages, 12, SpanTable.CONSUMER, "billing", "process orders", at + 12_000_000, false);
		message(messages, 13, SpanTable.CONSUMER, "audit", "process orders", at + 1_500_000_000, false);
		session.add(messages, "");
		bot.until("the messages", () -> session.snapshot().traces().size() == 4);
		choose("send orders");
		bot.until("its links", () -> tree.isVisible() && line("billing  process orders") != null);
		assertEquals("consumed 12.0 ms later", bot.ui(() -> line("billing  process orders").getText(1)));
		assertEquals("consumed 1.50 s later", bot.ui(() -> line("audit  process orders").getText(1)));
		Looks.both(bot, "span-links");
		SpanTable later = new SpanTable(session.names());
		message(later, 14, SpanTable.CONSUMER, "mail", "process orders", at + 4_000_000_000L, false);
		session.add(later, "");
		bot.until("who took it later", () -> line("mail  process orders") != null);
		Rectangle place = place("billing  process orders");
		bot.doubleClick(tree, place.x + 10, place.y + place.height / 2);
		bot.until("the consumer's trace", () -> session.selection().span().service().equals("billing")
				&& line("orders  send orders") != null);
		assertEquals("produced 12.0 ms before", bot.ui(() -> line("orders  send orders").getText(1)));
		bot.ui(() -> {
			tree.setFocus();
			tree.setSelection(line("orders  send orders"));
			return null;
		});
		bot.key(SWT.CR);
		bot.until("the producer", () -> session.selection().span().operation().equals("send orders"));
	}

	private static void message(SpanTable spans, long id, int kind, String service, String operation, long at,
			boolean produced) {
		int row = spans.add();
		spans.spanId.set(row, id);
		spans.kind.set(row, kind);
		spans.service.set(row, spans.names.id(service));
		spans.operation.set(row, spans.names.id(operation));
		spans.startNanos.set(row, at);
		spans.endNanos.set(row, at + 3_000_000);
		spans.addAttribute(spans.names.id("messaging.system"), spans.values.id("kafka"));
		spans.addLink(SpanTable.link(4711, produced));
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
		SpanTable spans = snapshot.traces().spans();
		for (int row = 0; row < spans.size(); row++) {
			if (spans.names.text(spans.operation.get(row)).equals(operation)) {
				Trace trace = snapshot.traces().of(row);
				session.selection().choose(snapshot, trace, trace.indexOf(row));
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

	/** Where a line is, once it is in sight: a window that is still growing moves it. */
	private Rectangle place(String name) {
		bot.until(name + " in sight", () -> {
			tree.showItem(line(name));
			Rectangle at = line(name).getBounds(0);
			return tree.getClientArea().contains(at.x + 10, at.y + at.height / 2);
		});
		return bot.ui(() -> line(name).getBounds(0));
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
