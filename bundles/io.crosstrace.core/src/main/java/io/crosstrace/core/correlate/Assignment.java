package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * Which request each call is given to at the moment, and how likely that is. A request's calls are a
 * list in order of start. Likelihood is a sum over requests, so a change costs only the lists it touches.
 */
final class Assignment {
	private static final int NONE = Parents.NONE;
	/** A gap is looked for behind this many calls at most: more in parallel say nothing new. */
	private static final int LOOK_BACK = 8;

	final Instance instance;
	final int[] owner;
	final int[] first;
	final int[] count;
	private final int[] next;
	private final long[] operationKey;
	private final long[] kindKey;

	/** What went before event i of the list last walked, and how long before, in ticks. */
	private long[] before = new long[16];
	private long[] gap = new long[16];

	Assignment(Instance instance) {
		this.instance = instance;
		owner = new int[instance.calls];
		next = new int[instance.calls];
		first = new int[instance.requests];
		count = new int[instance.requests];
		Arrays.fill(owner, NONE);
		Arrays.fill(first, NONE);
		operationKey = new long[instance.operations];
		for (int i = 0; i < instance.requests; i++) {
			operationKey[instance.requestOperation[i]] = 1 + instance.spans.operation.get(instance.requestRow[i]);
		}
		kindKey = new long[instance.kinds];
		for (int i = 0; i < instance.calls; i++) {
			int row = instance.callRow[i];
			// Keys outlive this table, local ids do not. The lowest bit is free for "its end".
			kindKey[instance.callKind[i]] = 2 * (((long) instance.spans.peer.get(row) << 31)
					+ instance.spans.operation.get(row) + 1000);
		}
	}

	int next(int call) {
		return next[call];
	}

	/** Gives a call that has no owner to a request. Linear in the request's calls after it. */
	void give(int call, int request) {
		owner[call] = request;
		count[request]++;
		int at = first[request];
		if (at == NONE || at > call) {
			next[call] = at;
			first[request] = call;
			return;
		}
		while (next[at] != NONE && next[at] < call) {
			at = next[at];
		}
		next[call] = next[at];
		next[at] = call;
	}

	void take(int call) {
		int request = owner[call];
		owner[call] = NONE;
		count[request]--;
		if (first[request] == call) {
			first[request] = next[call];
			return;
		}
		int at = first[request];
		while (next[at] != call) {
			at = next[at];
		}
		next[at] = next[call];
	}

	/** Copies a request's calls into {@code into}, which must be long enough; returns how many. */
	int list(int request, int[] into) {
		int n = 0;
		for (int call = first[request]; call != NONE; call = next[call]) {
			into[n++] = call;
		}
		return n;
	}

	/** How likely it is that this request made exactly these calls, a logarithm. */
	float likelihood(DelayModel model, int request, int[] list, int n) {
		walk(request, list, n);
		long operation = operationKey[instance.requestOperation[request]];
		float sum = 0;
		long set = 0;
		float independent = 0;
		for (int i = 0; i < n; i++) {
			int call = list[i];
			long kind = kindKey[instance.callKind[call]];
			sum += model.delay(operation, kind, before[i], gap[i]);
			sum += model.outlives(operation, kind, outlives(call, request));
			set += setKey(kind);
			int same = 1;
			boolean seen = false;
			for (int j = 0; j < n; j++) {
				if (j != i && instance.callKind[list[j]] == instance.callKind[call]) {
					same++;
					seen |= j < i;
				}
			}
			if (!seen) {
				independent += model.number(operation, kind, same);
			}
		}
		if (instance.requestEnd[request] != Instance.OPEN) {
			sum += model.delay(operation, DelayModel.ANSWER, before[n], gap[n]);
			sum += model.set(operation, set, independent);
		}
		return sum;
	}

	/** Learns from every request as it is assigned now. */
	void teach(DelayModel model) {
		int[] list = new int[16];
		for (int request = 0; request < instance.requests; request++) {
			if (list.length < count[request]) {
				list = new int[count[request] * 2];
			}
			int n = list(request, list);
			walk(request, list, n);
			long operation = operationKey[instance.requestOperation[request]];
			long set = 0;
			for (int i = 0; i < n; i++) {
				int call = list[i];
				long kind = kindKey[instance.callKind[call]];
				model.learnDelay(operation, kind, before[i], gap[i]);
				model.learnOutlived(operation, kind, outlives(call, request));
				set += setKey(kind);
				int same = 1;
				boolean seen = false;
				for (int j = 0; j < n; j++) {
					if (j != i && instance.callKind[list[j]] == instance.callKind[call]) {
						same++;
						seen |= j < i;
					}
				}
				if (!seen) {
					model.learnNumber(operation, kind, same);
				}
			}
			if (instance.requestEnd[request] != Instance.OPEN) {
				model.learnDelay(operation, DelayModel.ANSWER, before[n], gap[n]);
				model.learnSet(operation, set);
			}
		}
	}

	private static long setKey(long kind) {
		return (kind + 77) * 0xD6E8FEB86659FD93L;
	}

	private boolean outlives(int call, int request) {
		return instance.callEnd[call] > instance.requestEnd[request];
	}

	/** Finds what went before each call of the list and, at index n, before the answer. */
	private void walk(int request, int[] list, int n) {
		if (before.length <= n) {
			before = new long[n * 2];
			gap = new long[n * 2];
		}
		for (int i = 0; i <= n; i++) {
			long now = i < n ? instance.callStart[list[i]] : instance.requestEnd[request];
			long latest = instance.requestStart[request];
			long what = DelayModel.START;
			for (int j = Math.max(0, i - LOOK_BACK); j < i; j++) {
				int call = list[j];
				if (instance.callEnd[call] <= now && instance.callEnd[call] >= latest) {
					latest = instance.callEnd[call];
					what = kindKey[instance.callKind[call]] + 1;
				} else if (instance.callEnd[call] > now && instance.callStart[call] >= latest) {
					latest = instance.callStart[call];
					what = kindKey[instance.callKind[call]];
				}
			}
			before[i] = what;
			gap[i] = now == Instance.OPEN ? 0 : (now - latest) / instance.tickNanos;
		}
	}
}
