package io.crosstrace.agent;

import java.util.List;

import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.SpanExport;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;

/**
 * From the ring to the socket with two threads: this one drains the ring into spans and waits for nobody, so that
 * the ring does not fill; {@link Decider}'s gives them parents and hands them out. Nothing is allocated for a
 * record, tables for a batch.
 */
public final class AgentLoop {
	private static final long BATCH_NANOS = 100_000_000L;
	private static final long NAP_NANOS = 10_000_000L;
	private static final int DRAIN = 1 << 16;

	private final RecordSource source;
	private final Pipeline pipeline;
	private final ServiceNames services;
	private final Decider decider;
	private volatile boolean stopping;
	private volatile Throwable failure;
	private volatile long events;

	/** @param exports the loop's to use; closed by who made them */
	public AgentLoop(RecordSource source, Dictionary names, PipelineOptions options, ServiceNames services,
			AgentServer server, List<SpanExport> exports, boolean quiet) {
		this.source = source;
		this.services = services;
		pipeline = new Pipeline(names, options, services);
		pipeline.onBodies(source::passOver);
		decider = new Decider(source, names, pipeline.losses(), () -> events, server, exports, quiet);
	}

	/** Any thread: {@link #run} returns soon. */
	public void stop() {
		stopping = true;
	}

	/**
	 * Runs until {@link #stop}; then what waits is decided and handed out.
	 *
	 * @param seconds to run at most; 0 for no end
	 * @throws IllegalStateException if the deciding thread failed, which is a bug: an agent that captures but tells
	 *         nothing would be worse than none
	 */
	public void run(int seconds) {
		long started = System.nanoTime();
		long end = seconds == 0 ? Long.MAX_VALUE : started + seconds * 1_000_000_000L;
		long nextBatch = started + BATCH_NANOS;
		HeapKeeper heap = new HeapKeeper();
		Thread thread = new Thread(decider, "CrossTrace decide");
		thread.setUncaughtExceptionHandler((dead, e) -> failure = e);
		thread.start();
		while (!stopping && failure == null && System.nanoTime() < end) {
			int drained = source.drain(pipeline, DRAIN);
			events += drained;
			long now = System.nanoTime();
			if (now >= nextBatch && decider.isReady()) {
				nextBatch = now + BATCH_NANOS;
				decider.take(batch(now, false));
				services.forget(now);
				heap.tick(now);
			}
			if (drained == 0) {
				source.await(NAP_NANOS);
			}
		}
		try {
			if (failure == null) {
				decider.last(batch(System.nanoTime(), true));
			}
			thread.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt(); // told to end at once: what waits is lost with the process
		}
		if (failure != null) {
			throw new IllegalStateException("Spans can no longer be decided and sent, so the agent ends: " + failure, failure);
		}
	}

	private Decider.Batch batch(long now, boolean last) {
		pipeline.tick(now);
		return new Decider.Batch(pipeline.takeFinished(), pipeline.open(), now, pipeline.connections(), last);
	}
}
