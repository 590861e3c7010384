package io.crosstrace.ide.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * The one span, and with it the one trace, that all views look at.
 *
 * <p>Any thread may call any method. Listeners are called in the thread that made the change, which may be the
 * session's own: they hand over to their own thread and return.
 */
public final class SelectionModel {
	/**
	 * A chosen span.
	 *
	 * @param traces the ones {@code trace} is of
	 * @param era {@link Snapshot#era} of {@code traces}
	 * @param index the span's place in {@code trace}; 0, the root, if only the trace was chosen
	 */
	public record Chosen(Traces traces, int era, Trace trace, int index) {
		public SpanRef span() {
			return new SpanRef(traces.spans(), trace.row(index));
		}
	}

	private final List<Consumer<Chosen>> listeners = new CopyOnWriteArrayList<>();
	private volatile Chosen chosen;

	/** What is chosen, or null. */
	public Chosen chosen() {
		return chosen;
	}

	/** The chosen span, or null. */
	public SpanRef span() {
		Chosen now = chosen;
		return now == null ? null : now.span();
	}

	/** @param choice null for nothing */
	public void choose(Chosen choice) {
		if (choice != null && choice.equals(chosen)) {
			return;
		}
		chosen = choice;
		listeners.forEach(listener -> listener.accept(choice));
	}

	/** Chooses a trace of a snapshot, and in it the span at {@code index}. */
	public void choose(Snapshot snapshot, Trace trace, int index) {
		choose(new Chosen(snapshot.traces(), snapshot.era(), trace, index));
	}

	/** @param listener is given null when nothing is chosen any more */
	public void addListener(Consumer<Chosen> listener) {
		listeners.add(listener);
	}

	public void removeListener(Consumer<Chosen> listener) {
		listeners.remove(listener);
	}

	/** Looks the chosen span up again in newer traces: its trace may have grown. Keeps it if it is gone. */
	void follow(Snapshot snapshot) {
		Chosen before = chosen;
		if (before == null || before.traces() == snapshot.traces()) {
			return;
		}
		int row = before.trace().row(before.index());
		if (before.era() != snapshot.era()) {
			row = snapshot.traces().row(before.traces().spans().spanId.get(row));
		}
		Trace trace = snapshot.traces().of(row);
		if (trace != null && (trace != before.trace() || before.era() != snapshot.era())) {
			choose(snapshot, trace, trace.indexOf(row));
		}
	}
}
