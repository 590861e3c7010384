package io.crosstrace.ui.timeline;

import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ide.timeline.Gaps;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelineRows;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.Theme;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * The waterfall. Holds what a person changes - zoom, scroll, folding, the chosen span, what is measured - and shows
 * the latest {@link TimelinePicture}; where things lie is {@link TimelineLayout}'s, how they look
 * {@link TimelinePainter}'s, what keys and the mouse do {@link TimelineInput}'s. UI thread.
 */
public final class TimelineCanvas extends Canvas {
	private static final long SHORTEST_NANOS = 100;
	/** A picture copied to the clipboard is not higher: more could not be looked at, nor held. */
	private static final int MOST_COPIED_ROWS = 400;

	/** What the pictures and the painting start from. */
	private record Shown(TimelinePicture picture, int[] overview, int overviewWidth, int overviewHeight, int gapsOf,
			List<Gaps.Gap> gaps) {
	}

	private final Latest<Shown> pictures = new Latest<>(this, this::show);
	private final TimelinePainter painter;
	private IntConsumer chosenListener = index -> { };
	private IntConsumer openListener = index -> { };
	private Runnable findListener = () -> { };
	private TimelineLayout layout;
	private TimelineRows rows;
	private Focus focus = Focus.ALL;
	private BitSet found = new BitSet();
	private Shown shown;
	private long from;
	private long to = 1;
	private int chosen;
	private int hovered = -1;
	private double split = 0.40;
	private Measure measure = Measure.NONE;
	private int zoomFrom = -1;
	private int zoomTo;
	private String hint = "";

	public TimelineCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.NO_BACKGROUND);
		painter = new TimelinePainter(this);
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> refresh());
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getVerticalBar().addListener(SWT.Selection, event -> refresh());
		new TimelineInput(this);
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = layout == null ? "" : SpanText.of(layout, chosen).replace("\n", ", ");
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

	/** @param listener hears that a person wants to look for something */
	void onFind(Runnable listener) {
		findListener = listener;
	}

	/** Shows a trace from its start to its end, or a newer state of the one shown, which keeps zoom and folding. */
	void show(TimelineLayout newLayout, int newChosen, boolean sameTrace) {
		boolean same = sameTrace && layout != null;
		boolean whole = !same || from == 0 && to == layout.durationNanos();
		TimelineRows before = rows;
		rows = same ? newLayout.rowsAs(layout, before) : newLayout.rows();
		layout = newLayout;
		found = new BitSet();
		if (!same) {
			focus = Focus.ALL;
			measure = Measure.NONE;
			getVerticalBar().setSelection(0);
			shown = null;
		} else if (focus != Focus.ALL && focus != Focus.FOUND) {
			rows = layout.focus(rows, focus, found);
		}
		if (whole) {
			from = 0;
			to = layout.durationNanos();
		}
		if (same) {
			chosen = Math.min(newChosen, layout.trace().size() - 1);
			refresh();
		} else {
			choose(newChosen, false);
		}
	}

	/** The trace shown, or null. */
	public TimelineLayout timeline() {
		return layout;
	}

	/** The picture shown, or null while it is being made. */
	public TimelinePicture picture() {
		return shown == null ? null : shown.picture;
	}

	/** Which spans have a row now, or null before the first trace. */
	public TimelineRows rows() {
		return rows;
	}

	/** The chosen span, as an index of the trace. */
	public int chosen() {
		return chosen;
	}

	/** What is measured now. */
	public Measure measured() {
		return measure;
	}

	/** The sentence in the lowest line, for tests that read it. */
	public String footer() {
		return layout == null ? "" : hint.isEmpty() ? painter.footer(layout, rows, chosen, measure) : hint;
	}

	/** Where a row is folded by a click, or null if it cannot be seen or folded: for tests that click. */
	public Rectangle foldBounds(int row) {
		TimelinePicture.Line line = shown == null ? null : shown.picture.line(row);
		return line == null || !line.children() ? null : painter.twistie(line, row - topRow(), bounds());
	}

	/** The bar of a row, or null if it cannot be seen: for tests that click. */
	public Rectangle barBounds(int row) {
		TimelinePicture.Line line = shown == null ? null : shown.picture.line(row);
		return line == null || !line.hasBar() ? null
				: new Rectangle(bounds().treeWidth() + line.x(), painter.headerHeight() + (row - topRow())
						* painter.rowHeight(), line.widthPx(), painter.rowHeight());
	}

	/** Chooses a span and scrolls to it. */
	void choose(int index, boolean tell) {
		if (layout == null) {
			return;
		}
		chosen = Math.max(0, Math.min(layout.trace().size() - 1, index));
		TimelineRows open = rows.reveal(chosen);
		if (rows.filtered() && !open.filtered()) {
			focus = Focus.ALL;
		}
		rows = open;
		updateScrollBar();
		int row = rows.row(chosen);
		int top = topRow();
		int page = Math.max(1, visibleRows() - 1);
		if (row < top) {
			getVerticalBar().setSelection(row);
		} else if (row >= top + page) {
			getVerticalBar().setSelection(row - page + 1);
		}
		hint = "";
		getAccessible().setFocus(ACC.CHILDID_SELF);
		if (tell) {
			chosenListener.accept(chosen);
		}
		refresh();
	}

	void open(int index) {
		openListener.accept(index);
	}

	void find() {
		findListener.run();
	}

	/** Shows the whole trace. */
	public void fit() {
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
	public void zoom(double factor, double around) {
		if (layout == null) {
			return;
		}
		double fixed = from + (to - from) * around;
		double length = Math.max(SHORTEST_NANOS, Math.min(layout.durationNanos(), (to - from) / factor));
		look(Math.round(fixed - length * around), Math.round(fixed - length * around + length));
	}

	/** @param share of the width, positive to see what came later */
	public void pan(double share) {
		if (layout != null) {
			long by = Math.round((to - from) * share);
			look(from + by, to + by);
		}
	}

	/** Moves the rows. */
	public void scroll(int by) {
		getVerticalBar().setSelection(topRow() + by);
		refresh();
	}

	/** Folds or unfolds what is below a span, or opens a group. */
	void toggle(int index) {
		change(rows.toggle(index));
	}

	/** Replaces the rows; the chosen span stays, or becomes the one it is hidden in. */
	void change(TimelineRows newRows) {
		rows = newRows;
		int visible = rows.index(rows.row(chosen));
		if (visible != chosen) {
			choose(visible, true);
		}
		refresh();
	}

	/** Folds all that is below the root's children, or unfolds everything. */
	public void foldAll(boolean fold) {
		if (layout != null) {
			change(rows.collapseAll(fold));
		}
	}

	/** Shows each group of repeated spans as one row, or opens all groups. */
	public void foldRepeats(boolean fold) {
		if (layout != null) {
			change(rows.foldRepeats(fold));
		}
	}

	/** Leaves out what is not looked for. */
	public void focus(Focus newFocus) {
		focus = newFocus;
		if (layout != null) {
			change(layout.focus(rows, focus, found));
		}
	}

	public Focus focus() {
		return focus;
	}

	/** Marks what was found, and goes to the first of it at or after the chosen span. */
	void found(BitSet newFound) {
		found = newFound;
		if (focus == Focus.FOUND) {
			change(layout.focus(rows, found.isEmpty() ? Focus.ALL : Focus.FOUND, found));
		}
		if (!found.isEmpty() && !found.get(chosen)) {
			nextFound(true);
		}
		redraw();
	}

	/** The spans that were found. */
	public BitSet found() {
		return found;
	}

	/** Goes to the next or the previous span that was found, around the end. */
	void nextFound(boolean forward) {
		if (found.isEmpty()) {
			return;
		}
		int next = forward ? found.nextSetBit(chosen + 1) : chosen == 0 ? -1 : found.previousSetBit(chosen - 1);
		choose(next >= 0 ? next : forward ? found.nextSetBit(0) : found.length() - 1, true);
	}

	/** Sets what is measured. */
	void measure(Measure newMeasure) {
		measure = newMeasure;
		hint = "";
		redraw();
	}

	/** Measures from the chosen span's start or end: the first call sets one point, the second the other. */
	void measureChosen(boolean end) {
		if (layout != null) {
			measure(measure.next(end ? layout.endNanos(chosen) : layout.startNanos(chosen)));
		}
	}

	/** Moves the visible stretch, kept inside the trace. */
	void look(long newFrom, long newTo) {
		long length = Math.max(SHORTEST_NANOS, Math.min(newTo - newFrom, layout.durationNanos()));
		from = Math.max(0, Math.min(newFrom, layout.durationNanos() - length));
		to = Math.max(from + 1, from + length);
		refresh();
	}

	long fromNanos() {
		return from;
	}

	long toNanos() {
		return to;
	}

	void split(double share) {
		split = share;
		refresh();
	}

	/** Shows what a drag on the ruler would show; -1 for none. */
	void zoomRange(int x, int right) {
		zoomFrom = x;
		zoomTo = right;
		redraw();
	}

	/** Asks for a picture of what is to be seen now. */
	void refresh() {
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
		int wantedChosen = chosen;
		Shown before = shown;
		boolean reuse = before != null && before.overviewWidth == width && before.overviewHeight == height;
		boolean reuseGaps = before != null && before.gapsOf == chosen;
		pictures.ask(() -> new Shown(
				wantedLayout.picture(wantedRows, first, count, wantedFrom, wantedTo, width),
				reuse ? before.overview : wantedLayout.overview(width, height), width, height, wantedChosen,
				reuseGaps ? before.gaps : Gaps.of(wantedLayout, wantedChosen)));
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

	int topRow() {
		return getVerticalBar().getSelection();
	}

	int visibleRows() {
		return Math.max(0, getClientArea().height - painter.headerHeight() - painter.footerHeight())
				/ painter.rowHeight();
	}

	TimelinePainter painter() {
		return painter;
	}

	/** Where the parts of the canvas are. */
	record Bounds(int width, int height, int treeWidth) {
		int barsWidth() {
			return width - treeWidth - TimelinePainter.RIGHT_MARGIN;
		}
	}

	Bounds bounds() {
		Rectangle area = getClientArea();
		int tree = (int) Math.max(120, Math.min(area.width - 120, area.width * split));
		return new Bounds(area.width, area.height, tree);
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		gc.setBackground(theme.background());
		gc.fillRectangle(getClientArea());
		if (shown == null || layout == null) {
			return;
		}
		TimelinePicture picture = shown.picture;
		painter.begin(gc, theme, bounds(), layout, picture);
		int top = picture.rows() == rows ? topRow() : picture.firstRow(); // an older picture stays until the next
		for (int row = top; row <= top + visibleRows(); row++) {
			TimelinePicture.Line line = picture.line(row);
			if (line != null) {
				boolean isChosen = picture.rows() == rows && row == rows.row(chosen);
				painter.line(line, row - top, isChosen, line.index() == hovered, isFocusControl(),
						found.get(line.index()));
				if (isChosen && line.group() == null && shown.gapsOf == chosen) {
					painter.gaps(line, row - top, shown.gaps);
				}
			}
		}
		painter.measure(measure);
		painter.header(shown.overview, from, to, found);
		if (zoomFrom >= 0) {
			painter.zoomRange(Math.min(zoomFrom, zoomTo), Math.max(zoomFrom, zoomTo));
		}
		painter.footer(footer());
	}

	/** The rows shown, as a picture of its own; the caller disposes it. Null before the first trace. */
	Image image() {
		if (layout == null) {
			return null;
		}
		Bounds bounds = bounds();
		int count = Math.min(rows.size(), MOST_COPIED_ROWS);
		Bounds whole = new Bounds(bounds.width, painter.headerHeight() + count * painter.rowHeight(), bounds.treeWidth);
		TimelinePicture all = layout.picture(rows, 0, count, from, to, Math.max(1, bounds.barsWidth()));
		Image image = new Image(getDisplay(), whole.width, whole.height);
		GC gc = new GC(image);
		try {
			Theme theme = Theme.of(this);
			gc.setFont(getFont());
			gc.setBackground(theme.background());
			gc.fillRectangle(0, 0, whole.width, whole.height);
			painter.begin(gc, theme, whole, layout, all);
			for (int row = 0; row < count; row++) {
				painter.line(all.lines().get(row), row, false, false, false, false);
			}
			painter.measure(measure);
			painter.header(layout.overview(whole.barsWidth(), painter.overviewHeight()), from, to, found);
			return image;
		} finally {
			gc.dispose();
		}
	}

	/** The row at a height, or -1. */
	int rowAt(int y) {
		int at = y - painter.headerHeight();
		int row = at < 0 || y >= getClientArea().height - painter.footerHeight() ? -1
				: topRow() + at / painter.rowHeight();
		return layout != null && row >= 0 && row < rows.size() ? row : -1;
	}

	/** Points at a span, or at nothing with -1, and at a moment of it. */
	void hover(int index, long nanos) {
		String before = hint;
		hint = index >= 0 && index == chosen && shown != null && shown.gapsOf == chosen
				? GapText.of(layout, Gaps.at(shown.gaps, nanos)) : "";
		if (hovered == index && hint.equals(before)) {
			return;
		}
		if (hovered != index) {
			hovered = index;
			setToolTipText(index < 0 || layout == null ? null : SpanText.of(layout, index));
		}
		redraw();
	}
}
