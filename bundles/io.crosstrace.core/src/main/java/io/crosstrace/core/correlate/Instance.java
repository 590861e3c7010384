package io.crosstrace.core.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

	final SpanTable spans;
	final int requests;
	final int[] requestRow;
	final long[] requestStart;
	final long[] requestEnd;
	/** What a request asks for: 0 to {@link #operations} - 1. */
	final int[] requestOperation;
	final int operations;

	final int calls;
	final int[] callRow;
	final long[] callStart;
	final long[] callEnd;
	/** What a call asks whom for: 0 to {@link #kinds} - 1. */
	final int[] callKind;
	final int kinds;
	/** The request a call is known to belong to, {@link Parents#NONE} if it is known to have none, or {@link #FREE}. */
	final int[] callFixed;

	/** Resolution of the clock: every time is a multiple of this. */
	final long tickNanos;

	private Instance(SpanTable spans, int[] rows) {
		this.spans = spans;
		int count = 0;
		for (int row : rows) {
			count += spans.isRequest(row) ? 1 : 0;
		}
		requests = count;
		calls = rows.length - count;
		requestRow = new int[requests];
		callRow = new int[calls];
		int request = 0;
		int call = 0;
		for (int row : rows) {
			if (spans.isRequest(row)) {
				requestRow[request++] = row;
			} else {
				callRow[call++] = row;
			}
		}
		sortByStart(requestRow);
		sortByStart(callRow);
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
		operations = number(keys, requests, requestOperation);
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
			kinds = operationsByPeer;
		} else {
			kinds = byOperation;
		}
		tickNanos = tick();
		callFixed = fixed();
	}

	private int[] fixed() {
		int[] fixed = new int[calls];
		LongIntMap ids = null;
		int[] request = null;
		for (int call = 0; call < calls; call++) {
			fixed[call] = FREE;
			if (!spans.has(callRow[call], SpanTable.PARENT_PROVEN)) {
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

	/** Splits a table by process and service. Spans that are neither request nor call do not appear. */
	static List<Instance> split(SpanTable spans) {
		LongIntMap numbers = new LongIntMap();
		int[] instance = new int[spans.size()];
		int[] counts = new int[16];
		for (int row = 0; row < instance.length; row++) {
			int number = numbers.number((long) spans.pid.get(row) << 32 | spans.service.get(row));
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
			instances.add(new Instance(spans, some));
		}
		return instances;
	}

	private static int number(long[] keys, int count, int[] into) {
		LongIntMap numbers = new LongIntMap();
		for (int i = 0; i < count; i++) {
			into[i] = numbers.number(keys[i]);
		}
		return numbers.size();
	}

	/** Stable merge sort: tables are nearly sorted already, and the answer must not depend on chance. */
	private void sortByStart(int[] rows) {
		int[] from = rows;
		int[] to = new int[rows.length];
		for (int width = 1; width < rows.length; width *= 2) {
			for (int low = 0; low < rows.length; low += 2 * width) {
				int middle = Math.min(low + width, rows.length);
				int high = Math.min(low + 2 * width, rows.length);
				merge(from, to, low, middle, high);
			}
			int[] swap = from;
			from = to;
			to = swap;
		}
		if (from != rows) {
			System.arraycopy(from, 0, rows, 0, rows.length);
		}
	}

	private void merge(int[] from, int[] to, int low, int middle, int high) {
		if (middle >= high || start(from[middle - 1]) <= start(from[middle])) {
			System.arraycopy(from, low, to, low, high - low);
			return;
		}
		int left = low;
		int right = middle;
		for (int at = low; at < high; at++) {
			boolean takeLeft = right >= high || left < middle && start(from[left]) <= start(from[right]);
			to[at] = takeLeft ? from[left++] : from[right++];
		}
	}

	private long start(int row) {
		return spans.startNanos.get(row);
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
