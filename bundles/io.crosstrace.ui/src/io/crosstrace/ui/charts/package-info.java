/**
 * Charts drawn by JFreeChart straight onto an SWT canvas, without AWT windows: the only package that knows
 * org.jfree. {@link io.crosstrace.ui.charts.LatencyCharts} turns numbers into charts,
 * {@link io.crosstrace.ui.charts.ChartCanvas} paints them.
 */
package io.crosstrace.ui.charts;
