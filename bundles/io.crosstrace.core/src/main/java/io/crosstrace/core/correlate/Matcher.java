package io.crosstrace.core.correlate;

/** Learns and matches in turn, for one instance. */
final class Matcher {
	private static final int ROUNDS = Integer.getInteger("ct.rounds", 4);
	private static final int SWEEPS = Integer.getInteger("ct.sweeps", 3);
	private static final int NONE = Parents.NONE;
	private static final int LONG_LIST = 48;

	final Assignment assignment;
	private final Instance instance;
	private final Candidates candidates;
	private DelayModel model = new DelayModel();
	private final float[] orphan;

	private int[] listA = new int[64];
	private int[] listB = new int[64];
	private int[] newA = new int[128];
	private int[] newB = new int[128];
	private float[] value;

	Matcher(Instance instance, Candidates candidates) {
		this.instance = instance;
		this.candidates = candidates;
		assignment = new Assignment(instance);
		value = new float[instance.requests];
		orphan = new float[instance.kinds];
	}

	void run() {
		if (instance.calls == 0 || instance.requests == 0) {
			return;
		}
		FifoCorrelator.assign(assignment, candidates);
		for (int round = 0; round < ROUNDS; round++) {
			learn();
			for (int sweep = 0; sweep < SWEEPS; sweep++) {
				if (sweep() == 0) {
					break;
				}
			}
		}
		learn();
	}

	private void learn() {
		model = new DelayModel();
		assignment.teach(model);
		model.prepare();
		for (int request = 0; request < instance.requests; request++) {
			value[request] = current(request);
		}
		float[] orphans = new float[instance.kinds];
		for (int call = 0; call < instance.calls; call++) {
			if (assignment.owner[call] == NONE) {
				orphans[instance.callKind[call]]++;
			}
		}
		long span = instance.callStart[instance.calls - 1] - instance.callStart[0];
		for (int kind = 0; kind < orphan.length; kind++) {
			orphan[kind] = (float) Math.log((orphans[kind] + 0.1) / (span / instance.tickNanos + 1.0));
		}
	}

	private float current(int request) {
		ensure(assignment.count[request]);
		return assignment.likelihood(model, request, listA, assignment.list(request, listA));
	}

	/** Tries, for each ambiguous call, every change with every other candidate; takes the best. */
	private int sweep() {
		int changes = 0;
		for (int call = 0; call < instance.calls; call++) {
			if (instance.callFixed[call] == Instance.FREE && candidates.count(call) > 1 && improve(call)) {
				changes++;
			}
		}
		return changes;
	}

	private boolean improve(int call) {
		int own = assignment.owner[call];
		if (own == NONE || assignment.count[own] > LONG_LIST) {
			return false;
		}
		float bestGain = 1e-3f;
		int bestRequest = NONE;
		int bestMove = 0;
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			int other = candidates.request[at];
			if (other == own || assignment.count[other] > LONG_LIST) {
				continue;
			}
			for (int move = 0; move < 3; move++) {
				float gain = gain(call, own, other, move);
				if (gain > bestGain) {
					bestGain = gain;
					bestRequest = other;
					bestMove = move;
				}
			}
		}
		if (bestRequest == NONE) {
			return false;
		}
		gain(call, own, bestRequest, bestMove);
		apply(own, bestRequest);
		return true;
	}

	private int sizeA;
	private int sizeB;

	/** Builds the lists after a move; returns how much likelier they are, or -infinity. */
	private float gain(int call, int own, int other, int move) {
		ensure(assignment.count[own] + assignment.count[other]);
		int nA = assignment.list(own, listA);
		int nB = assignment.list(other, listB);
		sizeA = 0;
		sizeB = 0;
		if (move == 0) { // the call alone
			merge(nA, nB, call, NONE, call, NONE);
		} else if (move == 1) { // exchange it for the nearest call of the same kind
			int partner = NONE;
			for (int i = 0; i < nB; i++) {
				if (instance.callKind[listB[i]] == instance.callKind[call] && (partner == NONE
						|| Math.abs(instance.callStart[listB[i]] - instance.callStart[call])
						< Math.abs(instance.callStart[partner] - instance.callStart[call]))) {
					partner = listB[i];
				}
			}
			if (partner == NONE || !open(own, partner)) {
				return Float.NEGATIVE_INFINITY;
			}
			merge(nA, nB, call, partner, call, partner);
		} else { // exchange everything from this call on
			int cutA = call;
			int cutB = NONE;
			for (int i = 0; i < nB; i++) {
				if (instance.callKind[listB[i]] == instance.callKind[call]) {
					cutB = listB[i];
					break;
				}
			}
			if (cutB == NONE) {
				cutB = cutA;
			}
			for (int i = 0; i < nA; i++) {
				if (listA[i] < cutA) {
					newA[sizeA++] = listA[i];
				}
			}
			for (int i = 0; i < nB; i++) {
				if (listB[i] < cutB) {
					newB[sizeB++] = listB[i];
				}
			}
			for (int i = 0; i < nB; i++) {
				if (listB[i] >= cutB) {
					if (!open(own, listB[i])) {
						return Float.NEGATIVE_INFINITY;
					}
					newA[sizeA++] = listB[i];
				}
			}
			for (int i = 0; i < nA; i++) {
				if (listA[i] >= cutA) {
					if (!open(other, listA[i])) {
						return Float.NEGATIVE_INFINITY;
					}
					newB[sizeB++] = listA[i];
				}
			}
			sort(newA, sizeA);
			sort(newB, sizeB);
		}
		return assignment.likelihood(model, own, newA, sizeA) + assignment.likelihood(model, other, newB, sizeB)
				- value[own] - value[other];
	}

	private void merge(int nA, int nB, int outA, int outB, int inB, int inA) {
		for (int i = 0; i < nA; i++) {
			if (listA[i] != outA) {
				newA[sizeA++] = listA[i];
			}
		}
		if (inA != NONE) {
			newA[sizeA++] = inA;
		}
		for (int i = 0; i < nB; i++) {
			if (listB[i] != outB) {
				newB[sizeB++] = listB[i];
			}
		}
		newB[sizeB++] = inB;
		sort(newA, sizeA);
		sort(newB, sizeB);
	}

	private static void sort(int[] list, int n) {
		for (int i = 1; i < n; i++) {
			int call = list[i];
			int j = i - 1;
			for (; j >= 0 && list[j] > call; j--) {
				list[j + 1] = list[j];
			}
			list[j + 1] = call;
		}
	}

	private boolean open(int request, int call) {
		if (instance.callFixed[call] != Instance.FREE) {
			return false;
		}
		long start = instance.callStart[call];
		return instance.requestStart[request] <= start && instance.requestEnd[request] >= start;
	}

	private void apply(int own, int other) {
		int nA = assignment.list(own, listA);
		int nB = assignment.list(other, listB);
		for (int i = 0; i < nA; i++) {
			assignment.take(listA[i]);
		}
		for (int i = 0; i < nB; i++) {
			assignment.take(listB[i]);
		}
		for (int i = sizeA - 1; i >= 0; i--) {
			assignment.give(newA[i], own);
		}
		for (int i = sizeB - 1; i >= 0; i--) {
			assignment.give(newB[i], other);
		}
		value[own] = current(own);
		value[other] = current(other);
	}

	private void ensure(int n) {
		if (listA.length < n) {
			listA = new int[n * 2];
			listB = new int[n * 2];
			newA = new int[n * 2];
			newB = new int[n * 2];
		}
	}

	/** From how much worse the best other answers are. */
	float confidence(int call) {
		int own = assignment.owner[call];
		if (instance.callFixed[call] != Instance.FREE) {
			return 1;
		}
		if (assignment.count[own] > LONG_LIST) {
			return 1f / candidates.count(call);
		}
		double others = 0;
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			int other = candidates.request[at];
			if (other != own && assignment.count[other] <= LONG_LIST) {
				float best = Float.NEGATIVE_INFINITY;
				for (int move = 0; move < 3; move++) {
					best = Math.max(best, gain(call, own, other, move));
				}
				others += Math.exp(Math.min(best, 0));
			}
		}
		return (float) (1 / (1 + others));
	}
}
