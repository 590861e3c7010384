package io.crosstrace.ide.session;

import java.util.concurrent.atomic.AtomicInteger;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;

/**
 * Spans of all agents in one table, linked into traces, bounded. When the budget is full the oldest traces go,
 * a quarter of the budget at a time, and are counted.
 *
 * <p>One thread writes; {@link #traces} may be handed to any other. About 370 bytes a span with its strings.
 */
public final class SessionStore {
	private static final AtomicInteger ERAS = new AtomicInteger();
	/** Different strings of attributes, such as paths; further ones are shown as dots. */
	private static final int VALUES = 1 << 22;

	private final int spanBudget;
	private final Dictionary names;
	private SpanTable spans;
	private TraceAssembler assembler;
	private int era;
	private long droppedSpans;
	private long droppedTraces;
	/** When the newest of the dropped traces began. */
	private long droppedUntilNanos = Long.MIN_VALUE;

	/**
	 * @param spanBudget most spans held, at least 4
	 * @param names of all spans; the batches' own or another
	 */
	public SessionStore(int spanBudget, Dictionary names) {
		if (spanBudget < 4) {
			throw new IllegalArgumentException("budget of " + spanBudget + " spans");
		}
		this.spanBudget = spanBudget;
		this.names = names;
		clear();
	}

	/** Forgets all spans and counts. */
	public void clear() {
		droppedSpans = 0;
		droppedTraces = 0;
		droppedUntilNanos = Long.MIN_VALUE;
		begin();
	}

	/**
	 * Takes in a batch. A span that is here already is not added again, but its parent is taken over if the batch
	 * knows one.
	 *
	 * @param host whose clock the batch's times are of; empty keeps what the batch says
	 */
	public void add(SpanTable batch, String host) {
		for (int from = 0; from < batch.size(); from++) {
			int known = assembler.row(batch.spanId.get(from));
			if (known >= 0) {
				revise(known, batch, from);
				continue;
			}
			int row = spans.addCopy(batch, from);
			if (!host.isEmpty()) {
				spans.host.set(row, names.id(host));
			}
			if (spans.size() >= spanBudget) {
				assembler.update(spans);
				dropOldest();
			}
		}
		assembler.update(spans);
	}

	/** The traces as they are now: the same object as before if nothing changed. */
	public Traces traces() {
		return assembler.snapshot();
	}

	/** Changes whenever rows were numbered anew: rows of another era, or store, mean other spans. */
	public int era() {
		return era;
	}

	public long droppedSpans() {
		return droppedSpans;
	}

	public long droppedTraces() {
		return droppedTraces;
	}

	/** When the newest of the dropped traces began, Unix nanoseconds. */
	long droppedUntilNanos() {
		return droppedUntilNanos;
	}

	int budget() {
		return spanBudget;
	}

	/** Drops the traces that began until {@code after}, and counts them, and those that began at {@code end} or later. */
	void keepBetween(long after, long end) {
		Traces traces = assembler.snapshot();
		int skip = 0;
		while (skip < traces.size() && traces.newest(skip).startNanos() >= end) {
			skip++;
		}
		int keep = skip;
		while (keep < traces.size() && traces.newest(keep).startNanos() > after) {
			keep++;
		}
		if (skip > 0 || keep < traces.size()) {
			keep(traces, skip, keep);
		}
	}

	private void revise(int known, SpanTable batch, int from) {
		long parentId = batch.parentId.get(from);
		if (parentId == 0) {
			return;
		}
		spans.confidence.set(known, batch.confidence.get(from));
		if (spans.parentId.get(known) != parentId) {
			spans.parentId.set(known, parentId);
			assembler.revised(known);
		}
	}

	private void dropOldest() {
		Traces traces = assembler.snapshot();
		int keep = 0;
		int kept = 0;
		while (keep < traces.size() && (kept + traces.newest(keep).size() <= spanBudget / 4 * 3)) {
			kept += traces.newest(keep++).size();
		}
		keep(traces, 0, keep);
	}

	/** Keeps traces {@code from} to {@code to}, excluded, counted from the newest; the older ones count as dropped. */
	private void keep(Traces traces, int from, int to) {
		SpanTable before = spans;
		for (int i = to; i < traces.size(); i++) {
			droppedSpans += traces.newest(i).size();
		}
		if (to < traces.size()) {
			droppedUntilNanos = Math.max(droppedUntilNanos, traces.newest(to).startNanos());
		}
		droppedTraces += traces.size() - to;
		begin();
		for (int i = to - 1; i >= from; i--) {
			Trace trace = traces.newest(i);
			for (int index = 0; index < trace.size(); index++) {
				spans.addCopy(before, trace.row(index));
			}
		}
		assembler.update(spans);
	}

	private void begin() {
		era = ERAS.incrementAndGet();
		spans = new SpanTable(names, new Dictionary(VALUES));
		assembler = new TraceAssembler();
		assembler.update(spans);
	}
}
