package io.crosstrace.ui.traces;

import io.crosstrace.ide.session.Arrivals;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.Theme;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * When traces began, as bars; a stretch of time is chosen by dragging over them, or by the arrow keys with Shift, and
 * let go by Escape or a double click. UI thread.
 */
public final class ArrivalsCanvas extends Canvas {
	private static final int HEIGHT = 38;
	private static final int BAR_PX = 4;
	private static final int PAD = 4;

	private Consumer<TimeRange> rangeListener = range -> { };
	private Arrivals arrivals;
	private TimeRange range = TimeRange.ALL;
	/** Slices between which the brush is being drawn, or -1. */
	private int from = -1;
	private int to = -1;
	private boolean dragging;

	ArrivalsCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.MouseDown, this::begin);
		addListener(SWT.MouseMove, this::drag);
		addListener(SWT.MouseUp, this::end);
		addListener(SWT.MouseDoubleClick, event -> choose(TimeRange.ALL));
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = arrivals == null || from < 0 ? Messages.arrivals : tip(from, to);
			}
		});
	}

	@Override
	public Point computeSize(int widthHint, int heightHint, boolean flush) {
		return new Point(widthHint == SWT.DEFAULT ? 100 : widthHint, HEIGHT);
	}

	void onRange(Consumer<TimeRange> listener) {
		rangeListener = listener;
	}

	/** How many slices there is room for. */
	int slices() {
		return Math.max(10, (getClientArea().width - 2 * PAD) / BAR_PX);
	}

	/** What is drawn, or null before the first. */
	public Arrivals arrivals() {
		return arrivals;
	}

	void show(Arrivals newArrivals, TimeRange newRange) {
		if (dragging) {
			return; // a picture that moves under the pointer cannot be pointed at
		}
		arrivals = newArrivals;
		if (!newRange.equals(range)) {
			range = newRange;
			from = -1;
		}
		redraw();
	}

	private boolean isEmpty() {
		return arrivals == null || arrivals.isEmpty();
	}

	private int sliceAt(int x) {
		double share = (double) (x - PAD) / Math.max(1, getClientArea().width - 2 * PAD);
		return Math.clamp((int) Math.floor(share * arrivals.slices()), 0, arrivals.slices() - 1);
	}

	private int x(double slice) {
		return PAD + (int) Math.round((getClientArea().width - 2 * PAD) * slice / arrivals.slices());
	}

	private void begin(Event event) {
		forceFocus();
		if (event.button == 1 && !isEmpty()) {
			dragging = true;
			from = sliceAt(event.x);
			to = from;
			redraw();
		}
	}

	private void drag(Event event) {
		if (isEmpty()) {
			setToolTipText(null);
		} else if (dragging) {
			to = sliceAt(event.x);
			redraw();
		} else {
			int slice = sliceAt(event.x);
			setToolTipText(tip(slice, slice));
		}
	}

	/** A click without a drag lets the range go. */
	private void end(Event event) {
		if (dragging) {
			dragging = false;
			choose(from == to ? TimeRange.ALL : arrivals.range(from, to));
		}
	}

	private void key(Event event) {
		if (isEmpty()) {
			return;
		}
		boolean extend = (event.stateMask & SWT.SHIFT) != 0;
		if (from < 0) {
			from = range.isAll() ? arrivals.slices() - 1 : arrivals.slice(range.fromNanos());
			to = range.isAll() ? from : arrivals.slice(range.toNanos() - 1);
		}
		switch (event.keyCode) {
			case SWT.ARROW_LEFT, SWT.ARROW_RIGHT -> {
				to = Math.clamp(to + (event.keyCode == SWT.ARROW_LEFT ? -1 : 1), 0, arrivals.slices() - 1);
				from = extend ? from : to;
				choose(arrivals.range(from, to));
			}
			case SWT.HOME, SWT.END -> {
				to = event.keyCode == SWT.HOME ? 0 : arrivals.slices() - 1;
				from = extend ? from : to;
				choose(arrivals.range(from, to));
			}
			case SWT.ESC -> choose(TimeRange.ALL);
			default -> { }
		}
	}

	private void choose(TimeRange chosen) {
		range = chosen;
		if (chosen.isAll()) {
			from = -1;
		}
		redraw();
		rangeListener.accept(chosen);
	}

	private String tip(int a, int b) {
		int traces = 0;
		int failed = 0;
		for (int slice = Math.min(a, b); slice <= Math.max(a, b); slice++) {
			traces += arrivals.traces(slice);
			failed += arrivals.failed(slice);
		}
		return Messages.bind(Messages.arrivalsTip, new Object[] { TraceTexts.time(arrivals.startNanos(Math.min(a, b))),
				TraceTexts.time(arrivals.startNanos(Math.max(a, b) + 1)), String.format("%,d", traces),
				String.format("%,d", failed) });
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		Rectangle area = getClientArea();
		gc.setBackground(theme.background());
		gc.fillRectangle(area);
		int bottom = area.height - 3;
		gc.setForeground(theme.line());
		gc.drawLine(PAD, bottom, area.width - PAD, bottom);
		if (isEmpty()) {
			return;
		}
		boolean brushing = dragging && from != to;
		TimeRange shown = brushing ? arrivals.range(from, to) : range;
		if (!shown.isAll()) {
			int left = x((double) (shown.fromNanos() - arrivals.startNanos(0)) / sliceNanos());
			int right = Math.max(left + 2, x((double) (shown.toNanos() - arrivals.startNanos(0)) / sliceNanos()));
			gc.setBackground(theme.selection());
			gc.fillRectangle(left, 0, right - left, area.height);
			gc.setForeground(theme.accent());
			gc.drawLine(left, 0, left, area.height);
			gc.drawLine(right, 0, right, area.height);
		}
		for (int slice = 0; slice < arrivals.slices(); slice++) {
			if (arrivals.traces(slice) > 0) {
				bar(gc, theme, slice, bottom, shown);
			}
		}
		if (isFocusControl()) {
			gc.setForeground(theme.accent());
			gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
		}
		gc.setForeground(theme.quiet());
		String most = String.format("%,d", arrivals.most());
		int left = area.width - PAD - 1 - Paint.width(gc, most);
		gc.setAlpha(170); // bars go on below it, and do not make it unreadable
		gc.setBackground(theme.background());
		gc.fillRectangle(left - 3, 0, area.width - left + 3, gc.getFontMetrics().getHeight() + 2);
		gc.setAlpha(255);
		gc.drawText(most, left, 1, SWT.DRAW_TRANSPARENT);
	}

	private double sliceNanos() {
		return arrivals.startNanos(1) - arrivals.startNanos(0);
	}

	private void bar(GC gc, Theme theme, int slice, int bottom, TimeRange shown) {
		int left = x(slice);
		int width = Math.max(1, x(slice + 1) - left - 1);
		double scale = (double) (bottom - 4) / arrivals.most();
		int height = Math.max(1, (int) Math.round(arrivals.traces(slice) * scale));
		boolean inside = shown.isAll() || shown.has(arrivals.startNanos(slice));
		gc.setAlpha(inside ? 200 : 80);
		gc.setBackground(theme.accent());
		gc.fillRectangle(left, bottom - height, width, height);
		int failed = arrivals.failed(slice) == 0 ? 0 : Math.max(2, (int) Math.round(arrivals.failed(slice) * scale));
		gc.setBackground(theme.error());
		gc.fillRectangle(left, bottom - failed, width, failed);
		gc.setAlpha(255);
	}
}
