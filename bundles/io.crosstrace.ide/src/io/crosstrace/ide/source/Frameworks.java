package io.crosstrace.ide.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Paths that frameworks answer by themselves, so that nobody looks for a method of theirs in the workspace. */
final class Frameworks {
	private static final Map<Pattern, String> OWNERS = new LinkedHashMap<>();

	static {
		owner("/actuator(/.*)?", "Spring Boot's Actuator");
		owner("/q/.*", "Quarkus");
		owner("/error", "Spring Boot, which shows an error there");
		owner("/(swagger-ui|swagger-resources|v[23]/api-docs|webjars)([/.].*)?", "the library that shows the API's documentation");
		owner("/openapi", "the library that shows the API's documentation");
		owner("/(health|metrics)(/(live|ready|started|base|vendor|application))?", "the framework's health checks and metrics");
		owner("/graphql", "the GraphQL library, which picks methods by the query in the body");
		owner("/favicon.ico", "the server, for the browser's own sake");
	}

	private Frameworks() {
	}

	private static void owner(String pathEnd, String name) {
		OWNERS.put(Pattern.compile("(/[^/]+)?" + pathEnd), name);
	}

	/** Who answers a path that no code in the workspace serves, in words; empty if that is not known. */
	static String owner(String path) {
		for (Map.Entry<Pattern, String> each : OWNERS.entrySet()) {
			if (each.getKey().matcher(path).matches()) {
				return each.getValue();
			}
		}
		return "";
	}
}
