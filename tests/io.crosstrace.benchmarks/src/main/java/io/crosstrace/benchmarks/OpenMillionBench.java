package io.crosstrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.SessionStore;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceListing;
import io.crosstrace.wire.otlp.SpanFiles;

/**
 * Opens a recording of a million spans, from the closed file to the first complete list of traces, as the IDE does:
 * one thread reads, the session's own takes in.
 */
public final class OpenMillionBench implements Bench {
	private static final int ROUNDS = 7;
	private static final SpanTable END = new SpanTable(new Dictionary(2));

	@Override
	public String name() {
		return "open-1m";
	}

	@Override
	public void run(Report report) throws Exception {
		Path file = Million.recording();
		try {
			double[] seconds = new double[ROUNDS];
			double[] cpuSeconds = new double[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				long cpu = cpuNanos();
				long start = System.nanoTime();
				TraceList list = open(file);
				seconds[round] = (System.nanoTime() - start) / 1e9;
				cpuSeconds[round] = (cpuNanos() - cpu) / 1e9;
				if (list.size() != Million.SPANS / 10) {
					throw new IllegalStateException(list.size() + " traces");
				}
			}
			Arrays.sort(seconds);
			Arrays.sort(cpuSeconds);
			String how = " a recording of 1,000,000 spans (" + (Files.size(file) >> 20)
					+ " MB, in the page cache) to the first complete list, median of " + ROUNDS + " rounds";
			report.figure(seconds[ROUNDS / 2], "s", "elapsed, from" + how + "; best " + seconds[0]);
			report.figure(cpuSeconds[ROUNDS / 2], "CPU s", "of all threads, the collector's too, from" + how);
		} finally {
			Files.delete(file);
		}
	}

	static TraceList open(Path file) throws IOException, InterruptedException {
		Dictionary names = new Dictionary(1 << 16);
		SessionStore store = new SessionStore(Million.SPANS + 1, names);
		BlockingQueue<SpanTable> batches = new ArrayBlockingQueue<>(4);
		Thread reader = new Thread(() -> {
			try {
				SpanFiles.read(file, names, batch -> put(batches, batch), bytes -> { });
			} catch (IOException e) {
				throw new IllegalStateException(e);
			} finally {
				put(batches, END);
			}
		});
		reader.start();
		for (SpanTable batch = batches.take(); batch != END; batch = batches.take()) {
			store.add(batch, "");
		}
		return TraceList.of(store.traces(), TraceListing.ALL, null, 0);
	}

	private static void put(BlockingQueue<SpanTable> batches, SpanTable batch) {
		try {
			batches.put(batch);
		} catch (InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private static long cpuNanos() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}
}
