package io.crosstrace.core.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.crosstrace.core.span.IntColumn;
import io.crosstrace.core.span.SpanTable;

/**
 * The spans of one service instance, as arrays that a matcher can run over: requests and calls, each
 * sorted by start, with small local ids for what they do. An index into these arrays is what the rest
 * of this package calls a request or a call.
 */
final class Instance {
	/** Request end of one that is still open. */
	static final long OPEN = Long.MAX_VALUE;
	/** In {@link #callFixed}: to be found. */
	static final int FREE = -2;
	private static final int MOST_OPERATIONS = 1_000;
	private static final int MOST_KINDS = 500;
	/** Confidence of what is proven; what {@link Windows} decided has less. */
	static final int PROOF = 1_000_000;

	final SpanTable spans;
	/** Names the process and service, in any table of the same dictionary. */
	final long key;
	final int requests;
	final int[] requestRow;
	/** Times are ticks of this instance's clock, the coarsest unit that loses nothing: see {@link #tickNanos}. */
	final long[] requestStart;
	final long[] requestEnd;
	final int[] requestTid;
	final int[] requestEndTid;
	/** What a request asks for: 0 to {@link #operations} - 1. */
	final int[] requestOperation;
	final int operations;

	final int calls;
	final int[] callRow;
	final long[] callStart;
	final long[] callEnd;
	final int[] callTid;
	final int[] callEndTid;
	/** Names that outlive this table, of operations and of kinds; never 0. */
	final long[] operationKey;
	final long[] kindKey;
	/** What a call asks whom for: 0 to {@link #kinds} - 1. */
	final int[] callKind;
	final int kinds;
	/** The request a call is known to belong to, {@link Parents#NONE} if it is known to have none, or {@link #FREE}. */
	final int[] callFixed;

	/** Resolution of the clock: every start is a multiple of this. */
	final long tickNanos;

	private Instance(SpanTable spans, int[] rows, boolean decided) {
		this.spans = spans;
		key = key(spans, rows[0]);
		int count = 0;
		for (int row : rows) {
			count += spans.isRequest(row) ? 1 : 0;
		}
		requests = count;
		calls = rows.length - count;
		int[] unsortedRequests = new int[requests];
		int[] unsortedCalls = new int[calls];
		int request = 0;
		int call = 0;
		for (int row : rows) {
			if (spans.isRequest(row)) {
				unsortedRequests[request++] = row;
			} else {
				unsortedCalls[call++] = row;
			}
		}
		requestRow = sortedByStart(unsortedRequests);
		callRow = sortedByStart(unsortedCalls);
		requestStart = new long[requests];
		requestEnd = new long[requests];
		requestOperation = new int[requests];
		long[] keys = new long[Math.max(requests, calls)];
		for (int i = 0; i < requests; i++) {
			int row = requestRow[i];
			requestStart[i] = spans.startNanos.get(row);
			long end = spans.endNanos.get(row);
			requestEnd[i] = end == 0 ? OPEN : Math.max(end, requestStart[i]);
			keys[i] = spans.operation.get(row);
		}
		operations = fold(number(keys, requests, requestOperation), requestOperation, MOST_OPERATIONS);
		callStart = new long[calls];
		callEnd = new long[calls];
		callKind = new int[calls];
		for (int i = 0; i < calls; i++) {
			int row = callRow[i];
			callStart[i] = spans.startNanos.get(row);
			callEnd[i] = Math.max(spans.endNanos.get(row), callStart[i]);
			keys[i] = spans.operation.get(row);
		}
		int byOperation = number(keys, calls, callKind);
		for (int i = 0; i < calls; i++) {
			keys[i] |= (long) spans.peer.get(callRow[i]) << 32;
		}
		int[] byPeer = new int[calls];
		int operationsByPeer = number(keys, calls, byPeer);
		// A peer says much of what a call is for, but a thousand replicas of one peer say nothing.
		if (operationsByPeer <= 8 * byOperation) {
			System.arraycopy(byPeer, 0, callKind, 0, calls);
			kinds = fold(operationsByPeer, callKind, MOST_KINDS);
		} else {
			kinds = fold(byOperation, callKind, MOST_KINDS);
		}
		operationKey = new long[operations];
		for (int i = 0; i < requests; i++) {
			operationKey[requestOperation[i]] = 1 + spans.operation.get(requestRow[i]);
		}
		boolean withPeer = operationsByPeer <= 8 * byOperation;
		kindKey = new long[kinds];
		for (int i = 0; i < calls; i++) {
			long peer = withPeer ? spans.peer.get(callRow[i]) : 0;
			kindKey[callKind[i]] = 1 + (peer << 32 | spans.operation.get(callRow[i]));
		}
		tickNanos = tick();
		toTicks(requestStart);
		toTicks(requestEnd);
		toTicks(callStart);
		toTicks(callEnd);
		requestTid = threads(requestRow, spans.tid);
		requestEndTid = threads(requestRow, spans.endTid);
		callTid = threads(callRow, spans.tid);
		callEndTid = threads(callRow, spans.endTid);
		callFixed = fixed(decided);
	}

	private void toTicks(long[] times) {
		for (int i = 0; i < times.length && tickNanos > 1; i++) {
			times[i] = times[i] == OPEN ? OPEN : Math.floorDiv(times[i], tickNanos);
		}
	}

	private static int[] threads(int[] rows, IntColumn column) {
		int[] threads = new int[rows.length];
		for (int i = 0; i < rows.length; i++) {
			threads[i] = column.get(rows[i]);
		}
		return threads;
	}

	/** The same spans, as if nothing had been decided but what the application proves. */
	Instance undecided() {
		int[] rows = Arrays.copyOf(requestRow, requests + calls);
		System.arraycopy(callRow, 0, rows, requests, calls);
		return new Instance(spans, rows, false);
	}

	private int[] fixed(boolean decided) {
		int[] fixed = new int[calls];
		LongIntMap ids = null;
		int[] request = null;
		for (int call = 0; call < calls; call++) {
			fixed[call] = FREE;
			if (!spans.has(callRow[call], SpanTable.PARENT_PROVEN)
					|| !decided && spans.confidence.get(callRow[call]) < PROOF) {
				continue;
			}
			if (ids == null) {
				ids = new LongIntMap();
				request = new int[requests];
				for (int i = 0; i < requests; i++) {
					request[ids.number(spans.spanId.get(requestRow[i]))] = i;
				}
			}
			long parent = spans.parentId.get(callRow[call]);
			int number = parent == 0 ? -1 : ids.find(parent);
			fixed[call] = number < 0 ? Parents.NONE : request[number];
		}
		return fixed;
	}

	/** Names the process and service of a row. */
	static long key(SpanTable spans, int row) {
		return (long) spans.pid.get(row) << 32 | spans.service.get(row);
	}

	/** Splits a table by process and service. Spans that are neither request nor call do not appear. */
	static List<Instance> split(SpanTable spans) {
		LongIntMap numbers = new LongIntMap();
		int[] instance = new int[spans.size()];
		int[] counts = new int[16];
		for (int row = 0; row < instance.length; row++) {
			int number = numbers.number(key(spans, row));
			if (number == counts.length) {
				counts = Arrays.copyOf(counts, number * 2);
			}
			instance[row] = number;
			counts[number]++;
		}
		int[][] rows = new int[numbers.size()][];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = new int[counts[i]];
			counts[i] = 0;
		}
		for (int row = 0; row < instance.length; row++) {
			rows[instance[row]][counts[instance[row]]++] = row;
		}
		List<Instance> instances = new ArrayList<>(rows.length);
		for (int[] some : rows) {
			instances.add(new Instance(spans, some, true));
		}
		return instances;
	}

	/** Whoever names operations after ids gets no more from them than from one operation. */
	private static int fold(int count, int[] numbers, int most) {
		if (count <= most) {
			return count;
		}
		Arrays.fill(numbers, 0);
		return 1;
	}

	private static int number(long[] keys, int count, int[] into) {
		LongIntMap numbers = new LongIntMap();
		for (int i = 0; i < count; i++) {
			into[i] = numbers.number(keys[i]);
		}
		return numbers.size();
	}

	/** Whether a request was received and not yet answered: only then it makes calls. */
	boolean isOpenAt(int request, long time) {
		return requestStart[request] <= time && time <= requestEnd[request];
	}

	/** Calls whose request is to be found. */
	int free() {
		int free = 0;
		for (int request : callFixed) {
			free += request == FREE ? 1 : 0;
		}
		return free;
	}

	boolean hasTokens() {
		return anyTokens(requestRow) && anyTokens(callRow);
	}

	private boolean anyTokens(int[] rows) {
		for (int row : rows) {
			if (spans.tokenCount(row) > 0) {
				return true;
			}
		}
		return false;
	}

	private int[] sortedByStart(int[] rows) {
		long[] starts = new long[rows.length];
		for (int i = 0; i < rows.length; i++) {
			starts[i] = spans.startNanos.get(rows[i]);
		}
		int[] order = Order.by(starts, rows.length);
		for (int i = 0; i < rows.length; i++) {
			order[i] = rows[order[i]];
		}
		return order;
	}

	private long tick() {
		for (long tick = 1_000_000; tick > 1; tick /= 1_000) {
			if (allMultiples(requestStart, tick) && allMultiples(callStart, tick)) {
				return tick;
			}
		}
		return 1;
	}

	private static boolean allMultiples(long[] times, long tick) {
		for (long time : times) {
			if (time % tick != 0) {
				return false;
			}
		}
		return true;
	}
}
