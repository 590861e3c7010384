package io.crosstrace.ui;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Control;

/** Small shapes and texts that several canvases paint. UI thread. */
public final class Paint {
	private static final String DOTS = "…";
	/** Texts measured, by font: measuring costs more than drawing, and the same few texts come again and again. */
	private static final Map<Font, Map<String, Integer>> WIDTHS = new HashMap<>();
	private static final int MOST_WIDTHS = 20_000;
	private static final long ZOOM_NANOS = 10_000_000_000L;
	/** Percent, as of {@link #zoomAsked}; 0 before that. */
	private static int zoom;
	private static long zoomAsked;

	private Paint() {
	}

	/**
	 * An image to draw into. It is in this process's memory where pixels are not scaled: in the display server's,
	 * the UI thread waits for each curve until the server has drawn it. The caller disposes it.
	 */
	public static Image image(Control control, int width, int height) {
		long now = System.nanoTime();
		if (zoom == 0 || now - zoomAsked > ZOOM_NANOS) {
			zoom = control.getMonitor().getZoom(); // asks the display server
			zoomAsked = now;
		}
		return zoom == 100
				? new Image(control.getDisplay(), new ImageData(width, height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF)))
				: new Image(control.getDisplay(), width, height);
	}

	/** Pixels that a text is wide. */
	public static int width(GC gc, String text) {
		Map<String, Integer> widths = WIDTHS.computeIfAbsent(gc.getFont(), font -> new HashMap<>());
		Integer known = widths.get(text);
		if (known == null) {
			if (widths.size() >= MOST_WIDTHS) {
				widths.clear();
			}
			known = gc.textExtent(text).x;
			widths.put(text, known);
		}
		return known;
	}

	/** Draws text that is cut with dots if it is wider than {@code width}. Returns the pixels used. */
	public static int text(GC gc, String text, int x, int y, int width) {
		String fitted = fit(gc, text, width);
		if (!fitted.isEmpty()) {
			gc.drawText(fitted, x, y, SWT.DRAW_TRANSPARENT);
		}
		return fitted.isEmpty() ? 0 : width(gc, fitted);
	}

	/** Draws text that ends at {@code right}. Returns its left edge. */
	public static int textRight(GC gc, String text, int right, int y) {
		int x = right - width(gc, text);
		gc.drawText(text, x, y, SWT.DRAW_TRANSPARENT);
		return x;
	}

	/** A filled circle with an exclamation mark, so that an error is seen without its colour. */
	public static void errorSign(GC gc, Theme theme, int x, int y, int size) {
		sign(gc, theme.error(), theme.background(), x, y, size);
	}

	/** As {@link #errorSign}, for what is incomplete. */
	public static void warningSign(GC gc, Theme theme, int x, int y, int size) {
		sign(gc, theme.warning(), theme.background(), x, y, size);
	}

	private static void sign(GC gc, Color fill, Color mark, int x, int y, int size) {
		gc.setAntialias(SWT.ON);
		gc.setBackground(fill);
		gc.fillOval(x, y, size, size);
		gc.setBackground(mark);
		int thick = Math.max(2, size / 6);
		int middle = x + (size - thick) / 2;
		gc.fillRectangle(middle, y + size / 5, thick, size * 3 / 8);
		gc.fillRectangle(middle, y + size * 7 / 10, thick, thick);
	}

	/** A triangle that points right when closed and down when open. */
	public static void twistie(GC gc, Color color, int x, int y, int size, boolean open) {
		gc.setAntialias(SWT.ON);
		gc.setBackground(color);
		int half = size / 2;
		gc.fillPolygon(open ? new int[] { x, y + size / 4, x + size, y + size / 4, x + half, y + size * 3 / 4 }
				: new int[] { x + size / 4, y, x + size / 4, y + size, x + size * 3 / 4, y + half });
	}

	/** Halves the text until it fits: few measurements, whatever its length. */
	private static String fit(GC gc, String text, int width) {
		if (width <= 0) {
			return "";
		}
		int most = Math.min(text.length(), width / 2 + 1); // no letter is narrower than 2 pixels
		if (most == text.length() && width(gc, text) <= width) {
			return text;
		}
		int low = 0;
		int high = most;
		while (low < high) {
			int middle = (low + high + 1) / 2;
			if (width(gc, text.substring(0, middle) + DOTS) <= width) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return low == 0 ? "" : text.substring(0, low) + DOTS;
	}
}
