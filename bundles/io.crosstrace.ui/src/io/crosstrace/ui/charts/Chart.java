package io.crosstrace.ui.charts;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ui.Theme;
import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.lang.invoke.MethodHandles;
import java.util.function.DoubleFunction;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.swt.SWTGraphics2D;
import org.jfree.swt.SWTUtils;

/** A finished chart that can be painted and asked what stands at a place. Made off the UI thread, used on it. */
public final class Chart {
	private final JFreeChart chart;
	private final DoubleFunction<String> told;
	private final ChartRenderingInfo drawn = new ChartRenderingInfo();

	/** @param told what there is to say of a value of the domain axis; null for nothing */
	Chart(JFreeChart chart, DoubleFunction<String> told) {
		this.chart = chart;
		this.told = told;
	}

	/** Gives it the look of the theme and leaves out words where there is no room; needed before each paint. */
	void look(Theme theme, int fontHeight, int height) {
		ChartLook.apply(chart, theme, fontHeight);
		chart.getTitle().setVisible(height > 9 * fontHeight);
		if (chart.getLegend() != null) {
			chart.getLegend().setVisible(height > 11 * fontHeight);
		}
	}

	void paint(GC gc, Point size) {
		SWTGraphics2D graphics = new SWTGraphics2D(gc);
		try {
			chart.draw(graphics, new Rectangle2D.Double(0, 0, size.x, size.y), drawn);
		} finally {
			graphics.dispose();
		}
	}

	/**
	 * Draws it for nobody to see, so that the classes and fonts that drawing needs are there when it is first painted:
	 * they take up to a second. Not for the UI thread.
	 */
	public void rehearse() {
		try {
			MethodHandles.lookup().ensureInitialized(SWTUtils.class);
			MethodHandles.lookup().ensureInitialized(SWTGraphics2D.class);
			Graphics2D nowhere = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB).createGraphics();
			try {
				chart.draw(nowhere, new Rectangle2D.Double(0, 0, 400, 300));
				for (int style : new int[] { Font.PLAIN, Font.BOLD }) {
					new TextLayout("p95", new Font(Font.SANS_SERIF, style, 11), nowhere.getFontRenderContext()).getBounds();
				}
			} finally {
				nowhere.dispose();
			}
		} catch (ReflectiveOperationException | RuntimeException | LinkageError | AWTError e) {
			CrossTrace.log(CrossTrace.warning("The first charts are drawn slowly.", e));
		}
	}

	/** What stands at a place, or null. */
	String tip(int x, int y) {
		Rectangle2D area = drawn.getPlotInfo().getDataArea();
		if (area == null || !area.contains(x, y)) {
			return null;
		}
		XYPlot plot = chart.getXYPlot();
		return told.apply(plot.getDomainAxis().java2DToValue(x, area, plot.getDomainAxisEdge()));
	}
}
