package io.crosstrace.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.SpanExport;
import io.crosstrace.agent.export.TraceHold;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.correlate.WindowOptions;
import io.crosstrace.core.correlate.Windows;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.Health;

/**
 * One thread from the ring to the socket: drains the ring, and ten times a second decides parents and hands spans
 * out. It never waits for a client or a file's reader. Nothing is allocated for a record, tables for a batch.
 */
public final class AgentLoop {
	private static final long STEP_NANOS = 100_000_000L;
	/** Pauses between steps are at least so many times as long as the step before: a quarter of a core at most. */
	private static final long STEP_PAUSES = 3;
	private static final long HEALTH_NANOS = 1_000_000_000L;
	private static final long STATUS_NANOS = 10_000_000_000L;
	private static final long NAP_NANOS = 10_000_000L;
	private static final int DRAIN = 1 << 16;

	private final RecordSource source;
	private final Dictionary names;
	private final Pipeline pipeline;
	private final Windows windows = new Windows(FusionCorrelator.remembering(), WindowOptions.LIVE);
	private final ServiceNames services;
	private final AgentServer server;
	private final List<SpanExport> exports;
	private final TraceHold hold = new TraceHold();
	private final boolean quiet;
	private final long startedNanos = System.nanoTime();
	private volatile boolean stopping;
	private long events;
	private long spans;
	private long spansAtHealth;
	private long lastHealthNanos = System.nanoTime();
	private final List<SpanExport> failed = new ArrayList<>();
	private long notExported;
	private Map<String, Long> lastLosses = Map.of();

	/** @param exports the loop's to use; closed by who made them */
	public AgentLoop(RecordSource source, Dictionary names, PipelineOptions options, ServiceNames services,
			AgentServer server, List<SpanExport> exports, boolean quiet) {
		this.source = source;
		this.names = names;
		this.services = services;
		this.server = server;
		this.exports = new ArrayList<>(exports);
		this.quiet = quiet;
		pipeline = new Pipeline(names, options, services);
	}

	/** Any thread: {@link #run} returns soon. */
	public void stop() {
		stopping = true;
	}

	/**
	 * Runs until {@link #stop}; then decides what waits and hands it out.
	 *
	 * @param seconds to run at most; 0 for no end
	 */
	public void run(int seconds) {
		long end = seconds == 0 ? Long.MAX_VALUE : startedNanos + seconds * 1_000_000_000L;
		long nextStep = startedNanos + STEP_NANOS;
		long nextStatus = startedNanos + STATUS_NANOS;
		while (!stopping && System.nanoTime() < end) {
			int drained = source.drain(pipeline, DRAIN);
			events += drained;
			long now = System.nanoTime();
			if (now >= nextStep) {
				step(now);
				// A busy host makes a step long: then fewer steps, or nobody would drain the ring.
				long ended = System.nanoTime();
				nextStep = ended + Math.max(STEP_NANOS, STEP_PAUSES * (ended - now));
				if (now - lastHealthNanos >= HEALTH_NANOS) {
					health(now);
				}
				if (now >= nextStatus && !quiet) {
					nextStatus = now + STATUS_NANOS;
					status();
				}
			}
			if (drained == 0) {
				source.await(NAP_NANOS);
			}
		}
		pipeline.tick(System.nanoTime());
		windows.add(pipeline.takeFinished());
		handOut(windows.closeAll(pipeline.open()));
		SpanTable rest = new SpanTable(names);
		hold.releaseAll(rest);
		export(rest);
		health(System.nanoTime());
		if (!quiet) {
			status();
		}
	}

	private void step(long now) {
		pipeline.tick(now);
		windows.add(pipeline.takeFinished());
		handOut(windows.close(pipeline.open(), now));
	}

	private void handOut(SpanTable decided) {
		long offset = unixOffsetNanos();
		if (decided.size() > 0) {
			spans += decided.size();
			server.publish(decided, offset);
		}
		if (exports.isEmpty()) {
			notExported += failed.isEmpty() ? 0 : decided.size();
		} else {
			hold.add(decided, offset, System.nanoTime());
			SpanTable complete = new SpanTable(decided.names);
			hold.release(System.nanoTime(), complete);
			export(complete);
		}
	}

	private void export(SpanTable complete) {
		for (SpanExport export : exports) {
			try {
				export.write(complete);
			} catch (IOException e) {
				// A full disk must not end capture: the exporter ends, and what it misses is counted.
				System.err.println("No more spans are exported: " + e.getMessage());
				failed.add(export);
			}
		}
		exports.removeAll(failed);
		notExported += (long) failed.size() * complete.size();
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
				.setProvider(source.provider())
				.setSpansPerSecond((spans - spansAtHealth) / Math.max(1e-3, seconds))
				.setEvents(events)
				.setMemoryBytes(residentBytes())
				.setCpuNanos(cpuNanos())
				.putAllLost(losses)
				.putCounters("connections", pipeline.connections());
		source.counters().forEach((words, count) -> {
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
		source.losses().forEach((words, count) -> addLoss(losses, words, count));
		pipeline.losses().snapshot().forEach((words, count) -> addLoss(losses, words, count));
		addLoss(losses, "calls decided early because too many waited", windows.forced());
		addLoss(losses, "spans not written: the exporter failed", notExported);
		for (SpanExport export : exports) {
			export.losses().forEach((words, count) -> addLoss(losses, words, count));
		}
		addLoss(losses, "strings beyond the limit of the dictionary", names.overflowed());
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
			for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith("VmRSS:")) {
					return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
				}
			}
		} catch (IOException | NumberFormatException e) {
			// not Linux, or not ours to read
		}
		return 0;
	}

	private static long cpuNanos() {
		return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
				? system.getProcessCpuTime() : 0;
	}
}
