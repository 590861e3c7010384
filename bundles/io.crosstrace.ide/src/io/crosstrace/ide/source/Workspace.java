package io.crosstrace.ide.source;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the index knows at one moment. Immutable, any thread.
 *
 * @param endpoints every route and call, in no useful order
 * @param projects the Java projects, by name
 */
public record Workspace(List<Endpoint> endpoints, Map<String, Project> projects) {
	/** Nothing known yet. */
	public static final Workspace EMPTY = new Workspace(List.of(), Map.of());

	/**
	 * A Java project.
	 *
	 * @param names what its service may be called: project, artifact and application names
	 * @param mainTypes qualified names of its types that have a main method
	 * @param requires names of the projects it builds on
	 * @param unread sources in other languages, in words, such as "34 Kotlin files"; empty if there are none
	 */
	public record Project(Set<String> names, Set<String> mainTypes, Set<String> requires, String unread) {
		public Project(Set<String> names, Set<String> mainTypes, Set<String> requires) {
			this(names, mainTypes, requires, "");
		}
	}
}
