package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * A {@link DelayModel} compiled for one instance: how likely a request made exactly these calls. All
 * likelihoods are natural logarithms, delays per clock tick. Reading allocates nothing.
 */
final class Scores {
	private static final int MOST = DelayModel.MOST;
	private static final int LOOK_BACK = Gaps.LOOK_BACK;
	private static final int MOST_DENSE = 1 << 21;

	/** As if this long had been watched before and a tenth of a call without a parent been seen. */
	static final double UNWATCHED_NANOS = 10e9;

	private final Instance instance;
	private final int kinds;
	private final int befores;
	/** Slot by (operation, kind, before), -1 if never seen; null if that were too large. */
	private final int[] dense;
	private final LongIntMap sparse = new LongIntMap();
	private float[] table = new float[16 * Histogram.BINS];
	private final float[] unseen;
	private final float[] outlives;
	private final float[] number;
	private final float[] noCalls;
	private final float[] setTotal;
	private final LongIntMap sets = new LongIntMap();
	private float[] setLog = new float[64];
	/** Rate of calls without a parent, by kind: what adopting one must beat. */
	final float[] orphan;

	private final Gaps gaps;
	/** Null, or what to ask about the moment of a delay once there are {@link #trends}. */
	private final Surroundings around;
	/** Normal score of a delay in each bin of each slot, parallel to {@link #table}. */
	private float[] normal;
	/** Slot of the model by own slot. */
	private int[] modelSlot;
	private int slots;
	private float[] trends;
	private final int[] made;
	private final long[] setKey;

	/** @param around what to go by beside the model, or null */
	Scores(Instance instance, DelayModel model, Surroundings around) {
		this.around = around;
		gaps = new Gaps(instance);
		this.instance = instance;
		kinds = instance.kinds;
		befores = 2 * kinds + 1;
		made = new int[kinds];
		setKey = new long[kinds];
		for (int kind = 0; kind < kinds; kind++) {
			setKey[kind] = DelayModel.setKey(instance.kindKey[kind]);
		}
		long size = (long) instance.operations * (kinds + 1) * befores;
		dense = size <= MOST_DENSE ? new int[(int) size] : null;
		if (dense != null) {
			Arrays.fill(dense, -1);
		}
		LongIntMap operations = numbers(instance.operationKey);
		LongIntMap kindNumbers = numbers(instance.kindKey);
		unseen = new float[instance.operations * (kinds + 1)];
		outlives = new float[instance.operations * kinds * 2];
		number = new float[instance.operations * kinds * (MOST + 1)];
		noCalls = new float[instance.operations];
		setTotal = new float[instance.operations];
		orphan = new float[kinds];
		compileDelays(model, operations, kindNumbers);
		compileNumbers(model);
		compileSets(model, operations, kindNumbers);
		for (int kind = 0; kind < kinds; kind++) {
			orphan[kind] = log((model.orphans.get(instance.kindKey[kind]) + 0.1) / (model.watchedTicks + UNWATCHED_NANOS / instance.tickNanos));
		}
	}

	private static LongIntMap numbers(long[] keys) {
		LongIntMap numbers = new LongIntMap();
		for (long key : keys) {
			numbers.number(key);
		}
		return numbers;
	}

	private void compileDelays(DelayModel model, LongIntMap operations, LongIntMap kindNumbers) {
		for (int operation = 0; operation < instance.operations; operation++) {
			for (int kind = 0; kind <= kinds; kind++) {
				long kindKey = kind == kinds ? DelayModel.ANSWER : instance.kindKey[kind];
				float total = model.delays.get(DelayModel.key(instance.operationKey[operation], kindKey, -1));
				unseen[operation * (kinds + 1) + kind] = log(0.2 / (total + 1));
			}
		}
		modelSlot = new int[model.slotCount()];
		int used = 0;
		for (int slot = 0; slot < model.slotCount(); slot++) {
			long kindKey = model.slotKeys[3 * slot + 1];
			long beforeKey = model.slotKeys[3 * slot + 2];
			int operation = operations.find(model.slotKeys[3 * slot]);
			int kind = kindKey == DelayModel.ANSWER ? kinds : kindNumbers.find(kindKey);
			int before = beforeKey == DelayModel.START ? 0 : kindNumbers.find(beforeKey >> 1);
			if (operation < 0 || kind < 0 || before < 0) {
				continue; // nothing of the kind in this table
			}
			if (beforeKey != DelayModel.START) {
				before = 1 + 2 * before + (int) (beforeKey & 1);
			}
			if ((used + 1) * Histogram.BINS > table.length) {
				table = Arrays.copyOf(table, table.length * 2);
			}
			float add = 0;
			if (kind != kinds || before != 0) {
				float total = model.delays.get(DelayModel.key(model.slotKeys[3 * slot], kindKey, -1));
				add = log((model.histograms[slot].weight() + 0.2) / (total + 1));
			}
			model.histograms[slot].logDensity(table, used * Histogram.BINS, add);
			modelSlot[used] = slot;
			int index = (operation * (kinds + 1) + kind) * befores + before;
			if (dense != null) {
				dense[index] = used;
			} else {
				sparse.number(index);
			}
			used++;
		}
		slots = used;
		if (around != null) {
			normal = new float[slots * Histogram.BINS];
			for (int slot = 0; slot < slots; slot++) {
				model.histograms[modelSlot[slot]].normalScores(normal, slot * Histogram.BINS);
			}
		}
	}

	/** From now on asks what delays go with, as the model has learnt it. */
	void useTrends(DelayModel model) {
		trends = new float[slots * Trends.SIZE];
		for (int slot = 0; slot < slots; slot++) {
			model.trends[modelSlot[slot]].compile(trends, slot * Trends.SIZE);
		}
	}

	private void compileNumbers(DelayModel model) {
		for (int operation = 0; operation < instance.operations; operation++) {
			long operationKey = instance.operationKey[operation];
			double total = model.requests.get(operationKey);
			setTotal[operation] = log(total + 2);
			for (int kind = 0; kind < kinds; kind++) {
				long kindKey = instance.kindKey[kind];
				int at = (operation * kinds + kind) * (MOST + 1);
				double any = 0;
				for (int n = 1; n <= MOST; n++) {
					any += model.numbers.get(DelayModel.key(operationKey, kindKey, n));
				}
				float none = log((Math.max(0, total - any) + 0.1) / (total + 1));
				noCalls[operation] += none;
				for (int n = 1; n <= MOST; n++) {
					double some = model.numbers.get(DelayModel.key(operationKey, kindKey, n));
					number[at + n] = log((some + 0.1) / (total + 1)) - none;
				}
				double calls = model.delays.get(DelayModel.key(operationKey, kindKey, -1));
				double late = model.outlived.get(DelayModel.key(operationKey, kindKey, -1));
				outlives[(operation * kinds + kind) * 2] = log((calls - late + 0.1) / (calls + 0.2));
				outlives[(operation * kinds + kind) * 2 + 1] = log((late + 0.1) / (calls + 0.2));
			}
		}
	}

	private void compileSets(DelayModel model, LongIntMap operations, LongIntMap kindNumbers) {
		for (int slot = 0; slot < model.setCount(); slot++) {
			int operation = operations.find(model.setOperations[slot]);
			if (operation < 0) {
				continue;
			}
			float independent = noCalls[operation];
			boolean known = true;
			for (long kindKey : model.setKinds[slot]) {
				int kind = kindNumbers.find(kindKey);
				if (kind < 0) {
					known = false;
					break;
				}
				made[kind]++;
			}
			for (long kindKey : model.setKinds[slot]) {
				int kind = kindNumbers.find(kindKey);
				if (kind >= 0 && made[kind] > 0) {
					independent += number[(operation * kinds + kind) * (MOST + 1) + Math.min(made[kind], MOST)];
					made[kind] = 0;
				}
			}
			if (!known) {
				continue;
			}
			int index = sets.number(model.setHashes[slot] * 31 + operation);
			if (index == setLog.length) {
				setLog = Arrays.copyOf(setLog, index * 2);
			}
			setLog[index] = log(model.setWeights[slot] + 2 * Math.exp(Math.max(-60, independent)) + 1e-9)
					- setTotal[operation];
		}
	}

	/** How likely this request made exactly these calls, n of them in order of start. */
	float list(int request, int[] list, int n) {
		gaps.find(request, list, n);
		int operation = instance.requestOperation[request];
		float sum = 0;
		long set = 0;
		for (int i = 0; i < n; i++) {
			int call = list[i];
			int kind = instance.callKind[call];
			sum += outlives[(operation * kinds + kind) * 2
					+ (instance.callEnd[call] > instance.requestEnd[request] ? 1 : 0)];
			set += setKey[kind];
		}
		if (instance.requestEnd[request] == Instance.OPEN) {
			return sum + delays(request, list, n, n - 1) + numbers(operation, list, n);
		}
		sum += delays(request, list, n, n);
		int index = sets.find(set * 31 + operation);
		return sum + (index >= 0 ? setLog[index]
				: Math.max(-20, 0.7f + noCalls[operation] + numbers(operation, list, n) - setTotal[operation]));
	}

	/** How likely the gaps found are, up to the last, which is n for the answer's. */
	private float delays(int request, int[] list, int n, int last) {
		int operation = instance.requestOperation[request];
		float sum = 0;
		float normalBefore = 0;
		for (int i = 0; i <= last; i++) {
			int kind = i < n ? instance.callKind[list[i]] : kinds;
			int slot = slot(operation, kind, gaps.before[i]);
			int bin = Histogram.bin(gaps.ticks[i]);
			if (slot < 0) {
				sum += unseen[operation * (kinds + 1) + kind] + Histogram.unknown(bin);
				normalBefore = 0;
				continue;
			}
			sum += table[slot * Histogram.BINS + bin];
			if (trends != null) {
				int event = i < n ? list[i] : instance.calls + request;
				float score = normal[slot * Histogram.BINS + bin];
				sum += Trends.change(trends, slot * Trends.SIZE, score, normalBefore, durationBefore(i),
						i < n ? around.duration[event] : 0, around.near[event], around.wide[event]);
				normalBefore = score;
			}
		}
		return sum;
	}

	private float durationBefore(int i) {
		return gaps.beforeCall[i] < 0 ? 0 : around.duration[gaps.beforeCall[i]];
	}

	/** Notes the delays of a request's calls and answer for its surroundings. */
	void note(int request, int[] list, int n) {
		gaps.find(request, list, n);
		int operation = instance.requestOperation[request];
		for (int i = 0; i <= n; i++) {
			int event = i < n ? list[i] : instance.calls + request;
			int slot = slot(operation, i < n ? instance.callKind[event] : kinds, gaps.before[i]);
			around.ticks[event] = gaps.ticks[i];
			around.slot[event] = slot;
			around.callBefore[event] = gaps.beforeCall[i];
			around.delay[event] = slot < 0 ? 0 : normal[slot * Histogram.BINS + Histogram.bin(gaps.ticks[i])];
		}
	}

	/** Adds to a model what the delays of a request go with, as they were noted of its n calls and its answer. */
	void learnTrends(DelayModel model, int request, int[] list, int n) {
		float normalBefore = 0;
		int last = instance.requestEnd[request] == Instance.OPEN ? n - 1 : n;
		for (int i = 0; i <= last; i++) {
			int event = i < n ? list[i] : instance.calls + request;
			int callBefore = around.callBefore[event];
			if (around.slot[event] >= 0) {
				model.trends[modelSlot[around.slot[event]]].learn(around.delay[event], normalBefore,
						callBefore < 0 ? 0 : around.duration[callBefore], i < n ? around.duration[event] : 0,
						around.near[event], around.wide[event]);
			}
			normalBefore = around.delay[event];
		}
	}

	private float numbers(int operation, int[] list, int n) {
		float sum = 0;
		for (int i = 0; i < n; i++) {
			made[instance.callKind[list[i]]]++;
		}
		for (int i = 0; i < n; i++) {
			int kind = instance.callKind[list[i]];
			if (made[kind] > 0) {
				sum += number[(operation * kinds + kind) * (MOST + 1) + Math.min(made[kind], MOST)];
				made[kind] = 0;
			}
		}
		return sum;
	}

	private int slot(int operation, int kind, int before) {
		int index = (operation * (kinds + 1) + kind) * befores + before;
		return dense != null ? dense[index] : sparse.find(index);
	}

	private float delay(int operation, int kind, int before, long gap) {
		int slot = slot(operation, kind, before);
		int bin = Histogram.bin(gap);
		return slot >= 0 ? table[slot * Histogram.BINS + bin]
				: unseen[operation * (kinds + 1) + kind] + Histogram.unknown(bin);
	}

	/** How likely a request that made this last makes a further call now: the first guess in order of time. */
	float append(Assignment assignment, int request, int call) {
		int operation = instance.requestOperation[request];
		int kind = instance.callKind[call];
		long now = instance.callStart[call];
		long latest = instance.requestStart[request];
		int what = 0;
		int same = 0;
		int looked = 0;
		for (int other = assignment.last(request); other != Parents.NONE && looked < LOOK_BACK;
				other = assignment.previous(other), looked++) {
			int otherKind = instance.callKind[other];
			same += otherKind == kind ? 1 : 0;
			long end = instance.callEnd[other];
			if (end <= now && end >= latest && (end > latest || what == 0)) {
				latest = end;
				what = 2 + 2 * otherKind;
			} else if (end > now && instance.callStart[other] > latest) {
				latest = instance.callStart[other];
				what = 1 + 2 * otherKind;
			}
		}
		int at = (operation * kinds + kind) * (MOST + 1);
		return delay(operation, kind, what, now - latest)
				+ number[at + Math.min(same + 1, MOST)] - number[at + Math.min(same, MOST)]
				+ outlives[(operation * kinds + kind) * 2
						+ (instance.callEnd[call] > instance.requestEnd[request] ? 1 : 0)];
	}

	/** How likely a request makes call {@code list[i]} after those before it in the list whose bit in {@code mask} is set. */
	float append(int request, int[] list, int i, long mask) {
		int operation = instance.requestOperation[request];
		int call = list[i];
		int kind = instance.callKind[call];
		long now = instance.callStart[call];
		long latest = instance.requestStart[request];
		int what = 0;
		int same = 0;
		for (int j = 0; j < i; j++) {
			if ((mask >>> j & 1) == 0) {
				continue;
			}
			int other = list[j];
			int otherKind = instance.callKind[other];
			same += otherKind == kind ? 1 : 0;
			long end = instance.callEnd[other];
			if (end <= now) {
				if (end >= latest) {
					latest = end;
					what = 2 + 2 * otherKind;
				}
			} else if (instance.callStart[other] >= latest) {
				latest = instance.callStart[other];
				what = 1 + 2 * otherKind;
			}
		}
		int at = (operation * kinds + kind) * (MOST + 1);
		return delay(operation, kind, what, now - latest)
				+ number[at + Math.min(same + 1, MOST)] - number[at + Math.min(same, MOST)]
				+ outlives[(operation * kinds + kind) * 2
						+ (instance.callEnd[call] > instance.requestEnd[request] ? 1 : 0)];
	}

	/**
	 * How well the call fits behind what this request had made before it. Neither its later calls are
	 * asked nor those of the same kind, for which the call may be exchanged.
	 */
	float place(Assignment assignment, int request, int call) {
		long now = instance.callStart[call];
		long latest = instance.requestStart[request];
		int what = 0;
		int kind = instance.callKind[call];
		int looked = 0;
		for (int other = assignment.first(request); other != Parents.NONE && other < call && looked < 2 * LOOK_BACK;
				other = assignment.next(other), looked++) {
			if (instance.callKind[other] == kind) {
				continue;
			}
			long end = instance.callEnd[other];
			if (end <= now) {
				if (end >= latest) {
					latest = end;
					what = 2 + 2 * instance.callKind[other];
				}
			} else if (instance.callStart[other] >= latest) {
				latest = instance.callStart[other];
				what = 1 + 2 * instance.callKind[other];
			}
		}
		return delay(instance.requestOperation[request], kind, what, now - latest);
	}

	private static float log(double value) {
		return (float) Math.log(value);
	}
}
