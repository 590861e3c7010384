package io.crosstrace.core.correlate;

/**
 * Divides all that two requests made anew between them, as a whole: calls that belong together move
 * together, where changes of one call at a time would lead uphill first. Keeps the {@value #WIDTH}
 * likeliest divisions while it goes through the calls in order of time.
 *
 * <p>Cost: O({@value #WIDTH} n^2) for n calls of both, at most {@value #MOST_CALLS}. Allocates nothing.
 */
final class Division {
	static final int MOST_CALLS = 40;
	private static final int WIDTH = 8;

	private final Instance instance;
	private final Assignment assignment;
	private final Evidence evidence;
	private Scores scores;

	/** All calls of both requests in order of start. */
	private final int[] calls = new int[MOST_CALLS];
	private int n;
	/** Bit i is set if call i is the first request's. */
	private long[] masks = new long[WIDTH];
	private float[] worths = new float[WIDTH];
	private long[] nextMasks = new long[WIDTH];
	private float[] nextWorths = new float[WIDTH];
	private long present;

	final int[] first = new int[MOST_CALLS];
	final int[] second = new int[MOST_CALLS];
	int firstSize;
	int secondSize;

	Division(Instance instance, Assignment assignment, Evidence evidence) {
		this.instance = instance;
		this.assignment = assignment;
		this.evidence = evidence;
	}

	void use(Scores newScores) {
		scores = newScores;
	}

	/** Finds likely divisions; returns how many. */
	int find(int a, int b) {
		merge(a, b);
		int size = 1;
		masks[0] = 0;
		worths[0] = 0;
		for (int i = 0; i < n; i++) {
			boolean isA = (present >>> i & 1) != 0;
			boolean mayA = isA || movable(a, calls[i]);
			boolean mayB = !isA || movable(b, calls[i]);
			float aloneA = mayA ? evidence.alone(calls[i], a) : 0;
			float aloneB = mayB ? evidence.alone(calls[i], b) : 0;
			int nextSize = 0;
			for (int k = 0; k < size; k++) {
				if (mayA) {
					nextSize = keep(masks[k] | 1L << i,
							worths[k] + aloneA + scores.append(a, calls, i, masks[k]), nextSize);
				}
				if (mayB) {
					nextSize = keep(masks[k], worths[k] + aloneB + scores.append(b, calls, i, ~masks[k]), nextSize);
				}
			}
			size = nextSize;
			long[] swapMasks = masks;
			masks = nextMasks;
			nextMasks = swapMasks;
			float[] swapWorths = worths;
			worths = nextWorths;
			nextWorths = swapWorths;
		}
		return size;
	}

	/** Writes division {@code k} to {@link #first} and {@link #second}; false if it is what is now. */
	boolean take(int k) {
		firstSize = 0;
		secondSize = 0;
		for (int i = 0; i < n; i++) {
			if ((masks[k] >>> i & 1) != 0) {
				first[firstSize++] = calls[i];
			} else {
				second[secondSize++] = calls[i];
			}
		}
		return masks[k] != present;
	}

	private void merge(int a, int b) {
		n = assignment.count[a] + assignment.count[b];
		present = 0;
		int callA = assignment.first(a);
		int callB = assignment.first(b);
		for (int i = 0; i < n; i++) {
			if (callB == Parents.NONE || callA != Parents.NONE && callA < callB) {
				calls[i] = callA;
				present |= 1L << i;
				callA = assignment.next(callA);
			} else {
				calls[i] = callB;
				callB = assignment.next(callB);
			}
		}
	}

	private boolean movable(int request, int call) {
		return instance.callFixed[call] == Instance.FREE && instance.isOpenAt(request, instance.callStart[call]);
	}

	private int keep(long mask, float worth, int size) {
		if (size == WIDTH && worth <= nextWorths[size - 1]) {
			return size;
		}
		int i = size < WIDTH ? size : size - 1;
		for (; i > 0 && nextWorths[i - 1] < worth; i--) {
			nextWorths[i] = nextWorths[i - 1];
			nextMasks[i] = nextMasks[i - 1];
		}
		nextWorths[i] = worth;
		nextMasks[i] = mask;
		return Math.min(size + 1, WIDTH);
	}
}
