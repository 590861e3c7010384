package io.crosstrace.ui.timeline;

import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.Gaps.Gap;
import io.crosstrace.ide.timeline.TimeRuler;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelinePicture.Line;
import io.crosstrace.ide.timeline.TimelineRows;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import java.util.BitSet;
import java.util.List;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;

/**
 * How a {@link TimelinePicture} looks. A request is a full bar, a call a slim one; where the trace's time was spent
 * a line runs under the bar; after the answer's first byte a bar is paler; where nothing that the chosen span called
 * was running, its bar is hatched. An error and an uncertain edge have a sign and a word besides their colour. UI
 * thread; decides nothing.
 */
final class TimelinePainter {
	static final int RIGHT_MARGIN = 12;
	private static final int INDENT = 14;
	private static final int PAD = 8;
	/** An inferred edge below it is pointed out. */
	private static final int SURE_PERCENT = 90;

	private final Font bold;
	private final int textHeight;
	private GC gc;
	private Theme theme;
	private final HeldUp heldUp = new HeldUp();
	private TimelineCanvas.Bounds bounds;
	private TimelineLayout layout;
	private TimelinePicture picture;

	TimelinePainter(Canvas canvas) {
		bold = JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT);
		GC measure = new GC(canvas);
		textHeight = measure.getFontMetrics().getHeight();
		measure.dispose();
	}

	int rowHeight() {
		return textHeight + 7;
	}

	/** Where the ruler begins, below the summary and the overview. */
	int rulerTop() {
		return overviewHeight() + 10;
	}

	int headerHeight() {
		return rulerTop() + textHeight + 8;
	}

	int overviewHeight() {
		return textHeight * 2 + 2;
	}

	/** Sets what the calls that follow paint, and paints the ruler's lines. */
	void begin(GC newGc, Theme newTheme, TimelineCanvas.Bounds newBounds, TimelineLayout newLayout,
			TimelinePicture newPicture) {
		gc = newGc;
		theme = newTheme;
		bounds = newBounds;
		layout = newLayout;
		picture = newPicture;
		gc.setAntialias(SWT.ON);
		gc.setForeground(theme.line());
		for (TimeRuler.Tick tick : picture.ticks()) {
			int x = bounds.treeWidth() + tick.x();
			gc.drawLine(x, headerHeight(), x, bounds.height());
		}
	}

	int footerHeight() {
		return textHeight + 8;
	}

	/** @param place rows below the header */
	void line(Line line, int place, boolean chosen, boolean hovered, boolean focus, boolean found) {
		int height = rowHeight();
		int y = headerHeight() + place * height;
		if (chosen || hovered) {
			gc.setBackground(chosen ? theme.selection() : theme.hover());
			gc.setAlpha(hovered && !chosen ? 255 : 200);
			gc.fillRectangle(0, y, bounds.width(), height);
			gc.setAlpha(255);
			if (chosen && focus) {
				gc.setBackground(theme.accent());
				gc.fillRectangle(0, y, 3, height);
			}
		}
		if (found) {
			gc.setBackground(theme.warning());
			gc.setAlpha(chosen ? 0 : 38);
			gc.fillRectangle(0, y, bounds.width(), height);
			gc.setAlpha(255);
			gc.fillRectangle(bounds.treeWidth() - 3, y + 2, 3, height - 4);
		}
		gc.setClipping(0, y, bounds.treeWidth() - 4, height);
		tree(line, y);
		gc.setClipping(bounds.treeWidth(), y, bounds.width() - bounds.treeWidth(), height);
		bar(line, y);
		heldUp.paint(gc, theme, layout, picture, line.index(), bounds.treeWidth(), y, height);
		gc.setClipping(0, 0, bounds.width(), bounds.height());
	}

	/** Where a click folds the line. */
	Rectangle twistie(Line line, int place, TimelineCanvas.Bounds in) {
		return new Rectangle(indent(line.depth(), in), headerHeight() + place * rowHeight(), INDENT, rowHeight());
	}

	private static int indent(int depth, TimelineCanvas.Bounds in) {
		return PAD + Math.min(depth * INDENT, in.treeWidth() * 55 / 100); // deeper ones stay in one column
	}

	private void tree(Line line, int y) {
		int middle = y + rowHeight() / 2;
		int x = indent(line.depth(), bounds);
		if (line.depth() > 0) {
			boolean unsure = line.confidencePercent() != TimelinePicture.EXACT;
			gc.setForeground(unsure ? theme.quiet() : theme.line());
			gc.setLineStyle(unsure ? SWT.LINE_DOT : SWT.LINE_SOLID);
			int from = x - INDENT + 6;
			gc.drawLine(from, y, from, middle);
			gc.drawLine(from, middle, x + (line.children() ? -1 : 8), middle);
			gc.setLineStyle(SWT.LINE_SOLID);
		}
		if (line.children()) {
			Paint.twistie(gc, theme.quiet(), x + 1, middle - 5, 10, !line.collapsed());
		}
		x += INDENT;
		Color colour = ServiceColours.of(line.serviceName(), theme.dark());
		gc.setBackground(colour);
		gc.setForeground(colour);
		if (line.call()) {
			gc.drawRoundRectangle(x, middle - 4, 7, 7, 3, 3);
		} else {
			gc.fillRoundRectangle(x, middle - 4, 8, 8, 3, 3);
		}
		x += 14;
		int textY = y + (rowHeight() - textHeight) / 2;
		int right = bounds.treeWidth() - PAD;
		right = line.group() == null ? certainty(line, right, textY) : times(line.group(), right, y);
		if (line.error()) {
			Paint.errorSign(gc, theme, x, middle - 6, 12);
			x += 17;
		} else if (line.incomplete()) {
			Paint.warningSign(gc, theme, x, middle - 6, 12);
			x += 17;
		}
		gc.setForeground(line.call() ? theme.quiet() : theme.text());
		x += Paint.text(gc, line.call() ? Messages.call : line.serviceName(), x, textY, right - x) + 8;
		gc.setForeground(line.error() ? theme.error() : theme.quiet());
		Paint.text(gc, line.operation(), x, textY, right - x);
	}

	private int certainty(Line line, int right, int textY) {
		int percent = line.confidencePercent();
		if (percent == TimelinePicture.EXACT) {
			return right;
		}
		gc.setForeground(percent < SURE_PERCENT ? theme.warning() : theme.quiet());
		int x = Paint.textRight(gc, "≈ " + percent + " %", right, textY);
		return x - PAD;
	}

	/** How often a row was repeated, as a pill. */
	private int times(TimelinePicture.Group group, int right, int y) {
		String times = "× " + group.count();
		int width = Paint.width(gc, times) + 12;
		gc.setBackground(theme.selection());
		gc.fillRoundRectangle(right - width, y + 2, width, rowHeight() - 4, rowHeight() - 4, rowHeight() - 4);
		gc.setForeground(theme.text());
		gc.drawText(times, right - width + 6, y + (rowHeight() - textHeight) / 2, SWT.DRAW_TRANSPARENT);
		return right - width - PAD;
	}

	private void bar(Line line, int y) {
		int left = bounds.treeWidth();
		int height = rowHeight();
		Color colour = ServiceColours.of(line.serviceName(), theme.dark());
		gc.setAntialias(SWT.ON);
		if (line.below().length > 0) {
			gc.setBackground(colour);
			gc.setAlpha(90);
			for (int i = 0; i < line.below().length; i += 2) {
				gc.fillRectangle(left + line.below()[i], y + height - 5, line.below()[i + 1], 3);
			}
			gc.setAlpha(255);
		}
		if (!line.hasBar()) {
			outside(line, y);
			return;
		}
		int thick = line.call() ? Math.max(4, textHeight / 3) : textHeight - 2;
		int top = y + (height - thick) / 2 - (line.call() ? 0 : 1);
		int x = left + line.x();
		int width = Math.max(2, line.widthPx());
		int arc = line.call() ? 2 : 4;
		gc.setBackground(colour);
		if (line.group() != null) {
			group(line, left, top, thick, y);
			return;
		}
		int answered = line.firstByteX() < 0 ? width : Math.max(0, Math.min(width, line.firstByteX() - line.x()));
		if (answered < width) {
			gc.setAlpha(110);
			gc.fillRoundRectangle(x, top, width, thick, arc, arc);
			gc.setAlpha(255);
		}
		gc.fillRoundRectangle(x, top, Math.max(2, answered), thick, arc, arc);
		if (line.error()) {
			gc.setForeground(theme.error());
			gc.setLineWidth(2);
			gc.drawRoundRectangle(x, top, Math.max(2, width - 1), thick, arc, arc);
			gc.setLineWidth(1);
		}
		criticalLine(line, left, y);
		label(line, x, width, y + (height - textHeight) / 2 - 1);
	}

	/** Repeated spans: when any ran, over a faint band from the first to the last. */
	private void group(Line line, int left, int top, int thick, int y) {
		int x = left + line.x();
		int width = Math.max(2, line.widthPx());
		gc.setAlpha(50);
		gc.fillRoundRectangle(x, top, width, thick, 4, 4);
		gc.setAlpha(255);
		int[] bars = line.group().bars();
		for (int i = 0; i < bars.length; i += 2) {
			gc.fillRectangle(left + bars[i], top, bars[i + 1], thick);
		}
		if (line.error()) {
			gc.setForeground(theme.error());
			gc.drawRoundRectangle(x, top, Math.max(2, width - 1), thick, 4, 4);
		}
		criticalLine(line, left, y);
		label(line, x, width, y + (rowHeight() - textHeight) / 2 - 1);
	}

	private void criticalLine(Line line, int left, int y) {
		gc.setBackground(theme.text());
		for (int i = 0; i < line.critical().length; i += 2) {
			gc.fillRectangle(left + line.critical()[i], y + rowHeight() - 2, line.critical()[i + 1], 2);
		}
	}

	/** Hatches the times in which the chosen span ran and nothing below it did. */
	void gaps(Line line, int place, List<Gap> gaps) {
		int y = headerHeight() + place * rowHeight();
		int thick = line.call() ? Math.max(4, textHeight / 3) : textHeight - 2;
		int top = y + (rowHeight() - thick) / 2 - (line.call() ? 0 : 1);
		gc.setForeground(theme.background());
		gc.setAlpha(150);
		for (Gap gap : gaps) {
			int x = bounds.treeWidth() + Math.max(0, picture.xOf(gap.fromNanos()));
			int right = bounds.treeWidth() + Math.min(picture.widthPx(), picture.xOf(gap.toNanos()));
			if (right - x < 4) {
				continue;
			}
			gc.setClipping(x, top, right - x, thick);
			for (int at = x - thick - x % 7; at < right; at += 7) {
				gc.drawLine(at, top + thick, at + thick, top);
			}
		}
		gc.setAlpha(255);
		gc.setClipping(0, 0, bounds.width(), bounds.height());
	}

	/** Two moments, and the time between them. */
	void measure(Measure measure) {
		if (measure.points() == 0) {
			return;
		}
		int left = bounds.treeWidth();
		int a = left + clamp(picture.xOf(measure.a()));
		int b = left + clamp(picture.xOf(measure.b()));
		gc.setBackground(theme.accent());
		gc.setForeground(theme.accent());
		gc.setAlpha(32);
		gc.fillRectangle(Math.min(a, b), headerHeight(), Math.abs(b - a), bounds.height() - headerHeight());
		gc.setAlpha(255);
		gc.setLineStyle(SWT.LINE_DASH);
		gc.drawLine(a, headerHeight(), a, bounds.height());
		gc.drawLine(b, headerHeight(), b, bounds.height());
		gc.setLineStyle(SWT.LINE_SOLID);
	}

	private int clamp(int x) {
		return Math.max(-1, Math.min(picture.widthPx() + 1, x));
	}

	/** The sentence of the lowest line: what is measured, else the chosen span in short. */
	String footer(TimelineLayout of, TimelineRows rows, int chosen, Measure measure) {
		if (measure.points() == 1) {
			return Messages.bind(Messages.measureFirst, Durations.text(measure.a()));
		}
		if (measure.points() == 2) {
			return Messages.bind(Messages.measured, new Object[] { Durations.text(measure.nanos()),
					Durations.text(Math.min(measure.a(), measure.b())), Durations.text(Math.max(measure.a(),
							measure.b())) });
		}
		return rows.folded(chosen) ? SpanText.group(of, chosen) : SpanText.inShort(of, chosen);
	}

	void footer(String sentence) {
		int top = bounds.height() - footerHeight();
		gc.setBackground(theme.background());
		gc.fillRectangle(0, top, bounds.width(), footerHeight());
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, top, bounds.width(), footerHeight());
		gc.setForeground(theme.line());
		gc.drawLine(0, top, bounds.width(), top);
		gc.setForeground(theme.text());
		Paint.text(gc, sentence, PAD, top + 4, bounds.width() - 2 * PAD);
	}

	/** The duration beside the bar, on the side that has room, else upon it. */
	private void label(Line line, int x, int width, int y) {
		int need = Paint.width(gc, line.duration());
		gc.setForeground(line.error() ? theme.error() : theme.quiet());
		if (x + width + 6 + need <= bounds.width() - 4) {
			gc.drawText(line.duration(), x + width + 6, y, SWT.DRAW_TRANSPARENT);
		} else if (x - 6 - need >= bounds.treeWidth()) {
			Paint.textRight(gc, line.duration(), x - 6, y);
		} else if (!line.call()) {
			gc.setForeground(theme.background());
			gc.drawText(line.duration(), Math.max(x, bounds.treeWidth()) + 6, y, SWT.DRAW_TRANSPARENT);
		}
	}

	/** A pointer to where the bar is that cannot be seen. */
	private void outside(Line line, int y) {
		boolean before = layout.endNanos(line.index()) < picture.fromNanos();
		gc.setForeground(theme.quiet());
		int textY = y + (rowHeight() - textHeight) / 2;
		if (before) {
			gc.drawText("‹ " + line.duration(), bounds.treeWidth() + 4, textY, SWT.DRAW_TRANSPARENT);
		} else {
			Paint.textRight(gc, line.duration() + " ›", bounds.width() - 6, textY);
		}
	}

	/**
	 * @param overview as {@link TimelineLayout#overview} makes it
	 * @param found marked in the overview
	 */
	void header(int[] overview, long from, long to, BitSet found) {
		int height = headerHeight();
		gc.setBackground(theme.background());
		gc.fillRectangle(0, 0, bounds.width(), height);
		gc.setBackground(theme.raised());
		gc.fillRectangle(0, 0, bounds.width(), height);
		overview(overview, found);
		window(from, to);
		summary();
		gc.setForeground(theme.quiet());
		for (TimeRuler.Tick tick : picture.ticks()) {
			int x = bounds.treeWidth() + tick.x();
			if (x + Paint.width(gc, tick.label()) + 4 < bounds.width()) {
				gc.drawText(tick.label(), x + 4, rulerTop() + 4, SWT.DRAW_TRANSPARENT);
			}
			gc.setForeground(theme.line());
			gc.drawLine(x, rulerTop() + 4, x, height);
			gc.setForeground(theme.quiet());
		}
		gc.setForeground(theme.line());
		gc.drawLine(0, height - 1, bounds.width(), height - 1);
		gc.drawLine(bounds.treeWidth(), rulerTop(), bounds.width(), rulerTop());
		gc.drawLine(bounds.treeWidth(), 0, bounds.treeWidth(), bounds.height());
	}

	private void overview(int[] bars, BitSet found) {
		int left = bounds.treeWidth();
		int lastService = -1;
		gc.setAntialias(SWT.OFF);
		for (int i = 0; i < bars.length; i += 4) {
			if (bars[i + 3] != lastService) {
				lastService = bars[i + 3];
				gc.setBackground(ServiceColours.of(layout.traces().spans().names.text(bars[i + 3]), theme.dark()));
			}
			gc.fillRectangle(left + bars[i], 5 + bars[i + 1], bars[i + 2], 2);
		}
		gc.setAntialias(SWT.ON);
		gc.setBackground(theme.warning());
		int drawn = -1;
		for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
			int x = (int) (layout.startNanos(i) * bounds.barsWidth() / (double) layout.durationNanos());
			if (x != drawn) {
				gc.fillRectangle(left + x, rulerTop() - 5, 2, 4);
				drawn = x;
			}
		}
	}

	/** What of the overview can be seen below. */
	private void window(long from, long to) {
		int left = bounds.treeWidth();
		double scale = bounds.barsWidth() / (double) layout.durationNanos();
		int x = left + (int) Math.round(from * scale);
		int right = left + (int) Math.round(to * scale);
		if (x > left || right < left + bounds.barsWidth()) {
			gc.setBackground(theme.background());
			gc.setAlpha(170);
			gc.fillRectangle(left, 0, x - left, rulerTop());
			gc.fillRectangle(right, 0, bounds.width() - right, rulerTop());
			gc.setAlpha(255);
			gc.setForeground(theme.accent());
			gc.drawRectangle(x, 2, Math.max(2, right - x), rulerTop() - 4);
		}
	}

	private void summary() {
		int right = bounds.treeWidth() - PAD;
		var spans = layout.traces().spans();
		int root = layout.trace().rootRow();
		Font plain = gc.getFont();
		gc.setForeground(theme.text());
		gc.setFont(bold);
		Paint.text(gc, spans.names.text(spans.service.get(root)) + "  " + spans.names.text(spans.operation.get(root)),
				PAD, 5, right - PAD);
		gc.setFont(plain);
		gc.setForeground(theme.quiet());
		int x = PAD;
		int y = 5 + textHeight + 3;
		int errors = layout.trace().errors();
		x += Paint.text(gc, Messages.bind(Messages.summary, new Object[] { Durations.text(layout.trace().durationNanos()),
				String.format("%,d", layout.trace().size()), layout.trace().services() }), x, y, right - x);
		if (errors > 0) {
			gc.setForeground(theme.error());
			Paint.text(gc, "  ·  " + Messages.bind(errors == 1 ? Messages.oneError : Messages.errors, errors), x, y,
					right - x);
		}
		gc.setForeground(theme.quiet());
		Paint.text(gc, Messages.columns, PAD, rulerTop() + 4, right - PAD);
	}

	/** What a drag on the ruler would show. */
	void zoomRange(int x, int right) {
		gc.setBackground(theme.accent());
		gc.setAlpha(50);
		gc.fillRectangle(x, rulerTop(), right - x, bounds.height());
		gc.setAlpha(255);
		gc.setForeground(theme.accent());
		long length = picture.nanosAt(right) - picture.nanosAt(x);
		gc.drawText(Durations.text(length), x + 4, rulerTop() + 4, SWT.DRAW_TRANSPARENT);
	}
}
