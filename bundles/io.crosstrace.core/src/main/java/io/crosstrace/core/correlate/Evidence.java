package io.crosstrace.core.correlate;

import java.util.Arrays;
import java.util.List;

/**
 * What else speaks for or against a request as the parent of a call, beside delays: threads, order,
 * shared identifiers. Each kind has a weight learnt from how often it agrees with the assignment so far,
 * so evidence that is blind or misleading in a service weighs nothing there, and evidence that is
 * missing costs nothing. The assignment is partly its own work: so what names one request (link, woke, answer) is
 * credited with an agreement only as far as all other evidence finds it likely too.
 * <ul>
 * <li><b>link</b>: the last message that the thread received before it sent the call; the arrival of a
 * request speaks for that request, the answer to a call for the request of that call;
 * <li><b>woke</b>: the same of whoever woke the thread, where the kernel tells;
 * <li><b>answer</b>: the thread sent a request's answer after it had received the answer to the call;
 * <li><b>affinity</b>: the thread that received the request sent the call;
 * <li><b>tokens</b>: the request and the call carry the same identifier;
 * <li><b>order</b>: calls of a kind are made in the order of their requests (event loops, queues).
 * </ul>
 * Links are the kernel's ({@link HandOffs}) where the table has them, else found by thread ids.
 */
final class Evidence {
	private static final int NONE = Parents.NONE;
	/** Delays of a link are told apart by this many bins of {@link Histogram} together: two octaves. */
	private static final int BUCKET = 32;
	/** How many neighbours are asked where threads are known and where not, and how far they are looked for. */
	private static final int THREAD_NEIGHBOURS = 1;
	private static final int NEIGHBOURS = 3;
	private static final int THREAD_LOOKS = 8;
	/**
	 * Requests whose calls are made out of order more often than this are in no queue. What one thread sends
	 * for what another received went through a queue, so there less order says as much.
	 */
	private static final double MOST_INVERTED = 0.03;
	private static final double MOST_INVERTED_ON_THREAD = 0.3;
	/** Less than this, a factor of 1.05, is not worth telling a person. */
	private static final float LEAST_SAID = 0.05f;

	private final Instance instance;
	private final Candidates candidates;
	private final Assignment assignment;
	private EvidenceModel model;

	private final Nominees link;
	private final Nominees woke;
	/** For each call, the request whose answer was sent by the thread that had received its answer last. */
	private final Nominees answer;
	private final float[] same;
	private final float[] different;
	private final float[] order;
	/** Calls by kind and thread, each such line in order of time and between two {@link #NONE}; and where each is. */
	private int[] lines;
	private final int[] inLine;
	/** Requests with the same number may have waited in the same queue. */
	private final int[] queue;
	/** Of each pair of {@link Candidates}, what {@link #alone} says, or NaN if nobody asked since it was learnt. */
	private final float[] known;
	private final boolean threads;
	private final Tokens tokens;
	private final int looks;
	/** Whether loops of nominations tell how far to trust them. */
	final boolean looped;
	private boolean ordered;

	Evidence(Instance instance, Candidates candidates, Assignment assignment, EvidenceModel model) {
		this.instance = instance;
		this.candidates = candidates;
		this.assignment = assignment;
		this.model = model;
		int calls = instance.calls;
		link = new Nominees(instance, EvidenceModel.LINK);
		woke = new Nominees(instance, EvidenceModel.WOKE);
		answer = new Nominees(instance, EvidenceModel.ANSWER);
		same = new float[instance.kinds];
		different = new float[instance.kinds];
		order = new float[instance.kinds];
		inLine = new int[calls];
		queue = new int[instance.requests];
		threads = model.useThreads() && any(instance.callTid) && any(instance.requestTid);
		looks = threads ? THREAD_LOOKS : NEIGHBOURS;
		tokens = new Tokens(instance, model.useTokens());
		if (threads && HandOffs.exist(instance)) {
			HandOffs handOffs = new HandOffs(instance);
			handOffs.nominate(link, woke);
			for (int request = 0; request < instance.requests; request++) {
				answered(handOffs.beforeAnswer(request), request, handOffs.beforeAnswerHops(request));
			}
		} else if (threads) {
			link();
		}
		Loops loops = threads ? new Loops(instance, candidates, link, woke, answer) : null;
		looped = loops != null && loops.exist();
		if (looped) {
			loops.teach(model);
		}
		lines();
		LongIntMap queues = new LongIntMap();
		for (int request = 0; request < queue.length; request++) {
			queue[request] = queues.number((long) instance.requestOperation[request] << 32
					| (threads ? instance.requestTid[request] & 0xffffffffL : 0));
		}
		known = new float[threads || tokens.exist ? candidates.from[calls] : 0];
		Arrays.fill(known, Float.NaN);
	}

	private static int[] none(int size) {
		int[] none = new int[size];
		Arrays.fill(none, NONE);
		return none;
	}

	private static boolean any(int[] threads) {
		for (int thread : threads) {
			if (thread != 0) {
				return true;
			}
		}
		return false;
	}

	/** True if anything but delays is to be asked at all. */
	boolean exists() {
		return threads || tokens.exist || ordered;
	}

	private void lines() {
		LongIntMap numbers = new LongIntMap();
		int[] line = new int[instance.calls];
		int[] size = new int[instance.calls + 1];
		for (int call = 0; call < instance.calls; call++) {
			line[call] = numbers.number((long) instance.callKind[call] << 32 | instance.callTid[call] & 0xffffffffL);
			size[line[call]]++;
		}
		lines = none(instance.calls + numbers.size() + 1);
		int at = 1;
		for (int i = 0; i < numbers.size(); i++) {
			int next = at + size[i] + 1;
			size[i] = at;
			at = next;
		}
		for (int call = 0; call < instance.calls; call++) {
			inLine[call] = size[line[call]]++;
			lines[inLine[call]] = call;
		}
	}

	/**
	 * Runs through sends and receives in order of time. Receives come first among equals: what is sent in
	 * the same tick may be caused by it.
	 */
	private void link() {
		int requests = instance.requests;
		int calls = instance.calls;
		int[] callsByEnd = Order.by(instance.callEnd, calls);
		int[] requestsByEnd = Order.by(instance.requestEnd, requests);
		LongIntMap threadNumbers = new LongIntMap();
		// What each thread received last: call c as c, request r as calls + r.
		int[] received = none(64);
		long[] receivedAt = new long[64];
		int callStart = 0;
		int callEnd = 0;
		int requestStart = 0;
		int requestEnd = 0;
		while (callStart < calls || requestEnd < requests) {
			long ce = callEnd < calls ? instance.callEnd[callsByEnd[callEnd]] : Long.MAX_VALUE;
			long rs = requestStart < requests ? instance.requestStart[requestStart] : Long.MAX_VALUE;
			long cs = callStart < calls ? instance.callStart[callStart] : Long.MAX_VALUE;
			long re = requestEnd < requests ? instance.requestEnd[requestsByEnd[requestEnd]] : Long.MAX_VALUE;
			boolean ended = callEnd < calls && ce <= rs && ce <= cs && ce <= re
					&& (ce < cs || callsByEnd[callEnd] < callStart);
			boolean arrived = !ended && requestStart < requests && rs <= cs && rs <= re;
			boolean sent = !ended && !arrived && callStart < calls && cs <= re;
			int event = ended ? callsByEnd[callEnd] : arrived ? requestStart : sent ? callStart
					: requestsByEnd[requestEnd];
			int thread = ended ? instance.callEndTid[event] : arrived ? instance.requestTid[event]
					: sent ? instance.callTid[event] : instance.requestEndTid[event];
			callEnd += ended ? 1 : 0;
			requestStart += arrived ? 1 : 0;
			callStart += sent ? 1 : 0;
			requestEnd += ended || arrived || sent ? 0 : 1;
			if (thread == 0) {
				continue;
			}
			int number = threadNumbers.number(thread);
			if (number == received.length) {
				received = Arrays.copyOf(received, number * 2);
				Arrays.fill(received, number, number * 2, NONE);
				receivedAt = Arrays.copyOf(receivedAt, number * 2);
			}
			int what = received[number];
			if (ended || arrived) {
				received[number] = ended ? event : calls + event;
				receivedAt[number] = ended ? ce : rs;
			} else if (sent && what != NONE) {
				link.nominate(event, what < calls ? NONE : what - calls, what < calls ? what : NONE,
						cs - receivedAt[number], 0);
			} else if (!sent && what != NONE && what < calls) {
				answered(what, event, 0);
			}
		}
	}

	/** Notes that whoever answered a request had received the answer to this call last. */
	private void answered(int call, int request, int hops) {
		long end = instance.requestEnd[request];
		if (call == NONE || answer.request[call] != NONE || end == Instance.OPEN) {
			return;
		}
		long bucket = Histogram.bin(Math.max(0, end - instance.callEnd[call])) / BUCKET + 1000L * hops;
		answer.nominate(call, request, DelayModel.key(instance.kindKey[instance.callKind[call]], ~bucket,
				instance.operationKey[instance.requestOperation[request]]));
	}

	/** How much speaks for {@code request}, without what depends on the calls of others. */
	float alone(int call, int request) {
		if (known.length == 0) {
			return 0;
		}
		int pair = candidates.find(call, request);
		return pair < 0 ? weigh(call, request) : ofPair(call, pair);
	}

	/** As {@link #alone}, of a pair of {@link Candidates}. */
	float ofPair(int call, int pair) {
		if (known.length == 0) {
			return 0;
		}
		if (Float.isNaN(known[pair])) {
			known[pair] = weigh(call, candidates.request[pair]);
		}
		return known[pair];
	}

	private float weigh(int call, int request) {
		float sum = 0;
		int kind = instance.callKind[call];
		if (threads && instance.callTid[call] != 0 && instance.requestTid[request] != 0) {
			sum += instance.callTid[call] == instance.requestTid[request] ? same[kind] : different[kind];
		}
		if (tokens.exist) {
			sum += tokens.score(call, request);
		}
		if (threads) {
			sum += answer.score(call, request, assignment);
			sum += link.isRelative(call) ? 0 : link.score(call, request, assignment);
			sum += woke.isRelative(call) ? 0 : woke.score(call, request, assignment);
		}
		return sum;
	}

	/** True if the call is on a thread from which hardly any calls of the requests of its thread come. */
	boolean speaksAgainst(int call, int request) {
		return threads && instance.callTid[call] != 0 && instance.requestTid[request] != 0
				&& instance.callTid[call] != instance.requestTid[request] && different[instance.callKind[call]] < -2;
	}

	/** How much speaks for {@code request} given the owners of the other calls. */
	float score(int call, int request) {
		float sum = alone(call, request) + relative(call, request);
		float weight = order[instance.callKind[call]];
		return weight > 0 ? sum - weight * inversions(call, request) : sum;
	}

	/** How much of that depends on who owns the calls that this one may follow from. */
	float relative(int call, int request) {
		if (!threads) {
			return 0;
		}
		return (link.isRelative(call) ? link.score(call, request, assignment) : 0)
				+ (woke.isRelative(call) ? woke.score(call, request, assignment) : 0);
	}

	/** Adds what each kind says of {@code request}; kinds that say nothing are left out. */
	void explain(int call, int request, List<Explanation.Evidence> into) {
		int kind = instance.callKind[call];
		if (threads) {
			say(into, Explanation.Kind.LINK, link.score(call, request, assignment));
			say(into, Explanation.Kind.WOKE, woke.score(call, request, assignment));
			say(into, Explanation.Kind.ANSWER, answer.score(call, request, assignment));
			say(into, Explanation.Kind.THREAD, instance.callTid[call] == 0 || instance.requestTid[request] == 0 ? 0
					: instance.callTid[call] == instance.requestTid[request] ? same[kind] : different[kind]);
		}
		if (tokens.exist) {
			say(into, Explanation.Kind.TOKENS, tokens.score(call, request));
		}
		if (order[kind] > 0) {
			say(into, Explanation.Kind.ORDER, -order[kind] * inversions(call, request));
		}
	}

	private static void say(List<Explanation.Evidence> into, Explanation.Kind kind, float weight) {
		if (Math.abs(weight) >= LEAST_SAID) {
			into.add(new Explanation.Evidence(kind, weight));
		}
	}

	/**
	 * How many neighbours of the same kind, thread and operation were made in another order than their
	 * requests. Where threads are known, only requests that one thread received stand in one queue.
	 */
	private int inversions(int call, int request) {
		int place = inLine[call];
		return inversions(place, -1, call, request) + inversions(place, 1, call, request);
	}

	private int inversions(int place, int step, int call, int request) {
		int inversions = 0;
		int most = threads ? THREAD_NEIGHBOURS : NEIGHBOURS;
		for (int i = 0, at = place + step; i < looks && most > 0 && lines[at] != NONE; i++, at += step) {
			int other = assignment.owner[lines[at]];
			if (queued(other, request)) {
				most--;
				boolean earlier = step < 0 && instance.callStart[lines[at]] < instance.callStart[call];
				boolean later = step > 0 && instance.callStart[lines[at]] > instance.callStart[call];
				inversions += earlier && instance.requestStart[other] > instance.requestStart[request]
						|| later && instance.requestStart[other] < instance.requestStart[request] ? 1 : 0;
			}
		}
		return inversions;
	}

	/** True if two requests may have waited in the same queue. */
	private boolean queued(int other, int request) {
		return other != NONE && other != request && queue[other] == queue[request];
	}

	/**
	 * Counts, for calls from {@code from} to {@code to}, how often each kind agrees with the assignment.
	 *
	 * @param scores the delays of the same assignment
	 */
	void learn(int from, int to, Scores scores) {
		for (int call = from; call < to; call++) {
			int owner = assignment.owner[call];
			int count = candidates.count(call);
			if (owner != NONE && count > 1) {
				learnOwn(call, owner, 1);
				if (threads) {
					credit(link, call, scores);
					credit(woke, call, scores);
					credit(answer, call, scores);
				}
				for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
					if (candidates.request[at] != owner) {
						learnOther(call, candidates.request[at], 1f / (count - 1));
					}
				}
				learnOrder(call, owner);
			}
		}
	}

	/** Credits a nomination that the assignment follows as far as the call would be there without it. */
	private void credit(Nominees nominees, int call, Scores scores) {
		int nominee = nominees.of(call, assignment);
		if (nominee != NONE) {
			float credit = nominee == assignment.owner[call] ? withoutNomination(nominees, call, nominee, scores) : 0;
			nominees.observe(model, call, true, credit);
			nominees.observe(model, call, false, 1 - credit);
		}
	}

	/** How likely all but a nomination finds the nominee, if it stood one to one against all others together. */
	private float withoutNomination(Nominees nominees, int call, int nominee, Scores scores) {
		int others = candidates.count(call) - 1;
		float mine = without(nominees, call, nominee, scores);
		double rest = 0;
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			int other = candidates.request[at];
			rest += other == nominee ? 0 : Math.exp(without(nominees, call, other, scores) - mine);
		}
		return (float) (others / (others + rest));
	}

	private float without(Nominees nominees, int call, int request, Scores scores) {
		return scores.place(assignment, request, call) + alone(call, request)
				- (nominees.isRelative(call) ? 0 : nominees.score(call, request, assignment));
	}

	/** Learns from one possible parent: {@code share} is how likely it is the parent. */
	void learn(int call, int request, float share) {
		learnOwn(call, request, share);
		if (threads) {
			link.learn(model, call, request, share, assignment);
			woke.learn(model, call, request, share, assignment);
			answer.learn(model, call, request, share, assignment);
		}
	}

	private void learnOwn(int call, int request, float share) {
		long kind = instance.kindKey[instance.callKind[call]];
		if (threads && instance.callTid[call] != 0 && instance.requestTid[request] != 0) {
			model.observe(EvidenceModel.AFFINITY, kind, instance.callTid[call] == instance.requestTid[request], share);
		}
		if (tokens.exist) {
			tokens.learn(model, EvidenceModel.TOKENS, call, request, share);
		}
	}

	void learnOther(int call, int request, float share) {
		long kind = instance.kindKey[instance.callKind[call]];
		if (threads && instance.callTid[call] != 0 && instance.requestTid[request] != 0) {
			model.observe(EvidenceModel.OTHER_AFFINITY, kind, instance.callTid[call] == instance.requestTid[request], share);
		}
		if (tokens.exist) {
			tokens.learn(model, EvidenceModel.OTHER_TOKENS, call, request, share);
		}
	}

	private void learnOrder(int call, int owner) {
		int place = inLine[call] - 1;
		for (int i = 1; i < looks && lines[place] != NONE && !queued(assignment.owner[lines[place]], owner); i++) {
			place--;
		}
		int at = lines[place];
		int other = at == NONE ? NONE : assignment.owner[at];
		if (!queued(other, owner) || !instance.isOpenAt(other, instance.callStart[call])
				|| !instance.isOpenAt(owner, instance.callStart[at])) {
			return; // they could not be the other way round
		}
		if (instance.callStart[at] < instance.callStart[call]
				&& instance.requestStart[other] != instance.requestStart[owner]) {
			model.observe(EvidenceModel.ORDER, instance.kindKey[instance.callKind[call]],
					instance.requestStart[other] < instance.requestStart[owner], 1);
		}
	}

	/** Takes what was learnt before. */
	void use(EvidenceModel learnt) {
		model = learnt;
		prepare();
	}

	/** Turns what was learnt into weights. */
	void prepare() {
		ordered = false;
		Arrays.fill(known, Float.NaN);
		for (int kind = 0; kind < instance.kinds; kind++) {
			long key = instance.kindKey[kind];
			double own = model.share(EvidenceModel.AFFINITY, key);
			double other = model.share(EvidenceModel.OTHER_AFFINITY, key);
			same[kind] = (float) Math.log(own / other);
			different[kind] = (float) Math.log((1 - own) / (1 - other));
			order[kind] = model.orderWeight(key, threads ? MOST_INVERTED_ON_THREAD : MOST_INVERTED);
			ordered |= order[kind] > 0;
		}
		if (tokens.exist) {
			tokens.prepare(model);
		}
		if (!threads) {
			return;
		}
		link.prepare(model, candidates);
		woke.prepare(model, candidates);
		answer.prepare(model, candidates);
	}
}
