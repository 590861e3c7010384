package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * Adds to a {@link DelayModel} what an assignment shows: which calls requests make, how long after what, and what those
 * delays go with. Cost: linear in the calls and requests of the range. One thread at a time.
 */
final class Lesson {
	private final Instance instance;
	private final Candidates candidates;
	private final Assignment assignment;
	private final Gaps gaps;
	/** Null where nothing of the moment is to be asked: a coarse clock hides it. */
	private final Surroundings around;
	private final int[] made;
	private int[] list = new int[16];
	private long[] kindKeys = new long[16];
	private int[] requests = new int[64];
	private int count;

	Lesson(Instance instance, Candidates candidates, Assignment assignment, Surroundings around) {
		this.instance = instance;
		this.candidates = candidates;
		this.assignment = assignment;
		this.around = around;
		gaps = new Gaps(instance);
		made = new int[instance.kinds];
	}

	/** Teaches calls {@code from} to {@code to} and the requests that came meanwhile; returns the model's scores. */
	Scores teach(DelayModel model, int from, int to) {
		within(from, to);
		for (int i = 0; i < count; i++) {
			int request = requests[i];
			habits(model, request, list(request));
		}
		for (int call = from; call < to; call++) {
			// Calls while nothing else went on show how often there are calls without a parent; others
			// without one may only be calls whose parent was not found.
			float orphan = candidates.count(call) == 0 ? 1 : assignment.owner[call] == Parents.NONE ? 0.01f : 0.001f;
			model.orphans.add(instance.kindKey[instance.callKind[call]], orphan);
		}
		model.watchedTicks += instance.callStart[to - 1] - instance.callStart[from];
		Scores scores = new Scores(instance, model, around);
		if (around != null) {
			look(scores, from, to);
			for (int i = 0; i < count; i++) {
				int n = list(requests[i]); // fills list, or another that is longer
				scores.learnTrends(model, requests[i], list, n);
			}
			scores.useTrends(model);
		}
		return scores;
	}

	/** Notes what the moments of a range are like, as it is assigned now. */
	void look(Scores scores, int from, int to) {
		within(from, to);
		for (int i = 0; i < count; i++) {
			int n = list(requests[i]);
			scores.note(requests[i], list, n);
		}
		around.look(assignment, from, to, requests, count);
	}

	private void within(int from, int to) {
		long begin = from == 0 ? Long.MIN_VALUE : instance.callStart[from];
		long end = to == instance.calls ? Long.MAX_VALUE : instance.callStart[to - 1];
		int low = 0;
		int high = instance.requests;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (instance.requestStart[middle] < begin) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		count = 0;
		for (int request = low; request < instance.requests && instance.requestStart[request] <= end; request++) {
			if (instance.requestEnd[request] < end || end == Long.MAX_VALUE) {
				if (count == requests.length) {
					requests = Arrays.copyOf(requests, count * 2);
				}
				requests[count++] = request;
			}
		}
	}

	private int list(int request) {
		int n = assignment.count[request];
		if (list.length < n) {
			list = new int[n * 2];
			kindKeys = new long[n * 2];
		}
		return assignment.list(request, list);
	}

	private void habits(DelayModel model, int request, int n) {
		gaps.find(request, list, n);
		long operation = instance.operationKey[instance.requestOperation[request]];
		long set = 0;
		for (int i = 0; i < n; i++) {
			int kind = instance.callKind[list[i]];
			long kindKey = instance.kindKey[kind];
			model.learnDelay(operation, kindKey, beforeKey(gaps.before[i]), gaps.ticks[i], 1);
			if (instance.callEnd[list[i]] > instance.requestEnd[request]) {
				model.outlived.add(DelayModel.key(operation, kindKey, -1), 1);
			}
			set += DelayModel.setKey(kindKey);
			kindKeys[i] = kindKey;
			made[kind]++;
		}
		boolean closed = instance.requestEnd[request] != Instance.OPEN;
		for (int i = 0; i < n; i++) {
			int kind = instance.callKind[list[i]];
			if (made[kind] > 0) {
				if (closed) {
					int most = Math.min(made[kind], DelayModel.MOST);
					model.numbers.add(DelayModel.key(operation, instance.kindKey[kind], most), 1);
				}
				made[kind] = 0;
			}
		}
		if (closed) {
			model.learnDelay(operation, DelayModel.ANSWER, beforeKey(gaps.before[n]), gaps.ticks[n], 1);
			model.learnSet(operation, set, kindKeys, n);
		}
	}

	private long beforeKey(int before) {
		return before == 0 ? DelayModel.START : 2 * instance.kindKey[(before - 1) / 2] + (before - 1) % 2;
	}
}
