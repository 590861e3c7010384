package io.crosstrace.ui.traces;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceList.Order;
import io.crosstrace.ide.session.TraceListing;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * The list of traces: paints the rows that can be seen and no others. Follows what arrives until a row is chosen or the
 * list is scrolled; then rows stay where they are, and Home follows again. Several are chosen as in any list: with Ctrl,
 * with Shift, or all. UI thread.
 */
public final class TraceCanvas extends Canvas {
	private static final int PAD = 8;
	private static final int MOST_OPERATION_PX = 420;

	/** In the order they are shown. */
	enum Column {
		START(Order.START, "00:00:00.000"), OPERATION(Order.OPERATION, ""), DURATION(Order.DURATION, "999.9 ms"),
		SPANS(Order.SPANS, "10,000"), SERVICES(Order.SERVICES, ""), ERRORS(Order.ERRORS, "");

		final Order order;
		final String widest;

		Column(Order order, String widest) {
			this.order = order;
			this.widest = widest;
		}

		boolean isChoice() {
			return this != OPERATION;
		}

		String title() {
			return switch (this) {
				case START -> Messages.columnStart;
				case OPERATION -> Messages.columnOperation;
				case DURATION -> Messages.columnDuration;
				case SPANS -> Messages.columnSpans;
				case SERVICES -> Messages.columnServices;
				case ERRORS -> Messages.columnErrors;
			};
		}
	}

	private final int textHeight;
	private final int[] widths = new int[Column.values().length];
	private BiConsumer<Trace, BitSet> chosenListener = (trace, together) -> { };
	private Consumer<Order> orderListener = order -> { };
	private Runnable openListener = () -> { };
	private final Set<Column> wanted = EnumSet.allOf(Column.class);
	/** Of names measured lately, by service and operation. */
	private final Map<Long, Integer> operationWidths = new HashMap<>();
	private TraceList list;
	private Order order = Order.START;
	private boolean reversed;
	private final Marks marks = new Marks();
	private int hovered = -1;
	/** Whether the newest row is to be seen; false once a person looks at a certain one. */
	private boolean following = true;
	/** The widest request name seen since the room changed, so that columns do not come and go. */
	private int operationPx;

	public TraceCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.NO_BACKGROUND);
		GC gc = new GC(this);
		textHeight = gc.getFontMetrics().getHeight();
		for (Column column : Column.values()) {
			int title = gc.textExtent(column.title() + " ▾").x;
			widths[column.ordinal()] = Math.max(title, gc.textExtent(column.widest).x) + 2 * PAD;
		}
		gc.dispose();
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> {
			operationPx = 0;
			updateScrollBar();
		});
		addListener(SWT.MouseDown, this::mouseDown);
		addListener(SWT.MouseMove, event -> hover(rowAt(event.y)));
		addListener(SWT.MouseExit, event -> hover(-1));
		addListener(SWT.MouseDoubleClick, event -> {
			if (rowAt(event.y) >= 0) {
				openListener.run();
			}
		});
		addListener(SWT.MouseVerticalWheel, event -> {
			event.doit = false;
			scrollTo(getVerticalBar().getSelection() - event.count);
			following = top() == 0;
		});
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		getVerticalBar().addListener(SWT.Selection, event -> {
			following = top() == 0;
			redraw();
		});
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = describeChosen();
			}
		});
	}

	/** @param listener hears which trace a person chose, and the rows of the roots of all that are chosen with it */
	public void onChosen(BiConsumer<Trace, BitSet> listener) {
		chosenListener = listener;
	}

	/** @param listener hears that a person wants to go on to the chosen trace */
	public void onOpen(Runnable listener) {
		openListener = listener;
	}

	/** @param listener hears in which order a person wants the list */
	public void onOrder(Consumer<Order> listener) {
		orderListener = listener;
	}

	/** The traces shown, or null before the first. */
	public TraceList list() {
		return list;
	}

	Set<Column> columns() {
		return wanted;
	}

	/** Shows a column where there is room for it, or hides it. */
	void show(Column column, boolean on) {
		if (on ? wanted.add(column) : wanted.remove(column)) {
			redraw();
		}
	}

	/** The position of the chosen trace, or -1 if it is not in the list. */
	public int chosenPosition() {
		return list == null || marks.lead() < 0 ? -1 : list.position(marks.lead());
	}

	/** How many traces are chosen. */
	public int chosenCount() {
		return marks.roots().cardinality();
	}

	/** A place inside the row at a position, if it can be seen: for tests that click. */
	public Rectangle rowBounds(int position) {
		return new Rectangle(0, headerHeight() + (position - top()) * rowHeight(), getClientArea().width, rowHeight());
	}

	/**
	 * @param sameRows whether rows still mean the same spans as in the list before
	 * @param chosen root row of the chosen trace, or -1
	 */
	void show(TraceList newList, boolean sameRows, int chosen) {
		TraceListing listing = newList.listing();
		boolean sameOrder = listing.order() == order && listing.reversed() == reversed;
		int top = top();
		int newTop = 0;
		if (list != null && sameRows && sameOrder && !following) {
			newTop = top;
			int before = list.size() == 0 ? -1 : chosenPosition();
			boolean anchored = before >= top && before < top + page();
			int row = anchored ? before : top; // the row that is not to move
			int after = row < list.size() ? newList.position(list.trace(row).rootRow()) : -1;
			newTop = after < 0 ? top : after - (row - top);
		}
		if (!sameRows) {
			operationWidths.clear();
			operationPx = 0;
		}
		list = newList;
		order = listing.order();
		reversed = listing.reversed();
		if (sameRows) {
			marks.follow(list.traces());
		}
		marks.lead(chosen);
		updateScrollBar();
		scrollTo(newTop);
	}

	/** Marks a trace as the chosen one without telling the listener. */
	void mark(int rootRow) {
		marks.lead(rootRow);
		redraw();
	}

	private int rowHeight() {
		return textHeight + 7;
	}

	private int headerHeight() {
		return textHeight + 10;
	}

	private int top() {
		return getVerticalBar().getSelection();
	}

	private int page() {
		return Math.max(1, (getClientArea().height - headerHeight()) / rowHeight());
	}

	private void updateScrollBar() {
		ScrollBar bar = getVerticalBar();
		int size = list == null ? 0 : list.size();
		bar.setVisible(size > page());
		bar.setValues(Math.min(bar.getSelection(), Math.max(0, size - page())), 0, Math.max(1, size),
				Math.min(page(), Math.max(1, size)), 1, page());
		redraw();
	}

	private void scrollTo(int top) {
		getVerticalBar().setSelection(Math.max(0, top));
		redraw();
	}

	private int rowAt(int y) {
		int row = y < headerHeight() ? -1 : top() + (y - headerHeight()) / rowHeight();
		return list != null && row >= 0 && row < list.size() ? row : -1;
	}

	private void hover(int row) {
		if (row != hovered) {
			hovered = row;
			setToolTipText(row < 0 ? null : TraceTexts.tip(list, list.trace(row)));
			redraw();
		}
	}

	private void mouseDown(Event event) {
		forceFocus();
		int row = rowAt(event.y);
		if (list == null) {
			return;
		}
		if (event.button == 3) {
			if (row >= 0 && !marks.has(list.trace(row).rootRow())) {
				choose(row, 0);
			}
		} else if (event.button == 1 && event.y < headerHeight()) {
			Column column = columnAt(event.x);
			if (column != null) {
				orderListener.accept(column.order);
			}
		} else if (event.button == 1 && row >= 0) {
			choose(row, event.stateMask);
		}
	}

	private void key(Event event) {
		if (list == null || list.size() == 0) {
			return;
		}
		int at = chosenPosition();
		int with = event.stateMask & SWT.SHIFT;
		switch (event.keyCode) {
			case SWT.ARROW_UP -> choose(at < 0 ? 0 : at - 1, with);
			case SWT.ARROW_DOWN -> choose(at + 1, with);
			case SWT.PAGE_UP -> choose(at - page(), with);
			case SWT.PAGE_DOWN -> choose(at + page(), with);
			case SWT.HOME -> {
				choose(0, with);
				following = with == 0;
			}
			case SWT.END -> choose(list.size() - 1, with);
			case SWT.CR, SWT.KEYPAD_CR -> openListener.run();
			default -> { }
		}
	}

	/** Chooses all that are listed. */
	void chooseAll() {
		if (list != null && list.size() > 0) {
			marks.all(list);
			following = false;
			redraw();
			tell();
		}
	}

	/** @param with modifier keys, as of an event */
	private void choose(int position, int with) {
		int row = Math.max(0, Math.min(list.size() - 1, position));
		int root = list.trace(row).rootRow();
		if ((with & SWT.SHIFT) != 0) {
			marks.extend(list, row);
		} else if ((with & SWT.MOD1) != 0) {
			marks.toggle(root);
		} else {
			marks.only(root);
		}
		following = false;
		if (row < top()) {
			scrollTo(row);
		} else if (row >= top() + page()) {
			scrollTo(row - page() + 1);
		}
		redraw();
		tell();
	}

	private void tell() {
		Trace lead = list.traces().of(marks.lead());
		if (lead != null) {
			chosenListener.accept(lead, marks.roots());
		}
	}

	/**
	 * Widths for the room there is: the request takes what is left. Where that is less than its names need, the other
	 * columns go, the least telling first.
	 */
	private int[] fit(int room) {
		int[] fitted = widths.clone();
		int fixed = 0;
		for (Column column : Column.values()) {
			if (column == Column.OPERATION || !wanted.contains(column)) {
				fitted[column.ordinal()] = 0;
			}
			fixed += fitted[column.ordinal()];
		}
		int needed = Math.min(MOST_OPERATION_PX, operationPx + 2 * PAD);
		for (Column column : new Column[] { Column.SERVICES, Column.SPANS, Column.START, Column.ERRORS }) {
			if (room - fixed < needed) {
				fixed -= fitted[column.ordinal()];
				fitted[column.ordinal()] = 0;
			}
		}
		fitted[Column.OPERATION.ordinal()] = Math.max(0, room - fixed);
		return fitted;
	}

	private void measure(GC gc, int from, int to) {
		SpanTable spans = list.traces().spans();
		for (int position = from; position < to; position++) {
			int root = list.trace(position).rootRow();
			long key = (long) spans.service.get(root) << 32 | spans.operation.get(root);
			Integer known = operationWidths.get(key);
			if (known == null) {
				known = 22 + gc.textExtent(spans.names.text(spans.service.get(root))).x
						+ gc.textExtent(spans.names.text(spans.operation.get(root))).x;
				operationWidths.put(key, known);
			}
			operationPx = Math.max(operationPx, known);
		}
	}

	private Column columnAt(int x) {
		int[] fitted = fit(getClientArea().width);
		int left = 0;
		for (Column column : Column.values()) {
			left += fitted[column.ordinal()];
			if (x < left) {
				return column;
			}
		}
		return null;
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		Rectangle area = getClientArea();
		gc.setBackground(theme.background());
		gc.fillRectangle(area);
		gc.setAntialias(SWT.ON);
		if (list != null) {
			measure(gc, top(), Math.min(list.size(), top() + page() + 2));
		}
		int[] fitted = fit(area.width);
		if (list != null) {
			int last = Math.min(list.size(), top() + page() + 2);
			long longest = 1;
			for (int row = top(); row < last; row++) {
				longest = Math.max(longest, list.trace(row).durationNanos());
			}
			for (int row = top(); row < last; row++) {
				row(gc, theme, row, fitted, longest);
			}
		}
		header(gc, theme, fitted, area.width);
	}

	private void header(GC gc, Theme theme, int[] fitted, int width) {
		gc.setBackground(theme.background());
		gc.fillRectangle(0, 0, width, headerHeight());
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, 0, width, headerHeight());
		int x = 0;
		for (Column column : Column.values()) {
			int room = fitted[column.ordinal()];
			if (room > 0) {
				boolean sorted = column.order == order;
				gc.setForeground(sorted ? theme.text() : theme.quiet());
				String title = column.title() + (sorted ? reversed ? " ▴" : " ▾" : "");
				if (rightAligned(column)) {
					Paint.textRight(gc, title, x + room - PAD, 5);
				} else {
					Paint.text(gc, title, x + PAD, 5, room - PAD);
				}
				x += room;
			}
		}
		gc.setForeground(theme.line());
		gc.drawLine(0, headerHeight() - 1, width, headerHeight() - 1);
	}

	private static boolean rightAligned(Column column) {
		return column != Column.START && column != Column.OPERATION;
	}

	private void row(GC gc, Theme theme, int position, int[] fitted, long longest) {
		Trace trace = list.trace(position);
		int y = headerHeight() + (position - top()) * rowHeight();
		boolean chosen = marks.has(trace.rootRow());
		int width = getClientArea().width;
		if (chosen || position == hovered) {
			gc.setBackground(chosen ? theme.selection() : theme.hover());
			gc.fillRectangle(0, y, width, rowHeight());
			if (trace.rootRow() == marks.lead() && isFocusControl()) {
				gc.setBackground(theme.accent());
				gc.fillRectangle(0, y, 3, rowHeight());
			}
		}
		int textY = y + (rowHeight() - textHeight) / 2;
		int x = 0;
		for (Column column : Column.values()) {
			int room = fitted[column.ordinal()];
			if (room > 0) {
				cell(gc, theme, column, trace, x, y, textY, room, longest, chosen);
				x += room;
			}
		}
	}

	private void cell(GC gc, Theme theme, Column column, Trace trace, int x, int y, int textY, int room, long longest,
			boolean chosen) {
		int right = x + room - PAD;
		gc.setForeground(theme.text());
		switch (column) {
			case START -> {
				gc.setForeground(chosen ? theme.text() : theme.quiet());
				Paint.text(gc, TraceTexts.time(trace.startNanos()), x + PAD, textY, room - PAD);
			}
			case OPERATION -> operation(gc, theme, trace, x + PAD, y, textY, right, chosen);
			case DURATION -> {
				int bar = (int) Math.max(2, (room - 2 * PAD) * (double) trace.durationNanos() / longest);
				gc.setBackground(theme.accent());
				gc.setAlpha(theme.dark() ? 90 : 60);
				gc.fillRoundRectangle(right - bar, y + rowHeight() - 5, bar, 3, 2, 2);
				gc.setAlpha(255);
				Paint.textRight(gc, Durations.text(trace.durationNanos()), right, textY - 1);
			}
			case SPANS -> Paint.textRight(gc, String.format("%,d", trace.size()), right, textY);
			case SERVICES -> Paint.textRight(gc, String.valueOf(trace.services()), right, textY);
			case ERRORS -> {
				if (trace.errors() > 0) {
					gc.setForeground(theme.error());
					int left = Paint.textRight(gc, String.format("%,d", trace.errors()), right, textY);
					Paint.errorSign(gc, theme, left - 17, y + (rowHeight() - 12) / 2, 12);
				}
			}
		}
	}

	private void operation(GC gc, Theme theme, Trace trace, int left, int y, int textY, int right, boolean chosen) {
		String service = TraceTexts.service(list, trace);
		String name = TraceTexts.operation(list, trace);
		gc.setBackground(ServiceColours.of(service, theme.dark()));
		gc.fillRoundRectangle(left, y + rowHeight() / 2 - 4, 8, 8, 3, 3);
		int x = left + 14;
		int room = right - x;
		// Where not both fit, the service's colour still tells it apart: the name gets the larger part.
		int serviceRoom = Math.max(room * 2 / 5, room - 8 - gc.textExtent(name).x);
		x += Paint.text(gc, service, x, textY, serviceRoom) + 8;
		gc.setForeground(chosen ? theme.text() : theme.quiet());
		Paint.text(gc, name, x, textY, right - x);
	}

	private String describeChosen() {
		int at = chosenPosition();
		int count = chosenCount();
		return at < 0 ? "" : TraceTexts.accessible(list, list.trace(at))
				+ (count > 1 ? ", " + Messages.bind(Messages.chosenCount, count) : "");
	}
}
