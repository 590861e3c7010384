package io.crosstrace.ui.timeline;

import io.crosstrace.ide.flame.FlameGraph;
import io.crosstrace.ide.flame.FlamePicture;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * Paints a {@link FlameGraph}, roots on top. A click or Enter makes a frame as wide as the view, Escape goes one
 * frame up, arrows walk. UI thread.
 */
public final class FlameCanvas extends Canvas {
	private static final int PAD = 8;

	private final Latest<FlamePicture> pictures = new Latest<>(this, this::show);
	private final int textHeight;
	private FlameGraph graph;
	private FlamePicture picture;
	private String title = "";
	private int root;
	private int chosen;
	private int hovered = -1;

	FlameCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.NO_BACKGROUND);
		GC measure = new GC(this);
		textHeight = measure.getFontMetrics().getHeight();
		measure.dispose();
		addPaintListener(event -> paint(event.gc, getClientArea()));
		addListener(SWT.Resize, event -> refresh());
		addListener(SWT.MouseDown, event -> {
			setFocus();
			int frame = frameAt(event);
			if (event.button == 1 && frame >= 0) {
				choose(frame);
			}
		});
		addListener(SWT.MouseDoubleClick, event -> zoom(frameAt(event)));
		addListener(SWT.MouseMove, event -> hover(frameAt(event)));
		addListener(SWT.MouseExit, event -> hover(-1));
		addListener(SWT.MouseVerticalWheel, event -> {
			event.doit = false;
			getVerticalBar().setSelection(getVerticalBar().getSelection() - event.count);
			refresh();
		});
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getVerticalBar().addListener(SWT.Selection, event -> refresh());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = graph == null ? "" : describe(chosen);
			}
		});
	}

	/** Shows a graph from its roots on. */
	void show(FlameGraph newGraph, String newTitle) {
		graph = newGraph;
		title = newTitle;
		root = 0;
		chosen = graph.size() > 1 ? graph.children(0)[0] : 0;
		picture = null;
		getVerticalBar().setSelection(0);
		refresh();
	}

	/** The graph shown, or null. */
	public FlameGraph graph() {
		return graph;
	}

	/** The picture shown, or null while it is being made. */
	public FlamePicture picture() {
		return picture;
	}

	public int chosen() {
		return chosen;
	}

	/** Where a frame is, or null if it cannot be seen: for tests that click. */
	public Rectangle bounds(int frame) {
		FlamePicture.Frame of = picture == null ? null : picture.of(frame);
		return of == null ? null : new Rectangle(PAD + of.x(), top() + (of.depth() - picture.firstLevel()) * level(),
				of.widthPx(), level());
	}

	private int level() {
		return textHeight + 6;
	}

	private int top() {
		return textHeight + 14;
	}

	private int footer() {
		return textHeight + 8;
	}

	private void refresh() {
		if (graph == null || isDisposed()) {
			return;
		}
		Rectangle area = getClientArea();
		int levels = Math.max(1, (area.height - top() - footer()) / level());
		ScrollBar bar = getVerticalBar();
		int deepest = graph.levels();
		bar.setVisible(deepest > levels);
		bar.setValues(Math.min(bar.getSelection(), Math.max(0, deepest - levels)), 0, Math.max(1, deepest),
				Math.min(levels, Math.max(1, deepest)), 1, levels);
		FlameGraph wanted = graph;
		int wantedRoot = root;
		int first = bar.getSelection();
		int width = Math.max(1, area.width - 2 * PAD);
		pictures.ask(() -> wanted.picture(wantedRoot, first, levels + 1, width));
		redraw();
	}

	private void show(FlamePicture made) {
		picture = made;
		redraw();
	}

	private int frameAt(Event event) {
		if (picture == null || event.y < top() || event.y >= getClientArea().height - footer()) {
			return -1;
		}
		return picture.at(event.x - PAD, picture.firstLevel() + (event.y - top()) / level());
	}

	private void hover(int frame) {
		if (frame != hovered) {
			hovered = frame;
			setToolTipText(frame < 0 ? null : describe(frame));
			redraw();
		}
	}

	private void choose(int frame) {
		chosen = frame;
		int depth = graph.depth(frame);
		ScrollBar bar = getVerticalBar();
		if (depth >= 0 && depth < bar.getSelection()) {
			bar.setSelection(depth);
		} else if (depth >= bar.getSelection() + bar.getThumb()) {
			bar.setSelection(depth - bar.getThumb() + 1);
		}
		getAccessible().setFocus(ACC.CHILDID_SELF);
		refresh();
	}

	/** Makes a frame as wide as the view. */
	private void zoom(int frame) {
		if (frame >= 0) {
			root = frame == root ? 0 : frame;
			choose(frame);
		}
	}

	private void key(Event event) {
		if (graph == null || graph.size() < 2) {
			return;
		}
		switch (event.keyCode) {
			case SWT.ARROW_UP -> choose(Math.max(1, graph.parent(chosen)));
			case SWT.ARROW_DOWN -> {
				int[] below = graph.children(chosen);
				choose(below.length == 0 ? chosen : below[0]);
			}
			case SWT.ARROW_LEFT -> beside(-1);
			case SWT.ARROW_RIGHT -> beside(1);
			case SWT.CR, SWT.KEYPAD_CR -> zoom(chosen);
			case SWT.HOME -> choose(graph.children(0)[0]);
			case SWT.ESC -> {
				root = Math.max(0, root == 0 ? 0 : graph.parent(root));
				refresh();
			}
			default -> {
				if (event.character == '0') {
					root = 0;
					refresh();
				}
			}
		}
	}

	private void beside(int by) {
		int[] siblings = graph.children(graph.parent(chosen));
		for (int i = 0; i < siblings.length; i++) {
			if (siblings[i] == chosen) {
				choose(siblings[Math.max(0, Math.min(siblings.length - 1, i + by))]);
				return;
			}
		}
	}

	/** What is shown, as a picture of its own; the caller disposes it. Null before the first graph. */
	Image image() {
		if (picture == null) {
			return null;
		}
		Image image = new Image(getDisplay(), getClientArea().width, getClientArea().height);
		GC gc = new GC(image);
		gc.setFont(getFont());
		paint(gc, getClientArea());
		gc.dispose();
		return image;
	}

	private void paint(GC gc, Rectangle area) {
		Theme theme = Theme.of(this);
		gc.setBackground(theme.background());
		gc.fillRectangle(area);
		if (picture == null) {
			return;
		}
		gc.setAntialias(SWT.ON);
		gc.setClipping(PAD, top(), area.width - 2 * PAD, area.height - top() - footer());
		for (FlamePicture.Frame frame : picture.frames()) {
			paint(gc, theme, frame);
		}
		gc.setClipping((Rectangle) null);
		gc.setForeground(theme.text());
		Paint.text(gc, title, PAD, 6, area.width - 2 * PAD);
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, area.height - footer(), area.width, footer());
		gc.setForeground(theme.line());
		gc.drawLine(0, area.height - footer(), area.width, area.height - footer());
		gc.setForeground(theme.text());
		Paint.text(gc, describe(hovered >= 0 ? hovered : chosen).replace("\n", "  ·  "), PAD,
				area.height - footer() + 4, area.width - 2 * PAD);
	}

	private void paint(GC gc, Theme theme, FlamePicture.Frame it) {
		int frame = it.frame();
		int x = PAD + it.x();
		int y = top() + (it.depth() - picture.firstLevel()) * level();
		int width = Math.max(1, it.widthPx() - 1);
		int height = level() - 1;
		Color colour = ServiceColours.of(graph.service(frame), theme.dark());
		boolean call = graph.call(frame);
		gc.setBackground(colour);
		gc.setAlpha(call ? frame == hovered ? 110 : 60 : theme.dark() ? 255 : frame == hovered ? 200 : 140);
		gc.fillRectangle(x, y, width, height);
		gc.setAlpha(255);
		if (graph.errors(frame) > 0) {
			gc.setBackground(theme.error());
			gc.fillRectangle(x, y + height - 3, Math.max(2, (int) (width * (long) graph.errors(frame)
					/ graph.count(frame))), 3);
		}
		if (frame == chosen) {
			gc.setForeground(isFocusControl() ? theme.text() : theme.quiet());
			gc.setLineWidth(2);
			gc.drawRectangle(x + 1, y + 1, width - 2, height - 2);
			gc.setLineWidth(1);
		}
		if (width > 24) {
			gc.setForeground(theme.dark() && !call ? theme.background() : theme.text());
			String name = call ? graph.operation(frame) : graph.service(frame) + "  " + graph.operation(frame);
			Paint.text(gc, name, x + 5, y + 2, width - 10);
		}
	}

	/** What a frame is, for tooltips, the lowest line and screen readers. */
	private String describe(int frame) {
		if (graph.size() < 2) {
			return "";
		}
		if (frame == 0) {
			return Messages.bind(Messages.flameAll, graph.traces(), Durations.text(graph.totalNanos(0)));
		}
		String what = graph.call(frame) ? Messages.bind(Messages.flameCall, graph.service(frame),
				graph.operation(frame)) : graph.service(frame) + "  " + graph.operation(frame);
		return what + "\n" + Messages.bind(graph.errors(frame) == 0 ? Messages.flameFrame : Messages.flameFrameErrors,
				new Object[] { graph.count(frame), Durations.text(graph.totalNanos(frame)),
						SpanText.percent(graph.totalNanos(frame), graph.totalNanos(0)),
						Durations.text(graph.selfNanos(frame)), graph.errors(frame) });
	}
}
