package io.crosstrace.core.correlate;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.crosstrace.core.span.SpanTable;

/**
 * Delays and whatever else is known: threads, identifiers shared by request and call, the order of
 * queues. Each kind of evidence has a weight learnt for the service, none has a veto, and what is
 * missing costs nothing.
 */
public final class FusionCorrelator implements Correlator {
	private final DelayCorrelator correlator;

	/** Learns from each table alone: for recorded spans. Any thread. */
	public FusionCorrelator() {
		this(Set.of());
	}

	/** @param without steps to leave out */
	public FusionCorrelator(Set<Step> without) {
		this(null, without);
	}

	private FusionCorrelator(Memory memory, Set<Step> without) {
		correlator = new DelayCorrelator(true, memory, without);
	}

	/**
	 * For streams, such as {@link Windows}: keeps what it learns for the next table, which must have the
	 * same dictionary of names. The same table may get another answer later. One thread at a time.
	 */
	public static FusionCorrelator remembering() {
		return remembering(Runnable::run);
	}

	/**
	 * The same, but what takes long does not keep spans waiting.
	 *
	 * @param learning runs what learns of services that are known well already, a second or more each
	 */
	public static FusionCorrelator remembering(Executor learning) {
		return new FusionCorrelator(new Memory(learning), Set.of());
	}

	/** As {@link DelayCorrelator#explain}, with all kinds of evidence. */
	public Explanation explain(SpanTable spans, int row, int most) {
		return correlator.explain(spans, row, most);
	}

	/**
	 * As {@link #correlate(SpanTable)}, for a part of a stream.
	 *
	 * @param context gives the part with all that is known around it; asked seldom, when it is time to learn
	 * @param hurried look for less than the best answer
	 */
	Parents correlate(SpanTable spans, Supplier<SpanTable> context, boolean hurried) {
		return correlator.correlate(spans, context, hurried);
	}

	@Override
	public Parents correlate(SpanTable spans) {
		return correlator.correlate(spans);
	}
}
