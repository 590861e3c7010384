package io.crosstrace.benchmarks;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Captures, drains and parses, as an agent does before it gives spans their parents, and knows what that costs. */
final class Drain implements AutoCloseable {
	private final KernelCapture capture;
	private final Thread thread;
	private final Pipeline pipeline = new Pipeline(new Dictionary(1 << 16), PipelineOptions.standard(), pid -> 0);
	private volatile boolean stopped;
	private volatile long tid;

	/** Watches these processes and their children, also those yet to come. */
	Drain(Set<Integer> pids) throws CaptureException {
		capture = KernelCapture.open(CaptureOptions.defaults().withPids(pids));
		for (int pid : pids) {
			capture.watch(pid); // with the children it has
		}
		thread = new Thread(this::drain, "drain");
		thread.start();
	}

	/** One process more. */
	void watch(Process process) {
		try {
			capture.watch((int) process.pid());
		} catch (CaptureException e) {
			throw new IllegalStateException(e);
		}
	}

	private void drain() {
		try {
			tid = Long.parseLong(Path.of("/proc/thread-self").toRealPath().getFileName().toString());
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
		pipeline.onBodies(capture::passOver);
		long next = System.nanoTime();
		while (!stopped) {
			capture.await(50_000_000);
			capture.reader().drain(pipeline, Integer.MAX_VALUE);
			if (System.nanoTime() >= next) {
				next = System.nanoTime() + 100_000_000;
				pipeline.tick(next);
				pipeline.takeFinished();
			}
		}
	}

	/** CPU time of the draining thread so far. */
	long micros() throws IOException {
		return tid == 0 ? 0
				: Long.parseLong(Files.readString(Path.of("/proc/self/task", "" + tid, "schedstat")).split(" ")[0]) / 1000;
	}

	long lost() {
		return capture.counters().entrySet().stream().filter(e -> e.getKey().startsWith("records lost"))
				.mapToLong(Map.Entry::getValue).sum();
	}

	@Override
	public void close() throws InterruptedException {
		stopped = true;
		thread.join();
		capture.close();
	}
}
