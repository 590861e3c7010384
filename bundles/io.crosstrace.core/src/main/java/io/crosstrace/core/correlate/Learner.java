package io.crosstrace.core.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Learns and matches one instance in turn: from nothing on the first calls, then on and on. */
final class Learner {
	private static final int ROUNDS = 5;
	private static final int SWEEPS = 4;
	/** Calls that are learnt from at once. */
	private static final int SEGMENT = 6_000;
	/** Calls that are learnt from at first, where they have few candidates. */
	private static final int START = 1_000;
	private static final int POLISH = 2;
	private static final int OVERLAP = 200;
	/** What is kept of the past when a segment is learnt: services change their habits. */
	private static final float KEEP = 0.5f;
	private static final long COARSE_NANOS = 1_000_000;
	/** What a guess must be likelier than the ordered one, a call, where the clock hides the delays. */
	private static final double COARSE_GUARD = 0.05;
	private static final double CHOICE_GUARD = 0.5;
	/** Observations that loops of nominations may count for. */
	private static final float[] TRUST = { 2_000 };
	private static final double FREE_CHOICE = Math.log(2.5);

	private final Instance instance;
	private final boolean fusion;
	private final Set<Step> without;
	final Assignment assignment;
	private final Candidates candidates;
	private final Evidence evidence;
	final Matcher matcher;
	private final EvidenceModel evidenceModel;
	private final Walk walk;
	private final Surroundings around;
	private final Lesson lesson;
	private boolean ordered;
	private float[] confidence;
	private DelayModel model = new DelayModel();

	/**
	 * @param fusion use all kinds of evidence, not delays and order alone
	 * @param without steps to leave out
	 */
	Learner(Instance instance, boolean fusion, Set<Step> without) {
		this.instance = instance;
		this.fusion = fusion;
		this.without = without;
		candidates = new Candidates(instance);
		assignment = new Assignment(instance);
		evidenceModel = new EvidenceModel(fusion && !without.contains(Step.THREADS),
				fusion && !without.contains(Step.TOKENS), !without.contains(Step.ORDER));
		evidence = new Evidence(instance, candidates, assignment, evidenceModel);
		matcher = new Matcher(instance, candidates, assignment, evidence, !without.contains(Step.TAILS));
		boolean trends = !without.contains(Step.TRENDS) && instance.tickNanos < COARSE_NANOS;
		around = trends ? new Surroundings(instance) : null;
		lesson = new Lesson(instance, candidates, assignment, around);
		walk = new Walk(instance, candidates, assignment, matcher);
	}

	/** Learns and matches, from this table alone. */
	void run() {
		if (instance.calls > 0 && instance.requests > 0) {
			match();
		}
		weigh(0);
	}

	/** Says how sure each parent is, and takes those that are too doubtful. Returns the new balance. */
	private float weigh(float balance) {
		if (without.contains(Step.WALK)) {
			confidence = Doubt.unweighed(instance, assignment, candidates);
			return 0;
		}
		walk.run();
		confidence = Doubt.confidences(instance, assignment, walk);
		return without.contains(Step.ABSTAIN) ? 0 : Doubt.abstain(instance, assignment, confidence, balance);
	}

	private void match() {
		int calls = instance.calls;
		int sample = sample();
		int to = calls <= sample + sample / 2 ? calls : sample;
		int start = to;
		start(0, to);
		boolean rematch = !without.contains(Step.REMATCH);
		for (int from = to; from < calls; from = to) {
			to = Math.min(from + SEGMENT, calls);
			if (ordered && instance.tickNanos >= COARSE_NANOS) {
				FifoCorrelator.assign(instance, assignment, candidates, from, to);
				matcher.use(new Scores(instance, model, around), from, to);
			} else {
				matcher.guess(null, from, to);
			}
			int back = Math.max(0, from - OVERLAP);
			for (int round = 0; round < POLISH; round++) {
				improve(back, to, 1);
				if (round == 0) {
					model.forget(KEEP);
					evidenceModel.forget(KEEP);
					learn(from, to);
				}
			}
		}
		// What was decided first was decided knowing least.
		if (start < calls && rematch) {
			for (int round = 0; round < POLISH; round++) {
				for (int from = 0; from < calls; from = to) {
					to = calls - from <= SEGMENT + SEGMENT / 2 ? calls : from + SEGMENT;
					model.forget(0);
					evidenceModel.forget(0);
					learn(from, to);
					improve(Math.max(0, from - OVERLAP), to, 1);
				}
			}
		}
	}

	/** Changes the assignment of a range for the better. Returns how many changes were made. */
	private int improve(int from, int to, int sweeps) {
		if (without.contains(Step.REMATCH)) {
			return 0;
		}
		int changes = sweep(from, to, sweeps);
		if (!without.contains(Step.DIVIDE)) {
			int divided = matcher.split(from, to);
			changes += divided;
			if (divided > 0 && sweeps > 1) {
				changes += sweep(from, to, sweeps);
			}
		}
		return changes;
	}

	private int sweep(int from, int to, int sweeps) {
		int changes = 0;
		int last = 1;
		for (int i = 0; i < sweeps && last > 0; i++) {
			last = matcher.sweep(from, to);
			changes += last;
		}
		return changes;
	}

	/** How many calls to learn from at first: the more candidates a call has, the less each tells. */
	private int sample() {
		int calls = Math.min(START, instance.calls);
		return START * Math.clamp(candidates.from[calls] / (8L * calls), 1, 4);
	}

	/**
	 * Learns anew when it is asked, in any thread.
	 *
	 * @param context what to learn from: nothing of it may change any more
	 */
	static Supplier<Memory.Learnt> lesson(Instance context, Memory.Habits habits, boolean fusion, Set<Step> without) {
		Memory.Learnt before = habits.settled() ? habits.learnt : null;
		return () -> {
			// What was decided before was decided knowing less: learn as if it had not been.
			Learner fresh = new Learner(context.undecided(), fusion, without);
			int from = Math.max(0, context.calls - SEGMENT);
			if (before != null) {
				fresh.start(from, context.calls, before.evidence().trustsLoops());
			} else {
				fresh.start(from, context.calls);
			}
			return new Memory.Learnt(fresh.model, fresh.evidenceModel);
		};
	}

	/**
	 * As {@link #run()}, with what is known of the service; only what is not fixed is looked for.
	 *
	 * @param hurried take the first guess with one look at what could be better
	 */
	void run(Memory.Habits habits, boolean hurried) {
		int calls = instance.calls;
		if (calls == 0 || instance.requests == 0) {
			weigh(0);
			return;
		}
		Memory.Learnt known = habits.learnt;
		if (known == null) {
			run();
			return;
		}
		model = known.delays();
		evidence.use(known.evidence());
		Scores scores = new Scores(instance, model, around);
		matcher.use(scores, 0, calls);
		matcher.guess(null, 0, calls);
		if (hurried) {
			sweep(0, calls, 1);
		} else {
			improve(0, calls, SWEEPS);
		}
		if (around != null && !hurried) {
			lesson.look(scores, 0, calls);
			scores.useTrends(model);
			matcher.use(scores, 0, calls);
			improve(0, calls, SWEEPS);
		}
		habits.balance = weigh(habits.balance);
	}

	/** Learns from nothing, trusting what loops of nominations tell not at all and much: the likelier wins. */
	private void start(int from, int to) {
		double most = start(from, to, 0);
		float best = 0;
		int[] owners = Arrays.copyOfRange(assignment.owner, from, to);
		boolean bestOrdered = ordered;
		for (int i = 0; i < TRUST.length && evidence.looped && !without.contains(Step.SEED); i++) {
			matcher.clear(from, to);
			double likelihood = start(from, to, TRUST[i]);
			if (likelihood > most) {
				most = likelihood;
				best = TRUST[i];
				owners = Arrays.copyOfRange(assignment.owner, from, to);
				bestOrdered = ordered;
			}
		}
		if (evidence.looped) {
			evidenceModel.trustLoops(best);
			ordered = bestOrdered;
			exchange(owners, from, to);
			relearn(from, to);
		}
	}

	/**
	 * Two first guesses, each improved until it stands, and the likelier wins: in
	 * order of time for services that answer in order, shared delays for those that do not. A learnt model
	 * always flatters what it was learnt from, so order wins unless it is clearly the less likely.
	 *
	 * @param trust see {@link EvidenceModel#trustLoops}
	 * @return how likely the assignment is, with what is added for order
	 */
	private double start(int from, int to, float trust) {
		evidenceModel.trustLoops(trust);
		SoftSeed seed = new SoftSeed(instance, candidates, evidence);
		if (trust > 0) {
			seed.learn(evidenceModel, from, to, false);
			matcher.guess(seed, from, to);
			ordered = false;
			return settle(from, to);
		}
		seed.learn(evidenceModel, from, to, true);
		seed.assignInOrder(assignment, from, to);
		if (without.contains(Step.SEED)) {
			ordered = true;
			return settle(from, to);
		}
		int[] owners = Arrays.copyOfRange(assignment.owner, from, to);
		matcher.clear(from, to);
		seed.learn(evidenceModel, from, to, false);
		matcher.guess(seed, from, to);
		double shared = settle(from, to);
		owners = exchange(owners, from, to);
		double inOrder = settle(from, to);
		ordered = inOrder + guard(from, to) >= shared;
		if (!ordered) {
			exchange(owners, from, to);
			relearn(from, to);
		}
		return ordered ? inOrder + guard(from, to) : shared;
	}

	/**
	 * How much likelier the other guess must be than the ordered one: whoever may choose among many
	 * candidates always finds one that fits.
	 */
	private double guard(int from, int to) {
		double choice = 0;
		for (int call = from; call < to; call++) {
			choice += Math.log(Math.max(1, candidates.count(call)));
		}
		if (without.contains(Step.GUARD)) {
			return 0;
		}
		double free = Math.max(0, choice - (to - from) * FREE_CHOICE);
		return CHOICE_GUARD * free + (instance.tickNanos >= COARSE_NANOS ? COARSE_GUARD * (to - from) : 0);
	}

	/** Gives calls other owners; returns those they had. */
	private int[] exchange(int[] owners, int from, int to) {
		int[] old = Arrays.copyOfRange(assignment.owner, from, to);
		matcher.clear(from, to);
		for (int call = from; call < to; call++) {
			if (owners[call - from] != Parents.NONE) {
				assignment.give(call, owners[call - from]);
			}
		}
		return old;
	}

	private double settle(int from, int to) {
		for (int round = 0; round < ROUNDS; round++) {
			evidenceModel.pool(round < 3 ? 1f / (1 << round + 1) : 0.02f);
			relearn(from, to);
			if (improve(from, to, SWEEPS) == 0) {
				break;
			}
		}
		return matcher.likelihood(from, to);
	}

	private void relearn(int from, int to) {
		model = new DelayModel();
		evidenceModel.forget(0);
		learn(from, to);
	}

	/** Why a call has its owner; {@code most} candidates at most. After {@link #run()}. */
	Explanation explain(int call, int most) {
		int owner = assignment.owner[call];
		if (instance.callFixed[call] != Instance.FREE) {
			int fixed = instance.callFixed[call];
			return new Explanation(instance.callRow[call], fixed < 0 ? Parents.NONE : instance.requestRow[fixed], 1, true,
					candidates.count(call), List.of());
		}
		List<Explanation.Candidate> all = new ArrayList<>();
		for (int at = candidates.from[call]; at < candidates.from[call + 1]; at++) {
			int request = candidates.request[at];
			List<Explanation.Evidence> evidences = new ArrayList<>();
			float behind = request == owner ? 0 : -matcher.change(call, request);
			float delay = matcher.delay(call, request);
			evidences.add(new Explanation.Evidence(Explanation.Kind.DELAY, delay));
			evidence.explain(call, request, evidences);
			all.add(new Explanation.Candidate(instance.requestRow[request], walk.share(call, request), behind, evidences));
		}
		Comparator<Explanation.Candidate> order = Comparator.comparing(
				candidate -> owner == Parents.NONE || candidate.row() != instance.requestRow[owner]);
		all.sort(order.thenComparing(candidate -> -candidate.share()).thenComparing(Explanation.Candidate::behind));
		List<Explanation.Candidate> shown = relative(all.subList(0, Math.min(most, all.size())));
		return new Explanation(instance.callRow[call], owner == Parents.NONE ? Parents.NONE : instance.requestRow[owner],
				confidence[call], false, all.size(), shown);
	}

	/** A delay's likelihood says little; how much more it is than another's does. */
	private static List<Explanation.Candidate> relative(List<Explanation.Candidate> candidates) {
		float best = Float.NEGATIVE_INFINITY;
		for (Explanation.Candidate candidate : candidates) {
			best = Math.max(best, candidate.evidence().get(0).weight());
		}
		List<Explanation.Candidate> relative = new ArrayList<>();
		for (Explanation.Candidate candidate : candidates) {
			List<Explanation.Evidence> evidence = new ArrayList<>();
			for (Explanation.Evidence one : candidate.evidence()) {
				float weight = one.kind() == Explanation.Kind.DELAY ? one.weight() - best + 0f : one.weight();
				evidence.add(new Explanation.Evidence(one.kind(), weight));
			}
			relative.add(new Explanation.Candidate(candidate.row(), candidate.share(), candidate.behind(), evidence));
		}
		return relative;
	}

	/** How likely the owner of a call is right, 0 to 1. */
	float confidence(int call) {
		return confidence[call];
	}

	/** Learns from the calls of a range as they are assigned now, and from the requests that started meanwhile. */
	private void learn(int from, int to) {
		Scores scores = lesson.teach(model, from, to);
		evidence.learn(from, to, scores);
		evidence.prepare();
		matcher.use(scores, from, to);
	}
}
