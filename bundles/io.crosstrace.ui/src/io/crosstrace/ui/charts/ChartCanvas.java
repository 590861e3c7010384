package io.crosstrace.ui.charts;

import io.crosstrace.ui.Paint;
import io.crosstrace.ui.Theme;
import java.util.Objects;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/**
 * Shows one chart. It is drawn into an image once for each change of chart, size or theme; painting copies the
 * image. Of several that change at once each is drawn in a turn of its own, so that none holds up the others. UI thread.
 */
public final class ChartCanvas extends Canvas {
	private static final long TURN_NANOS = 5_000_000;
	/** When any of them was drawn. */
	private static long drawnNanos;

	private Chart chart;
	private Image image;
	private Color background;

	public ChartCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> forget());
		addListener(SWT.MouseMove, event -> {
			String tip = chart == null ? null : chart.tip(event.x, event.y);
			if (!Objects.equals(tip, getToolTipText())) {
				setToolTipText(tip);
			}
		});
		addDisposeListener(event -> forget());
	}

	/** Swaps the chart; null shows none. */
	public void show(Chart newChart) {
		chart = newChart;
		forget();
		redraw();
	}

	/** Whether there is a chart, and it has been drawn. */
	public boolean isDrawn() {
		return chart != null && image != null;
	}

	private void forget() {
		if (image != null) {
			image.dispose();
			image = null;
		}
	}

	private void paint(GC gc) {
		Rectangle area = getClientArea();
		if (!getBackground().equals(background)) {
			forget(); // the theme was switched
			background = getBackground();
		}
		if (image == null && chart != null && System.nanoTime() - drawnNanos < TURN_NANOS) {
			gc.fillRectangle(area);
			getDisplay().asyncExec(() -> {
				if (!isDisposed()) {
					redraw();
				}
			});
			return;
		}
		if (image == null && area.width > 0 && area.height > 0) {
			image = Paint.image(this, area.width, area.height);
			GC into = new GC(image);
			try {
				Theme theme = Theme.of(this);
				into.setBackground(theme.background());
				into.fillRectangle(area);
				if (chart != null) {
					into.setFont(getFont());
					chart.look(theme, Math.max(9, into.getFontMetrics().getHeight() * 3 / 4), area.height);
					chart.paint(into, new Point(area.width, area.height));
				}
			} finally {
				into.dispose();
			}
			drawnNanos = chart == null ? drawnNanos : System.nanoTime();
		}
		if (image != null) {
			gc.drawImage(image, 0, 0);
		}
	}
}
