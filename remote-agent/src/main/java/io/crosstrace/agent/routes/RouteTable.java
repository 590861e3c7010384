package io.crosstrace.agent.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.Route;
import io.crosstrace.wire.proto.Routes;

/**
 * Each service's routes. A request whose path fits one is named by it ("GET /orders/{orderId}") and gets the
 * attribute {@code http.route}; without any, the name that was guessed from the path stays.
 *
 * <p>{@link #take} from any thread, {@link #name} from one. A path seen lately costs a look-up, another one the regular
 * expressions of its service until one fits. An expression that takes too many steps is given up for that path.
 */
public final class RouteTable {
	static final int MAX_SERVICES = 256;
	static final int MAX_ROUTES = 5_000;
	private static final int MAX_PATTERN = 2_000;
	private static final int REMEMBERED = 4_096;
	private static final int MAX_STEPS = 100_000;
	private static final String NONE = "";

	private record Known(String verbs, String template, Pattern pattern) {
		boolean accepts(String verb) {
			return verbs.isEmpty() || verbs.contains("|" + verb + "|")
					|| verb.equals("HEAD") && verbs.contains("|GET|");
		}
	}

	private record Asked(String service, String verb, String path) {
	}

	private final Map<String, List<Known>> services = new ConcurrentHashMap<>();
	private final AtomicLong refused = new AtomicLong();
	private volatile boolean changed;
	private final Map<Asked, String> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Asked, String> eldest) {
			return size() > REMEMBERED;
		}
	};

	/** Takes what a client says; what is malformed or too much is counted and left out. */
	public void take(Routes message) {
		List<Known> routes = new ArrayList<>(message.getMore() ? services.getOrDefault(message.getService(), List.of())
				: List.of());
		for (Route route : message.getRouteList()) {
			if (routes.size() >= MAX_ROUTES || route.getPattern().length() > MAX_PATTERN) {
				refused.incrementAndGet();
				continue;
			}
			try {
				String verbs = route.getVerbs().isEmpty() ? "" : "|" + route.getVerbs() + "|";
				routes.add(new Known(verbs, route.getTemplate(), Pattern.compile(route.getPattern())));
			} catch (PatternSyntaxException e) {
				refused.incrementAndGet();
			}
		}
		if (services.size() >= MAX_SERVICES && !services.containsKey(message.getService())) {
			refused.addAndGet(routes.size());
			return;
		}
		services.put(message.getService(), List.copyOf(routes));
		changed = true;
	}

	/** Services of which routes are known. */
	public int services() {
		return services.size();
	}

	/** Routes that were malformed or too many. */
	public long refused() {
		return refused.get();
	}

	/** The same spans, requests named by their routes; the very table if no service in it is known. */
	public SpanTable name(SpanTable spans) {
		if (services.isEmpty()) {
			return spans;
		}
		if (changed) {
			changed = false;
			remembered.clear();
		}
		String[] routes = new String[spans.size()];
		boolean any = false;
		for (int row = 0; row < routes.length; row++) {
			routes[row] = spans.isRequest(row) ? route(spans, row) : NONE;
			any |= !routes[row].isEmpty();
		}
		if (!any) {
			return spans;
		}
		SpanTable named = new SpanTable(spans.names, spans.values);
		int key = spans.names.id("http.route");
		for (int row = 0; row < routes.length; row++) {
			int copy = named.addCopy(spans, row);
			if (!routes[row].isEmpty()) {
				String verb = spans.attribute(row, "http.request.method");
				named.operation.set(copy, spans.names.id(verb + " " + routes[row]));
				if (spans.attribute(row, "http.route").isEmpty()) {
					named.addAttribute(key, spans.values.id(routes[row]));
				}
			}
		}
		return named;
	}

	private String route(SpanTable spans, int row) {
		String service = spans.names.text(spans.service.get(row));
		List<Known> known = services.get(service);
		String path = known == null ? "" : spans.attribute(row, "url.path");
		if (path.isEmpty()) {
			return NONE;
		}
		Asked asked = new Asked(service, spans.attribute(row, "http.request.method"), path);
		String before = remembered.get(asked);
		if (before != null) {
			return before;
		}
		String found = NONE;
		Steps steps = new Steps(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
		for (Known route : known) {
			if (route.accepts(asked.verb) && steps.match(route.pattern)) {
				found = route.template;
				break;
			}
		}
		remembered.put(asked, found);
		return found;
	}

	/** A path that lets an expression look at it so often only: some expressions would never end. */
	private static final class Steps implements CharSequence {
		private static final RuntimeException TOO_MANY = new RuntimeException("too many steps", null, false, false) {
			private static final long serialVersionUID = 1L;
		};
		private final String text;
		private int left;

		Steps(String text) {
			this.text = text;
		}

		boolean match(Pattern pattern) {
			left = MAX_STEPS;
			try {
				return pattern.matcher(this).matches();
			} catch (StackOverflowError e) {
				return false;
			} catch (RuntimeException e) {
				if (e != TOO_MANY) {
					throw e;
				}
				return false;
			}
		}

		@Override
		public char charAt(int index) {
			if (--left < 0) {
				throw TOO_MANY;
			}
			return text.charAt(index);
		}

		@Override
		public int length() {
			return text.length();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return text.subSequence(start, end);
		}

		@Override
		public String toString() {
			return text;
		}
	}
}
