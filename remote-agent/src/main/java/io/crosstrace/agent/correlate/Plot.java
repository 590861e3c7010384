package io.crosstrace.agent.correlate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.crosstrace.core.correlate.Correlator;
import io.crosstrace.core.correlate.DelayCorrelator;
import io.crosstrace.core.correlate.FifoCorrelator;
import io.crosstrace.core.correlate.FusionCorrelator;

/** Draws how right each method is at rising load, as SVG: what {@code --plot} does. */
final class Plot {
	private static final double[] LOADS = { 1, 2, 4, 8 };
	private static final int WIDTH = 640;
	private static final int HEIGHT = 360;
	private static final int LEFT = 60;
	private static final int TOP = 40;
	private static final int RIGHT = 110;
	private static final int BOTTOM = 50;

	private record Line(String name, String colour, Correlator method) {
	}

	private Plot() {
	}

	/** Reads the file anew for each load; takes some seconds. */
	static void write(Path input, Path svg) throws IOException {
		List<Line> lines = List.of(
				new Line("full", "#0072b2", new FusionCorrelator()),
				new Line("delay", "#009e73", new DelayCorrelator()),
				new Line("greedy", "#e69f00", DelayCorrelator.greedy()),
				new Line("FIFO", "#d55e00", new FifoCorrelator()));
		double[][] right = new double[lines.size()][LOADS.length];
		double lowest = 1;
		for (int load = 0; load < LOADS.length; load++) {
			SpanFile file = SpanFile.read(input, (line, reason) -> { });
			Load.compress(file, LOADS[load]);
			for (int line = 0; line < lines.size(); line++) {
				right[line][load] = new Score(file, lines.get(line).method.correlate(file.spans), false).right();
				lowest = Math.min(lowest, right[line][load]);
			}
		}
		Files.writeString(svg, draw(input.getFileName().toString(), lines, right, Math.floor(lowest * 10) / 10),
				StandardCharsets.UTF_8);
	}

	private static String draw(String title, List<Line> lines, double[][] right, double bottom) {
		StringBuilder out = new StringBuilder();
		add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n", WIDTH, HEIGHT);
		add(out, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
		add(out, "<text x=\"%d\" y=\"22\" font-size=\"14\">Calls given the right parent, %s</text>%n", LEFT, escaped(title));
		for (int i = 0; i <= 5; i++) {
			double share = bottom + (1 - bottom) * i / 5;
			add(out, "<path d=\"M%d %.1fH%d\" stroke=\"#ccc\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f %%</text>%n",
					LEFT, y(share, bottom), WIDTH - RIGHT, LEFT - 6, y(share, bottom) + 4, 100 * share);
		}
		for (int i = 0; i < LOADS.length; i++) {
			add(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">x%.0f</text>%n", x(i), HEIGHT - BOTTOM + 18, LOADS[i]);
		}
		add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">load</text>%n", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12);
		double above = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < lines.size(); i++) {
			Line line = lines.get(i);
			StringBuilder path = new StringBuilder();
			for (int load = 0; load < LOADS.length; load++) {
				add(path, "%s%.1f %.1f", load == 0 ? "M" : "L", x(load), y(right[i][load], bottom));
			}
			add(out, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, line.colour);
			above = Math.max(above + 15, y(right[i][LOADS.length - 1], bottom) + 4);
			add(out, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s %.1f %%</text>%n", WIDTH - RIGHT + 8, above, line.colour, line.name,
					100 * right[i][LOADS.length - 1]);
		}
		return out.append("</svg>\n").toString();
	}

	private static double x(int load) {
		return LEFT + 12 + (double) load * (WIDTH - LEFT - RIGHT - 12) / (LOADS.length - 1);
	}

	private static double y(double share, double bottom) {
		return TOP + (1 - share) / (1 - bottom) * (HEIGHT - TOP - BOTTOM);
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	private static void add(StringBuilder out, String format, Object... values) {
		out.append(String.format(Locale.ROOT, format, values));
	}
}
