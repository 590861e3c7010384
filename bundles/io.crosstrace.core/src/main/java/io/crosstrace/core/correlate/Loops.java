package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * How far nominations can be trusted, told by themselves: whoever answered a request had received the answer to a call
 * last, whoever sent that call had received another message last, and so back to the arrival of a request. If that is
 * the request that was answered, all nominations on the way were right, for chance hardly leads back; if not, at least
 * one was wrong, likely the one whose kind is seldom part of a loop. No assignment has a say, so none confirms itself.
 *
 * <p>Expectation maximisation over the kinds (keys) of nominations. Cost: O(rounds x nominations).
 */
final class Loops {
	private static final int NONE = Parents.NONE;
	private static final int LONGEST = 16;
	private static final int ROUNDS = 30;

	private final Candidates candidates;
	private final LongIntMap numbers = new LongIntMap();
	private int[] steps = new int[256];
	private int size;
	/** Where each loop's steps end, whether it closed, and how likely chance alone closes it. */
	private int[] ends = new int[64];
	private boolean[] closed = new boolean[64];
	private float[] chance = new float[64];
	private int loops;
	private int[] kind = new int[64];
	private long[] key = new long[64];

	Loops(Instance instance, Candidates candidates, Nominees link, Nominees woke, Nominees answer) {
		this.candidates = candidates;
		for (int call = 0; call < instance.calls; call++) {
			if (answer.request[call] != NONE) {
				follow(call, answer, link, woke);
			}
		}
	}

	private void follow(int last, Nominees answer, Nominees link, Nominees woke) {
		int from = size;
		step(answer, last);
		int call = last;
		for (int i = 1; i < LONGEST; i++) {
			Nominees by = woke.exists(call) ? woke : link;
			if (!by.exists(call)) {
				break;
			}
			step(by, call);
			if (by.request[call] != NONE) {
				end(by.request[call] == answer.request[last], candidates.count(call));
				return;
			}
			call = by.call[call];
		}
		size = from;
	}

	private void step(Nominees by, int call) {
		if (size == steps.length) {
			steps = Arrays.copyOf(steps, size * 2);
		}
		int number = numbers.number(DelayModel.key(by.kind(call), by.key(call), 0));
		if (number == key.length) {
			key = Arrays.copyOf(key, number * 2);
			kind = Arrays.copyOf(kind, number * 2);
		}
		key[number] = by.key(call);
		kind[number] = by.kind(call);
		steps[size++] = number;
	}

	private void end(boolean isClosed, int choice) {
		if (loops == ends.length) {
			ends = Arrays.copyOf(ends, loops * 2);
			closed = Arrays.copyOf(closed, loops * 2);
			chance = Arrays.copyOf(chance, loops * 2);
		}
		ends[loops] = size;
		closed[loops] = isClosed;
		chance[loops++] = 1f / Math.max(2, choice);
	}

	/** Whether there is any that closed: else nothing is known. */
	boolean exist() {
		for (int loop = 0; loop < loops; loop++) {
			if (closed[loop]) {
				return true;
			}
		}
		return false;
	}

	/** Tells a model how often each kind of nomination is right. */
	void teach(EvidenceModel model) {
		int kinds = numbers.size();
		double[] right = new double[kinds];
		double[] all = new double[kinds];
		double[] share = new double[kinds];
		Arrays.fill(share, 0.5);
		for (int round = 0; round < ROUNDS && loops > 0; round++) {
			Arrays.fill(right, 0);
			Arrays.fill(all, 0);
			for (int loop = 0, at = 0; loop < loops; loop++) {
				double whole = 1;
				for (int i = at; i < ends[loop]; i++) {
					whole *= share[steps[i]];
				}
				double wholly = closed[loop] ? whole / (whole + (1 - whole) * chance[loop]) : 0;
				for (; at < ends[loop]; at++) {
					int step = steps[at];
					right[step] += wholly + (1 - wholly) * (share[step] - whole) / (1 - whole + 1e-9);
					all[step]++;
				}
			}
			for (int i = 0; i < kinds; i++) {
				share[i] = Math.clamp((right[i] + 0.5) / (all[i] + 1), 0.002, 0.998);
			}
		}
		for (int i = 0; i < kinds; i++) {
			model.observeLoops(kind[i], key[i], (float) right[i], (float) (all[i] - right[i]));
		}
	}
}
