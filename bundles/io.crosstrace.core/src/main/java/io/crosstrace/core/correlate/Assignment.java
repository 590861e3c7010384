package io.crosstrace.core.correlate;

import java.util.Arrays;

/** Which request each call is given to at the moment. A request's calls are a list in order of start. */
final class Assignment {
	private static final int NONE = Parents.NONE;

	final int[] owner;
	final int[] count;
	private final int[] first;
	private final int[] last;
	private final int[] next;
	private final int[] previous;

	Assignment(Instance instance) {
		owner = new int[instance.calls];
		next = new int[instance.calls];
		previous = new int[instance.calls];
		count = new int[instance.requests];
		first = new int[instance.requests];
		last = new int[instance.requests];
		Arrays.fill(owner, NONE);
		Arrays.fill(first, NONE);
		Arrays.fill(last, NONE);
	}

	/** First call of a request, or {@link Parents#NONE}. */
	int first(int request) {
		return first[request];
	}

	int last(int request) {
		return last[request];
	}

	int next(int call) {
		return next[call];
	}

	int previous(int call) {
		return previous[call];
	}

	/** Gives a call that has no owner to a request. Linear in the request's calls after it. */
	void give(int call, int request) {
		owner[call] = request;
		count[request]++;
		int after = last[request];
		while (after != NONE && after > call) {
			after = previous[after];
		}
		int before = after == NONE ? first[request] : next[after];
		previous[call] = after;
		next[call] = before;
		if (after == NONE) {
			first[request] = call;
		} else {
			next[after] = call;
		}
		if (before == NONE) {
			last[request] = call;
		} else {
			previous[before] = call;
		}
	}

	void take(int call) {
		int request = owner[call];
		owner[call] = NONE;
		count[request]--;
		if (previous[call] == NONE) {
			first[request] = next[call];
		} else {
			next[previous[call]] = next[call];
		}
		if (next[call] == NONE) {
			last[request] = previous[call];
		} else {
			previous[next[call]] = previous[call];
		}
	}

	/** Copies a request's calls into {@code into}, which must be long enough; returns how many. */
	int list(int request, int[] into) {
		int n = 0;
		for (int call = first[request]; call != NONE; call = next[call]) {
			into[n++] = call;
		}
		return n;
	}
}
