package io.crosstrace.ide.source;

import java.util.Set;

/**
 * A route that a method serves, or what a method calls.
 *
 * @param kind what it speaks
 * @param side whether the method serves or calls
 * @param framework whose rules hold, in words, such as "Spring"
 * @param verbs HTTP methods, "send" or "receive", or SQL's verbs; empty means any
 * @param pattern the path, prefixes included as far as the sources tell; a topic's, table's or procedure's name
 * @param place the code
 * @param test whether the code is in a folder of tests
 */
public record Endpoint(Kind kind, Side side, String framework, Set<String> verbs, PathPattern pattern,
		CodePlace place, boolean test) {
	/** What is spoken. */
	public enum Kind {
		HTTP, RPC, MESSAGE, DATABASE
	}

	/** Which end of a call. */
	public enum Side {
		SERVER, CLIENT
	}

	/** Whether a request with this verb can come here; an empty verb fits all. */
	public boolean accepts(String verb) {
		return verbs.isEmpty() || verb.isEmpty() || verbs.contains(verb)
				|| kind == Kind.HTTP && verb.equals("HEAD") && verbs.contains("GET");
	}

	/** Verb and path, as a person reads them: "GET /orders/{id}". */
	public String route() {
		return verbs.isEmpty() ? pattern.toString() : String.join("|", verbs) + " " + pattern;
	}
}
