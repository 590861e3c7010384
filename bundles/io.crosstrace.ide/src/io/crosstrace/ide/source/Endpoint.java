package io.crosstrace.ide.source;

import java.util.Set;

/**
 * A route that a method serves, or a path that a method calls.
 *
 * @param side whether the method serves or calls
 * @param framework whose rules hold, in words, such as "Spring"
 * @param verbs HTTP methods; empty means any
 * @param pattern the path, prefixes included as far as the sources tell
 * @param place the code
 * @param test whether the code is in a folder of tests
 */
public record Endpoint(Side side, String framework, Set<String> verbs, PathPattern pattern, CodePlace place,
		boolean test) {
	/** Which end of a call. */
	public enum Side {
		SERVER, CLIENT
	}

	/** Whether a request with this HTTP method can come here; an empty method fits all. */
	public boolean accepts(String verb) {
		return verbs.isEmpty() || verb.isEmpty() || verbs.contains(verb)
				|| verb.equals("HEAD") && verbs.contains("GET");
	}

	/** Verb and path, as a person reads them: "GET /orders/{id}". */
	public String route() {
		return verbs.isEmpty() ? pattern.toString() : String.join("|", verbs) + " " + pattern;
	}
}
