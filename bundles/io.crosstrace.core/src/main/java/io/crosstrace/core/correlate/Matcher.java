package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * Finds a likely assignment of one instance's calls: a first guess in order of time, then changes that
 * make it likelier, until none does. A change moves a call to another request, exchanges two calls of a
 * kind, or exchanges all that two requests made from a call on.
 */
final class Matcher {
	private static final int NONE = Parents.NONE;
	private static final int LONG_LIST = 48;
	/** Moves between two requests: give, exchange, exchange tails. */
	static final int MOVES = 3;
	/** Moves of one request: take a call that nobody has, leave one to nobody. */
	static final int ADOPT = 3;
	static final int DROP = 4;
	/** Requests are divided anew with so many rivals of a call, where its owner is in doubt by less than this. */
	private static final int SPLIT_RIVALS = 6;
	private static final float SPLIT_DOUBT = 6;
	/** The same where evidence counts too: what holds a wrong owner may be one more that points the wrong way. */
	private static final float SPLIT_DOUBT_OF_EVIDENCE = 12;
	/** Changes are tried with this many other candidates of a call. */
	private static final int MOST_RIVALS = 16;
	/** A candidate that is worth this much less than the owner is no rival: a factor of 60,000. */
	private static final float HOPELESS = 11;
	/** What a better answer must gain: less is rounding. */
	private static final float LEAST_GAIN = 1e-3f;

	final Assignment assignment;
	private final Instance instance;
	private final Candidates candidates;
	private final Evidence evidence;
	private final Division division;
	private final int moves;
	private Scores scores;
	private final float[] value;
	private final int[] splitAt;
	private final int[] changedAt;
	private final int[] examinedAt;
	private final float[] margin;
	/** The last move that would have given each call to another request, by number. */
	private final int[] movedAt;
	private int move;
	private int clock;

	private final int[] rival = new int[MOST_RIVALS];
	private final float[] rivalWorth = new float[MOST_RIVALS];
	private int[] valued = new int[64];
	private final Exchange exchange;

	Matcher(Instance instance, Candidates candidates, Assignment assignment, Evidence evidence, boolean tails) {
		moves = tails ? MOVES : MOVES - 1;
		this.instance = instance;
		this.candidates = candidates;
		this.assignment = assignment;
		this.evidence = evidence;
		value = new float[instance.requests];
		Arrays.fill(value, Float.NaN);
		changedAt = new int[instance.requests];
		examinedAt = new int[instance.calls];
		splitAt = new int[instance.calls];
		margin = new float[instance.calls];
		movedAt = new int[instance.calls];
		division = new Division(instance, assignment, evidence);
		exchange = new Exchange(instance, assignment);
	}

	/** Takes a newly learnt model. Calls from {@code from} to {@code to} are looked at again. */
	void use(Scores newScores, int from, int to) {
		scores = newScores;
		division.use(newScores);
		clock++;
		for (int call = from; call < to; call++) {
			if (margin[call] < 15) {
				examinedAt[call] = 0;
				splitAt[call] = 0;
			}
			for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
				value[candidates.request[at]] = Float.NaN;
			}
		}
	}

	/** Gives each call in order of time to the request that most likely made it next, or to none. */
	void guess(SoftSeed seed, int from, int to) {
		for (int call = from; call < to; call++) {
			int best = instance.callFixed[call];
			if (best == Instance.FREE) {
				best = NONE;
				int kind = instance.callKind[call];
				float bestScore = seed != null ? seed.orphan(call) : scores.orphan[kind];
				for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
					int request = candidates.request[at];
					float score = evidence.score(call, request)
							+ (seed != null ? seed.score(call, request, same(request, kind))
									: scores.append(assignment, request, call));
					if (score > bestScore) {
						bestScore = score;
						best = request;
					}
				}
			}
			if (best != NONE) {
				assignment.give(call, best);
				touch(best);
			}
		}
	}

	private int same(int request, int kind) {
		int same = 0;
		for (int other = assignment.first(request); other != NONE; other = assignment.next(other)) {
			same += instance.callKind[other] == kind ? 1 : 0;
		}
		return same;
	}

	/** Tries, for each ambiguous call, every change; takes the best. Returns how many it took. */
	int sweep(int from, int to) {
		int changes = 0;
		clock++;
		for (int call = from; call < to; call++) {
			if (instance.callFixed[call] == Instance.FREE && candidates.count(call) > 0 && stale(call)) {
				examinedAt[call] = clock;
				if (improve(call)) {
					changes++;
				}
			}
		}
		return changes;
	}

	/** Divides pairs of requests anew where a call is in doubt. Returns how many changed. */
	int split(int from, int to) {
		int changes = 0;
		float doubt = evidence.exists() ? SPLIT_DOUBT_OF_EVIDENCE : SPLIT_DOUBT;
		clock++;
		for (int call = from; call < to; call++) {
			int own = assignment.owner[call];
			if (own == NONE || instance.callFixed[call] != Instance.FREE || candidates.count(call) < 2
					|| margin[call] >= doubt) {
				continue;
			}
			int rivals = Math.min(SPLIT_RIVALS, rivals(call, own));
			int last = splitAt[call];
			splitAt[call] = clock;
			for (int i = 0; i < rivals && assignment.owner[call] == own; i++) {
				int other = rival[i];
				if ((last == 0 || changedAt[own] >= last || changedAt[other] >= last) && divide(own, other)) {
					changes++;
				}
			}
		}
		return changes;
	}

	private boolean divide(int own, int other) {
		if (assignment.count[own] + assignment.count[other] > Division.MOST_CALLS) {
			return false;
		}
		int size = division.find(own, other);
		float bestGain = LEAST_GAIN;
		int best = -1;
		for (int k = 0; k < size; k++) {
			if (division.take(k)) {
				float gain = gain(own, other, division.first, division.firstSize, division.second, division.secondSize);
				if (gain > bestGain) {
					bestGain = gain;
					best = k;
				}
			}
		}
		if (best < 0) {
			return false;
		}
		division.take(best);
		apply(own, other, division.first, division.firstSize, division.second, division.secondSize);
		return true;
	}

	/** How much less likely the best other answer for a call was when it was looked at last. */
	float margin(int call) {
		return margin[call];
	}

	/** How much likelier a change is, tried only where it is not hopeless: see {@link #take}. */
	float tryMove(int call, int own, int other, int move, float temperature) {
		if (move == ADOPT) {
			return adopt(call, other);
		}
		if (assignment.count[own] > LONG_LIST || assignment.count[other] > LONG_LIST) {
			return Float.NEGATIVE_INFINITY;
		}
		if (move == DROP) {
			return drop(call, own);
		}
		if (scores.place(assignment, other, call) + evidence.alone(call, other)
				< scores.place(assignment, own, call) + evidence.alone(call, own) - HOPELESS * temperature) {
			return Float.NEGATIVE_INFINITY;
		}
		return gain(call, own, other, move);
	}

	/** How much likelier everything would be, at best, if {@code other} had made the call and not its owner. */
	float change(int call, int other) {
		int own = assignment.owner[call];
		if (own == NONE) {
			return adopt(call, other);
		}
		float best = Float.NEGATIVE_INFINITY;
		for (int move = 0; move < moves && own != other; move++) {
			best = Math.max(best, gain(call, own, other, move));
		}
		return own == other ? 0 : best;
	}

	/** How well a call fits the usual delay after what a request had done before it. */
	float delay(int call, int request) {
		return scores.place(assignment, request, call);
	}

	/** Makes the change that was tried last. */
	void take(int call, int own, int other, int move) {
		if (move == ADOPT) {
			move(call, other);
		} else if (move == DROP) {
			move(call, NONE);
		} else {
			apply(own, other, exchange.newA, exchange.sizeA, exchange.newB, exchange.sizeB);
		}
	}

	void move(int call, int request) {
		int own = assignment.owner[call];
		if (own == request) {
			return;
		}
		if (own != NONE) {
			assignment.take(call);
			touch(own);
		}
		if (request != NONE) {
			assignment.give(call, request);
			touch(request);
		}
	}

	private boolean stale(int call) {
		int examined = examinedAt[call];
		if (examined == 0) {
			return true;
		}
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			if (changedAt[candidates.request[at]] >= examined) {
				return true;
			}
		}
		return false;
	}

	private boolean improve(int call) {
		int own = assignment.owner[call];
		float bestGain = Float.NEGATIVE_INFINITY;
		int bestRequest = NONE;
		int bestMove = -1;
		if (own == NONE) {
			for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
				float gain = adopt(call, candidates.request[at]);
				if (gain > bestGain) {
					bestGain = gain;
					bestRequest = candidates.request[at];
				}
			}
		} else if (assignment.count[own] <= LONG_LIST) {
			bestGain = drop(call, own);
			int rivals = rivals(call, own);
			for (int i = 0; i < rivals; i++) {
				for (int move = 0; move < moves; move++) {
					float gain = gain(call, own, rival[i], move);
					if (gain > bestGain) {
						bestGain = gain;
						bestRequest = rival[i];
						bestMove = move;
					}
				}
			}
		}
		margin[call] = -bestGain;
		if (bestGain < LEAST_GAIN) {
			return false;
		}
		margin[call] = 0;
		if (own == NONE || bestRequest == NONE) {
			move(call, bestRequest);
		} else {
			gain(call, own, bestRequest, bestMove);
			apply(own, bestRequest, exchange.newA, exchange.sizeA, exchange.newB, exchange.sizeB);
		}
		return true;
	}

	/** Picks the other candidates that would be worth most if the call were theirs, best first. */
	private int rivals(int call, int own) {
		int size = 0;
		float least = scores.place(assignment, own, call) + evidence.alone(call, own) - HOPELESS;
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			int other = candidates.request[at];
			if (other == own || assignment.count[other] > LONG_LIST) {
				continue;
			}
			float worth = scores.place(assignment, other, call) + evidence.ofPair(call, at);
			if (worth < least || size == MOST_RIVALS && worth <= rivalWorth[size - 1]) {
				continue;
			}
			int i = size < MOST_RIVALS ? size++ : size - 1;
			for (; i > 0 && rivalWorth[i - 1] < worth; i--) {
				rivalWorth[i] = rivalWorth[i - 1];
				rival[i] = rival[i - 1];
			}
			rivalWorth[i] = worth;
			rival[i] = other;
		}
		return size;
	}

	private void touch(int request) {
		value[request] = Float.NaN;
		changedAt[request] = clock;
	}

	private float value(int request) {
		if (Float.isNaN(value[request])) {
			if (valued.length < assignment.count[request]) {
				valued = new int[assignment.count[request] * 2];
			}
			value[request] = scores.list(request, valued, assignment.list(request, valued));
		}
		return value[request];
	}

	/** How likely the whole assignment of these calls is, with all their requests. */
	double likelihood(int from, int to) {
		double sum = 0;
		clock++;
		for (int call = from; call < to; call++) {
			int own = assignment.owner[call];
			sum += own == NONE ? scores.orphan[instance.callKind[call]] : evidence.score(call, own);
			for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
				int request = candidates.request[at];
				if (changedAt[request] != clock) {
					changedAt[request] = clock;
					sum += value(request);
				}
			}
		}
		return sum;
	}

	/** Takes every call of a range from its owner. */
	void clear(int from, int to) {
		for (int call = from; call < to; call++) {
			examinedAt[call] = 0;
			margin[call] = 0;
			if (assignment.owner[call] != NONE) {
				touch(assignment.owner[call]);
				assignment.take(call);
			}
		}
	}

	private float adopt(int call, int request) {
		if (assignment.count[request] >= LONG_LIST) {
			return Float.NEGATIVE_INFINITY;
		}
		float old = value(request);
		exchange.ensure(assignment.count[request] + 1);
		int n = assignment.list(request, exchange.listA);
		exchange.listA[n] = call;
		Exchange.sort(exchange.listA, n + 1);
		return scores.list(request, exchange.listA, n + 1) - old + evidence.score(call, request)
				- scores.orphan[instance.callKind[call]];
	}

	private float drop(int call, int own) {
		float old = value(own);
		int n = assignment.list(own, exchange.listA);
		int kept = 0;
		for (int i = 0; i < n; i++) {
			if (exchange.listA[i] != call) {
				exchange.listA[kept++] = exchange.listA[i];
			}
		}
		return scores.list(own, exchange.listA, kept) - old - evidence.score(call, own)
				+ scores.orphan[instance.callKind[call]];
	}

	/** Builds the lists after a move; returns how much likelier they are, or -infinity if it cannot be. */
	private float gain(int call, int own, int other, int move) {
		if (!exchange.build(call, own, other, move)) {
			return Float.NEGATIVE_INFINITY;
		}
		return gain(own, other, exchange.newA, exchange.sizeA, exchange.newB, exchange.sizeB);
	}

	/** How much likelier it is that two requests made these calls than those they have. */
	private float gain(int own, int other, int[] ofOwn, int ownSize, int[] ofOther, int otherSize) {
		float old = value(own) + value(other);
		float gain = scores.list(own, ofOwn, ownSize) + scores.list(other, ofOther, otherSize) - old;
		if (evidence.exists()) {
			exchange.ensure(ownSize + otherSize);
			int nA = assignment.list(own, exchange.listA);
			int nB = assignment.list(other, exchange.listB);
			move++;
			markMoved(ofOwn, ownSize, own);
			markMoved(ofOther, otherSize, other);
			gain -= evidence(own, exchange.listA, nA) + evidence(other, exchange.listB, nB);
			lend(ofOwn, ownSize, own);
			lend(ofOther, otherSize, other);
			gain += evidence(own, ofOwn, ownSize) + evidence(other, ofOther, otherSize);
			lend(exchange.listA, nA, own);
			lend(exchange.listB, nB, other);
		}
		return gain;
	}

	private void markMoved(int[] list, int n, int request) {
		for (int i = 0; i < n; i++) {
			if (assignment.owner[list[i]] != request) {
				movedAt[list[i]] = move;
			}
		}
	}

	/** What speaks for calls that move, and for others as far as it depends on those. */
	private float evidence(int request, int[] list, int n) {
		float sum = 0;
		for (int i = 0; i < n; i++) {
			sum += movedAt[list[i]] == move ? evidence.score(list[i], request) : evidence.relative(list[i], request);
		}
		return sum;
	}

	private void lend(int[] list, int n, int request) {
		for (int i = 0; i < n; i++) {
			assignment.owner[list[i]] = request;
		}
	}

	private void apply(int own, int other, int[] ofOwn, int ownSize, int[] ofOther, int otherSize) {
		while (assignment.first(own) != NONE) {
			assignment.take(assignment.first(own));
		}
		while (assignment.first(other) != NONE) {
			assignment.take(assignment.first(other));
		}
		for (int i = 0; i < ownSize; i++) {
			assignment.give(ofOwn[i], own);
		}
		for (int i = 0; i < otherSize; i++) {
			assignment.give(ofOther[i], other);
		}
		touch(own);
		touch(other);
	}
}
