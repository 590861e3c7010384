package io.crosstrace.agent.serve;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.client.AgentHealth;
import io.crosstrace.wire.client.AgentInfo;
import io.crosstrace.wire.client.AgentListener;
import io.crosstrace.wire.client.ConnectionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what a connection said, for a test to wait on. */
public final class Heard implements AgentListener {
	private final List<ConnectionState> states = new ArrayList<>();
	private final List<SpanTable> tables = new ArrayList<>();
	private final List<Long> spanIds = new ArrayList<>();
	private String reason = "";
	private AgentInfo agent;
	private AgentHealth health;
	private long gaps;

	/** Waits until {@code what} holds, at most 10 s. */
	public synchronized Heard until(Predicate<Heard> what) throws InterruptedException {
		long end = System.nanoTime() + 10_000_000_000L;
		while (!what.test(this)) {
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				throw new AssertionError("not heard within 10 s; heard " + states + ", \"" + reason + "\", "
						+ spanIds.size() + " spans, gaps " + gaps);
			}
			wait(left);
		}
		return this;
	}

	public Heard until(ConnectionState state) throws InterruptedException {
		return until(heard -> heard.last() == state);
	}

	public synchronized ConnectionState last() {
		return states.isEmpty() ? null : states.get(states.size() - 1);
	}

	public synchronized String reason() {
		return reason;
	}

	public synchronized AgentInfo agent() {
		return agent;
	}

	public synchronized AgentHealth lastHealth() {
		return health;
	}

	public synchronized List<Long> spanIds() {
		return List.copyOf(spanIds);
	}

	/** All spans in one table. */
	public synchronized SpanTable spans() {
		SpanTable all = new SpanTable(new Dictionary(10_000));
		for (SpanTable table : tables) {
			for (int row = 0; row < table.size(); row++) {
				all.addCopy(table, row);
			}
		}
		return all;
	}

	public synchronized int count() {
		return spanIds.size();
	}

	public synchronized long gaps() {
		return gaps;
	}

	@Override
	public synchronized void state(ConnectionState state, String newReason) {
		states.add(state);
		reason = newReason;
		notifyAll();
	}

	@Override
	public synchronized void welcome(AgentInfo newAgent) {
		agent = newAgent;
		notifyAll();
	}

	@Override
	public synchronized void spans(SpanTable batch) {
		tables.add(batch);
		for (int row = 0; row < batch.size(); row++) {
			spanIds.add(batch.spanId.get(row));
		}
		notifyAll();
	}

	@Override
	public synchronized void health(AgentHealth newHealth) {
		health = newHealth;
		notifyAll();
	}

	@Override
	public synchronized void gap(long spans) {
		gaps += spans;
		notifyAll();
	}
}
