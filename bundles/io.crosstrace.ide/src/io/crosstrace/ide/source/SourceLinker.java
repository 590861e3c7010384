package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.crosstrace.ide.source.Endpoint.Side;

/**
 * Leads from a span to the methods that may have served or sent it.
 *
 * <p>First the service picks the project, by its name, its application's name or its main class; then, within a
 * project, verb and path are matched as the framework would, and its rules of precedence leave one method. A
 * path that fits only behind unknown leading segments counts as less.
 *
 * <p>Immutable and pure; any thread. Cost: one regular expression for each endpoint of the workspace.
 */
public final class SourceLinker {
	private static final int ROUTE = 3;
	private static final int PATH = 2;
	private static final int TAIL = 1;
	private static final int NOTHING = 0;

	private final Workspace workspace;

	public SourceLinker(Workspace workspace) {
		this.workspace = workspace;
	}

	private record Fit(Endpoint endpoint, int level) {
	}

	/** Never null; a span that fits nothing gets a reason that a person can act on. */
	public Link link(SpanQuery query) {
		if (!query.saysSomething()) {
			return Link.none("This span carries no HTTP method and path, and names no procedure, topic or table, so no "
					+ "Java method can be told. It is encrypted, cut short, or of another protocol.");
		}
		if (workspace.projects().isEmpty()) {
			return Link.none("The workspace has no Java project. Import the project of service "
					+ quoted(query.service()) + " to open its code from here.");
		}
		List<Fit> fits = new ArrayList<>();
		Set<String> otherVerbs = new TreeSet<>();
		for (Endpoint endpoint : workspace.endpoints()) {
			if (endpoint.side() == query.side() && speaks(endpoint, query)) {
				int level = level(endpoint.pattern(), query);
				if (level > NOTHING && endpoint.accepts(query.verb())) {
					fits.add(new Fit(endpoint, level));
				} else if (level > TAIL) {
					otherVerbs.addAll(endpoint.verbs());
				}
			}
		}
		Set<String> home = ServiceProjects.of(workspace, query.service());
		List<Fit> atHome = fits.stream().filter(fit -> home.contains(fit.endpoint().place().project())).toList();
		boolean known = !home.isEmpty();
		if (known && !atHome.isEmpty()) {
			fits = atHome;
		}
		List<Fit> best = best(fits, query);
		if (best.isEmpty()) {
			return Link.none(reason(query, home, otherVerbs));
		}
		List<Endpoint> candidates = best.stream().map(Fit::endpoint).toList();
		if (candidates.size() == 1 && best.get(0).level() > TAIL && (!known || !atHome.isEmpty())) {
			return new Link(candidates, true, "");
		}
		return new Link(candidates, candidates.size() == 1 && known && !atHome.isEmpty(),
				doubt(query, home, atHome.isEmpty(), candidates.size()));
	}

	/** A procedure is called by a POST, and an agent that did not look inside took it for one. */
	private static boolean speaks(Endpoint endpoint, SpanQuery query) {
		return endpoint.kind() == query.kind() || endpoint.kind() == Endpoint.Kind.RPC
				&& query.kind() == Endpoint.Kind.HTTP && query.verb().equals("POST");
	}

	private static int level(PathPattern pattern, SpanQuery query) {
		if (query.kind() == Endpoint.Kind.DATABASE) {
			return pattern.style() == PathPattern.Style.SQL
					? !query.route().isEmpty() && pattern.matches(query.route()) ? ROUTE : NOTHING
					: pattern.matches(query.path()) ? PATH : NOTHING;
		}
		if (query.path().isEmpty()) {
			// only a template is known: its variables stand for any one segment
			return pattern.isRoute(query.route()) ? ROUTE
					: pattern.matches(query.route().replaceAll("\\{[^}]*}", "0")) ? PATH : NOTHING;
		}
		if (pattern.matches(query.path())) {
			return !query.route().isEmpty() && pattern.isRoute(query.route()) ? ROUTE : PATH;
		}
		return pattern.matchesTail(query.path()) ? TAIL : NOTHING;
	}

	/** What each project would choose, main code before tests; one candidate a method. */
	private static List<Fit> best(List<Fit> fits, SpanQuery query) {
		Comparator<Fit> order = Comparator.<Fit>comparingInt(fit -> fit.endpoint().test() ? 1 : 0)
				.thenComparingInt(fit -> fit.level() == TAIL ? 1 : 0)
				// a statement's very text says more than its table
				.thenComparingInt(fit -> fit.endpoint().kind() == Endpoint.Kind.DATABASE ? -fit.level() : 0)
				.thenComparing((a, b) -> a.endpoint().pattern().compareSpecificity(b.endpoint().pattern()))
				.thenComparingInt(fit -> fit.endpoint().verbs().isEmpty() ? 1 : 0)
				// the method that is named before the one that merely fits: HEAD before GET
				.thenComparingInt(fit -> fit.endpoint().verbs().contains(query.verb()) || !query.verb().equals("HEAD") ? 0 : 1)
				.thenComparingInt(fit -> -fit.level());
		Map<String, Fit> winners = new HashMap<>();
		for (Fit fit : fits) {
			winners.merge(fit.endpoint().place().project(), fit, (a, b) -> order.compare(b, a) < 0 ? b : a);
		}
		Map<String, Fit> methods = new LinkedHashMap<>();
		fits.stream().sorted(order).forEach(fit -> {
			Fit winner = winners.get(fit.endpoint().place().project());
			if (order.compare(winner, fit) == 0) {
				methods.putIfAbsent(fit.endpoint().place().key(), fit);
			}
		});
		List<Fit> best = new ArrayList<>(methods.values());
		boolean main = best.stream().anyMatch(fit -> !fit.endpoint().test());
		boolean whole = best.stream().anyMatch(fit -> fit.level() > TAIL);
		best.removeIf(fit -> main && fit.endpoint().test() || whole && fit.level() == TAIL);
		return best;
	}

	private String reason(SpanQuery query, Set<String> home, Set<String> otherVerbs) {
		String what = query.kind() == Endpoint.Kind.MESSAGE ? "is known to " : query.side() == Side.SERVER ? "serves " : "calls ";
		if (query.verb().equals("OPTIONS") && !otherVerbs.isEmpty()) {
			return "OPTIONS " + query.path() + " is answered by the framework itself, with what that path is there for: "
					+ String.join(", ", otherVerbs) + ".";
		}
		String framework = query.side() == Side.SERVER && query.kind() == Endpoint.Kind.HTTP ? Frameworks.owner(query.path()) : "";
		if (!framework.isEmpty() && otherVerbs.isEmpty()) {
			return query.text() + " is answered by " + framework + ": no method in the workspace serves it.";
		}
		if (!otherVerbs.isEmpty()) {
			return "No method in the workspace " + what + query.text() + "; that path is there for "
					+ String.join(", ", otherVerbs) + " only.";
		}
		if (home.isEmpty()) {
			return "No method in the workspace " + what + query.text() + ", and no project is named like service "
					+ quoted(query.service()) + ". Import its project to open its code from here.";
		}
		long count = workspace.endpoints().stream()
				.filter(e -> e.side() == query.side() && home.contains(e.place().project())).count();
		return "No method " + what + query.text() + ": project " + String.join(", ", home) + " of service "
				+ quoted(query.service()) + " has " + count + (query.side() == Side.SERVER ? " routes" : " calls")
				+ " that were understood, none of them fits." + unread(home);
	}

	/** Code that may serve and cannot be seen. */
	private String unread(Set<String> home) {
		for (String project : home) {
			String unread = workspace.projects().get(project) == null ? "" : workspace.projects().get(project).unread();
			if (!unread.isEmpty()) {
				return " Project " + project + " also has " + unread + ", and only Java is read.";
			}
		}
		return "";
	}

	private static String doubt(SpanQuery query, Set<String> home, boolean elsewhere, int count) {
		if (!home.isEmpty() && elsewhere) {
			return "Project " + String.join(", ", home) + " of service " + quoted(query.service())
					+ " has no method for " + query.text() + "; other projects do.";
		}
		return count > 1 ? count + " methods fit " + query.text() + " equally well."
				: query.text() + " fits only without its first path segments.";
	}

	private static String quoted(String service) {
		return service.isEmpty() ? "(unknown)" : "\"" + service + "\"";
	}
}
