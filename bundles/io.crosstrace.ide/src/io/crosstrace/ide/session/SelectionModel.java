package io.crosstrace.ide.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
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

	/**
	 * Traces chosen together, to be looked at as one, saved or compared; the chosen one is one of them.
	 *
	 * @param roots rows of their roots; not changed any more
	 */
	public record Together(int era, BitSet roots) {
		/** At most {@code most} of them, oldest first, as {@code traces}, of the same era, know them now. */
		public List<Trace> in(Traces traces, int most) {
			List<Trace> found = new ArrayList<>();
			for (int row = roots.nextSetBit(0); row >= 0 && found.size() < most; row = roots.nextSetBit(row + 1)) {
				Trace trace = traces.of(row);
				if (trace != null && (found.isEmpty() || found.getLast() != trace)) {
					found.add(trace); // a beginning that came late may have joined two of them
				}
			}
			return found;
		}

		public int size() {
			return roots.cardinality();
		}
	}

	private final List<Consumer<Chosen>> listeners = new CopyOnWriteArrayList<>();
	private volatile Chosen chosen;
	private volatile Together together;

	/** What is chosen, or null. */
	public Chosen chosen() {
		return chosen;
	}

	/** The chosen span, or null. */
	public SpanRef span() {
		Chosen now = chosen;
		return now == null ? null : now.span();
	}

	/** The traces that are chosen beside the chosen one, and it; null if it is alone. */
	public Together together() {
		return together;
	}

	/** Chooses a span; traces chosen together stay so while it is of one of them. @param choice null for nothing */
	public void choose(Chosen choice) {
		Together now = together;
		boolean stays = choice != null && now != null && choice.era() == now.era && now.roots.get(choice.trace().rootRow());
		choose(choice, stays ? now : null);
	}

	/** @param with null for the chosen trace alone */
	public void choose(Chosen choice, Together with) {
		if (choice != null && choice.equals(chosen) && Objects.equals(with, together)) {
			return;
		}
		together = with;
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
