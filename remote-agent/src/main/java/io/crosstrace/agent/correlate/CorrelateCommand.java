package io.crosstrace.agent.correlate;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import io.crosstrace.core.correlate.Correlator;
import io.crosstrace.core.correlate.DelayCorrelator;
import io.crosstrace.core.correlate.Explanation;
import io.crosstrace.core.correlate.FifoCorrelator;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.correlate.Parents;
import io.crosstrace.core.correlate.Step;
import io.crosstrace.core.span.SpanTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code correlate}. Exit code 0, or 1 with one sentence on standard error. */
@Command(name = "correlate", mixinStandardHelpOptions = true, sortOptions = false, description = {
		"Gives the calls of a span file their parents.",
		"One span a line as JSON: trace, span, parent, service, host, pid, tid, end_tid, kind (server or client), "
		+ "peer, port, op, method, path, start_us, dur_us. The parent of a call and the trace are never used "
		+ "to find parents." })
public final class CorrelateCommand implements Callable<Integer> {
	private static final int MOST_BAD_LINES_SHOWN = 10;
	private static final int MOST_CANDIDATES = 5;

	enum Method {
		fifo, greedy, delay, full
	}

	@Option(names = "--input", required = true, paramLabel = "SPANS", description = "Span file, gzip or not: one span a line, or OTLP JSON.")
	private Path input;

	@Option(names = "--output", paramLabel = "PARENTS", description = {
			"Where to write one line a call: span, parent or nothing, confidence; separated by tabs.",
			"\"-\" is standard output. A name that ends in .json: all spans as OTLP JSON, in traces." })
	private Path output;

	@Option(names = "--method", defaultValue = "full", paramLabel = "METHOD", description = "One of: ${COMPLETION-CANDIDATES}.")
	private Method method;

	@Option(names = "--score", description = "Compare with the parents that the file has.")
	private boolean score;

	@Option(names = "--one-caller", description = "Score only services that one service calls.")
	private boolean oneCaller;

	@Option(names = "--compress", defaultValue = "1", paramLabel = "F", description = "Move traces closer together by this factor.")
	private double compress;

	@Option(names = "--without", split = ",", paramLabel = "STEP", description =
			"Leave out steps, to see what each is worth: ${COMPLETION-CANDIDATES}.")
	private Set<Step> without = EnumSet.noneOf(Step.class);

	@Option(names = "--explain", paramLabel = "SPAN", description =
			"Say why this call has its parent, and who else it could have been.")
	private String explain;

	@Option(names = "--plot", paramLabel = "SVG", description =
			"Draw how right each method is at 1, 2, 4 and 8 times the load, and end.")
	private Path plot;

	@Option(names = "--repeat", defaultValue = "1", hidden = true)
	private int repeat;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		if (!(compress > 0) || Double.isInfinite(compress)) {
			err.println("crosstrace: --compress must be a number above 0, not " + compress + ".");
			return 2;
		}
		try {
			if (plot != null) {
				Plot.write(input, plot);
				return 0;
			}
			SpanFile file = SpanFile.read(input, (line, reason) -> badLine(err, line, reason));
			report(err, file);
			if (compress != 1) {
				Load.compress(file, compress);
			}
			if (explain != null) {
				return explain(file, out, err);
			}
			Correlator correlator = correlator();
			Parents parents = null;
			long start = 0;
			long nanos = 0;
			for (int i = 0; i < Math.max(1, repeat); i++) {
				start = cpu();
				parents = correlator.correlate(file.spans);
				nanos = cpu() - start;
			}
			if (score) {
				out.print(new Score(file, parents, oneCaller).text());
				out.printf(Locale.ROOT, "%d spans in %.3f s: %.0f spans/s%n", file.spans.size(), nanos / 1e9,
						file.spans.size() / (nanos / 1e9));
			}
			if (output != null) {
				write(file, parents, out);
			}
			out.flush();
			return 0;
		} catch (SpanFileException e) {
			err.println("crosstrace: " + e.getMessage());
			return 1;
		} catch (FileSystemException e) {
			err.println("crosstrace: " + e.getFile() + ": " + (e.getReason() == null ? "cannot be opened" : e.getReason()) + ".");
			return 1;
		}
	}

	private int explain(SpanFile file, PrintWriter out, PrintWriter err) {
		long id = file.ids.id(explain);
		for (int row = 0; row < file.spans.size(); row++) {
			if (file.spans.spanId.get(row) == id && !file.spans.isRequest(row)) {
				Explanation why = method == Method.full ? new FusionCorrelator(without).explain(file.spans, row, MOST_CANDIDATES)
						: new DelayCorrelator(without).explain(file.spans, row, MOST_CANDIDATES);
				out.print(why.text(file.spans));
				out.flush();
				return 0;
			}
		}
		err.println("crosstrace: " + input + " has no call \"" + explain + "\": give the span id of a client span.");
		return 1;
	}

	private Correlator correlator() {
		return switch (method) {
		case fifo -> new FifoCorrelator();
		case greedy -> DelayCorrelator.greedy();
		case delay -> new DelayCorrelator(without);
		case full -> new FusionCorrelator(without);
		};
	}

	/** Processor time of this thread where the machine tells it, so that busy neighbours do not count. */
	private static long cpu() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
	}

	private int badLinesShown;

	private void badLine(PrintWriter err, long line, String reason) {
		if (badLinesShown++ < MOST_BAD_LINES_SHOWN) {
			err.println("crosstrace: " + input + ":" + line + ": skipped: " + reason);
		}
	}

	private void report(PrintWriter err, SpanFile file) {
		if (file.badLines > 0) {
			err.println("crosstrace: " + input + ": skipped " + file.badLines + " of " + file.lines + " lines.");
		}
		err.flush();
	}

	private void write(SpanFile file, Parents parents, PrintWriter out) throws IOException {
		if (output.toString().equals("-")) {
			write(file, parents, (Writer) out);
			out.flush();
			return;
		}
		if (output.toString().endsWith(".json")) {
			Otlp.write(output, file, parents);
			return;
		}
		try (Writer writer = Files.newBufferedWriter(output, StandardCharsets.UTF_8)) {
			write(file, parents, writer);
		}
	}

	private static void write(SpanFile file, Parents parents, Writer writer) throws IOException {
		SpanTable spans = file.spans;
		for (int row = 0; row < spans.size(); row++) {
			if (spans.isRequest(row)) {
				continue;
			}
			int parent = parents.row()[row];
			writer.write(file.ids.text(spans.spanId.get(row)));
			writer.write('\t');
			writer.write(parent < 0 ? "" : file.ids.text(spans.spanId.get(parent)));
			writer.write('\t');
			writer.write(confidence(parent < 0 ? 0 : parents.confidence()[row]));
			writer.write('\n');
		}
	}

	private static String confidence(float value) {
		return String.format(Locale.ROOT, "%.4f", value);
	}
}
