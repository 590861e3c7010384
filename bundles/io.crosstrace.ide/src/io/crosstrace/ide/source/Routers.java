package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Sources.Located;

/** Routes that are written as calls, with what is put before them elsewhere, and where they lead. */
final class Routers {
	/** Of mounts in mounts: deeper is a cycle. */
	private static final int MAX_DEPTH = 6;

	private final Sources sources;
	private final Constants constants;
	private final Servlets servlets;
	private final Map<String, ProjectSettings> settings;
	private final Map<String, List<Mounted>> mounted = new HashMap<>();

	private record Mounted(Located from, Facts.Mount mount) {
	}

	Routers(Sources sources, Constants constants, Servlets servlets, Map<String, ProjectSettings> settings) {
		this.sources = sources;
		this.constants = constants;
		this.servlets = servlets;
		this.settings = settings;
		for (Located type : sources.all()) {
			for (Facts.Mount mount : type.type().bodies().mounts()) {
				Located target = mount.target().type().isEmpty() ? type : sources.resolveIndexed(type, mount.target().type());
				if (target != null) {
					mounted.computeIfAbsent(target.type().name(), x -> new ArrayList<>()).add(new Mounted(type, mount));
				}
			}
		}
	}

	/** @param before what the settings put before every path */
	void find(Located type, Facts.Route route, List<String> before, Consumer<Endpoint> out) {
		if (route.framework().equals(Routes.OPERATION)) {
			operation(type, route, out);
			return;
		}
		for (String outer : before) {
			for (String prefix : prefixes(type, route.place().method(), 0)) {
				find(type, route, joined(type, outer + prefix, route.path()), out);
			}
		}
	}

	private void find(Located type, Facts.Route route, String path, Consumer<Endpoint> out) {
		PathPattern pattern = PathPattern.of(route.style(), path.replaceAll("/:(\\w+)", "/{$1}"));
		if (pattern.literals() == 0) {
			return; // a path that is only known at run-time would fit every request
		}
		Located handler = handler(type, route);
		if (handler != null && route.style() == PathPattern.Style.SERVLET) {
			servlets.serve(handler, pattern, out);
			return;
		}
		out.accept(new Endpoint(Kind.HTTP, Side.SERVER, route.framework(), verbs(route), pattern, place(type, route, handler),
				type.unit().test()));
	}

	private void operation(Located type, Facts.Route route, Consumer<Endpoint> out) {
		ProjectSettings known = settings.get(type.unit().project());
		String id = OpenApi.methodName(joined(type, "", route.path()).substring(1));
		for (OpenApi.Operation each : known == null ? List.<OpenApi.Operation>of() : known.operations()) {
			if (each.method().equals(id)) {
				out.accept(new Endpoint(Kind.HTTP, Side.SERVER, route.framework(), Set.of(each.verb()),
						PathPattern.of(PathPattern.Style.SPRING, each.base(), each.path()),
						place(type, route, handler(type, route)), type.unit().test()));
			}
		}
	}

	private Located handler(Located type, Facts.Route route) {
		Facts.Target target = route.target();
		return target == null ? null : target.type().isEmpty() ? type : sources.resolve(type, target.type());
	}

	private CodePlace place(Located type, Facts.Route route, Located handler) {
		CodePlace place = handler == null ? null : method(handler, route.target().method());
		return place == null ? type.place(route.place()) : place;
	}

	private static Set<String> verbs(Facts.Route route) {
		return route.verb().isEmpty() ? Set.of() : Set.of(route.verb());
	}

	/** What the routes of a method are mounted at, from the outermost router on; one empty text if nowhere. */
	private List<String> prefixes(Located type, String method, int depth) {
		Set<String> all = new LinkedHashSet<>();
		for (Mounted each : depth == MAX_DEPTH ? List.<Mounted>of() : mounted.getOrDefault(type.type().name(), List.of())) {
			String only = each.mount().target().method();
			if (only.isEmpty() || only.equals(method)) {
				for (String outer : prefixes(each.from(), each.mount().place().method(), depth + 1)) {
					all.add(joined(each.from(), outer, each.mount().path()).replaceFirst("/?\\*+$", ""));
				}
			}
		}
		return all.isEmpty() ? List.of("") : List.copyOf(all);
	}

	private String joined(Located where, String before, List<Facts.Text> pieces) {
		String path = before;
		for (Facts.Text piece : pieces) {
			path = EndpointResolver.join(path.replaceFirst("/?\\*+$", ""), constants.value(where, piece));
		}
		return path;
	}

	/** The first method of this name that a type has or inherits, or null. */
	private CodePlace method(Located type, String name) {
		for (Located each : sources.linearize(type)) {
			for (Facts.Method method : each.type().methods()) {
				if (method.name().equals(name) && method.hasBody()) {
					return each.place(method.place());
				}
			}
		}
		return null;
	}
}
