package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads annotations as {@link Mapping}s, also where a project's own annotation stands for a framework's. */
final class Meanings {
	private static final int MAX_DEPTH = 4;

	/** What the annotations of one family on one element say together. */
	record Meaning(Mapping.Family family, boolean client, boolean hasVerb, Set<String> verbs, List<String> paths) {
	}

	private final Sources sources;
	private final Constants constants;

	Meanings(Sources sources, Constants constants) {
		this.sources = sources;
		this.constants = constants;
	}

	/** One meaning for each family that the marks speak of; empty if none does. */
	List<Meaning> of(Sources.Located where, List<Facts.Mark> marks) {
		List<Meaning> single = new ArrayList<>();
		marks.forEach(mark -> read(where, mark, 0, single));
		List<Meaning> merged = new ArrayList<>();
		for (Meaning meaning : single) {
			int same = -1;
			for (int i = 0; i < merged.size(); i++) {
				same = merged.get(i).family() == meaning.family() ? i : same;
			}
			if (same < 0) {
				merged.add(meaning);
			} else {
				merged.set(same, merge(merged.get(same), meaning));
			}
		}
		return merged;
	}

	private static Meaning merge(Meaning a, Meaning b) {
		Set<String> verbs = new LinkedHashSet<>(a.verbs());
		verbs.addAll(b.verbs());
		return new Meaning(a.family(), a.client() || b.client(), a.hasVerb() || b.hasVerb(), verbs,
				a.paths().isEmpty() ? b.paths() : a.paths());
	}

	private void read(Sources.Located where, Facts.Mark mark, int depth, List<Meaning> out) {
		for (String name : Sources.candidates(where, mark.name())) {
			Mapping mapping = Mapping.of(name);
			if (mapping != null) {
				out.add(meaning(where, mark, mapping));
				return;
			}
		}
		if (depth >= MAX_DEPTH || mark.name().startsWith("java.")) {
			return;
		}
		Sources.Located custom = sources.resolveIndexed(where, mark.name());
		if (custom != null && custom.type().isAnnotation()) {
			List<Meaning> inherited = new ArrayList<>();
			custom.type().marks().forEach(meta -> read(custom, meta, depth + 1, inherited));
			List<String> own = new ArrayList<>();
			for (String member : mark.values().keySet()) {
				String target = custom.type().aliases().getOrDefault(member, member);
				if (Set.of("value", "path", "url", "uri").contains(target)) {
					own.addAll(values(where, mark.texts(member)));
				}
			}
			for (Meaning meaning : inherited) {
				out.add(own.isEmpty() ? meaning : new Meaning(meaning.family(), meaning.client(), meaning.hasVerb(),
						meaning.verbs(), own));
			}
		}
	}

	private Meaning meaning(Sources.Located where, Facts.Mark mark, Mapping mapping) {
		Set<String> verbs = new LinkedHashSet<>();
		if (mapping.verb().equals(Mapping.FROM_MEMBER)) {
			for (Facts.Text text : mark.texts(mapping.verbMember())) {
				String verb = lastWord(where, text);
				if (!verb.isEmpty()) {
					verbs.add(verb);
				}
			}
		} else if (!mapping.verb().isEmpty()) {
			verbs.add(mapping.verb());
		}
		List<String> paths = new ArrayList<>();
		for (String member : mapping.pathMembers()) {
			paths.addAll(values(where, mark.texts(member)));
		}
		if (mapping.pathMembers() == Mapping.URL_THEN_PATH && paths.size() > 1) {
			String url = PathPattern.pathOf(paths.get(0));
			paths = List.of(EndpointResolver.join(url.equals("/") ? "" : url, paths.get(1)));
		}
		if (mapping.family() == Mapping.Family.FEIGN) {
			paths.replaceAll(line -> line.substring(line.indexOf(' ') + 1)); // "GET /stock/{id}"
		}
		return new Meaning(mapping.family(), mapping.client(), !mapping.verb().isEmpty(), verbs, paths);
	}

	private List<String> values(Sources.Located where, List<Facts.Text> texts) {
		return texts.stream().map(text -> constants.value(where, text)).toList();
	}

	/** "GET" of {@code RequestMethod.GET}, {@code "GET"} and {@code "GET /stock/{id}"}. */
	private String lastWord(Sources.Located where, Facts.Text text) {
		if (text.parts().size() == 1 && text.parts().get(0).kind() == Facts.Kind.REFERENCE) {
			String name = text.parts().get(0).value();
			String word = name.substring(name.lastIndexOf('.') + 1);
			if (word.equals(word.toUpperCase(Locale.ROOT)) && word.length() <= 7) {
				return word;
			}
		}
		String value = constants.value(where, text);
		int space = value.indexOf(' ');
		return value.indexOf(PathPattern.HOLE) >= 0 ? "" : space < 0 ? value : value.substring(0, space);
	}
}
