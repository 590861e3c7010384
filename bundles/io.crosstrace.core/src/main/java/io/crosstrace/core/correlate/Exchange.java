package io.crosstrace.core.correlate;

/**
 * What two requests, A and B, would have made after one of them gave calls to the other: a call alone, two calls of a
 * kind exchanged, or all from a call on. Builds lists only; nothing is assigned. Allocates only to grow.
 */
final class Exchange {
	private static final int NONE = Parents.NONE;

	private final Instance instance;
	private final Assignment assignment;
	/** What A and B have made, and what they would have. */
	int[] listA = new int[64];
	int[] listB = new int[64];
	int[] newA = new int[128];
	int[] newB = new int[128];
	int sizeA;
	int sizeB;

	Exchange(Instance instance, Assignment assignment) {
		this.instance = instance;
		this.assignment = assignment;
	}

	/** Builds {@link #newA} and {@link #newB} for A's call and a {@link Matcher} move; false if it cannot be. */
	boolean build(int call, int a, int b, int move) {
		ensure(assignment.count[a] + assignment.count[b]);
		int nA = assignment.list(a, listA);
		int nB = assignment.list(b, listB);
		sizeA = 0;
		sizeB = 0;
		return move == 2 ? exchangeTails(call, a, b, nA, nB) : exchange(call, a, nA, nB, move == 1);
	}

	/** Gives the call to B, and where asked for B's nearest call of the same kind to A. */
	private boolean exchange(int call, int own, int nA, int nB, boolean back) {
		int partner = NONE;
		if (back) {
			long nearest = Long.MAX_VALUE;
			for (int i = 0; i < nB; i++) {
				if (instance.callKind[listB[i]] == instance.callKind[call]) {
					long distance = Math.abs(instance.callStart[listB[i]] - instance.callStart[call]);
					if (distance < nearest) {
						nearest = distance;
						partner = listB[i];
					}
				}
			}
			if (partner == NONE || !movable(own, partner)) {
				return false;
			}
		}
		boolean placed = false;
		for (int i = 0; i < nA; i++) {
			if (partner != NONE && !placed && listA[i] > partner) {
				newA[sizeA++] = partner;
				placed = true;
			}
			if (listA[i] != call) {
				newA[sizeA++] = listA[i];
			}
		}
		if (partner != NONE && !placed) {
			newA[sizeA++] = partner;
		}
		placed = false;
		for (int i = 0; i < nB; i++) {
			if (!placed && listB[i] > call) {
				newB[sizeB++] = call;
				placed = true;
			}
			if (listB[i] != partner) {
				newB[sizeB++] = listB[i];
			}
		}
		if (!placed) {
			newB[sizeB++] = call;
		}
		return true;
	}

	/** Exchanges what A made from the call on for what B made from its first call of that kind on. */
	private boolean exchangeTails(int call, int own, int other, int nA, int nB) {
		int cutB = call;
		for (int i = 0; i < nB; i++) {
			if (instance.callKind[listB[i]] == instance.callKind[call]) {
				cutB = listB[i];
				break;
			}
		}
		int headA = 0;
		while (headA < nA && listA[headA] < call) {
			headA++;
		}
		int headB = 0;
		while (headB < nB && listB[headB] < cutB) {
			headB++;
		}
		if (headA == nA - 1 && headB >= nB - 1) {
			return false; // one call each: that is an exchange
		}
		for (int i = headA; i < nA; i++) {
			if (!movable(other, listA[i])) {
				return false;
			}
		}
		for (int i = headB; i < nB; i++) {
			if (!movable(own, listB[i])) {
				return false;
			}
		}
		sizeA = join(newA, listA, headA, listB, headB, nB);
		sizeB = join(newB, listB, headB, listA, headA, nA);
		return true;
	}

	private static int join(int[] into, int[] head, int headSize, int[] tail, int from, int to) {
		System.arraycopy(head, 0, into, 0, headSize);
		System.arraycopy(tail, from, into, headSize, to - from);
		int size = headSize + to - from;
		sort(into, size);
		return size;
	}

	static void sort(int[] list, int n) {
		for (int i = 1; i < n; i++) {
			int call = list[i];
			int j = i - 1;
			for (; j >= 0 && list[j] > call; j--) {
				list[j + 1] = list[j];
			}
			list[j + 1] = call;
		}
	}

	private boolean movable(int request, int call) {
		return instance.callFixed[call] == Instance.FREE && instance.isOpenAt(request, instance.callStart[call]);
	}

	void ensure(int n) {
		if (listA.length < n) {
			listA = new int[n * 2];
			listB = new int[n * 2];
			newA = new int[n * 2];
			newB = new int[n * 2];
		}
	}
}
