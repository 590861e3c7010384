package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * Which requests could have caused a call: those of its instance that were open when it started. A
 * request adopts nothing after its answer. Ordered by request start, at most {@link #LIMIT} a call, the
 * youngest: a request of long ago that is open still is a stream or a long poll.
 *
 * <p>Cost: O(p) time and 4p bytes for p pairs.
 */
final class Candidates {
	static final int LIMIT = 256;

	/** Candidates of call c: {@code request[from[c]] .. request[from[c + 1] - 1]}. */
	final int[] from;
	int[] request;

	Candidates(Instance instance) {
		from = new int[instance.calls + 1];
		request = new int[Math.max(16, instance.calls * 2)];
		int[] open = new int[64];
		int openCount = 0;
		int next = 0;
		int at = 0;
		for (int call = 0; call < instance.calls; call++) {
			long start = instance.callStart[call];
			while (next < instance.requests && instance.requestStart[next] <= start) {
				if (openCount == open.length) {
					open = Arrays.copyOf(open, openCount * 2);
				}
				open[openCount++] = next++;
			}
			int kept = 0;
			for (int i = 0; i < openCount; i++) {
				if (instance.requestEnd[open[i]] >= start) {
					open[kept++] = open[i];
				}
			}
			openCount = kept;
			int first = Math.max(0, openCount - LIMIT);
			int count = openCount - first;
			if (at + count > request.length) {
				request = Arrays.copyOf(request, Math.max(at + count, request.length + (request.length >> 1)));
			}
			System.arraycopy(open, first, request, at, count);
			at += count;
			from[call + 1] = at;
		}
	}

	/** Index into {@link #request} of a request that a call may belong to, or a negative number. */
	int find(int call, int wanted) {
		return Arrays.binarySearch(request, from[call], from[call + 1], wanted);
	}

	int count(int call) {
		return from[call + 1] - from[call];
	}
}
