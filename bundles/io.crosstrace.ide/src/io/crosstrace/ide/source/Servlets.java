package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Mapping.Family;
import io.crosstrace.ide.source.Sources.Located;

/** The methods of a servlet that serve: {@code doGet} and its kin, inherited ones too, {@code service}, or all of it. */
final class Servlets {
	private static final Map<String, String> METHODS = Map.of("doGet", "GET", "doPost", "POST", "doPut", "PUT",
			"doDelete", "DELETE", "doPatch", "PATCH", "doHead", "HEAD", "doOptions", "OPTIONS");

	private final Sources sources;

	Servlets(Sources sources) {
		this.sources = sources;
	}

	/** Adds what a servlet serves at one URL pattern, which has its context path already. */
	void serve(Located type, PathPattern pattern, Consumer<Endpoint> out) {
		Set<String> seen = new HashSet<>();
		for (Located each : sources.linearize(type)) {
			for (Facts.Method method : each.type().methods()) {
				String verb = method.name().equals("service") ? "" : METHODS.get(method.name());
				if (verb != null && seen.add(method.name())) {
					add(type, verb, pattern, each.place(method.place()), out);
				}
			}
		}
		if (seen.isEmpty()) {
			add(type, "", pattern, type.place(type.type().place()), out);
		}
	}

	private static void add(Located type, String verb, PathPattern pattern, CodePlace place, Consumer<Endpoint> out) {
		out.accept(new Endpoint(Kind.HTTP, Side.SERVER, Family.SERVLET.label, verb.isEmpty() ? Set.of() : Set.of(verb),
				pattern, place, type.unit().test()));
	}

	/** All URL patterns of a type, from its annotation and from {@code web.xml}. */
	List<String> patterns(Located type, List<String> annotated, ProjectSettings settings) {
		List<String> all = new ArrayList<>(annotated);
		if (settings != null) {
			all.addAll(settings.servletPatterns(type.type().name()));
		}
		return all;
	}
}
