package io.crosstrace.ui.charts;

import io.crosstrace.ui.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;

/** Gives a chart the colours and the font of the workbench. UI thread. */
final class ChartLook {
	/** Which colour a series has, by its key. */
	static final String FAILED = "failed";
	/** Lets the line below be seen where both are one. */
	private static final BasicStroke DASHED = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
			new float[] { 5, 4 }, 0);
	private static final Color[] LINES_LIGHT = { rgb(0x1E9688), rgb(0x3B78D8), rgb(0x8A5CC7) };
	private static final Color[] LINES_DARK = { rgb(0x45C1B2), rgb(0x6EA1F2), rgb(0xB695EE) };

	private ChartLook() {
	}

	static void apply(JFreeChart chart, Theme theme, int fontHeight) {
		Color background = awt(theme.background());
		Font font = new Font(Font.SANS_SERIF, Font.PLAIN, fontHeight);
		chart.setBackgroundPaint(background);
		chart.setPadding(new RectangleInsets(4, 2, 2, 26));
		XYPlot plot = chart.getXYPlot();
		plot.setBackgroundPaint(background);
		plot.setOutlineVisible(false);
		plot.setDomainGridlinesVisible(false);
		plot.setRangeGridlinePaint(awt(theme.line()));
		plot.setRangeGridlineStroke(new BasicStroke(1));
		plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
		axis(plot.getDomainAxis(), theme, font);
		axis(plot.getRangeAxis(), theme, font);
		chart.getTitle().setFont(font.deriveFont(Font.BOLD));
		chart.getTitle().setPaint(awt(theme.text()));
		if (chart.getLegend() != null) {
			chart.getLegend().setBackgroundPaint(background);
			chart.getLegend().setItemPaint(awt(theme.quiet()));
			chart.getLegend().setItemFont(font);
		}
		series(plot, theme);
		markers(plot, theme, font);
	}

	private static void series(XYPlot plot, Theme theme) {
		Color[] lines = theme.dark() ? LINES_DARK : LINES_LIGHT;
		for (int i = 0; i < plot.getDatasetCount(); i++) {
			XYItemRenderer renderer = plot.getRenderer(i);
			for (int series = 0; series < plot.getDataset(i).getSeriesCount(); series++) {
				boolean failed = FAILED.equals(plot.getDataset(i).getSeriesKey(series));
				renderer.setSeriesPaint(series,
						failed ? awt(theme.error()) : lines[renderer instanceof XYBarRenderer ? 1 : series % 3]);
				renderer.setSeriesStroke(series, series == 2 ? DASHED : new BasicStroke(series == 1 ? 2.2f : 1.5f));
			}
			if (renderer instanceof XYBarRenderer bars) {
				bars.setBarPainter(new StandardXYBarPainter());
				bars.setShadowVisible(false);
				bars.setDrawBarOutline(false);
			}
		}
	}

	private static void markers(XYPlot plot, Theme theme, Font font) {
		var markers = plot.getDomainMarkers(Layer.FOREGROUND);
		if (markers != null) {
			for (Object each : markers) {
				ValueMarker marker = (ValueMarker) each;
				marker.setPaint(awt(theme.quiet()));
				marker.setLabelPaint(awt(theme.text()));
				marker.setLabelFont(font);
				marker.setLabelBackgroundColor(awt(theme.background()));
			}
		}
	}

	private static void axis(ValueAxis axis, Theme theme, Font font) {
		axis.setTickLabelFont(font);
		axis.setLabelFont(font);
		axis.setTickLabelPaint(awt(theme.quiet()));
		axis.setLabelPaint(awt(theme.quiet()));
		axis.setAxisLinePaint(awt(theme.line()));
		axis.setTickMarkPaint(awt(theme.line()));
	}

	private static Color awt(org.eclipse.swt.graphics.Color color) {
		return new Color(color.getRed(), color.getGreen(), color.getBlue());
	}

	private static Color rgb(int rgb) {
		return new Color(rgb);
	}
}
