package io.crosstrace.ide.source;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a project's configuration files say about its paths and its name.
 *
 * <p>Read from {@code application*.properties} and {@code application*.yml}. Of YAML only nested plain keys are
 * understood: lists and anchors are passed over. Profiles do not count: the first value of a key stays.
 */
final class ProjectSettings {
	private static final String[] NAME_KEYS = { "spring.application.name", "quarkus.application.name",
			"micronaut.application.name", "otel.service.name" };

	private final Map<String, String> values = new HashMap<>();
	private final Set<String> names = new TreeSet<>();

	/** Adds the settings of one file, by its name's ending. Text that is malformed adds what could be read. */
	void add(String fileName, String content) {
		if (fileName.endsWith(".properties")) {
			Properties properties = new Properties();
			try {
				properties.load(new StringReader(content));
			} catch (IOException | IllegalArgumentException e) {
				return; // a broken escape: the framework would refuse the file, too
			}
			properties.forEach((key, value) -> values.putIfAbsent(relaxed((String) key), ((String) value).strip()));
		} else {
			yaml(content);
		}
	}

	/** Adds a name by which the project's service may be known, such as a Maven artifact's. */
	void addName(String name) {
		names.add(name);
	}

	/** The names the project's service may go by. */
	Set<String> names() {
		Set<String> all = new TreeSet<>(names);
		for (String key : NAME_KEYS) {
			if (!value(key).isEmpty()) {
				all.add(expand(value(key)));
			}
		}
		return all;
	}

	/** The path in front of every route of this kind, from the settings; empty if none. */
	String prefix(Mapping.Family family) {
		return switch (family) {
			case SPRING, EXCHANGE, ROUTER -> path("server.servlet.context-path") + path("spring.mvc.servlet.path")
					+ path("spring.webflux.base-path");
			case SERVLET -> path("server.servlet.context-path") + path("quarkus.http.root-path");
			case JAXRS, APPLICATION -> path("server.servlet.context-path") + path("quarkus.http.root-path");
			case MICRONAUT -> path("micronaut.server.context-path");
			case QUARKUS -> path("quarkus.http.root-path");
			case FEIGN -> "";
		};
	}

	/** The JAX-RS application's path where no {@code @ApplicationPath} gives it; empty if none. */
	String jaxrsPath() {
		return path("quarkus.rest.path") + path("quarkus.resteasy.path") + path("spring.jersey.application-path");
	}

	/** Replaces {@code ${key}} and {@code ${key:default}}; an unknown key becomes {@link PathPattern#HOLE}. */
	String expand(String text) {
		String out = text;
		for (int depth = 0, at; depth < 8 && (at = out.lastIndexOf("${")) >= 0; depth++) {
			int end = out.indexOf('}', at);
			if (end < 0) {
				return out;
			}
			String body = out.substring(at + 2, end);
			int colon = body.indexOf(':');
			String known = value(colon < 0 ? body : body.substring(0, colon));
			String with = !known.isEmpty() ? known
					: colon < 0 ? String.valueOf(PathPattern.HOLE) : body.substring(colon + 1);
			out = out.substring(0, at) + with + out.substring(end + 1);
		}
		return out;
	}

	private String value(String key) {
		return values.getOrDefault(relaxed(key), "");
	}

	private String path(String key) {
		String path = expand(value(key));
		String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
	}

	private void yaml(String content) {
		Deque<Integer> indents = new ArrayDeque<>();
		Deque<String> keys = new ArrayDeque<>();
		for (String line : content.split("\\R")) {
			String bare = line.strip();
			int colon = colon(bare);
			if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith("-") || colon < 0) {
				continue;
			}
			int indent = line.length() - line.stripLeading().length();
			while (!indents.isEmpty() && indents.peek() >= indent) {
				indents.pop();
				keys.pop();
			}
			indents.push(indent);
			String key = unquote(bare.substring(0, colon));
			keys.push(keys.isEmpty() ? key : keys.peek() + "." + key);
			String value = bare.substring(colon + 1).strip();
			int comment = value.indexOf(" #");
			if (!value.isEmpty()) {
				values.putIfAbsent(relaxed(keys.peek()), unquote(comment < 0 ? value : value.substring(0, comment)));
			}
		}
	}

	private static int colon(String line) {
		for (int at = line.indexOf(':'); at >= 0; at = line.indexOf(':', at + 1)) {
			if (at + 1 == line.length() || line.charAt(at + 1) == ' ') {
				return at;
			}
		}
		return -1;
	}

	private static String unquote(String text) {
		String bare = text.strip();
		boolean quoted = bare.length() > 1 && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
				&& bare.charAt(bare.length() - 1) == bare.charAt(0);
		return quoted ? bare.substring(1, bare.length() - 1) : bare;
	}

	/** Spring's relaxed binding: case, dashes and underscores do not count. */
	private static String relaxed(String key) {
		return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}
}
