package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.proto.Route;
import io.crosstrace.wire.proto.Routes;

/** What an agent is told of the workspace, so that it names spans by the routes in the sources. Pure; any thread. */
public final class RouteTables {
	/** Room for a message's other fields. */
	private static final int MAX_BYTES = Frames.MAX_FROM_CLIENT - 512;

	private RouteTables() {
	}

	/**
	 * The routes of services, each in the order its framework tries them.
	 *
	 * @param services names as agents give them; one that no project fits is left out
	 */
	public static List<Routes> of(Workspace workspace, Collection<String> services) {
		List<Routes> out = new ArrayList<>();
		for (String service : new TreeSet<>(services)) {
			Set<String> home = ServiceProjects.of(workspace, service);
			// styles one by one: a servlet's catch-all stands behind what a framework inside of it serves
			List<Endpoint> routes = workspace.endpoints().stream()
					.filter(each -> each.kind() == Kind.HTTP && each.side() == Side.SERVER && !each.test()
							&& home.contains(each.place().project()))
					.sorted(Comparator.<Endpoint>comparingInt(each -> each.pattern().style().ordinal())
							.thenComparing((a, b) -> a.pattern().compareSpecificity(b.pattern()))
							.thenComparing(each -> each.pattern().toString()))
					.toList();
			add(service, routes, out);
		}
		return out;
	}

	private static void add(String service, List<Endpoint> endpoints, List<Routes> out) {
		if (endpoints.isEmpty()) {
			return;
		}
		Routes.Builder message = Routes.newBuilder().setService(service);
		int bytes = 0;
		Set<Route> seen = new LinkedHashSet<>();
		for (Endpoint endpoint : endpoints) {
			Route route = Route.newBuilder().setVerbs(String.join("|", new TreeSet<>(endpoint.verbs())))
					.setTemplate(endpoint.pattern().toString()).setPattern(endpoint.pattern().regex()).build();
			if (!seen.add(route)) {
				continue;
			}
			bytes += route.getSerializedSize() + 4;
			if (bytes > MAX_BYTES && message.getRouteCount() > 0) {
				out.add(message.build());
				message.clearRoute().setMore(true);
				bytes = route.getSerializedSize() + 4;
			}
			message.addRoute(route);
		}
		out.add(message.build());
	}
}
