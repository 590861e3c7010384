package io.crosstrace.ui.timeline;

import java.util.BitSet;
import java.util.function.IntConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelineRows;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.Theme;

/**
 * The waterfall. Holds what a person changes - zoom, scroll, folding, the chosen span - and shows the latest
 * {@link TimelinePicture}; where things lie is {@link TimelineLayout}'s, how they look {@link TimelinePainter}'s.
 * UI thread.
 */
public final class TimelineCanvas extends Canvas {
	private static final double ZOOM_STEP = 1.25;
	private static final long SHORTEST_NANOS = 100;
	private static final int GRAB_PX = 4;

	private enum Drag {
		NONE, PAN, ZOOM, SPLIT, OVERVIEW
	}

	/** What the pictures and the painting start from. */
	private record Shown(TimelinePicture picture, int[] overview, int overviewWidth) {
	}

	private final Latest<Shown> pictures = new Latest<>(this, this::show);
	private final TimelinePainter painter;
	private IntConsumer chosenListener = index -> { };
	private IntConsumer openListener = index -> { };
	private TimelineLayout layout;
	private TimelineRows rows;
	private Shown shown;
	private long from;
	private long to = 1;
	private int chosen;
	private int hovered = -1;
	private double split = 0.40;
	private Drag drag = Drag.NONE;
	private Point dragStart;
	private long dragFrom;
	private int zoomTo;

	public TimelineCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.NO_BACKGROUND);
		painter = new TimelinePainter(this);
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> refresh());
		addListener(SWT.MouseVerticalWheel, this::wheel);
		addListener(SWT.MouseHorizontalWheel, event -> pan(-event.count * 0.03));
		addListener(SWT.MouseDown, this::mouseDown);
		addListener(SWT.MouseMove, this::mouseMove);
		addListener(SWT.MouseUp, this::mouseUp);
		addListener(SWT.MouseExit, event -> hover(-1));
		addListener(SWT.MouseDoubleClick, this::doubleClick);
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getVerticalBar().addListener(SWT.Selection, event -> refresh());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = layout == null ? "" : painter.describe(layout, chosen);
			}
		});
	}

	/** @param listener hears which span, an index of the trace, a person chose */
	public void onChosen(IntConsumer listener) {
		chosenListener = listener;
	}

	/** @param listener hears which span's source a person wants to see */
	public void onOpen(IntConsumer listener) {
		openListener = listener;
	}

	/** Shows a trace from its start to its end, or a newer state of the one shown, which keeps zoom and scroll. */
	void show(TimelineLayout newLayout, int newChosen, boolean sameTrace) {
		boolean whole = layout == null || !sameTrace || (from == 0 && to == layout.durationNanos());
		layout = newLayout;
		rows = layout.rows(new BitSet());
		if (whole) {
			from = 0;
			to = layout.durationNanos();
		}
		if (!sameTrace) {
			getVerticalBar().setSelection(0);
			shown = null;
		}
		choose(newChosen, false);
		refresh();
	}

	/** The trace shown, or null. */
	public TimelineLayout timeline() {
		return layout;
	}

	/** The picture shown, or null while it is being made. */
	public TimelinePicture picture() {
		return shown == null ? null : shown.picture;
	}

	/** The chosen span, as an index of the trace. */
	public int chosen() {
		return chosen;
	}

	/** Where a row is folded by a click, or null if it cannot be seen or folded: for tests that click. */
	public Rectangle foldBounds(int row) {
		TimelinePicture.Line line = shown == null ? null : shown.picture.line(row);
		return line == null || !line.children() ? null : painter.twistie(line, row - topRow(), bounds());
	}

	/** Chooses a span and scrolls to it. */
	void choose(int index, boolean tell) {
		if (layout == null) {
			return;
		}
		int size = layout.trace().size();
		chosen = Math.max(0, Math.min(size - 1, index));
		rows = layout.reveal(rows, chosen);
		updateScrollBar();
		int row = rows.row(chosen);
		int top = topRow();
		int page = Math.max(1, visibleRows() - 1);
		if (row < top) {
			getVerticalBar().setSelection(row);
		} else if (row >= top + page) {
			getVerticalBar().setSelection(row - page + 1);
		}
		if (tell) {
			chosenListener.accept(chosen);
		}
		refresh();
	}

	/** Shows the whole trace. */
	void fit() {
		if (layout != null) {
			look(0, layout.durationNanos());
		}
	}

	/** Shows the chosen span from edge to edge. */
	void fitChosen() {
		if (layout != null) {
			long margin = Math.max(1, (layout.endNanos(chosen) - layout.startNanos(chosen)) / 20);
			look(layout.startNanos(chosen) - margin, layout.endNanos(chosen) + margin);
		}
	}

	/** @param factor above 1 to see less, larger; @param around share of the width that stays where it is */
	void zoom(double factor, double around) {
		if (layout == null) {
			return;
		}
		double fixed = from + (to - from) * around;
		double length = Math.max(SHORTEST_NANOS, Math.min(layout.durationNanos(), (to - from) / factor));
		look(Math.round(fixed - length * around), Math.round(fixed - length * around + length));
	}

	/** @param share of the width, positive to see what came later */
	void pan(double share) {
		if (layout != null) {
			long by = Math.round((to - from) * share);
			look(from + by, to + by);
		}
	}

	/** Folds or unfolds what is below a span. */
	void toggle(int index) {
		rows = layout.toggle(rows, index);
		refresh();
	}

	/** Folds all that is below the root's children, or unfolds everything. */
	void foldAll(boolean fold) {
		if (layout == null) {
			return;
		}
		BitSet folded = new BitSet();
		for (int i = 1; fold && i < layout.trace().size(); i = layout.subtreeEnd(i)) {
			folded.set(i, layout.hasChildren(i));
		}
		rows = layout.rows(folded);
		chosen = rows.index(rows.row(chosen));
		refresh();
	}

	/** Moves the visible stretch, kept inside the trace. */
	private void look(long newFrom, long newTo) {
		long length = Math.max(SHORTEST_NANOS, Math.min(newTo - newFrom, layout.durationNanos()));
		from = Math.max(0, Math.min(newFrom, layout.durationNanos() - length));
		to = Math.max(from + 1, from + length);
		refresh();
	}

	/** Asks for a picture of what is to be seen now. */
	private void refresh() {
		if (layout == null || isDisposed()) {
			redraw();
			return;
		}
		updateScrollBar();
		Bounds bounds = bounds();
		TimelineLayout wantedLayout = layout;
		TimelineRows wantedRows = rows;
		int first = topRow();
		int count = visibleRows() + 1;
		long wantedFrom = from;
		long wantedTo = to;
		int width = Math.max(1, bounds.barsWidth());
		int height = painter.overviewHeight();
		Shown before = shown;
		boolean reuse = before != null && before.overviewWidth == width && before.picture.rows() == rows;
		pictures.ask(() -> new Shown(
				wantedLayout.picture(wantedRows, first, count, wantedFrom, wantedTo, width),
				reuse ? before.overview : wantedLayout.overview(width, height), width));
		redraw();
	}

	private void show(Shown made) {
		shown = made;
		redraw();
	}

	private void updateScrollBar() {
		ScrollBar bar = getVerticalBar();
		int page = Math.max(1, visibleRows());
		int size = layout == null ? 0 : rows.size();
		bar.setVisible(size > page);
		bar.setValues(Math.min(bar.getSelection(), Math.max(0, size - page)), 0, Math.max(1, size), Math.min(page,
				Math.max(1, size)), 1, page);
	}

	private int topRow() {
		return getVerticalBar().getSelection();
	}

	private int visibleRows() {
		return Math.max(0, getClientArea().height - painter.headerHeight()) / painter.rowHeight();
	}

	/** Where the parts of the canvas are. */
	record Bounds(int width, int height, int treeWidth) {
		int barsWidth() {
			return width - treeWidth - TimelinePainter.RIGHT_MARGIN;
		}
	}

	private Bounds bounds() {
		Rectangle area = getClientArea();
		int tree = (int) Math.max(120, Math.min(area.width - 120, area.width * split));
		return new Bounds(area.width, area.height, tree);
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		Bounds bounds = bounds();
		gc.setBackground(theme.background());
		gc.fillRectangle(getClientArea());
		if (shown == null || layout == null) {
			return;
		}
		painter.begin(gc, theme, bounds, layout, shown.picture);
		int top = topRow();
		for (int row = top; row <= top + visibleRows() && row < rows.size(); row++) {
			TimelinePicture.Line line = shown.picture.rows() == rows ? shown.picture.line(row) : null;
			if (line != null) {
				painter.line(line, row - top, line.index() == chosen, line.index() == hovered, isFocusControl());
			}
		}
		painter.header(shown.overview, from, to);
		if (drag == Drag.ZOOM && dragStart != null) {
			painter.zoomRange(Math.min(dragStart.x, zoomTo), Math.max(dragStart.x, zoomTo));
		}
	}

	private int rowAt(int y) {
		int at = y - painter.headerHeight();
		int row = at < 0 ? -1 : topRow() + at / painter.rowHeight();
		return layout != null && row >= 0 && row < rows.size() ? row : -1;
	}

	private void wheel(Event event) {
		if (layout == null) {
			return;
		}
		event.doit = false;
		if ((event.stateMask & SWT.MOD1) != 0) {
			Bounds bounds = bounds();
			double around = (event.x - bounds.treeWidth) / (double) Math.max(1, bounds.barsWidth());
			zoom(Math.pow(ZOOM_STEP, Math.signum(event.count)), Math.max(0, Math.min(1, around)));
		} else if ((event.stateMask & SWT.SHIFT) != 0) {
			pan(-Math.signum(event.count) * 0.1);
		} else {
			ScrollBar bar = getVerticalBar();
			bar.setSelection(bar.getSelection() - event.count);
			refresh();
		}
	}

	private void mouseDown(Event event) {
		forceFocus();
		if (layout == null || event.button != 1) {
			return;
		}
		Bounds bounds = bounds();
		dragStart = new Point(event.x, event.y);
		dragFrom = from;
		zoomTo = event.x;
		if (Math.abs(event.x - bounds.treeWidth) <= GRAB_PX) {
			drag = Drag.SPLIT;
		} else if (event.y < painter.headerHeight()) {
			drag = event.x < bounds.treeWidth ? Drag.NONE
					: event.y < painter.rulerTop() ? Drag.OVERVIEW : Drag.ZOOM;
			overview(event);
		} else {
			int row = rowAt(event.y);
			if (row >= 0) {
				int index = rows.index(row);
				TimelinePicture.Line line = shown == null ? null : shown.picture.line(row);
				if (line != null && line.children() && painter.twistie(line, row - topRow(), bounds).contains(event.x, event.y)) {
					toggle(index);
				} else {
					choose(index, true);
				}
			}
			drag = event.x > bounds.treeWidth ? Drag.PAN : Drag.NONE;
		}
	}

	private void mouseMove(Event event) {
		Bounds bounds = bounds();
		switch (drag) {
			case SPLIT -> {
				split = event.x / (double) Math.max(1, bounds.width);
				refresh();
			}
			case PAN -> {
				long by = Math.round((dragStart.x - event.x) / (double) Math.max(1, bounds.barsWidth()) * (to - from));
				look(dragFrom + by, dragFrom + by + (to - from));
			}
			case ZOOM -> {
				zoomTo = event.x;
				redraw();
			}
			case OVERVIEW -> overview(event);
			default -> {
				setCursor(getDisplay().getSystemCursor(
						layout != null && Math.abs(event.x - bounds.treeWidth) <= GRAB_PX ? SWT.CURSOR_SIZEWE
								: SWT.CURSOR_ARROW));
				int row = rowAt(event.y);
				hover(row < 0 ? -1 : rows.index(row));
			}
		}
	}

	private void mouseUp(Event event) {
		Bounds bounds = bounds();
		if (drag == Drag.ZOOM && Math.abs(event.x - dragStart.x) > GRAB_PX && shown != null) {
			long a = shown.picture.nanosAt(dragStart.x - bounds.treeWidth);
			long b = shown.picture.nanosAt(event.x - bounds.treeWidth);
			look(Math.min(a, b), Math.max(a, b));
		}
		drag = Drag.NONE;
		redraw();
	}

	/** Moves the visible stretch to where the overview is pressed. */
	private void overview(Event event) {
		if (drag == Drag.OVERVIEW) {
			Bounds bounds = bounds();
			double at = (event.x - bounds.treeWidth) / (double) Math.max(1, bounds.barsWidth());
			long middle = Math.round(at * layout.durationNanos());
			look(middle - (to - from) / 2, middle - (to - from) / 2 + (to - from));
		}
	}

	private void doubleClick(Event event) {
		int row = rowAt(event.y);
		if (row >= 0) {
			openListener.accept(rows.index(row));
		} else if (layout != null && event.y < painter.headerHeight() && event.x > bounds().treeWidth) {
			fit();
		}
	}

	private void hover(int index) {
		if (hovered == index) {
			return;
		}
		hovered = index;
		setToolTipText(index < 0 || layout == null ? null : SpanText.of(layout, index));
		redraw();
	}

	private void key(Event event) {
		if (layout == null) {
			return;
		}
		int row = rows.row(chosen);
		boolean shift = (event.stateMask & SWT.SHIFT) != 0;
		switch (event.keyCode) {
			case SWT.ARROW_UP -> chooseRow(row - 1);
			case SWT.ARROW_DOWN -> chooseRow(row + 1);
			case SWT.PAGE_UP -> chooseRow(row - visibleRows());
			case SWT.PAGE_DOWN -> chooseRow(row + visibleRows());
			case SWT.HOME -> chooseRow(0);
			case SWT.END -> chooseRow(rows.size() - 1);
			case SWT.ARROW_LEFT -> left(shift);
			case SWT.ARROW_RIGHT -> right(shift);
			case SWT.CR, SWT.KEYPAD_CR -> openListener.accept(chosen);
			case SWT.KEYPAD_ADD -> zoom(ZOOM_STEP, 0.5);
			case SWT.KEYPAD_SUBTRACT -> zoom(1 / ZOOM_STEP, 0.5);
			default -> {
				switch (event.character) {
					case '+', '=' -> zoom(ZOOM_STEP, 0.5);
					case '-' -> zoom(1 / ZOOM_STEP, 0.5);
					case '0' -> fit();
					case 'f' -> fitChosen();
					default -> { }
				}
			}
		}
	}

	private void left(boolean shift) {
		if (shift) {
			pan(-0.1);
		} else if (layout.hasChildren(chosen) && !rows.collapsed(chosen)) {
			toggle(chosen);
		} else if (chosen > 0) {
			choose(layout.trace().parent(chosen), true);
		}
	}

	private void right(boolean shift) {
		if (shift) {
			pan(0.1);
		} else if (rows.collapsed(chosen)) {
			toggle(chosen);
		} else if (layout.hasChildren(chosen)) {
			choose(chosen + 1, true);
		}
	}

	private void chooseRow(int row) {
		choose(rows.index(Math.max(0, Math.min(rows.size() - 1, row))), true);
	}
}
