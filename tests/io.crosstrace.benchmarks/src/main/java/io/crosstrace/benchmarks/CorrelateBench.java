package io.crosstrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import io.crosstrace.agent.correlate.SpanSet;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.correlate.Parents;
import io.crosstrace.core.span.SpanTable;

/**
 * Spans a second that one core gives parents, on recorded spans of a service under load: hotel_150 of the folder
 * that the environment variable CROSSTRACE_SPANS names.
 */
public class CorrelateBench implements Bench {
	/** The first forty run code that is not compiled for good yet. */
	private static final int ROUNDS = 60;

	private final String name;
	private final double factor;
	private final int copies;

	/** At the load it was recorded at. */
	public CorrelateBench() {
		this("correlate", 1, 1);
	}

	CorrelateBench(String name, double factor, int copies) {
		this.name = name;
		this.factor = factor;
		this.copies = copies;
	}

	/** At eight times the load. */
	public static final class Crowded extends CorrelateBench {
		public Crowded() {
			super("correlate-x8", 8, 1);
		}
	}

	/** A million spans, in a heap of 1 GB if the launcher runs it. */
	public static final class Million extends CorrelateBench {
		public Million() {
			super("correlate-1m", 1, 91);
		}
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public void run(Report report) throws IOException {
		String folder = System.getenv("CROSSTRACE_SPANS");
		Path file = Path.of(folder == null ? "." : folder, "hotel_150.jsonl.gz");
		if (!Files.exists(file)) {
			throw new IOException("set CROSSTRACE_SPANS to a folder that holds " + file.getFileName());
		}
		SpanTable spans = SpanSet.read(file, factor, copies);
		long best = Long.MAX_VALUE;
		for (int round = 0; round < (copies > 1 ? 2 : ROUNDS); round++) {
			long start = cpuNanos();
			Parents parents = new FusionCorrelator().correlate(spans);
			best = Math.min(best, cpuNanos() - start);
			if (parents.row().length != spans.size()) {
				throw new IllegalStateException("answers for " + parents.row().length + " of " + spans.size() + " spans");
			}
		}
		report.figure(spans.size() * 1e9 / best, "spans/s", "one core, processor time, full method, " + spans.size()
				+ " spans of hotel_150, load x" + factor + ", best round, heap at most "
				+ (Runtime.getRuntime().maxMemory() >> 20) + " MB");
	}

	private static long cpuNanos() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}
}
