package io.crosstrace.ide.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Mapping.Family;
import io.crosstrace.ide.source.Sources.Located;

/**
 * Routes that no annotation in the workspace declares: operations of an OpenAPI document whose generated interface
 * is not there, the collections that Spring Data REST exports, Actuator's endpoints and web sockets.
 */
final class Promises {
	private static final Pattern EXPORTED = Pattern.compile("(?:\\w+\\.)*\\w*Repository<\\s*(?:\\w+\\.)*(\\w+)\\s*[,>].*");

	private static final Map<String, String> OPERATIONS = Map.of("ReadOperation", "GET", "WriteOperation", "POST",
			"DeleteOperation", "DELETE");

	private final Sources sources;
	private final Constants constants;
	private final Map<String, ProjectSettings> settings;

	Promises(Sources sources, Constants constants, Map<String, ProjectSettings> settings) {
		this.sources = sources;
		this.constants = constants;
		this.settings = settings;
	}

	/** @param prefix what stands before the type's routes; replaces the document's own base path if not empty */
	void operations(Located type, String outer, String prefix, Consumer<Endpoint> out) {
		ProjectSettings known = settings.get(type.unit().project());
		String promised = known == null || known.operations().isEmpty() || type.type().isInterface() ? "" : unknownInterface(type);
		if (promised.isEmpty()) {
			return;
		}
		for (Facts.Method method : type.type().methods()) {
			List<OpenApi.Operation> named = known.operations().stream()
					.filter(each -> method.hasBody() && each.method().equals(method.name())).toList();
			// several documents of one project may have operations of the same name
			int best = named.stream().mapToInt(each -> each.fits(promised)).max().orElse(0);
			for (OpenApi.Operation operation : named.stream().filter(each -> each.fits(promised) == best).toList()) {
				String base = outer + (prefix.isEmpty() ? operation.base() : prefix);
				out.accept(new Endpoint(Kind.HTTP, Side.SERVER, "OpenAPI", Set.of(operation.verb()),
						PathPattern.of(PathPattern.Style.SPRING, base, operation.path()), type.place(method.place()),
						type.unit().test()));
			}
		}
	}

	/** The simple name of an interface that a generator would make and that is not at hand; empty if there is none. */
	private String unknownInterface(Located type) {
		return type.type().supertypes().stream().filter(
				name -> name.matches(".*(Api|ApiDelegate|ApiService|Resource|Service)") && sources.resolve(type, name) == null)
				.map(name -> name.substring(name.lastIndexOf('.') + 1)).findFirst().orElse("");
	}

	void exported(Located type, Consumer<Endpoint> out) {
		Facts.Mark mark = type.type().marks().stream()
				.filter(each -> each.name().matches("(.*\\.)?(RepositoryRestResource|RestResource)")).findFirst().orElse(null);
		ProjectSettings known = settings.get(type.unit().project());
		boolean hidden = mark == null ? known == null || !known.exportsRepositories()
				|| type.type().marks().stream().anyMatch(each -> each.name().endsWith("NoRepositoryBean"))
				: mark.texts("exported").stream().anyMatch(text -> constants.value(type, text).equals("false"));
		if (hidden || !type.type().isInterface()) {
			return;
		}
		String base = known == null ? "" : known.prefix(Family.SPRING) + known.expand(known.value("spring.data.rest.base-path"));
		List<Facts.Text> paths = mark == null ? List.of() : mark.texts("path");
		String path = paths.isEmpty() ? collection(type) : constants.value(type, paths.get(0));
		if (path.isEmpty()) {
			return;
		}
		for (String each : List.of("", "/{id}", "/{id}/{property}", "/{id}/{property}/{other}")) {
			add(type, base + "/" + path + each, type.type().place(), out);
		}
		for (Facts.Method method : type.type().methods()) {
			String name = method.name();
			for (Facts.Mark own : method.marks()) {
				for (Facts.Text text : own.name().endsWith("RestResource") ? own.texts("path") : List.<Facts.Text>of()) {
					name = constants.value(type, text);
				}
			}
			add(type, base + "/" + path + "/search/" + name, method.place(), out);
		}
	}

	/** Actuator's endpoints of one's own, and web sockets: marked as classes, so that no method bears a path. */
	void classes(Located type, String before, Consumer<Endpoint> out) {
		for (Facts.Mark mark : type.type().marks()) {
			String name = mark.name().substring(mark.name().lastIndexOf('.') + 1);
			List<Facts.Text> values = mark.texts(name.equals("Endpoint") || name.equals("WebEndpoint") ? "id" : "value");
			if (name.equals("ServerEndpoint") || name.equals("ServerWebSocket")) {
				Facts.Place place = type.type().methods().stream().filter(method -> method.marks().stream()
						.anyMatch(each -> each.name().endsWith("OnOpen"))).findFirst()
						.map(Facts.Method::place).orElse(type.type().place());
				values.forEach(text -> out.accept(new Endpoint(Kind.HTTP, Side.SERVER, "WebSocket", Set.of("GET"),
						PathPattern.of(PathPattern.Style.SPRING, before, constants.value(type, text)), type.place(place),
						type.unit().test())));
			} else if (OPERATIONS.keySet().stream().anyMatch(each -> type.type().methods().stream()
					.anyMatch(method -> marked(method, each)))) {
				values.forEach(text -> actuator(type, constants.value(type, text), before, out));
			}
		}
	}

	private void actuator(Located type, String id, String before, Consumer<Endpoint> out) {
		ProjectSettings known = settings.get(type.unit().project());
		String base = known == null ? "" : known.expand(known.value("management.endpoints.web.base-path"));
		String path = before + (base.isEmpty() ? "/actuator" : base) + "/" + id;
		for (Facts.Method method : type.type().methods()) {
			OPERATIONS.forEach((mark, verb) -> {
				for (String tail : marked(method, mark) ? method.parameters().isEmpty() ? List.of("") : List.of("", "/{selector}")
						: List.<String>of()) {
					out.accept(new Endpoint(Kind.HTTP, Side.SERVER, "Actuator", Set.of(verb),
							PathPattern.of(PathPattern.Style.SPRING, path + tail), type.place(method.place()),
							type.unit().test()));
				}
			});
		}
	}

	private static boolean marked(Facts.Method method, String name) {
		return method.marks().stream().anyMatch(mark -> mark.name().endsWith(name));
	}

	private static void add(Located type, String path, Facts.Place place, Consumer<Endpoint> out) {
		out.accept(new Endpoint(Kind.HTTP, Side.SERVER, "Spring Data REST", Set.of(),
				PathPattern.of(PathPattern.Style.SPRING, path), type.place(place), type.unit().test()));
	}

	/** The entity's name, uncapitalised and in the plural as English forms it. */
	private static String collection(Located type) {
		for (String supertype : type.type().supertypes()) {
			Matcher matcher = EXPORTED.matcher(supertype);
			if (matcher.matches()) {
				String name = matcher.group(1).substring(0, 1).toLowerCase(Locale.ROOT) + matcher.group(1).substring(1);
				return name.matches(".*[^aeiou]y") ? name.substring(0, name.length() - 1) + "ies"
						: name.matches(".*(s|x|z|ch|sh)") ? name + "es" : name + "s";
			}
		}
		return "";
	}
}
