package io.crosstrace.ui.charts;

import io.crosstrace.ide.timeline.Durations;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis of durations in nanoseconds, marked at 1, 2 and 5 of each power of ten as room allows. */
final class DurationAxis extends LogAxis {
	private static final long serialVersionUID = 1L;
	private static final int LABEL_PIXELS = 56;

	DurationAxis() {
		super(null);
		setMinorTickMarksVisible(false);
		setLowerMargin(0.02);
		setUpperMargin(0.02);
	}

	@Override
	public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
		double low = getRange().getLowerBound();
		double high = getRange().getUpperBound();
		double decades = Math.log10(high / low);
		int[] steps = decades * 3 * LABEL_PIXELS < area.getWidth() ? new int[] { 1, 2, 5 } : new int[] { 1 };
		List<NumberTick> ticks = new ArrayList<>();
		for (double decade = Math.pow(10, Math.floor(Math.log10(low))); decade <= high; decade *= 10) {
			for (int step : steps) {
				double value = decade * step;
				if (value >= low && value <= high) {
					ticks.add(new NumberTick(value, DurationFormat.text(value), TextAnchor.TOP_CENTER,
							TextAnchor.CENTER, 0));
				}
			}
		}
		if (ticks.size() < 2) { // less than a step wide: say where it begins and ends
			ticks.clear();
			for (double value : new double[] { low, high }) {
				ticks.add(new NumberTick(value, Durations.text(Math.round(value)),
						value == low ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT, TextAnchor.CENTER, 0));
			}
		}
		return ticks;
	}
}
