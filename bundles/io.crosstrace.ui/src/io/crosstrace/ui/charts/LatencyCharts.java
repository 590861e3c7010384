package io.crosstrace.ui.charts;

import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.timeline.Durations;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Turns a {@link LatencyPicture} into charts. Pure; off the UI thread. */
public final class LatencyCharts {
	private static final String[] NAMES = { "p50", "p95", "p99" };
	private static final double NANOS_PER_MILLI = 1e6;

	private LatencyCharts() {
	}

	/** How many requests took how long, on a logarithmic axis, the failed ones in red. */
	public static Chart histogram(LatencyPicture picture) {
		XYIntervalSeries all = new XYIntervalSeries(Messages.requests);
		XYIntervalSeries failed = new XYIntervalSeries(ChartLook.FAILED);
		for (int bar = 0; bar < picture.bars(); bar++) {
			double from = picture.barStartNanos(bar);
			double to = picture.barStartNanos(bar + 1);
			double middle = Math.sqrt(from * to);
			int count = picture.barRequests(bar);
			all.add(middle, from, to * 0.985, count, 0, count);
			failed.add(middle, from, to * 0.985, picture.barFailures(bar), 0, picture.barFailures(bar));
		}
		LogAxis durations = new DurationAxis();
		NumberAxis counts = new NumberAxis(Messages.requests);
		counts.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
		counts.setUpperMargin(0.45); // room above the bars for the percentiles' names
		XYPlot plot = new XYPlot(collection(all), durations, counts, bars());
		plot.setDataset(1, collection(failed));
		plot.setRenderer(1, bars());
		plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
		double middle = Math.sqrt(picture.barStartNanos(0) * picture.barStartNanos(picture.bars()));
		for (int i = 0; picture.all().total() > 0 && i < NAMES.length; i++) {
			long nanos = picture.all().percentile(LatencyPicture.SHARES[i]);
			plot.addDomainMarker(marker(NAMES[i], nanos, i, nanos > middle));
		}
		JFreeChart chart = new JFreeChart(Messages.histogram, null, plot, false);
		return new Chart(chart, nanos -> barTip(picture, nanos));
	}

	/** The percentiles of each slice of time. */
	public static Chart percentiles(LatencyPicture picture) {
		XYSeriesCollection lines = new XYSeriesCollection();
		for (int share = 0; share < NAMES.length; share++) {
			XYSeries line = new XYSeries(NAMES[share]);
			for (int slice = 0; slice < picture.slices(); slice++) {
				double nanos = picture.percentile(share, slice);
				line.add(picture.sliceStartNanos(slice) / NANOS_PER_MILLI, Double.isNaN(nanos) ? null : nanos);
			}
			lines.addSeries(line);
		}
		DateAxis times = new DateAxis();
		times.setDateFormatOverride(new SimpleDateFormat("HH:mm:ss", Locale.ROOT));
		times.setLowerMargin(0);
		times.setUpperMargin(0);
		NumberAxis durations = new NumberAxis();
		durations.setNumberFormatOverride(new DurationFormat());
		durations.setStandardTickUnits(NumberAxis.createStandardTickUnits());
		XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
		renderer.setAutoPopulateSeriesShape(false);
		renderer.setDefaultShape(new Ellipse2D.Double(-1.5, -1.5, 3, 3));
		renderer.setDefaultShapesVisible(picture.slices() <= 60);
		XYPlot plot = new XYPlot(lines, times, durations, renderer);
		plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
		JFreeChart chart = new JFreeChart(Messages.percentiles, null, plot, true);
		return new Chart(chart, millis -> sliceTip(picture, millis));
	}

	private static XYIntervalSeriesCollection collection(XYIntervalSeries series) {
		XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
		collection.addSeries(series);
		return collection;
	}

	private static XYBarRenderer bars() {
		XYBarRenderer bars = new XYBarRenderer();
		bars.setUseYInterval(true);
		return bars;
	}

	/** Labels step down, so that percentiles close together can be read, and stay inside the chart. */
	private static ValueMarker marker(String name, long nanos, int step, boolean leftOfLine) {
		ValueMarker marker = new ValueMarker(Math.max(1, nanos));
		marker.setLabel(name + " " + Durations.text(nanos));
		marker.setLabelAnchor(leftOfLine ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
		marker.setLabelTextAnchor(leftOfLine ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
		marker.setLabelOffset(new RectangleInsets(1 + step * 14, 4, 2, 4));
		marker.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] { 4, 3 }, 0));
		return marker;
	}

	private static String barTip(LatencyPicture picture, double nanos) {
		for (int bar = 0; bar < picture.bars(); bar++) {
			if (nanos >= picture.barStartNanos(bar) && nanos < picture.barStartNanos(bar + 1)) {
				return Messages.bind(Messages.barTip, new Object[] { picture.barRequests(bar),
						Durations.text((long) picture.barStartNanos(bar)),
						Durations.text((long) picture.barStartNanos(bar + 1)), picture.barFailures(bar) });
			}
		}
		return null;
	}

	private static String sliceTip(LatencyPicture picture, double millis) {
		for (int slice = picture.slices() - 1; slice >= 0; slice--) {
			if (millis * NANOS_PER_MILLI >= picture.sliceStartNanos(slice)) {
				if (picture.requests(slice) == 0) {
					return Messages.nothing;
				}
				return Messages.bind(Messages.sliceTip, new Object[] {
						new SimpleDateFormat("HH:mm:ss", Locale.ROOT)
								.format(new Date(picture.sliceStartNanos(slice) / 1_000_000)),
						picture.requests(slice), picture.failures(slice), Durations.text((long) picture.percentile(0, slice)),
						Durations.text((long) picture.percentile(1, slice)),
						Durations.text((long) picture.percentile(2, slice)) });
			}
		}
		return null;
	}
}
