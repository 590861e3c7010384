package io.crosstrace.shop.score;

import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.score.Recorded.Kind;
import io.crosstrace.shop.score.Recorded.Span;
import io.crosstrace.shop.score.Tally.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares each span's parent with the truth.
 *
 * <p>A server span was caused by the client span of the same call: an edge <em>across</em> services. A client span was
 * caused by the server span of the call before: an edge <em>inside</em> a service. The client span of a whole request
 * was caused by nobody, such as one of a timer or of the load: a <em>root</em>, which is right alone.
 */
final class Judgement {
	/** A wrong edge, for whoever wants to know why. */
	record Mistake(Span span, Span given) {
	}

	/** What the edges of one service came to. */
	record Service(Tally across, Tally inside) {
	}

	private final Recorded recorded;
	private final Ledgers ledgers;
	private final Tally across = new Tally();
	private final Tally inside = new Tally();
	private final Tally roots = new Tally();
	private final Tally links = new Tally();
	private final Map<String, Service> services = new TreeMap<>();
	private final Calibration calibration = new Calibration();
	private final List<Mistake> mistakes = new ArrayList<>();
	private final Map<Integer, Integer> spansPerTrace = new HashMap<>();
	private final Set<Integer> notWhole = new HashSet<>();
	private final int keptMistakes;
	private long unanswered;

	/** @param keptMistakes how many wrong edges to keep at most */
	Judgement(Recorded recorded, Ledgers ledgers, int keptMistakes) {
		this.recorded = recorded;
		this.ledgers = ledgers;
		this.keptMistakes = keptMistakes;
		recorded.all().forEach(this::judge);
	}

	private void judge(Span span) {
		int trace = span.call().request();
		spansPerTrace.merge(trace, 1, Integer::sum);
		Service service = services.computeIfAbsent(span.service(), name -> new Service(new Tally(), new Tally()));
		boolean server = span.kind() == Kind.SERVER;
		boolean caused = !span.call().isRoot() || server && recorded.has(Kind.CLIENT, span.call());
		Verdict verdict = caused ? edge(span, server) : root(span, server);
		if (!caused) {
			roots.add(verdict);
		} else if (server) {
			across.add(verdict);
			service.across().add(verdict);
		} else {
			inside.add(verdict);
			service.inside().add(verdict);
			calibration.add(span.confidence(), verdict);
		}
		if (verdict == Verdict.WRONG && mistakes.size() < keptMistakes) {
			mistakes.add(new Mistake(span, recorded.get(span.parent())));
		}
		CallId cause = server && span.written() ? ledgers.cause(span.call()) : null;
		if (cause != null) {
			links.add(link(span, recorded.client(cause)));
		}
		boolean answered = server || span.written() || recorded.has(Kind.SERVER, span.call());
		if (!answered) {
			unanswered++;
		}
		if (verdict != Verdict.RIGHT || !answered) {
			notWhole.add(trace);
		}
	}

	/** Links that differ in their last bit only name the same message. */
	private static Verdict link(Span taker, Span sender) {
		if (sender == null) {
			return Verdict.LOST;
		}
		return taker.link() == 0 ? Verdict.NONE : (taker.link() ^ 1) == sender.link() ? Verdict.RIGHT : Verdict.WRONG;
	}

	private Verdict edge(Span span, boolean server) {
		Kind kind = server ? Kind.CLIENT : Kind.SERVER;
		CallId cause = server ? span.call() : span.call().parent();
		Span given = recorded.get(span.parent());
		if (given != null) {
			return given.kind() == kind && given.call().equals(cause) ? Verdict.RIGHT : Verdict.WRONG;
		}
		if (!recorded.has(kind, cause)) {
			return Verdict.LOST;
		}
		return span.hasParent() ? Verdict.WRONG : Verdict.NONE;
	}

	/** The gateway's server span may rightly name a client span that nobody here recorded: the customer's. */
	private Verdict root(Span span, boolean server) {
		boolean alone = !span.hasParent() || server && recorded.get(span.parent()) == null;
		return alone ? Verdict.RIGHT : Verdict.WRONG;
	}

	Tally across() {
		return across;
	}

	Tally inside() {
		return inside;
	}

	Tally roots() {
		return roots;
	}

	/** From those who took a message to those who sent it. */
	Tally links() {
		return links;
	}

	Map<String, Service> services() {
		return services;
	}

	Calibration calibration() {
		return calibration;
	}

	List<Mistake> mistakes() {
		return mistakes;
	}

	int traces() {
		return spansPerTrace.size();
	}

	/** Traces in which every edge is right and no call lacks its other end. */
	int wholeTraces() {
		return spansPerTrace.size() - notWhole.size();
	}

	int largestTrace() {
		return spansPerTrace.values().stream().mapToInt(Integer::intValue).max().orElse(0);
	}

	/** Client spans without the server span that they caused. */
	long unanswered() {
		return unanswered;
	}
}
