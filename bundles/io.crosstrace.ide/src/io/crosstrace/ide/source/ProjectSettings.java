package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What a project's configuration files say about its paths and its name.
 *
 * <p>Read from {@code application*.properties}, {@code application*.yml}, {@code web.xml} and OpenAPI documents.
 * Profiles do not count: the first value of a key stays, so the main file is to be added first.
 */
final class ProjectSettings {
	private static final String[] NAME_KEYS = { "spring.application.name", "quarkus.application.name",
			"micronaut.application.name", "otel.service.name" };
	private static final String JERSEY = "jersey|resteasy|cxf|ws.rs";

	/** A value and where it is written. */
	record Setting(String value, String file, int offset, int length) {
	}

	private final Map<String, Setting> values = new LinkedHashMap<>();
	private final Set<String> names = new TreeSet<>();
	private final Map<String, List<String>> servlets = new HashMap<>();
	private final List<OpenApi.Operation> operations = new ArrayList<>();
	private final Map<String, String> composed = new HashMap<>();
	private String artifact = "";
	private boolean exportsRepositories;
	private boolean serves;
	private final Set<String> exported = new TreeSet<>();
	private final Map<String, List<Mappers.Statement>> statements = new LinkedHashMap<>();
	private final Map<String, ProjectSettings> served = new TreeMap<>();
	private final Map<String, Integer> unread = new TreeMap<>();
	private List<ProjectSettings> given = List.of();
	private List<ProjectSettings> programs = List.of();

	/**
	 * Adds the settings of one file, by its name's ending. Text that is malformed adds what could be read.
	 *
	 * @param file the file's full workspace path
	 */
	void add(String file, String content) {
		BiConsumer<String, Setting> put = (key, setting) -> values.putIfAbsent(relaxed(key), setting);
		if (file.endsWith(".properties")) {
			SettingsReader.properties(file, content, put);
		} else {
			SettingsReader.yaml(file, content, put);
		}
	}

	/** Adds the servlets of a {@code web.xml}. */
	void addWebXml(String content) {
		WebXml.read(content).forEach((type, patterns) -> servlets.computeIfAbsent(type, x -> new ArrayList<>())
				.addAll(patterns));
	}

	/** Adds what an OpenAPI document promises. */
	void addOperations(List<OpenApi.Operation> more) {
		operations.addAll(more);
	}

	/** Adds the services of a compose file: names, and the folders they are built from, relative to the file's. */
	void addCompose(String content, UnaryOperator<String> folder) {
		SettingsReader.yaml("", content, (key, setting) -> {
			String[] parts = key.split("\\.");
			boolean build = parts.length == 3 && parts[2].equals("build")
					|| parts.length == 4 && parts[2].equals("build") && parts[3].equals("context");
			if (build && parts[0].equals("services")) {
				composed.putIfAbsent(parts[1], folder.apply(setting.value()));
			}
		});
	}

	/** Names that compose files give to services, with the folder each is built from. */
	Map<String, String> composed() {
		return composed;
	}

	/** Adds a name by which the project's service may be known, such as a Maven artifact's. */
	void addName(String name) {
		names.add(name);
	}

	void setArtifact(String name) {
		artifact = name;
		names.add(name);
	}

	/**
	 * Gives the settings that count where the project's own say nothing.
	 *
	 * @param served what configuration servers hand to this project's service
	 * @param users the programs that the project is part of
	 */
	void setBehind(List<ProjectSettings> served, List<ProjectSettings> users) {
		given = served;
		programs = new ArrayList<>(served);
		programs.addAll(users);
	}

	/** Adds what a mapper's or Dubbo's XML says. */
	void addXml(String file, String content) {
		exported.addAll(Mappers.exported(content));
		List<Mappers.Statement> more = Mappers.statements(content);
		if (!more.isEmpty()) {
			statements.put(file, more);
		}
	}

	/** Interfaces that XML exports as services, by qualified name. */
	Set<String> exported() {
		return exported;
	}

	/** Types that XML speaks of, by qualified name: their files matter whatever is written in them. */
	Set<String> namedTypes() {
		Set<String> all = new TreeSet<>(exported);
		statements.values().forEach(each -> each.forEach(statement -> all.add(statement.type())));
		return all;
	}

	/** Statements of mappers in XML, by file. */
	Map<String, List<Mappers.Statement>> statements() {
		return statements;
	}

	/** Adds a file that a configuration server hands to the service of that name. */
	void addServed(String service, String file, String content) {
		served.computeIfAbsent(service, x -> new ProjectSettings()).add(file, content);
	}

	/** What a configuration server in this project gives to services, by their names. */
	Map<String, ProjectSettings> served() {
		return served;
	}

	/** Whether this project hands settings to other services. */
	boolean serves() {
		return serves;
	}

	/** Notes a source file that is not read, by its language. */
	void addUnread(String language) {
		unread.merge(language, 1, Integer::sum);
	}

	/** What is not read, in words; empty if all is. */
	String unread() {
		return String.join(" and ", unread.entrySet().stream()
				.map(each -> each.getValue() + " " + each.getKey() + (each.getValue() == 1 ? " file" : " files")).toList());
	}

	/** Notes what a build file says the project is made with. */
	void addBuild(String content) {
		exportsRepositories |= content.contains("spring-boot-starter-data-rest") || content.contains("spring-data-rest-webmvc");
		serves |= content.contains("spring-cloud-config-server") || content.contains("spring-cloud-starter-config-server");
	}

	/** Whether Spring Data REST is there, which serves every repository. */
	boolean exportsRepositories() {
		return exportsRepositories || programs.stream().anyMatch(each -> each.exportsRepositories);
	}

	/** Whether any file of settings was found. */
	boolean any() {
		return !values.isEmpty() || !servlets.isEmpty();
	}

	/** The names the project's service may go by. */
	Set<String> names() {
		Set<String> all = new TreeSet<>(names);
		for (String key : NAME_KEYS) {
			String name = expand(value(key));
			if (!name.isEmpty() && name.indexOf(PathPattern.HOLE) < 0) {
				all.add(name);
			}
		}
		return all;
	}

	List<OpenApi.Operation> operations() {
		return operations;
	}

	/** URL patterns that {@code web.xml} gives a servlet's class. */
	List<String> servletPatterns(String type) {
		return servlets.getOrDefault(type, List.of());
	}

	/** Every setting, by its key in lower case without dashes and underscores, in the order of the files. */
	Map<String, Setting> all() {
		if (given.isEmpty()) {
			return values;
		}
		Map<String, Setting> all = new LinkedHashMap<>(values);
		given.forEach(each -> each.values.forEach(all::putIfAbsent));
		return all;
	}

	/** The path in front of every route of this kind, from the settings; empty if none. */
	String prefix(Mapping.Family family) {
		return switch (family) {
			case SPRING, EXCHANGE, ROUTER -> path("server.servlet.context-path") + path("server.context-path")
					+ path("spring.mvc.servlet.path") + path("server.servlet-path") + path("spring.webflux.base-path")
					+ servletPrefix("DispatcherServlet");
			case SERVLET -> path("server.servlet.context-path") + path("server.context-path")
					+ path("quarkus.http.root-path") + path("quarkus.servlet.context-path");
			case JAXRS, APPLICATION -> path("server.servlet.context-path") + path("server.context-path")
					+ path("quarkus.http.root-path") + path("micronaut.server.context-path");
			case MICRONAUT -> path("micronaut.server.context-path");
			case QUARKUS -> path("quarkus.http.root-path");
			default -> "";
		};
	}

	/** The JAX-RS application's path where no {@code @ApplicationPath} gives it; empty if none. */
	String jaxrsPath() {
		return path("quarkus.rest.path") + path("quarkus.resteasy-reactive.path") + path("quarkus.resteasy.path")
				+ path("spring.jersey.application-path") + path("cxf.path") + servletPrefix(JERSEY);
	}

	/** The {@code /x} of a framework's own servlet at {@code /x/*} in {@code web.xml}; empty if none. */
	private String servletPrefix(String typePattern) {
		for (Map.Entry<String, List<String>> each : servlets.entrySet()) {
			if (each.getKey().matches(".*(" + typePattern + ").*") && each.getValue().get(0).endsWith("/*")) {
				return each.getValue().get(0).replaceFirst("/\\*$", "");
			}
		}
		return "";
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
			String key = colon < 0 ? body : body.substring(0, colon);
			String value = value(key);
			String known = mentions(value, key) ? "" : value; // server.port=${server.port:8080} asks the environment first
			String with = !known.isEmpty() ? known
					: colon < 0 ? String.valueOf(PathPattern.HOLE) : body.substring(colon + 1);
			out = out.substring(0, at) + with + out.substring(end + 1);
		}
		return out;
	}

	private static boolean mentions(String value, String key) {
		return relaxed(value).contains("${" + relaxed(key) + ":") || relaxed(value).contains("${" + relaxed(key) + "}");
	}

	/** The value of a key as written; empty if there is none. */
	String value(String key) {
		Setting setting = values.get(relaxed(key));
		String value = setting == null ? programs.stream().map(each -> each.value(key)).filter(each -> !each.isEmpty())
				.findFirst().orElse("") : setting.value();
		return value.matches("[@~]project\\.(artifactId|name)[@~]") ? artifact : value; // as Maven would filter it
	}

	private String path(String key) {
		String path = expand(value(key));
		String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
	}

	/** Spring's relaxed binding: case, dashes and underscores do not count. */
	private static String relaxed(String key) {
		return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}
}
