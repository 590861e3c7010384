package io.crosstrace.agent.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.Route;
import io.crosstrace.wire.proto.Routes;
import org.junit.jupiter.api.Test;

/** Requests are named by what the sources say. */
class RouteTableTest {
	private final RouteTable table = new RouteTable();
	private final Dictionary names = new Dictionary(1000);
	private final SpanTable spans = new SpanTable(names);

	@Test
	void request_isNamedByTheFirstRouteThatFitsItsServiceVerbAndPath() {
		table.take(routes("orders", "GET", "/orders/report", "/orders/report/?", "GET", "/orders/{orderId}", "/orders/[^/]+/?",
				"", "/**", "/.*"));
		request("orders", "GET", "/orders/report");
		request("orders", "HEAD", "/orders/7/");
		request("orders", "POST", "/orders/7");
		request("stock", "GET", "/orders/7");
		SpanTable named = table.name(spans);
		assertEquals("GET /orders/report", named.names.text(named.operation.get(0)));
		assertEquals("HEAD /orders/{orderId}", named.names.text(named.operation.get(1)));
		assertEquals("POST /**", named.names.text(named.operation.get(2)));
		assertEquals("guessed", named.names.text(named.operation.get(3)));
		assertEquals("/orders/{orderId}", named.attribute(1, "http.route"));
		assertEquals("/orders/7/", named.attribute(1, "url.path"));
	}

	@Test
	void laterRoutes_replaceOrAddAsTheySay() {
		table.take(routes("orders", "GET", "/a", "/a"));
		table.take(routes("orders", "GET", "/b", "/b").toBuilder().setMore(true).build());
		request("orders", "GET", "/a");
		request("orders", "GET", "/b");
		assertEquals("/a", table.name(spans).attribute(0, "http.route"));
		assertEquals("/b", table.name(spans).attribute(1, "http.route"));
		table.take(routes("orders", "GET", "/b", "/b"));
		assertEquals("", table.name(spans).attribute(0, "http.route"));
	}

	@Test
	void callsAndUnknownServices_areLeftAlone() {
		table.take(routes("orders", "GET", "/a", "/a"));
		request("stock", "GET", "/a");
		assertSame(spans, table.name(spans));
	}

	@Test
	void hostileExpressions_costALimitedTimeAndAreCounted() {
		table.take(routes("orders", "GET", "/bad", "((", "GET", "/slow", "(/?a*)*b", "GET", "/last", "/a+"));
		request("orders", "GET", "/" + "a".repeat(200));
		assertEquals("/last", table.name(spans).attribute(0, "http.route"));
		assertEquals(1, table.refused());
	}

	private void request(String service, String verb, String path) {
		int row = spans.add();
		spans.kind.set(row, SpanTable.SERVER);
		spans.service.set(row, names.id(service));
		spans.operation.set(row, names.id("guessed"));
		spans.addAttribute(names.id("http.request.method"), spans.values.id(verb));
		spans.addAttribute(names.id("url.path"), spans.values.id(path));
	}

	private static Routes routes(String service, String... verbTemplatePattern) {
		Routes.Builder routes = Routes.newBuilder().setService(service);
		for (int i = 0; i < verbTemplatePattern.length; i += 3) {
			routes.addRoute(Route.newBuilder().setVerbs(verbTemplatePattern[i]).setTemplate(verbTemplatePattern[i + 1])
					.setPattern(verbTemplatePattern[i + 2]));
		}
		return routes.build();
	}
}
