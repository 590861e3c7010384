package io.crosstrace.core.correlate;

/**
 * What went before each of a request's calls and before its answer: the latest event of the request so far, which is its
 * start, a call's start (calls in parallel) or a call's end (calls in sequence). Entry n is the answer's, where a request
 * made n calls. A window: valid until the next {@link #find}. Allocates only to grow.
 */
final class Gaps {
	/** A gap is looked for behind this many calls at most: more in parallel say nothing new. */
	static final int LOOK_BACK = 8;

	private final Instance instance;
	/** 0: the request's start; 1 + 2 kind: the start of a call; 2 + 2 kind: the end of one. */
	int[] before = new int[33];
	/** The call that went before, or -1 if it was the start. */
	int[] beforeCall = new int[33];
	/** Ticks since; of the answer of an open request 0. */
	long[] ticks = new long[33];

	Gaps(Instance instance) {
		this.instance = instance;
	}

	/** @param list the calls of the request, n of them in order of start */
	void find(int request, int[] list, int n) {
		if (before.length <= n) {
			before = new int[n * 2 + 1];
			beforeCall = new int[n * 2 + 1];
			ticks = new long[n * 2 + 1];
		}
		long[] starts = instance.callStart;
		long[] ends = instance.callEnd;
		for (int i = 0; i <= n; i++) {
			long now = i < n ? starts[list[i]] : instance.requestEnd[request];
			long latest = instance.requestStart[request];
			int what = 0;
			int which = -1;
			for (int j = Math.max(0, i - LOOK_BACK); j < i; j++) {
				int call = list[j];
				long end = ends[call];
				if (end <= now) {
					if (end >= latest) {
						latest = end;
						which = call;
						what = 2 + 2 * instance.callKind[call];
					}
				} else if (starts[call] >= latest) {
					latest = starts[call];
					which = call;
					what = 1 + 2 * instance.callKind[call];
				}
			}
			before[i] = what;
			beforeCall[i] = which;
			ticks[i] = now == Instance.OPEN ? 0 : now - latest;
		}
	}
}
