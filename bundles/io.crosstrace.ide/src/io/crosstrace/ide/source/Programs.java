package io.crosstrace.ide.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which programs a project's code runs in: settings of the module that has the main method hold for the modules it
 * is made of. Immutable by value.
 */
record Programs(Map<String, List<String>> of, Map<String, Set<String>> parts) {
	static final Programs NONE = new Programs(Map.of(), Map.of());

	/**
	 * @param requires what each project builds on
	 * @param starts whether a project has a main method
	 * @param configured whether a project has settings of its own
	 */
	static Programs of(Map<String, Set<String>> requires, Predicate<String> starts, Predicate<String> configured) {
		Map<String, Set<String>> parts = new HashMap<>();
		Map<String, Set<String>> users = new HashMap<>();
		for (String project : requires.keySet()) {
			Set<String> all = closure(project, requires);
			parts.put(project, all);
			all.forEach(part -> users.computeIfAbsent(part, x -> new TreeSet<>()).add(project));
		}
		Map<String, List<String>> of = new HashMap<>();
		for (String project : requires.keySet()) {
			List<String> programs = new ArrayList<>(starts.test(project) ? List.of(project) : users.get(project));
			if (programs.stream().anyMatch(starts)) {
				programs.removeIf(starts.negate());
			} else if (configured.test(project) || programs.stream().noneMatch(configured)) {
				programs = List.of(project);
			} else {
				programs.removeIf(configured.negate());
			}
			of.put(project, List.copyOf(programs));
		}
		return new Programs(of, parts);
	}

	private static Set<String> closure(String project, Map<String, Set<String>> requires) {
		Set<String> all = new LinkedHashSet<>(List.of(project));
		Deque<String> open = new ArrayDeque<>(all);
		while (!open.isEmpty()) {
			requires.getOrDefault(open.pop(), Set.of()).stream().filter(all::add).forEach(open::push);
		}
		return all;
	}

	/** The programs that a project is or is part of; never empty. */
	List<String> with(String project) {
		return of.getOrDefault(project, List.of(project));
	}

	/** A program and all that it is made of. */
	Set<String> parts(String program) {
		return parts.getOrDefault(program, Set.of(program));
	}
}
