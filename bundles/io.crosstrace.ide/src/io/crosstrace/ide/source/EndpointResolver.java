package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Mapping.Family;
import io.crosstrace.ide.source.Meanings.Meaning;
import io.crosstrace.ide.source.Sources.Located;

/**
 * Joins the facts of all files into endpoints: class and method paths, inherited and interface mappings,
 * sub-resources, application paths, routers and call sites.
 *
 * <p>Pure: the same facts and settings give the same endpoints in the same order. Cost: some ten
 * microseconds a type. Not thread-safe; made for one pass.
 */
final class EndpointResolver {
	private static final int MAX_SUB_RESOURCES = 12;
	/** Of one type: locators that meet again and again would multiply. */
	private static final int MAX_ROUTES = 4_000;
	private static final int MAX_LOCATED = 10_000;
	private static final Pattern CLASS_LITERAL = Pattern.compile("(\\w+)\\.class");
	private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

	private final Sources sources;
	private final Map<String, ProjectSettings> settings;
	private final Programs programs;
	private final Constants constants;
	private final Meanings meanings;
	private final Servlets servlets;
	private final Rpc rpc;
	private final Messaging messaging;
	private final Databases databases;
	private final Promises promises;
	private final SubResources subResources;
	private final Routers routers;
	private final Map<String, List<String>> applicationPaths = new HashMap<>();
	private final Map<String, List<OwnPrefix>> ownPrefixes = new HashMap<>();
	private final Map<Located, List<Meaning>> typeMeanings = new HashMap<>();
	private final List<Endpoint> out = new ArrayList<>();
	/** Locators followed for one file. */
	private int located;
	/** Simple names of types whose subtypes serve, and of annotations that map: files naming them matter. */
	private final Set<String> inherited = new HashSet<>();

	EndpointResolver(Sources sources, Map<String, ProjectSettings> settings, Programs programs) {
		this.sources = sources;
		this.settings = settings;
		this.programs = programs;
		this.constants = new Constants(sources, settings);
		this.meanings = new Meanings(sources, constants);
		this.servlets = new Servlets(sources);
		this.rpc = new Rpc(sources, constants, settings);
		this.messaging = new Messaging(sources, constants, meanings, settings);
		this.databases = new Databases(sources, constants);
		this.promises = new Promises(sources, constants, settings);
		this.subResources = new SubResources(sources);
		this.routers = new Routers(sources, constants, servlets, settings);
		findApplications();
	}

	private record OwnPrefix(String path, String predicate) {
		boolean fits(Located type) {
			List<String> classes = CLASS_LITERAL.matcher(predicate).results().map(m -> m.group(1)).toList();
			List<String> packages = STRING.matcher(predicate).results().map(m -> m.group(1)).toList();
			return classes.isEmpty() && packages.isEmpty()
					|| packages.stream().anyMatch(name -> type.type().name().startsWith(name + "."))
					|| classes.stream().anyMatch(name -> type.type().simpleName().equals(name)
							|| type.type().supertypes().contains(name)
							|| type.type().marks().stream().anyMatch(mark -> mark.name().endsWith(name)));
		}
	}

	/**
	 * What one file gives.
	 *
	 * @param dependsOn paths of the files that were looked at for it
	 */
	record Resolved(List<Endpoint> endpoints, Set<String> dependsOn) {
	}

	/** The endpoints that a file's types give. */
	Resolved resolve(Sources.Unit unit) {
		out.clear();
		sources.touched.clear();
		located = 0;
		typeMeanings.clear(); // or what they looked at would not be counted for this file
		for (Facts.Type facts : unit.facts().types()) {
			Located type = new Located(unit, facts);
			if (type.type().isAnnotation()) {
				if (!typeMeaning(type).isEmpty()) {
					inherited.add(type.type().simpleName());
				}
				continue;
			}
			annotated(type);
			servlet(type);
			rpc.find(type, out::add);
			messaging.find(type, out::add);
			databases.find(type, out::add);
			promises.exported(type, out::add);
			promises.classes(type, before(type, Family.SERVLET).get(0), out::add);
			type.type().bodies().routes().forEach(route -> route(type, route));
			type.type().bodies().calls().forEach(call -> call(type, call));
		}
		return new Resolved(List.copyOf(out), Set.copyOf(sources.touched));
	}

	private void findApplications() {
		for (Located type : sources.all()) {
			if (type.type().marks().stream().anyMatch(mark -> mark.name().endsWith("ApplicationPath"))) {
				Meaning application = family(typeMeaning(type), Family.APPLICATION);
				if (application != null) {
					applicationPaths.computeIfAbsent(type.unit().project(), x -> new ArrayList<>())
							.addAll(application.paths());
				}
			}
			for (Facts.Prefix prefix : type.type().bodies().prefixes()) {
				ownPrefixes.computeIfAbsent(type.unit().project(), x -> new ArrayList<>())
						.add(new OwnPrefix(constants.value(type, prefix.path()), prefix.predicate()));
			}
		}
	}

	/** What {@code addPathPrefix} puts in front of a type's routes; empty if no predicate lets the type through. */
	private String ownPrefix(Located type, String program) {
		return programs.parts(program).stream().flatMap(part -> ownPrefixes.getOrDefault(part, List.of()).stream())
				.filter(each -> each.fits(type)).map(OwnPrefix::path).findFirst().orElse("");
	}

	/** Names whose users may be endpoints without saying so; known after {@link #resolve}. */
	Set<String> inheritedNames() {
		inherited.addAll(subResources.asked);
		inherited.remove("");
		return inherited;
	}

	private List<Meaning> typeMeaning(Located type) {
		return typeMeanings.computeIfAbsent(type, x -> meanings.of(type, type.type().marks()));
	}

	private void annotated(Located type) {
		boolean isClient = sources.linearize(type).stream().limit(type.type().isInterface() ? 100 : 1)
				.anyMatch(each -> typeMeaning(each).stream().anyMatch(Meaning::client));
		boolean open = type.type().isInterface() || type.type().isAbstract();
		List<Endpoint> found = new ArrayList<>();
		members(type, isClient, null, List.of(), found);
		if (found.isEmpty() && !isClient) {
			String prefix = prefixes(type, Family.SPRING, false).get(0);
			String outer = before(type, Family.SPRING).get(0);
			promises.operations(type, outer, prefix.substring(Math.min(prefix.length(), outer.length())), found::add);
		}
		if (!found.isEmpty() && open) {
			inherited.add(type.type().simpleName());
		}
		// an open type that others complete serves through them
		boolean served = open && !isClient && !sources.subtypes(type).isEmpty();
		boolean subResource = !isClient && found.stream().anyMatch(e -> e.pattern().style() == PathPattern.Style.JAXRS)
				&& sources.linearize(type).stream().noneMatch(each -> family(typeMeaning(each), Family.JAXRS) != null);
		if (!served && !subResource) {
			out.addAll(found);
		}
	}

	/**
	 * The mapped methods of a type, inherited ones too.
	 *
	 * @param prefix null: the type's own path is it
	 * @param from the types whose locators led here
	 */
	private void members(Located type, boolean isClient, String prefix, List<Located> from, List<Endpoint> found) {
		List<Located> line = sources.linearize(type);
		for (int i = 0; i < line.size(); i++) {
			Located declaring = line.get(i);
			for (Facts.Method method : declaring.type().methods()) {
				if (method.marks().isEmpty()) {
					continue;
				}
				for (Meaning meaning : meanings.of(declaring, method.marks())) {
					if (meaning.family().kind != Kind.HTTP) {
						continue;
					}
					Overriding over = overriding(line.subList(0, i), method);
					if (over != null && over.mapped) {
						continue;
					}
					CodePlace place = over == null ? delegate(declaring, method)
							: over.type.place(over.method.place());
					boolean client = isClient || meaning.client() && type.type().isInterface();
					mapped(type, over == null ? declaring : over.type, over == null ? method : over.method, meaning, place,
							client, prefix, from, found);
				}
			}
		}
	}

	/** Generated interfaces hand over to {@code ..Delegate}: its implementation is what a person wrote. */
	private CodePlace delegate(Located declaring, Facts.Method method) {
		Located delegate = declaring.type().isInterface() && method.hasBody()
				? sources.resolveIndexed(declaring, declaring.type().simpleName() + "Delegate") : null;
		for (Located each : delegate == null ? List.<Located>of() : sources.subtypes(delegate)) {
			for (Facts.Method own : each.type().methods()) {
				if (own.name().equals(method.name()) && own.hasBody()
						&& own.parameters().size() == method.parameters().size()) {
					return each.place(own.place());
				}
			}
		}
		return declaring.place(method.place());
	}

	private void mapped(Located type, Located body, Facts.Method method, Meaning meaning, CodePlace place,
			boolean isClient, String given, List<Located> from, List<Endpoint> found) {
		List<String> methodPaths = !meaning.paths().isEmpty() ? meaning.paths()
				: List.of(meaning.family() == Family.QUARKUS ? method.name() : "");
		List<String> prefixes = given != null ? List.of(given) : prefixes(type, meaning.family(), isClient);
		for (String prefix : prefixes) {
			for (String path : methodPaths) {
				if (meaning.hasVerb()) {
					String tail = isClient ? PathPattern.pathOf(path) : path;
					found.add(new Endpoint(Kind.HTTP, isClient ? Side.CLIENT : Side.SERVER, meaning.family().label,
							meaning.verbs(), PathPattern.of(meaning.family().style, prefix, tail), place,
							type.unit().test()));
				} else if (meaning.family() == Family.JAXRS) {
					locate(type, body, method, join(prefix, path), isClient, from, found);
				}
			}
		}
	}

	private void locate(Located type, Located body, Facts.Method method, String prefix, boolean isClient,
			List<Located> from, List<Endpoint> found) {
		if (from.size() == MAX_SUB_RESOURCES || ++located > MAX_LOCATED) {
			return;
		}
		List<Located> way = new ArrayList<>(from);
		way.add(type);
		for (Located each : subResources.of(body, method)) {
			if (!way.contains(each) && found.size() < MAX_ROUTES) {
				members(each, isClient, prefix, way, found);
			}
		}
	}

	private List<String> prefixes(Located type, Family family, boolean isClient) {
		List<String> own = List.of("");
		Family pathFamily = family == Family.APPLICATION ? Family.JAXRS : family;
		for (Located each : sources.linearize(type)) {
			Meaning meaning = family(typeMeaning(each), pathFamily);
			if (meaning != null && !meaning.paths().isEmpty()) {
				own = meaning.paths();
				break;
			}
		}
		if (isClient) {
			// a name without a slash is a service's, not a path
			return own.stream().map(path -> path.contains("/") || path.indexOf(PathPattern.HOLE) >= 0
					? PathPattern.pathOf(path) : "").map(path -> path.equals("/") ? "" : path).distinct().toList();
		}
		Set<String> all = new LinkedHashSet<>();
		for (String program : programs.with(type.unit().project())) {
			String added = family == Family.SPRING ? ownPrefix(type, program) : "";
			for (String outer : outer(program, family)) {
				own.forEach(path -> all.add(join(join(outer, added), path)));
			}
		}
		return List.copyOf(all);
	}

	/** What a program puts in front of every path of a family. */
	private List<String> outer(String program, Family family) {
		ProjectSettings known = settings.get(program);
		String prefix = known == null ? "" : known.prefix(family);
		if (family != Family.JAXRS) {
			return List.of(prefix);
		}
		List<String> applications = programs.parts(program).stream()
				.flatMap(part -> applicationPaths.getOrDefault(part, List.of()).stream()).toList();
		if (!applications.isEmpty()) {
			return applications.stream().map(path -> join(prefix, path)).toList();
		}
		return List.of(known == null ? prefix : join(prefix, known.jaxrsPath()));
	}

	/** What stands before the paths of routers, servlets and generated interfaces in each program of a project. */
	private List<String> before(Located type, Family family) {
		return programs.with(type.unit().project()).stream().map(program -> outer(program, family).get(0)).distinct().toList();
	}

	private record Overriding(Located type, Facts.Method method, boolean mapped) {
	}

	/** The nearest override of a method that is declared further up; {@code mapped} if it has a mapping itself. */
	private Overriding overriding(List<Located> nearer, Facts.Method method) {
		Overriding best = null;
		boolean mapped = false;
		for (Located type : nearer) {
			List<Facts.Method> same = type.type().methods().stream()
					.filter(each -> each.name().equals(method.name())
							&& each.parameters().size() == method.parameters().size())
					.toList();
			for (Facts.Method each : same) {
				// generics change the text of a type, so a sole candidate counts whatever its types
				if (same.size() == 1 || each.parameters().equals(method.parameters())) {
					mapped |= !each.marks().isEmpty() && !meanings.of(type, each.marks()).isEmpty();
					best = best == null || !best.method.hasBody() && each.hasBody() ? new Overriding(type, each, false)
							: best;
				}
			}
		}
		return best == null ? null : new Overriding(best.type, best.method, mapped);
	}

	private void servlet(Located type) {
		Meaning meaning = family(typeMeaning(type), Family.SERVLET);
		List<String> annotated = meaning == null ? List.of() : meaning.paths();
		for (String prefix : before(type, Family.SERVLET)) {
			for (String path : servlets.patterns(type, annotated, settings.get(type.unit().project()))) {
				servlets.serve(type, PathPattern.of(PathPattern.Style.SERVLET, prefix, path), out::add);
			}
		}
	}

	private void route(Located type, Facts.Route route) {
		boolean plain = route.style() == PathPattern.Style.PREFIX; // the JDK's server knows no context path
		routers.find(type, route, plain ? List.of("") : before(type,
				route.style() == PathPattern.Style.SERVLET ? Family.SERVLET : Family.ROUTER), out::add);
	}

	private void call(Located type, Facts.Call call) {
		Endpoint found = switch (call.kind()) {
			case RPC -> rpc.call(type, call);
			case MESSAGE -> messaging.call(type, call);
			case DATABASE -> databases.call(type, call);
			case HTTP -> {
				String path = PathPattern.pathOf(constants.value(type, call.target()));
				PathPattern pattern = PathPattern.of(PathPattern.Style.CALL, path);
				yield pattern.literals() < 2 ? null : new Endpoint(Kind.HTTP, Side.CLIENT, "Call",
						call.verb().isEmpty() ? Set.of() : Set.of(call.verb()), pattern, type.place(call.place()),
						type.unit().test());
			}
		};
		if (found != null) {
			out.add(found);
		}
	}

	private static Meaning family(List<Meaning> meanings, Family family) {
		for (Meaning meaning : meanings) {
			if (meaning.family() == family) {
				return meaning;
			}
		}
		return null;
	}

	static String join(String first, String second) {
		if (second.isEmpty() || second.equals("/")) {
			return first;
		}
		String a = first.endsWith("/") ? first.substring(0, first.length() - 1) : first;
		return a + (second.startsWith("/") ? "" : "/") + second;
	}
}
