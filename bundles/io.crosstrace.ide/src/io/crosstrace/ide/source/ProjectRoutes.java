package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.ProjectSettings.Setting;

/**
 * Routes that a gateway's settings declare (Spring Cloud Gateway, Zuul): what comes in is served by a line of the
 * settings, and the same line makes the call that goes on.
 */
final class ProjectRoutes {
	static final String GATEWAY = "Spring Cloud Gateway";
	private static final Pattern ROUTE = Pattern.compile(
			"(spring\\.cloud\\.gateway(?:\\.server\\.(?:webflux|webmvc))?(?:\\.mvc)?\\.routes\\[\\d+])\\.(predicates|filters)\\[\\d+](.*)");
	private static final Pattern ZUUL = Pattern.compile("zuul\\.routes\\.([^.]+)(\\.path)?");

	private ProjectRoutes() {
	}

	private static final class Route {
		final List<Setting> paths = new ArrayList<>();
		final Set<String> verbs = new LinkedHashSet<>();
		int strip;
		String prefix = "";
		boolean rewritten;
	}

	static List<Endpoint> of(String project, ProjectSettings settings) {
		Map<String, Route> routes = new LinkedHashMap<>();
		List<Endpoint> out = new ArrayList<>();
		String kind = "";
		for (Map.Entry<String, Setting> each : settings.all().entrySet()) {
			Matcher matcher = ROUTE.matcher(each.getKey());
			Setting setting = each.getValue();
			if (matcher.matches()) {
				Route route = routes.computeIfAbsent(matcher.group(1), x -> new Route());
				if (matcher.group(3).equals(".name")) {
					kind = setting.value() + "=";
				} else {
					read(route, (matcher.group(3).startsWith(".args") ? kind : "") + setting.value(), setting);
				}
			}
			Matcher zuul = ZUUL.matcher(each.getKey());
			if (zuul.matches() && setting.value().startsWith("/")) {
				String prefix = settings.value("zuul.prefix");
				boolean strips = !settings.value("zuul.routes." + zuul.group(1) + ".strip-prefix").equals("false");
				String path = prefix + setting.value();
				add(project, "Zuul", path, Set.of(), strips ? "/**" : path, setting, out);
			}
		}
		for (Route route : routes.values()) {
			for (Setting setting : route.paths) {
				for (String path : setting.value().split(",")) {
					add(project, GATEWAY, settings.expand(path.strip()), route.verbs, onward(route, path.strip()), setting, out);
				}
			}
		}
		return out;
	}

	private static void read(Route route, String text, Setting setting) {
		int equals = text.indexOf('=');
		String value = text.substring(equals + 1).strip();
		switch (equals < 0 ? "" : text.substring(0, equals).strip()) {
			case "Path" -> route.paths.add(new Setting(value, setting.file(), setting.offset(), setting.length()));
			case "Method" -> {
				for (String verb : value.split(",")) {
					route.verbs.add(verb.strip().toUpperCase(Locale.ROOT));
				}
			}
			case "StripPrefix" -> route.strip = value.matches("\\d{1,2}") ? Integer.parseInt(value) : 0;
			case "PrefixPath" -> route.prefix = value;
			case "RewritePath", "SetPath" -> route.rewritten = true;
			default -> { // a predicate or filter that does not change the path
			}
		}
	}

	private static String onward(Route route, String path) {
		if (route.rewritten) {
			return "/**";
		}
		String left = path;
		for (int i = 0; i < route.strip && left.indexOf('/', 1) > 0; i++) {
			left = left.substring(left.indexOf('/', 1));
		}
		return route.prefix + left;
	}

	private static void add(String project, String framework, String path, Set<String> verbs, String onward,
			Setting setting, List<Endpoint> out) {
		CodePlace place = new CodePlace(project, setting.file(), path, "", List.of(), setting.offset(), setting.length());
		out.add(new Endpoint(Kind.HTTP, Side.SERVER, framework, verbs, PathPattern.of(PathPattern.Style.SPRING, path), place,
				false));
		out.add(new Endpoint(Kind.HTTP, Side.CLIENT, framework, verbs, PathPattern.of(PathPattern.Style.SPRING, onward), place,
				false));
	}
}
