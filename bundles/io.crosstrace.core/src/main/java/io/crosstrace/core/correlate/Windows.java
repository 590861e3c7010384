package io.crosstrace.core.correlate;

import java.util.Arrays;

import io.crosstrace.core.span.SpanTable;

/**
 * Correlates a stream: spans come in as they finish, and go out once with their parents. What is decided costs
 * by the spans around it, not by all that is kept; those are learnt from now and then.
 *
 * <p>Requests go out at the next {@link #close}. A call waits until no request that may have caused it is
 * still open, since how a request ended tells whose call it was; but never longer than
 * {@link WindowOptions#delayNanos()}. A request that is still open may be chosen. A decision is never
 * revised. What is decided stays for a while as context for what is not.
 *
 * <p>Waiting counts from when a span was added, so clocks that step or differ between spans delay
 * nothing. Late spans are decided with what is still known; lost spans are simply not there.
 *
 * <p>Memory: at most {@link WindowOptions#contextSpans()} + {@link WindowOptions#maxPending()} spans, the requests
 * that overlap a waiting call, and what was added since the last close. One thread at a time.
 */
public final class Windows {
	private final Correlator correlator;
	private final WindowOptions options;
	/** Decided and undecided spans, oldest first. */
	private SpanTable kept;
	private State state = new State();
	private long lastNow = Long.MIN_VALUE;
	private long forced;
	private boolean hurried;
	private long decidedInHurry;

	/** Per row of {@link #kept}. */
	private static final class State {
		long[] addedNanos = new long[64];
		boolean[] decided = new boolean[64];

		void set(int row, long added, boolean isDecided) {
			if (row >= decided.length) {
				addedNanos = Arrays.copyOf(addedNanos, row * 2);
				decided = Arrays.copyOf(decided, row * 2);
			}
			addedNanos[row] = added;
			decided[row] = isDecided;
		}
	}

	private static final long NOT_CLOSED_YET = Long.MIN_VALUE;

	public Windows(Correlator correlator, WindowOptions options) {
		this.correlator = correlator;
		this.options = options;
	}

	/** Takes finished spans, in any order. The table is copied, so the caller may drop it. */
	public void add(SpanTable finished) {
		if (kept == null) {
			kept = new SpanTable(finished.names);
		}
		for (int row = 0; row < finished.size(); row++) {
			state.set(kept.addCopy(finished, row), NOT_CLOSED_YET, false);
		}
	}

	/** How many calls were decided before their time, because too many waited. */
	public long forced() {
		return forced;
	}

	/**
	 * Takes less care from now on, or as much as ever again: for when more comes than can be decided. Costs about a
	 * quarter; some parents that could be told are not, or are wrong.
	 */
	public void hurry(boolean on) {
		hurried = on;
	}

	/** How many calls were decided in a hurry. */
	public long decidedInHurry() {
		return decidedInHurry;
	}

	/** Spans in memory. */
	int kept() {
		return kept == null ? 0 : kept.size();
	}

	/** Spans that wait for their decision or for the next close. */
	public int pending() {
		int pending = 0;
		for (int row = 0; kept != null && row < kept.size(); row++) {
			pending += state.decided[row] ? 0 : 1;
		}
		return pending;
	}

	/**
	 * Decides what can be decided.
	 *
	 * @param stillOpen requests without an end (endNanos 0): they may be chosen, and keep calls waiting
	 * @param nowNanos of any clock that does not run backwards; if it does, nothing waits any longer
	 * @return the spans that are decided now: requests as they came, calls with parentId and confidence
	 *         (parentId 0: no parent, or none that could be told)
	 */
	public SpanTable close(SpanTable stillOpen, long nowNanos) {
		SpanTable out = new SpanTable(kept == null ? stillOpen.names : kept.names);
		if (kept == null) {
			return out;
		}
		boolean all = nowNanos < lastNow;
		lastNow = nowNanos;
		boolean[] ready = ready(stillOpen, nowNanos, all);
		decide(ready, stillOpen, out);
		trim();
		return out;
	}

	/** Decides whatever waits, as at the end of a stream. */
	public SpanTable closeAll(SpanTable stillOpen) {
		return close(stillOpen, Long.MIN_VALUE);
	}

	private boolean[] ready(SpanTable stillOpen, long nowNanos, boolean all) {
		boolean[] ready = new boolean[kept.size()];
		Starts open = earliestOpen(stillOpen);
		int waiting = 0;
		for (int row = 0; row < ready.length; row++) {
			if (state.decided[row]) {
				continue;
			}
			if (state.addedNanos[row] == NOT_CLOSED_YET) {
				state.addedNanos[row] = nowNanos;
			}
			long waited = nowNanos - state.addedNanos[row];
			ready[row] = all || kept.isRequest(row) || waited >= options.delayNanos()
					|| waited >= options.settleNanos() && open.of(Instance.key(kept, row)) > kept.startNanos.get(row);
			waiting += ready[row] ? 0 : 1;
		}
		for (int row = 0; row < ready.length && waiting > options.maxPending(); row++) {
			if (!state.decided[row] && !ready[row]) {
				ready[row] = true;
				waiting--;
				forced++;
			}
		}
		return ready;
	}

	/** When the earliest open request of each instance started. */
	private static Starts earliestOpen(SpanTable stillOpen) {
		Starts starts = new Starts();
		for (int row = 0; row < stillOpen.size(); row++) {
			if (stillOpen.isRequest(row)) {
				starts.note(Instance.key(stillOpen, row), stillOpen.startNanos.get(row));
			}
		}
		return starts;
	}

	/** The earliest time noted for each key. */
	private static final class Starts {
		private final LongIntMap numbers = new LongIntMap();
		private long[] earliest = new long[16];

		void note(long key, long time) {
			int before = numbers.size();
			int number = numbers.number(key);
			if (number == earliest.length) {
				earliest = Arrays.copyOf(earliest, number * 2);
			}
			earliest[number] = number == before ? time : Math.min(earliest[number], time);
		}

		/** {@link Long#MAX_VALUE} if none was noted. */
		long of(long key) {
			int number = numbers.find(key);
			return number < 0 ? Long.MAX_VALUE : earliest[number];
		}
	}

	private void decide(boolean[] ready, SpanTable stillOpen, SpanTable out) {
		Starts waiting = new Starts();
		Starts deciding = new Starts();
		for (int row = 0; row < ready.length; row++) {
			if (!state.decided[row] && !kept.isRequest(row)) {
				long key = Instance.key(kept, row);
				waiting.note(key, kept.startNanos.get(row));
				if (ready[row]) {
					deciding.note(key, kept.startNanos.get(row));
				}
			}
		}
		int[] rows = new int[ready.length];
		int seen = deciding.numbers.size() == 0 ? 0 : concerned(waiting, deciding, rows);
		SpanTable view = new SpanTable(kept.names, kept.values, seen + stillOpen.size() + 1);
		int[] viewRow = new int[ready.length];
		for (int i = 0; i < seen; i++) {
			viewRow[rows[i]] = view.addCopy(kept, rows[i]);
		}
		addRequests(view, stillOpen);
		Parents parents = seen == 0 ? null : correlate(view, stillOpen);
		for (int row = 0; row < ready.length; row++) {
			if (!ready[row]) {
				continue;
			}
			state.decided[row] = true;
			if (!kept.isRequest(row) && !kept.has(row, SpanTable.PARENT_PROVEN)) {
				int parent = parents.row()[viewRow[row]];
				float confidence = parents.confidence()[viewRow[row]];
				kept.parentId.set(row, parent < 0 ? 0 : view.spanId.get(parent));
				kept.confidence.set(row, parent < 0 ? 0 : Math.min(Instance.PROOF - 1, Math.round(confidence * 1e6f)));
				decidedInHurry += hurried ? 1 : 0;
			}
			out.addCopy(kept, row);
			if (!kept.isRequest(row)) {
				kept.set(row, SpanTable.PARENT_PROVEN); // what went out is never revised
			}
		}
	}

	private Parents correlate(SpanTable view, SpanTable stillOpen) {
		if (!(correlator instanceof FusionCorrelator fusion)) {
			return correlator.correlate(view);
		}
		return fusion.correlate(view, () -> {
			SpanTable all = new SpanTable(kept.names, kept.values, kept.size() + stillOpen.size());
			for (int row = 0; row < kept.size(); row++) {
				all.addCopy(kept, row);
			}
			addRequests(all, stillOpen);
			return all;
		}, hurried);
	}

	private static void addRequests(SpanTable to, SpanTable stillOpen) {
		for (int row = 0; row < stillOpen.size(); row++) {
			if (stillOpen.isRequest(row)) {
				to.addCopy(stillOpen, row);
			}
		}
	}

	/**
	 * Finds the kept spans that have a say in what is decided now: of each instance that has a call to decide, all
	 * calls that wait, the requests that were open when the first of them started or shortly before, and what those
	 * requests made. Returns how many.
	 */
	private int concerned(Starts waiting, Starts deciding, int[] rows) {
		LongIntMap requests = new LongIntMap();
		for (int row = 0; row < kept.size(); row++) {
			if (kept.isRequest(row) && isNear(waiting, deciding, row)) {
				requests.number(kept.spanId.get(row));
			}
		}
		int seen = 0;
		for (int row = 0; row < kept.size(); row++) {
			boolean request = kept.isRequest(row);
			if (isNear(waiting, deciding, row)
					|| !request && state.decided[row] && requests.find(kept.parentId.get(row)) >= 0) {
				rows[seen++] = row;
			}
		}
		return seen;
	}

	private boolean isNear(Starts waiting, Starts deciding, int row) {
		long key = Instance.key(kept, row);
		if (deciding.of(key) == Long.MAX_VALUE) {
			return false;
		}
		long end = kept.endNanos.get(row);
		return end == 0 || end >= waiting.of(key) - options.settleNanos() || !state.decided[row] && !kept.isRequest(row);
	}

	/** When the earliest call that waits began: a request that ended before cannot have caused it. */
	private long oldestPendingStart() {
		long oldest = Long.MAX_VALUE;
		for (int row = 0; row < kept.size(); row++) {
			if (!state.decided[row]) {
				oldest = Math.min(oldest, kept.startNanos.get(row));
			}
		}
		return oldest;
	}

	/** Forgets the oldest decided spans beyond the context that is to be kept, but those that may own a waiting call. */
	private void trim() {
		int decided = kept.size() - pending();
		// Copying costs; half a context of slack makes it rare.
		if (decided <= options.contextSpans() + options.contextSpans() / 2) {
			return;
		}
		int drop = decided - options.contextSpans();
		long needed = oldestPendingStart();
		SpanTable fewer = new SpanTable(kept.names);
		State fewerState = new State();
		for (int row = 0; row < kept.size(); row++) {
			if (state.decided[row] && drop > 0 && kept.endNanos.get(row) < needed) {
				drop--;
			} else {
				fewerState.set(fewer.addCopy(kept, row), state.addedNanos[row], state.decided[row]);
			}
		}
		kept = fewer;
		state = fewerState;
	}
}
