package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The facts of all files, by type name, with names resolved through each file's imports. Built for one pass of
 * {@link EndpointResolver}; types that no indexed file declares are asked of {@link Outside} once.
 */
final class Sources {
	/** A file in the workspace and what it says. */
	record Unit(String project, String path, boolean test, Facts.File facts) {
		/**
		 * What other files' names may resolve to because of this one. As long as it stays the same, only files that
		 * looked at this one are touched by a change to it.
		 */
		List<String> shape() {
			return facts.types().stream().map(type -> type.name() + type.supertypes() + type.isInterface()
					+ type.isAbstract() + type.isAnnotation() + type.marks().stream().map(Facts.Mark::name)
							.filter(name -> name.endsWith("ApplicationPath")).toList()
					+ (type.bodies().prefixes().isEmpty() ? "" : type.bodies().prefixes())
					+ (type.bodies().mounts().isEmpty() ? "" : type.bodies().mounts().stream()
							.map(mount -> mount.path() + "" + mount.target()).toList())
					+ type.hasMain()).toList();
		}
	}

	/** A type where it stands. */
	record Located(Unit unit, Facts.Type type) {
		@Override
		public boolean equals(Object other) {
			return other instanceof Located located && located.type == type; // by value would walk the whole file
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(type);
		}

		CodePlace place(Facts.Place place) {
			return new CodePlace(unit.project(), unit.path(), place.type(), place.method(), place.parameters(),
					place.offset(), place.length());
		}
	}

	/** Knows the types that were not worth indexing: sources without a route, and libraries. */
	interface Outside {
		/** The unit that declares the type as seen from the project, or null. */
		Unit find(String project, String qualifiedName);
	}

	private static final Pattern SERVING = Pattern.compile("(.*\\.)?(\\w*Controller|Path|ApplicationScoped|Component)");

	/** Whatever was looked at since it was last cleared: the files an answer depends on, by path. */
	final Set<String> touched = new HashSet<>();
	private final Map<String, List<Located>> types = new LinkedHashMap<>();
	private final Map<String, List<Located>> subtypes = new HashMap<>();
	private final Map<Located, List<Located>> linearized = new HashMap<>();
	private final Outside outside;

	Sources(Collection<Unit> units, Outside outside) {
		this.outside = outside;
		units.forEach(this::add);
		for (List<Located> same : List.copyOf(types.values())) {
			for (Located type : same) {
				for (String name : type.type().supertypes()) {
					for (String candidate : candidates(type, name)) {
						subtypes.computeIfAbsent(candidate, x -> new ArrayList<>()).add(type);
					}
				}
			}
		}
	}

	private void add(Unit unit) {
		for (Facts.Type type : unit.facts().types()) {
			types.computeIfAbsent(type.name(), x -> new ArrayList<>()).add(new Located(unit, type));
		}
	}

	/** Every indexed type. */
	List<Located> all() {
		List<Located> all = new ArrayList<>();
		types.values().forEach(all::addAll);
		return all;
	}

	/** Indexed types that name this one as a supertype. */
	List<Located> subtypes(Located type) {
		List<Located> found = subtypes.getOrDefault(type.type().name(), List.of());
		found.forEach(this::touch);
		return found;
	}

	/** Like {@link #subtypes(Located)}, of a type that need not be known itself. */
	List<Located> subtypes(Located from, String written) {
		for (String candidate : candidates(from, written)) {
			List<Located> found = subtypes.getOrDefault(candidate, List.of());
			if (!found.isEmpty()) {
				found.forEach(this::touch);
				return found;
			}
		}
		return List.of();
	}

	private Located touch(Located type) {
		touched.add(type.unit().path());
		return type;
	}

	/** The type a name stands for where {@code from} is written, or null. */
	Located resolve(Located from, String name) {
		Located indexed = resolveIndexed(from, name);
		if (indexed != null) {
			return indexed;
		}
		for (String candidate : candidates(from, name)) {
			if (candidate.indexOf('.') > 0 && !candidate.startsWith("java.")) {
				Located found = fetch(from.unit().project(), candidate);
				if (found != null) {
					return found;
				}
			}
		}
		return null;
	}

	/** Like {@link #resolve}, but only among indexed types: cheap enough for every annotation. */
	Located resolveIndexed(Located from, String name) {
		for (String candidate : candidates(from, name)) {
			Located known = known(from.unit().project(), candidate);
			if (known != null) {
				return known;
			}
		}
		return null;
	}

	/** The type and its supertypes as far as they are known, nearest first: class before interfaces. */
	List<Located> linearize(Located type) {
		List<Located> known = linearized.get(type);
		if (known != null) {
			known.forEach(this::touch);
			return known;
		}
		LinkedHashSet<Located> out = new LinkedHashSet<>();
		out.add(type);
		List<Located> level = List.of(type);
		while (!level.isEmpty() && out.size() < 100) {
			List<Located> next = new ArrayList<>();
			for (Located each : level) {
				for (String name : each.type().supertypes()) {
					Located above = resolveIndexed(each, name);
					above = above == null ? inLibrary(each, name) : above;
					if (above != null && out.add(above)) {
						next.add(above);
					}
				}
			}
			level = next;
		}
		List<Located> result = List.copyOf(out);
		linearized.put(type, result);
		return result;
	}

	/** A supertype that the workspace does not declare, where it may bear the mappings of a class that serves. */
	private Located inLibrary(Located from, String name) {
		boolean serves = from.type().marks().stream().anyMatch(mark -> SERVING.matcher(mark.name()).matches());
		int end = name.indexOf('<');
		String imported = serves ? from.unit().facts().imports().types().get(end < 0 ? name : name.substring(0, end)) : null;
		return imported == null || imported.startsWith("java.") ? null : fetch(from.unit().project(), imported);
	}

	/** Qualified names that a name may stand for, by Java's order of scopes. */
	static List<String> candidates(Located from, String written) {
		int generic = written.indexOf('<');
		String name = (generic < 0 ? written : written.substring(0, generic)).strip();
		int dot = name.indexOf('.');
		String head = dot < 0 ? name : name.substring(0, dot);
		String rest = dot < 0 ? "" : name.substring(dot);
		Facts.Imports imports = from.unit().facts().imports();
		List<String> out = new ArrayList<>();
		for (String scope = from.type().name(); scope.length() > imports.packageName().length();) {
			out.add(scope + "." + name);
			int up = scope.lastIndexOf('.');
			scope = up < 0 ? "" : scope.substring(0, up);
		}
		String imported = imports.types().get(head);
		if (imported != null) {
			out.add(0, imported + rest);
		}
		out.add(imports.packageName().isEmpty() ? name : imports.packageName() + "." + name);
		imports.packages().forEach(each -> out.add(each + "." + name));
		if (dot > 0) {
			out.add(name);
		}
		return out;
	}

	private Located known(String project, String name) {
		List<Located> same = types.getOrDefault(name, List.of());
		for (Located type : same) {
			if (type.unit().project().equals(project)) {
				return touch(type);
			}
		}
		return same.isEmpty() ? null : touch(same.get(0));
	}

	private Located fetch(String project, String name) {
		Unit unit = outside.find(project, name);
		if (unit == null) {
			return null;
		}
		for (Facts.Type type : unit.facts().types()) {
			if (type.name().equals(name)) {
				return touch(new Located(unit, type));
			}
		}
		return null;
	}
}
