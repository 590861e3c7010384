package io.crosstrace.agent.correlate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.crosstrace.core.correlate.Parents;
import io.crosstrace.core.span.SpanTable;

/**
 * Compares the parents found with the truth of the file. An edge is a call that truly has a parent; it is
 * right, wrong (another request's: a lie) or none. A call that truly has none and was given one is a lie
 * too, counted apart as adopted. A trace is whole when all its edges are right.
 */
final class Score {
	private static final double[] STEPS = { 0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001 };

	/** right, wrong, none, adopted. */
	private final Map<String, long[]> services = new TreeMap<>();
	private final long[] all = new long[4];
	private final long[] given = new long[STEPS.length - 1];
	private final long[] givenRight = new long[STEPS.length - 1];
	private final double[] confidence = new double[STEPS.length - 1];
	private long traces;
	private long wholeTraces;

	/** @param oneCaller leave out services that several services call, as TraceWeaver does */
	Score(SpanFile file, Parents parents, boolean oneCaller) {
		SpanTable spans = file.spans;
		Set<Integer> skipped = oneCaller ? severalCallers(spans) : Set.of();
		Map<Long, Boolean> whole = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			if (spans.isRequest(row) || skipped.contains(spans.service.get(row))) {
				continue;
			}
			long truth = file.truth.get(row);
			int parent = parents.row()[row];
			boolean right = parent >= 0 && truth != 0 && spans.spanId.get(parent) == truth;
			int verdict = right ? 0 : truth == 0 ? 3 : parent >= 0 ? 1 : 2;
			if (parent >= 0) {
				calibrate(parents.confidence()[row], right);
			}
			if (truth == 0 && parent < 0) {
				continue;
			}
			all[verdict]++;
			String service = spans.names.text(spans.service.get(row));
			services.computeIfAbsent(service, name -> new long[4])[verdict]++;
			if (truth != 0 && file.trace.get(row) != 0) {
				whole.merge(file.trace.get(row), right, Boolean::logicalAnd);
			}
		}
		traces = whole.size();
		wholeTraces = whole.values().stream().filter(b -> b).count();
	}

	private static Set<Integer> severalCallers(SpanTable spans) {
		Map<Integer, Set<Integer>> callers = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			if (spans.isRequest(row)) {
				callers.computeIfAbsent(spans.service.get(row), s -> new HashSet<>()).add(spans.peer.get(row));
			}
		}
		callers.values().removeIf(peers -> peers.size() < 2);
		return callers.keySet();
	}

	private void calibrate(float value, boolean right) {
		int step = 0;
		while (value >= STEPS[step + 1]) {
			step++;
		}
		given[step]++;
		givenRight[step] += right ? 1 : 0;
		confidence[step] += value;
	}

	/** Edges that are right, of all edges, 0 to 1; 1 if there is none. */
	double right() {
		long edges = all[0] + all[1] + all[2];
		return edges == 0 ? 1 : (double) all[0] / edges;
	}

	double whole() {
		return traces == 0 ? 1 : (double) wholeTraces / traces;
	}

	/** The report, several lines. */
	String text() {
		StringBuilder out = new StringBuilder();
		int width = Math.max(12, services.keySet().stream().mapToInt(String::length).max().orElse(0));
		line(out, width, "", "edges", "right %", "wrong %", "none %", "adopted");
		services.forEach((name, counts) -> verdicts(out, width, name, counts));
		verdicts(out, width, "all", all);
		out.append(String.format(Locale.ROOT, "whole traces: %.2f %% (%d of %d)%n", 100 * whole(), wholeTraces, traces));
		out.append("calibration:  given        edges   mean given   right %\n");
		for (int i = 0; i < given.length; i++) {
			if (given[i] > 0) {
				out.append(String.format(Locale.ROOT, "        %5.2f to %4.2f  %9d      %7.4f   %7.2f%n", STEPS[i],
						Math.min(1, STEPS[i + 1]), given[i], confidence[i] / given[i], 100.0 * givenRight[i] / given[i]));
			}
		}
		return out.toString();
	}

	private static void verdicts(StringBuilder out, int width, String name, long[] counts) {
		long edges = counts[0] + counts[1] + counts[2];
		double share = 100.0 / Math.max(1, edges);
		line(out, width, name, Long.toString(edges), percent(counts[0] * share), percent(counts[1] * share),
				percent(counts[2] * share), Long.toString(counts[3]));
	}

	private static String percent(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

	private static void line(StringBuilder out, int width, String name, String... cells) {
		out.append(String.format("%-" + width + "s", name));
		Arrays.stream(cells).forEach(cell -> out.append(String.format("%10s", cell)));
		out.append('\n');
	}
}
