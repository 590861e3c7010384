package io.crosstrace.ui.latency;

import io.crosstrace.ide.latency.HeatMap;
import io.crosstrace.ide.latency.LatencyDiff;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.Theme;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Requests by when they began and how long they took; the darker, the more. A block of cells is chosen by dragging, or
 * by the arrow keys with Shift and Enter: its traces are listed, and compared with the others. Escape lets it go. UI
 * thread.
 */
public final class HeatCanvas extends Canvas {
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
	private static final int CELL_PX = 9;

	private final int textHeight;
	private final int left;
	private Consumer<LatencyDiff.Group> listener = block -> { };
	private HeatMap map;
	/** The block's corners; column -1 for none. */
	private int fromColumn = -1;
	private int fromRow;
	private int toColumn;
	private int toRow;
	private boolean dragging;

	HeatCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		GC gc = new GC(this);
		textHeight = gc.getFontMetrics().getHeight();
		left = gc.textExtent("999 ms").x + 10;
		gc.dispose();
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.MouseDown, this::begin);
		addListener(SWT.MouseMove, this::drag);
		addListener(SWT.MouseUp, event -> end());
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = map == null || fromColumn < 0 ? Messages.heat : tip(fromColumn, fromRow, toColumn, toRow);
			}
		});
	}

	/** @param newListener hears the block that a person chose; null when it is let go */
	void onChosen(Consumer<LatencyDiff.Group> newListener) {
		listener = newListener;
	}

	/** How many columns and rows there is room for. */
	int columns() {
		return Math.max(8, plot().width / CELL_PX);
	}

	int rows() {
		return Math.max(6, plot().height / CELL_PX);
	}

	/** What is shown, or null. */
	public HeatMap map() {
		return map;
	}

	/** Where a cell is drawn, for tests that point at it. */
	public Rectangle cell(int column, int row) {
		Rectangle plot = plot();
		int x = plot.x + plot.width * column / map.columns();
		int y = plot.y + plot.height - plot.height * (row + 1) / map.rows();
		return new Rectangle(x, y, plot.x + plot.width * (column + 1) / map.columns() - x,
				plot.y + plot.height - plot.height * row / map.rows() - y);
	}

	/** Lets the chosen block go without telling: its requests are there no more. */
	void forget() {
		fromColumn = -1;
		dragging = false;
		redraw();
	}

	/** Stands still while a block of cells is chosen: those of another picture would be other cells. */
	void show(HeatMap newMap) {
		boolean another = map == null || !map.operation().equals(newMap.operation());
		if (another || !dragging && fromColumn < 0) {
			map = newMap;
			dragging = false;
			fromColumn = -1;
			redraw();
		}
	}

	private boolean isEmpty() {
		return map == null || map.most() == 0;
	}

	private Rectangle plot() {
		Rectangle area = getClientArea();
		int top = textHeight + 8;
		return new Rectangle(left, top, Math.max(1, area.width - left - 8), Math.max(1, area.height - top - textHeight - 6));
	}

	private int columnAt(int x) {
		Rectangle plot = plot();
		return Math.clamp((long) (x - plot.x) * map.columns() / plot.width, 0, map.columns() - 1);
	}

	private int rowAt(int y) {
		Rectangle plot = plot();
		return Math.clamp((long) (plot.y + plot.height - 1 - y) * map.rows() / plot.height, 0, map.rows() - 1);
	}

	private void begin(Event event) {
		forceFocus();
		if (event.button == 1 && !isEmpty()) {
			dragging = true;
			fromColumn = columnAt(event.x);
			fromRow = rowAt(event.y);
			toColumn = fromColumn;
			toRow = fromRow;
			redraw();
		}
	}

	private void drag(Event event) {
		if (isEmpty()) {
			setToolTipText(null);
		} else if (dragging) {
			toColumn = columnAt(event.x);
			toRow = rowAt(event.y);
			redraw();
		} else {
			int column = columnAt(event.x);
			int row = rowAt(event.y);
			setToolTipText(plot().contains(event.x, event.y) ? tip(column, row, column, row) : null);
		}
	}

	private void end() {
		if (dragging) {
			dragging = false;
			apply();
		}
	}

	/** The block that is chosen, or null. */
	LatencyDiff.Group block() {
		return map == null || fromColumn < 0 || dragging ? null : map.group(fromColumn, fromRow, toColumn, toRow);
	}

	private void apply() {
		listener.accept(block());
	}

	private void key(Event event) {
		if (isEmpty()) {
			return;
		}
		int across = event.keyCode == SWT.ARROW_LEFT ? -1 : event.keyCode == SWT.ARROW_RIGHT ? 1 : 0;
		int up = event.keyCode == SWT.ARROW_UP ? 1 : event.keyCode == SWT.ARROW_DOWN ? -1 : 0;
		if (across != 0 || up != 0) {
			if (fromColumn < 0) {
				fromColumn = map.columns() - 1;
				fromRow = map.rows() - 1;
				toColumn = fromColumn;
				toRow = fromRow;
			} else {
				toColumn = Math.clamp(toColumn + across, 0, map.columns() - 1);
				toRow = Math.clamp(toRow + up, 0, map.rows() - 1);
			}
			if ((event.stateMask & SWT.SHIFT) == 0) {
				fromColumn = toColumn;
				fromRow = toRow;
			}
			setToolTipText(tip(fromColumn, fromRow, toColumn, toRow));
			redraw();
		} else if ((event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) && fromColumn >= 0) {
			apply();
		} else if (event.keyCode == SWT.ESC) {
			fromColumn = -1;
			redraw();
			apply();
		}
	}

	private String tip(int column, int row, int otherColumn, int otherRow) {
		int requests = 0;
		int failures = 0;
		for (int x = Math.min(column, otherColumn); x <= Math.max(column, otherColumn); x++) {
			for (int y = Math.min(row, otherRow); y <= Math.max(row, otherRow); y++) {
				requests += map.requests(x, y);
				failures += map.failures(x, y);
			}
		}
		return Messages.bind(Messages.heatTip, new Object[] { String.format("%,d", requests), String.format("%,d", failures),
				clock(map.startNanos(Math.min(column, otherColumn))), clock(map.startNanos(Math.max(column, otherColumn) + 1)),
				Durations.text(map.durationNanos(Math.min(row, otherRow))),
				Durations.text(map.durationNanos(Math.max(row, otherRow) + 1)) });
	}

	private static String clock(long nanos) {
		return CLOCK.format(Instant.ofEpochSecond(0, nanos));
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		Rectangle area = getClientArea();
		gc.setBackground(theme.background());
		gc.fillRectangle(area);
		if (isEmpty()) {
			return;
		}
		Rectangle plot = plot();
		gc.setForeground(theme.text());
		gc.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
		int titleWidth = Math.min(plot.width, Paint.width(gc, Messages.heatTitle));
		Paint.text(gc, Messages.heatTitle, plot.x + (plot.width - titleWidth) / 2, 2, plot.width);
		gc.setFont(getFont());
		for (int column = 0; column < map.columns(); column++) {
			for (int row = 0; row < map.rows(); row++) {
				int count = map.requests(column, row);
				if (count > 0) {
					Rectangle cell = cell(column, row);
					gc.setAlpha(50 + (int) (205 * Math.log1p(count) / Math.log1p(map.most())));
					gc.setBackground(map.failures(column, row) * 2 >= count ? theme.error() : theme.accent());
					gc.fillRectangle(cell.x, cell.y, Math.max(1, cell.width - 1), Math.max(1, cell.height - 1));
				}
			}
		}
		gc.setAlpha(255);
		axes(gc, theme, plot);
		if (fromColumn >= 0) {
			Rectangle block = cell(fromColumn, fromRow).union(cell(toColumn, toRow));
			gc.setForeground(theme.text());
			gc.drawRectangle(block.x - 1, block.y - 1, block.width, block.height);
		}
		if (isFocusControl()) {
			gc.setForeground(theme.accent());
			gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
		}
	}

	private void axes(GC gc, Theme theme, Rectangle plot) {
		gc.setForeground(theme.line());
		gc.drawLine(plot.x, plot.y + plot.height, plot.x + plot.width, plot.y + plot.height);
		gc.setForeground(theme.quiet());
		int marks = Math.max(1, Math.min(5, plot.height / (2 * textHeight)));
		for (int mark = 0; mark <= marks; mark++) {
			int y = plot.y + plot.height - plot.height * mark / marks;
			Paint.textRight(gc, Durations.text(map.durationNanos(map.rows() * mark / marks)), plot.x - 4,
					Math.clamp(y - textHeight / 2, 0, getClientArea().height - textHeight));
		}
		String first = clock(map.startNanos(0));
		int y = plot.y + plot.height + 3;
		Paint.text(gc, first, plot.x, y, plot.width / 2);
		Paint.textRight(gc, clock(map.startNanos(map.columns())), plot.x + plot.width, y);
	}
}
