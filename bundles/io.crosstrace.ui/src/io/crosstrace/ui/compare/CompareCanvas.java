package io.crosstrace.ui.compare;

import io.crosstrace.ide.compare.TraceDiff;
import io.crosstrace.ide.compare.TraceDiff.Change;
import io.crosstrace.ide.compare.TraceDiff.Row;
import io.crosstrace.ide.compare.TraceDiff.Side;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * Paints a {@link TraceDiff}: what was done, when each trace did it on one axis of time, and the difference. A
 * difference has a sign and a word besides its colour. UI thread.
 */
public final class CompareCanvas extends Canvas {
	private static final int PAD = 8;
	private static final int INDENT = 14;
	private static final int DELTA_PX = 190;

	private final Font bold;
	private final int textHeight;
	private Consumer<Row> openListener = row -> { };
	private TraceDiff diff;
	private String titleA = "";
	private String titleB = "";
	/** Rows that can be seen, and which of all have their children hidden. */
	private int[] visible = {};
	private BitSet collapsed = new BitSet();
	private final Map<Long, int[]> bars = new HashMap<>();
	private int barsWidth;
	private int chosen;

	CompareCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.NO_BACKGROUND);
		bold = JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT);
		GC measure = new GC(this);
		textHeight = measure.getFontMetrics().getHeight();
		measure.dispose();
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> scrollBar());
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		addListener(SWT.MouseDown, this::press);
		addListener(SWT.MouseDoubleClick, event -> open());
		addListener(SWT.MouseVerticalWheel, event -> {
			event.doit = false;
			getVerticalBar().setSelection(getVerticalBar().getSelection() - event.count);
			redraw();
		});
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		getVerticalBar().addListener(SWT.Selection, event -> redraw());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = diff == null ? "" : describe(diff.rows().get(chosen));
			}
		});
	}

	/** @param listener hears which row a person wants to see in the Timeline */
	void onOpen(Consumer<Row> listener) {
		openListener = listener;
	}

	void show(TraceDiff newDiff, String newTitleA, String newTitleB) {
		diff = newDiff;
		titleA = newTitleA;
		titleB = newTitleB;
		collapsed = new BitSet();
		chosen = 0;
		getVerticalBar().setSelection(0);
		bars.clear();
		refold();
	}

	/** What is shown, or null. */
	public TraceDiff diff() {
		return diff;
	}

	/** The chosen row of {@link #diff}. */
	public int chosen() {
		return chosen;
	}

	/** How many rows can be seen or scrolled to. */
	public int visibleRows() {
		return visible.length;
	}

	/** Where a row of {@link #diff} is, or null if it is folded away: for tests that click. */
	public Rectangle rowBounds(int row) {
		int at = Arrays.binarySearch(visible, row);
		return at < 0 ? null : new Rectangle(0, headerHeight() + (at - top()) * rowHeight(), getClientArea().width,
				rowHeight());
	}

	private void refold() {
		int[] rows = new int[diff.rows().size()];
		int size = 0;
		for (int i = 0; i < rows.length; i = collapsed.get(i) ? diff.rows().get(i).end() : i + 1) {
			rows[size++] = i;
		}
		visible = Arrays.copyOf(rows, size);
		scrollBar();
	}

	private void scrollBar() {
		int page = Math.max(1, page());
		ScrollBar bar = getVerticalBar();
		bar.setVisible(visible.length > page);
		bar.setValues(Math.min(bar.getSelection(), Math.max(0, visible.length - page)), 0,
				Math.max(1, visible.length), Math.min(page, Math.max(1, visible.length)), 1, page);
		redraw();
	}

	private int top() {
		return getVerticalBar().getSelection();
	}

	private int page() {
		return Math.max(0, getClientArea().height - headerHeight() - footerHeight()) / rowHeight();
	}

	private int rowHeight() {
		return textHeight + 7;
	}

	private int headerHeight() {
		return 2 * textHeight + 16;
	}

	private int footerHeight() {
		return textHeight + 8;
	}

	private void press(Event event) {
		setFocus();
		int at = top() + (event.y - headerHeight()) / rowHeight();
		if (diff == null || event.y < headerHeight() || at >= visible.length) {
			return;
		}
		int row = visible[at];
		int x = indent(diff.rows().get(row).depth());
		if (event.x >= x && event.x < x + INDENT) {
			fold(row);
		}
		choose(row);
	}

	private void fold(int row) {
		if (diff.rows().get(row).end() > row + 1) {
			collapsed.flip(row);
			refold();
		}
	}

	private void choose(int row) {
		chosen = row;
		int at = Arrays.binarySearch(visible, row);
		int page = Math.max(1, page());
		if (at >= 0 && at < top()) {
			getVerticalBar().setSelection(at);
		} else if (at >= top() + page) {
			getVerticalBar().setSelection(at - page + 1);
		}
		getAccessible().setFocus(ACC.CHILDID_SELF);
		redraw();
	}

	private void open() {
		if (diff != null) {
			openListener.accept(diff.rows().get(chosen));
		}
	}

	private void key(Event event) {
		if (diff == null) {
			return;
		}
		int at = Math.max(0, Arrays.binarySearch(visible, chosen));
		Row row = diff.rows().get(chosen);
		switch (event.keyCode) {
			case SWT.ARROW_UP -> go(at - 1);
			case SWT.ARROW_DOWN -> go(at + 1);
			case SWT.PAGE_UP -> go(at - page());
			case SWT.PAGE_DOWN -> go(at + page());
			case SWT.HOME -> go(0);
			case SWT.END -> go(visible.length - 1);
			case SWT.CR, SWT.KEYPAD_CR -> open();
			case SWT.ARROW_LEFT -> {
				if (row.end() > chosen + 1 && !collapsed.get(chosen)) {
					fold(chosen);
				} else {
					int up = at;
					while (up > 0 && diff.rows().get(visible[up]).depth() >= row.depth()) {
						up--;
					}
					go(up);
				}
			}
			case SWT.ARROW_RIGHT -> {
				if (collapsed.get(chosen)) {
					fold(chosen);
				} else if (row.end() > chosen + 1) {
					go(at + 1);
				}
			}
			default -> {
				if (event.character == 'n' || event.character == 'N') {
					nextChange(event.character == 'N' ? -1 : 1);
				}
			}
		}
	}

	private void go(int at) {
		choose(visible[Math.max(0, Math.min(visible.length - 1, at))]);
	}

	/** Goes to the next row, or the previous one, that is not the same in both. */
	void nextChange(int by) {
		int at = Math.max(0, Arrays.binarySearch(visible, chosen));
		for (int i = at + by; i >= 0 && i < visible.length; i += by) {
			if (diff.rows().get(visible[i]).change() != Change.SAME) {
				choose(visible[i]);
				return;
			}
		}
	}

	private int indent(int depth) {
		return PAD + Math.min(depth * INDENT, treeWidth() / 2);
	}

	private int treeWidth() {
		return Math.max(160, (getClientArea().width - DELTA_PX) * 4 / 10);
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		Rectangle area = getClientArea();
		gc.setBackground(theme.background());
		gc.fillRectangle(area);
		if (diff == null) {
			return;
		}
		gc.setAntialias(SWT.ON);
		int column = Math.max(1, (area.width - treeWidth() - DELTA_PX) / 2);
		if (column != barsWidth) {
			barsWidth = column;
			bars.clear();
		}
		for (int i = top(); i < visible.length && i <= top() + page(); i++) {
			row(gc, theme, visible[i], headerHeight() + (i - top()) * rowHeight(), column);
		}
		header(gc, theme, area, column);
		footer(gc, theme, area);
	}

	private void row(GC gc, Theme theme, int index, int y, int column) {
		Row row = diff.rows().get(index);
		int width = getClientArea().width;
		if (index == chosen) {
			gc.setBackground(theme.selection());
			gc.fillRectangle(0, y, width, rowHeight());
			if (isFocusControl()) {
				gc.setBackground(theme.accent());
				gc.fillRectangle(0, y, 3, rowHeight());
			}
		}
		name(gc, theme, row, index, y);
		side(gc, theme, row, index, false, treeWidth(), y, column - 10);
		side(gc, theme, row, index, true, treeWidth() + column, y, column - 10);
		delta(gc, theme, row, treeWidth() + 2 * column, y);
	}

	private void name(GC gc, Theme theme, Row row, int index, int y) {
		int x = indent(row.depth());
		int middle = y + rowHeight() / 2;
		int textY = y + (rowHeight() - textHeight) / 2;
		if (row.end() > index + 1) {
			Paint.twistie(gc, theme.quiet(), x + 1, middle - 5, 10, !collapsed.get(index));
		}
		x += INDENT;
		Color colour = ServiceColours.of(row.service(), theme.dark());
		gc.setBackground(colour);
		gc.setForeground(colour);
		if (row.call()) {
			gc.drawRoundRectangle(x, middle - 4, 7, 7, 3, 3);
		} else {
			gc.fillRoundRectangle(x, middle - 4, 8, 8, 3, 3);
		}
		x += 14;
		int right = treeWidth() - PAD;
		gc.setForeground(row.call() ? theme.quiet() : theme.text());
		x += Paint.text(gc, row.call() ? Messages.call : row.service(), x, textY, right - x) + 8;
		gc.setForeground(colour(theme, row.change(), theme.quiet()));
		Paint.text(gc, row.operation(), x, textY, right - x);
	}

	private void side(GC gc, Theme theme, Row row, int index, boolean second, int left, int y, int width) {
		Side side = second ? row.b() : row.a();
		if (side.count() == 0 || width < 20) {
			return;
		}
		int thick = row.call() ? Math.max(4, textHeight / 3) : textHeight - 2;
		int top = y + (rowHeight() - thick) / 2;
		int label = 76;
		int[] pairs = bars.computeIfAbsent((long) index << 1 | (second ? 1 : 0),
				x -> diff.bars(index, second, Math.max(1, width - label)));
		gc.setBackground(ServiceColours.of(row.service(), theme.dark()));
		int end = left;
		for (int i = 0; i < pairs.length; i += 2) {
			int w = Math.max(2, pairs[i + 1]);
			gc.fillRectangle(left + pairs[i], top, w, thick);
			end = left + pairs[i] + w;
		}
		if (side.errors() > 0) {
			Paint.errorSign(gc, theme, end + 4, y + (rowHeight() - 12) / 2, 12);
			end += 16;
		}
		gc.setForeground(side.errors() > 0 ? theme.error() : theme.quiet());
		String text = Durations.text(side.nanos());
		gc.drawText(side.count() > 1 ? "× " + side.count() : text, end + 5, y + (rowHeight() - textHeight) / 2,
				SWT.DRAW_TRANSPARENT);
	}

	private void delta(GC gc, Theme theme, Row row, int left, int y) {
		int textY = y + (rowHeight() - textHeight) / 2;
		gc.setForeground(colour(theme, row.change(), theme.quiet()));
		if (row.change() != Change.SAME) {
			Paint.text(gc, word(row), left, textY, DELTA_PX - 84);
		}
		if (row.a().count() > 0 && row.b().count() > 0) {
			String delta = row.deltaNanos() == 0 ? "=" : (row.deltaNanos() > 0 ? "+" : "") + Durations.text(row.deltaNanos());
			Paint.textRight(gc, delta, left + DELTA_PX - PAD - 6, textY);
		} else {
			Paint.textRight(gc, Durations.text(Math.max(row.a().nanos(), row.b().nanos())),
					left + DELTA_PX - PAD - 6, textY);
		}
	}

	private static Color colour(Theme theme, Change change, Color same) {
		return switch (change) {
			case FAILS, ADDED, SLOWER, MORE -> change == Change.FAILS ? theme.error() : theme.warning();
			case FIXED, REMOVED, FASTER, FEWER -> theme.good();
			case SAME -> same;
		};
	}

	private static String word(Row row) {
		return switch (row.change()) {
			case ADDED -> "+ " + Messages.added;
			case REMOVED -> "− " + Messages.removed;
			case FAILS -> "! " + Messages.fails;
			case FIXED -> "✓ " + Messages.fixed;
			case MORE, FEWER -> "× " + row.a().count() + " → × " + row.b().count();
			case SLOWER -> "▲ " + Messages.slower;
			case FASTER -> "▼ " + Messages.faster;
			case SAME -> Messages.same;
		};
	}

	private void header(GC gc, Theme theme, Rectangle area, int column) {
		gc.setBackground(theme.background());
		gc.fillRectangle(0, 0, area.width, headerHeight());
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, 0, area.width, headerHeight());
		gc.setForeground(theme.text());
		Font plain = gc.getFont();
		gc.setFont(bold);
		int left = treeWidth();
		Row root = diff.rows().get(0);
		Paint.text(gc, root.service() + "  " + root.operation(), PAD, 5, left - 2 * PAD);
		Paint.text(gc, "A  " + Durations.text(diff.a().trace().durationNanos()), left, 5, column - 10);
		Paint.text(gc, "B  " + Durations.text(diff.b().trace().durationNanos()), left + column, 5, column - 10);
		long delta = diff.b().trace().durationNanos() - diff.a().trace().durationNanos();
		Paint.textRight(gc, (delta > 0 ? "+" : "") + Durations.text(delta), area.width - PAD - 6, 5);
		gc.setFont(plain);
		gc.setForeground(theme.quiet());
		int y = textHeight + 9;
		Paint.text(gc, Messages.bind(Messages.sizes, diff.a().trace().size(), diff.b().trace().size()), PAD, y,
				left - 2 * PAD);
		Paint.text(gc, titleA, left, y, column - 10);
		Paint.text(gc, titleB, left + column, y, column - 10);
		gc.setForeground(theme.line());
		gc.drawLine(0, headerHeight() - 1, area.width, headerHeight() - 1);
		for (int x : new int[] { left - 5, left + column - 5, left + 2 * column - 5 }) {
			gc.drawLine(x, 0, x, area.height - footerHeight());
		}
	}

	private void footer(GC gc, Theme theme, Rectangle area) {
		int top = area.height - footerHeight();
		gc.setBackground(theme.background());
		gc.fillRectangle(0, top, area.width, footerHeight());
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, top, area.width, footerHeight());
		gc.setForeground(theme.line());
		gc.drawLine(0, top, area.width, top);
		gc.setForeground(theme.text());
		Paint.text(gc, chosen == 0 ? causes() : describe(diff.rows().get(chosen)), PAD, top + 4, area.width - 2 * PAD);
	}

	/** Where the difference comes from, in a sentence. */
	public String causes() {
		StringBuilder text = new StringBuilder();
		for (int row : diff.causes(3)) {
			Row cause = diff.rows().get(row);
			String what = cause.call() ? Messages.bind(Messages.onTheWay, cause.service(), cause.operation())
					: cause.service() + " " + cause.operation();
			text.append(text.isEmpty() ? Messages.causes + " " : "; ").append(what).append(' ')
					.append(cause.ownDeltaNanos() > 0 ? "+" : "").append(Durations.text(cause.ownDeltaNanos()));
		}
		return text.isEmpty() ? Messages.noCauses : text.toString();
	}

	private static String describe(Row row) {
		String what = row.call() ? Messages.bind(Messages.callOf, row.service(), row.operation())
				: row.service() + " " + row.operation();
		return what + "  ·  " + Messages.bind(Messages.both, new Object[] { row.a().count(),
				Durations.text(row.a().nanos()), row.b().count(), Durations.text(row.b().nanos()), word(row),
				(row.ownDeltaNanos() > 0 ? "+" : "") + Durations.text(row.ownDeltaNanos()) });
	}
}
