package io.crosstrace.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.SpanWriter;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.correlate.DelayCorrelator;
import io.crosstrace.core.correlate.WindowOptions;
import io.crosstrace.core.correlate.Windows;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.Health;

/**
 * One thread from the ring to the socket: drains the ring, and ten times a second decides parents and hands spans
 * out. It never waits for a client or a file's reader. Nothing is allocated for a record, tables for a batch.
 */
final class AgentLoop {
	private static final long STEP_NANOS = 100_000_000L;
	private static final long HEALTH_NANOS = 1_000_000_000L;
	private static final long STATUS_NANOS = 10_000_000_000L;
	private static final long NAP_NANOS = 10_000_000L;
	private static final int DRAIN = 1 << 16;

	private final KernelCapture kernel;
	private final Pipeline pipeline;
	private final Windows windows = new Windows(new DelayCorrelator(), WindowOptions.LIVE);
	private final ServiceNames services;
	private final AgentServer server;
	private final SpanWriter spansOut;
	private final boolean quiet;
	private final long startedNanos = System.nanoTime();
	private volatile boolean stopping;
	private long events;
	private long spans;
	private long spansAtHealth;
	private long lastHealthNanos = System.nanoTime();
	private Map<String, Long> lastLosses = Map.of();

	/** @param spansOut null for none */
	AgentLoop(KernelCapture kernel, Dictionary names, PipelineOptions options, ServiceNames services,
			AgentServer server, SpanWriter spansOut, boolean quiet) {
		this.kernel = kernel;
		this.services = services;
		this.server = server;
		this.spansOut = spansOut;
		this.quiet = quiet;
		pipeline = new Pipeline(names, options, services);
	}

	/** Any thread: {@link #run} returns soon. */
	void stop() {
		stopping = true;
	}

	/**
	 * Runs until {@link #stop}; then decides what waits and hands it out.
	 *
	 * @param seconds to run at most; 0 for no end
	 * @throws IOException if the span file cannot be written any more
	 */
	void run(int seconds) throws IOException {
		long end = seconds == 0 ? Long.MAX_VALUE : startedNanos + seconds * 1_000_000_000L;
		long nextStep = startedNanos + STEP_NANOS;
		long nextStatus = startedNanos + STATUS_NANOS;
		while (!stopping && System.nanoTime() < end) {
			int drained = kernel.reader().drain(pipeline, DRAIN);
			events += drained;
			long now = System.nanoTime();
			if (now >= nextStep) {
				nextStep = now + STEP_NANOS;
				step(now);
				if (now - lastHealthNanos >= HEALTH_NANOS) {
					health(now);
				}
				if (now >= nextStatus && !quiet) {
					nextStatus = now + STATUS_NANOS;
					status();
				}
			}
			if (drained == 0) {
				kernel.await(NAP_NANOS);
			}
		}
		pipeline.tick(System.nanoTime());
		windows.add(pipeline.takeFinished());
		handOut(windows.closeAll(pipeline.open()));
		health(System.nanoTime());
		if (!quiet) {
			status();
		}
	}

	private void step(long now) throws IOException {
		pipeline.tick(now);
		windows.add(pipeline.takeFinished());
		handOut(windows.close(pipeline.open(), now));
	}

	private void handOut(SpanTable decided) throws IOException {
		long offset = unixOffsetNanos();
		if (decided.size() > 0) {
			spans += decided.size();
			server.publish(decided, offset);
		}
		if (spansOut != null) {
			spansOut.write(decided, offset, System.nanoTime());
		}
	}

	/** Records bear CLOCK_MONOTONIC, which is what nanoTime reads on Linux; taken anew, since wall clocks are set. */
	private static long unixOffsetNanos() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
	}

	private void health(long now) {
		double seconds = (now - lastHealthNanos) / 1e9;
		Map<String, Long> losses = losses();
		Health.Builder health = Health.newBuilder()
				.setUptimeMillis((now - startedNanos) / 1_000_000)
				.setProvider(kernel.provider())
				.setSpansPerSecond((spans - spansAtHealth) / Math.max(1e-3, seconds))
				.setEvents(events)
				.setMemoryBytes(residentBytes())
				.setCpuNanos(cpuNanos())
				.putAllLost(losses)
				.putCounters("connections", pipeline.connections());
		kernel.counters().forEach((words, count) -> {
			if (!losses.containsKey(words)) {
				health.putCounters(words, count);
			}
		});
		server.health(health);
		services.forget(now);
		spansAtHealth = spans;
		lastHealthNanos = now;
	}

	private Map<String, Long> losses() {
		Map<String, Long> losses = new LinkedHashMap<>();
		kernel.losses().forEach((words, count) -> addLoss(losses, words, count));
		pipeline.losses().snapshot().forEach((words, count) -> addLoss(losses, words, count));
		addLoss(losses, "calls decided early because too many waited", windows.forced());
		return losses;
	}

	private static void addLoss(Map<String, Long> losses, String words, long count) {
		if (count > 0) {
			losses.merge(words, count, Long::sum);
		}
	}

	private void status() {
		Map<String, Long> losses = losses();
		StringBuilder line = new StringBuilder().append(spans).append(" spans, ").append(pipeline.connections())
				.append(" connections, ").append(server.clients()).append(" clients");
		losses.forEach((words, count) -> {
			long fresh = count - lastLosses.getOrDefault(words, 0L);
			if (fresh > 0) {
				line.append("; ").append(words).append(": ").append(fresh);
			}
		});
		lastLosses = losses;
		System.err.println(line);
	}

	private static long residentBytes() {
		try {
			// statm: total and resident pages
			String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ");
			return Long.parseLong(fields[1]) * 4096;
		} catch (IOException | RuntimeException e) {
			return 0; // 0 means not known
		}
	}

	private static long cpuNanos() {
		return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
				? system.getProcessCpuTime() : 0;
	}
}
