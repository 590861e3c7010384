package io.crosstrace.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.crosstrace.agent.export.SpanExport;
import io.crosstrace.agent.export.TraceHold;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.core.LossCounters;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.correlate.WindowOptions;
import io.crosstrace.core.correlate.Windows;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.Health;

/**
 * Decides parents and hands spans to clients and exporters, in a thread of its own. One batch may wait while one is
 * decided; on a busy host batches grow, and spans come later, but none is dropped. It never waits for a client.
 */
final class Decider implements Runnable {
	/**
	 * What the draining thread hands over; not touched by it again.
	 *
	 * @param finished spans completed since the batch before
	 * @param open requests not answered at {@code nanos}
	 * @param last whether nothing follows
	 */
	record Batch(SpanTable finished, SpanTable open, long nanos, int connections, boolean last) {
	}

	private static final long HEALTH_NANOS = 1_000_000_000L;
	private static final long STATUS_NANOS = 10_000_000_000L;
	/** A step that took longer is followed by one in a hurry: more came than could be decided with care. */
	private static final long LONG_STEP_NANOS = 2_000_000_000L;
	/** Longest pause after a long step. A step is followed by a pause as long: half a core at most. */
	private static final long LONGEST_PAUSE_NANOS = 500_000_000L;

	private final WallClock wallClock = new WallClock();
	private final RecordSource source;
	private final Dictionary names;
	private final LossCounters pipelineLosses;
	private final LongSupplier events;
	private final ExecutorService learning = Executors.newSingleThreadExecutor(Decider::learner);
	private final Windows windows = new Windows(FusionCorrelator.remembering(this::learn), WindowOptions.LIVE);
	private final AgentServer server;
	private final List<SpanExport> exports;
	private final TraceHold hold = new TraceHold();
	private final boolean quiet;
	private final ArrayBlockingQueue<Batch> batches = new ArrayBlockingQueue<>(1);
	private final long startedNanos = System.nanoTime();
	private int connections;
	private long spans;
	private long spansAtHealth;
	private long lastHealthNanos = System.nanoTime();
	private final List<SpanExport> failed = new ArrayList<>();
	private long notExported;
	private Map<String, Long> lastLosses = Map.of();
	private long stepNanos;
	private volatile boolean ended;

	Decider(RecordSource source, Dictionary names, LossCounters pipelineLosses, LongSupplier events, AgentServer server,
			List<SpanExport> exports, boolean quiet) {
		this.source = source;
		this.names = names;
		this.pipelineLosses = pipelineLosses;
		this.events = events;
		this.server = server;
		this.exports = new ArrayList<>(exports);
		this.quiet = quiet;
	}

	/** Whether {@link #take} has room. Draining thread. */
	boolean isReady() {
		return batches.isEmpty();
	}

	/** Takes a batch when {@link #isReady}. Draining thread. */
	void take(Batch batch) {
		batches.add(batch);
	}

	/** Takes the last batch, instead of one that still waits only if deciding has ended. Draining thread. */
	void last(Batch batch) throws InterruptedException {
		while (!ended && !batches.offer(batch, 100, TimeUnit.MILLISECONDS)) {
			// the step under way ends soon
		}
	}

	@Override
	public void run() {
		try {
			decide();
		} finally {
			ended = true;
			learning.shutdownNow();
		}
	}

	private static Thread learner(Runnable task) {
		Thread thread = new Thread(task, "CrossTrace learn");
		thread.setDaemon(true);
		return thread;
	}

	/** Learning, too, takes half a core at most, and spans do not wait for it. */
	private void learn(Runnable lesson) {
		learning.execute(() -> {
			long began = System.nanoTime();
			lesson.run();
			try {
				TimeUnit.NANOSECONDS.sleep(Math.min(LONGEST_PAUSE_NANOS, System.nanoTime() - began));
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt(); // the agent ends
			}
		});
	}

	private void decide() {
		long nextStatus = startedNanos + STATUS_NANOS;
		boolean more = true;
		while (more) {
			try {
				Batch batch = batches.take();
				more = !batch.last;
				step(batch);
			} catch (InterruptedException e) {
				more = false;
			}
			long now = System.nanoTime();
			if (now - lastHealthNanos >= HEALTH_NANOS || !more) {
				health(now);
			}
			if ((now >= nextStatus || !more) && !quiet) {
				nextStatus = now + STATUS_NANOS;
				status();
			}
		}
	}

	private void step(Batch batch) throws InterruptedException {
		long began = System.nanoTime();
		connections = batch.connections;
		// before parents are decided: delays are learnt by operation
		windows.add(server.routes().name(batch.finished));
		windows.hurry(stepNanos > LONG_STEP_NANOS);
		if (batch.last) {
			handOut(windows.closeAll(batch.open));
			SpanTable rest = new SpanTable(names);
			hold.releaseAll(rest);
			export(rest);
			return;
		}
		handOut(windows.close(batch.open, batch.nanos));
		stepNanos = System.nanoTime() - began;
		TimeUnit.NANOSECONDS.sleep(Math.min(LONGEST_PAUSE_NANOS, stepNanos));
	}

	private void handOut(SpanTable decided) {
		long offset = wallClock.offsetNanos();
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

	private void health(long now) {
		double seconds = (now - lastHealthNanos) / 1e9;
		Map<String, Long> losses = losses();
		Health.Builder health = Health.newBuilder()
				.setUptimeMillis((now - startedNanos) / 1_000_000)
				.setProvider(source.provider())
				.setSpansPerSecond((spans - spansAtHealth) / Math.max(1e-3, seconds))
				.setEvents(events.getAsLong())
				.setMemoryBytes(residentBytes())
				.setCpuNanos(cpuNanos())
				.putAllLost(losses)
				.putCounters("connections", connections);
		source.counters().forEach((words, count) -> {
			if (!losses.containsKey(words)) {
				health.putCounters(words, count);
			}
		});
		server.health(health);
		spansAtHealth = spans;
		lastHealthNanos = now;
	}

	private Map<String, Long> losses() {
		Map<String, Long> losses = new LinkedHashMap<>();
		source.losses().forEach((words, count) -> addLoss(losses, words, count));
		pipelineLosses.snapshot().forEach((words, count) -> addLoss(losses, words, count));
		addLoss(losses, "routes from an IDE that could not be used", server.routes().refused());
		addLoss(losses, "calls decided early because too many waited", windows.forced());
		addLoss(losses, "calls decided in a hurry because too many came, so that some may lack their parent",
				windows.decidedInHurry());
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
		StringBuilder line = new StringBuilder().append(spans).append(" spans, ").append(connections)
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
