package io.crosstrace.ide.source;

import java.util.Locale;

import io.crosstrace.core.span.SpanTable;

/**
 * What a span tells about the code behind it. Texts are empty where the span does not say.
 *
 * @param service name of the service that made the span
 * @param side whether it served or called
 * @param verb HTTP method, upper case
 * @param path path of the request, without query
 * @param route the route as a framework or the agent named it, such as "/orders/{id}"
 */
public record SpanQuery(String service, Endpoint.Side side, String verb, String path, String route) {
	public SpanQuery {
		verb = verb.toUpperCase(Locale.ROOT);
		path = path.isEmpty() ? path : PathPattern.pathOf(path);
		route = route.isEmpty() ? route : PathPattern.pathOf(route);
	}

	/** Reads a row by OpenTelemetry's attribute names, old and new; falls back to the operation's text. */
	public static SpanQuery of(SpanTable spans, int row) {
		String operation = spans.names.text(spans.operation.get(row));
		int space = operation.indexOf(' ');
		String verb = first(spans, row, "http.request.method", "http.method");
		if (verb.isEmpty() && space > 0) {
			verb = operation.substring(0, space);
		}
		String path = first(spans, row, "url.path", "http.target", "url.full", "http.url");
		String route = first(spans, row, "http.route", "url.template");
		if (route.isEmpty() && space > 0 && operation.startsWith("/", space + 1)) {
			route = operation.substring(space + 1);
		}
		Endpoint.Side side = spans.isRequest(row) ? Endpoint.Side.SERVER : Endpoint.Side.CLIENT;
		return new SpanQuery(spans.names.text(spans.service.get(row)), side, verb, path, route);
	}

	/** Whether there is anything to look for. */
	boolean isHttp() {
		return !path.isEmpty() || !route.isEmpty();
	}

	/** "GET /orders/7", for messages. */
	String text() {
		return (verb + " " + (path.isEmpty() ? route : path)).strip();
	}

	private static String first(SpanTable spans, int row, String... keys) {
		for (String key : keys) {
			String value = spans.attribute(row, key);
			if (!value.isEmpty()) {
				return value;
			}
		}
		return "";
	}
}
