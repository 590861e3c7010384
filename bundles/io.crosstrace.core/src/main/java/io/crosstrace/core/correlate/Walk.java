package io.crosstrace.core.correlate;

import java.util.Arrays;

/**
 * A random walk over the assignments of the calls that are in doubt: likelier ones are visited more
 * often, so the share of the time that a call is with a request tells how likely that request is. Every
 * few sweeps it melts, to forget where it was: what belongs together moves together only so.
 *
 * <p>Its random numbers start from the same seed, so the same table gives the same answer. Cost: at most
 * {@value #SWEEPS} * {@value #MOST_TRIES} changes tried a call in doubt; 8 bytes a pair of a call and its
 * possible request.
 */
final class Walk {
	private static final int NONE = Parents.NONE;
	private static final int SWEEPS = 60;
	private static final int PERIOD = 6;
	private static final int MELTING = 2;
	private static final int COOLING = 2;
	private static final float HOT = 4;
	private static final int MOST_TRIES = 8;
	/** A call whose best other answer is this much less likely is in no doubt. */
	private static final float DOUBT = 12;
	/** Another request must be visited this much more often than the owner to replace it. */
	private static final float CLEARLY = 1.5f;

	private final Instance instance;
	private final Candidates candidates;
	private final Assignment assignment;
	private final Matcher matcher;
	/** For each candidate pair, the steps that the call was with the request. */
	private final int[] stayed;
	private final int[] since;
	private final boolean[] visited;
	private int step;
	private long random = 0x9E3779B97F4A7C15L;

	Walk(Instance instance, Candidates candidates, Assignment assignment, Matcher matcher) {
		this.instance = instance;
		this.candidates = candidates;
		this.assignment = assignment;
		this.matcher = matcher;
		stayed = new int[candidates.from[instance.calls]];
		since = new int[instance.calls];
		visited = new boolean[instance.calls];
	}

	/** Walks, then gives calls to requests that were clearly more often theirs than their owners. */
	void run() {
		int[] doubtful = doubtful();
		if (doubtful.length == 0) {
			return;
		}
		int[] owners = assignment.owner.clone();
		for (int sweep = 0; sweep < SWEEPS; sweep++) {
			float temperature = sweep % PERIOD < MELTING ? HOT : 1;
			for (int call : doubtful) {
				for (int i = Math.min(MOST_TRIES, candidates.count(call)); i > 0; i--) {
					propose(call, temperature);
				}
			}
			step += sweep % PERIOD < MELTING + COOLING ? 0 : 1;
		}
		for (int call = 0; call < instance.calls; call++) {
			if (visited[call]) {
				stay(call);
				matcher.move(call, better(call, owners[call]));
			}
		}
	}

	private int[] doubtful() {
		int[] doubtful = new int[64];
		int n = 0;
		for (int call = 0; call < instance.calls; call++) {
			if (instance.callFixed[call] == Instance.FREE && candidates.count(call) > 0 && matcher.margin(call) < DOUBT) {
				if (n == doubtful.length) {
					doubtful = Arrays.copyOf(doubtful, n * 2);
				}
				visited[call] = true;
				doubtful[n++] = call;
			}
		}
		return Arrays.copyOf(doubtful, n);
	}

	private void propose(int call, float temperature) {
		int own = assignment.owner[call];
		int other = candidates.request[candidates.from[call] + next(candidates.count(call))];
		int kind = own == NONE ? Matcher.ADOPT : other == own ? Matcher.DROP : next(Matcher.MOVES);
		if (other == own && next(Matcher.MOVES) != 0) {
			return;
		}
		float least = temperature * (float) Math.log((next(1 << 30) + 1) / (double) (1 << 30));
		if (matcher.tryMove(call, own, other, kind, temperature) < least) {
			return;
		}
		if (own != NONE) {
			stayAll(own);
		} else {
			stay(call);
		}
		if (other != own) {
			stayAll(other);
		}
		matcher.take(call, own, other, kind);
	}

	private void stayAll(int request) {
		for (int call = assignment.first(request); call != NONE; call = assignment.next(call)) {
			stay(call);
		}
	}

	/** Counts the time that a call was with its owner until now. */
	private void stay(int call) {
		int own = assignment.owner[call];
		if (own != NONE && since[call] != step) {
			stayed[pair(call, own)] += step - since[call];
		}
		since[call] = step;
		visited[call] = true;
	}

	private int pair(int call, int request) {
		int at = candidates.from[call];
		while (candidates.request[at] != request) {
			at++;
		}
		return at;
	}

	private int better(int call, int owner) {
		int best = NONE;
		int most = 0;
		int none = step;
		int mine = 0;
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			none -= stayed[at];
			if (candidates.request[at] == owner) {
				mine = stayed[at];
			}
			if (stayed[at] > most) {
				most = stayed[at];
				best = candidates.request[at];
			}
		}
		if (none > most) {
			most = none;
			best = NONE;
		}
		mine = owner == NONE ? none : mine;
		return most > CLEARLY * mine ? best : owner;
	}

	/** Share of the time that the call was with a request, 0 to 1. */
	float share(int call, int request) {
		if (!visited[call] || step == 0) {
			return assignment.owner[call] == request ? 1 : 0;
		}
		return stayed[pair(call, request)] / (float) step;
	}

	private int next(int bound) {
		random ^= random << 13;
		random ^= random >>> 7;
		random ^= random << 17;
		return (int) ((random >>> 33) % bound);
	}
}
