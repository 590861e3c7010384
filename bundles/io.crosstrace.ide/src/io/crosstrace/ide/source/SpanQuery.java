package io.crosstrace.ide.source;

import java.util.Locale;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;

/**
 * What a span tells about the code behind it. Texts are empty where the span does not say.
 *
 * @param kind what was spoken
 * @param service name of the service that made the span
 * @param side whether it served or called
 * @param verb HTTP method or SQL verb, upper case; "send" or "receive"
 * @param path path of the request, without query; a topic's or a table's name
 * @param route the route as a framework or the agent named it, such as "/orders/{id}"; a statement's text
 */
public record SpanQuery(Kind kind, String service, Side side, String verb, String path, String route) {
	public SpanQuery {
		if (kind == Kind.HTTP || kind == Kind.RPC) {
			verb = verb.toUpperCase(Locale.ROOT);
			path = path.isEmpty() ? path : PathPattern.pathOf(path.replaceAll(";[^/?]*", "")); // no ;jsessionid
			route = route.isEmpty() ? route : PathPattern.pathOf(route);
		}
	}

	/** A request of HTTP. */
	public SpanQuery(String service, Side side, String verb, String path, String route) {
		this(Kind.HTTP, service, side, verb, path, route);
	}

	/** Reads a row by OpenTelemetry's attribute names, old and new; falls back to the operation's text. */
	public static SpanQuery of(SpanTable spans, int row) {
		String service = spans.names.text(spans.service.get(row));
		String operation = spans.names.text(spans.operation.get(row));
		Side side = spans.isRequest(row) ? Side.SERVER : Side.CLIENT;
		if (!first(spans, row, "messaging.system", "messaging.destination.name").isEmpty()) {
			return message(spans, row, service, operation);
		}
		if (!first(spans, row, "db.system.name", "db.system").isEmpty()) {
			return statement(spans, row, service, side, operation);
		}
		String method = first(spans, row, "rpc.method");
		if (!method.isEmpty()) {
			String of = first(spans, row, "rpc.service");
			return new SpanQuery(Kind.RPC, service, side, "", method.contains("/") ? method : of + "/" + method, "");
		}
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
		return new SpanQuery(service, side, verb, path, route);
	}

	private static SpanQuery message(SpanTable spans, int row, String service, String operation) {
		String type = first(spans, row, "messaging.operation.type", "messaging.operation.name", "messaging.operation");
		String word = type.isEmpty() ? operation.split(" ", 2)[0] : type;
		boolean sends = word.matches("(?i)send|publish|create|produce|settle")
				|| type.isEmpty() && spans.kind.get(row) == SpanTable.PRODUCER;
		String destination = first(spans, row, "messaging.destination.name", "messaging.destination.template");
		if (destination.isEmpty() && operation.indexOf(' ') > 0) {
			destination = operation.substring(operation.indexOf(' ') + 1);
		}
		return new SpanQuery(Kind.MESSAGE, service, sends ? Side.CLIENT : Side.SERVER, sends ? "send" : "receive",
				destination, "");
	}

	private static SpanQuery statement(SpanTable spans, int row, String service, Side side, String operation) {
		String text = first(spans, row, "db.query.text", "db.statement");
		String summary = first(spans, row, "db.query.summary");
		String[] words = (summary.isEmpty() ? operation : summary).split(" ");
		String verb = first(spans, row, "db.operation.name", "db.operation");
		String table = first(spans, row, "db.collection.name", "db.sql.table", "db.stored_procedure.name");
		if (table.isEmpty()) {
			table = text.isEmpty() ? words.length > 1 ? words[1] : "" : Statements.table(text);
		}
		String bare = table.substring(table.lastIndexOf('.') + 1);
		return new SpanQuery(Kind.DATABASE, service, side, (verb.isEmpty() ? words[0] : verb).toUpperCase(Locale.ROOT), bare,
				text);
	}

	/** Whether there is anything to look for. */
	boolean saysSomething() {
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
