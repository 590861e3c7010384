package io.crosstrace.shop.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.load.Connection;
import io.crosstrace.shop.load.Operation;
import io.crosstrace.shop.load.Operation.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real services, with a tap on every way between them. */
class ShopTest {
	private static Service stock;
	private static Service pricing;
	private static Service orders;
	private static Service billing;
	private static Service gateway;
	private static Tap toStock;
	private static Tap toPricing;
	private static Tap toOrders;

	@BeforeAll
	static void open() throws Exception {
		Path shop = Path.of(System.getProperty("crosstrace.root"), "tests/shop");
		stock = Service.start(shop, "stock", Map.of());
		toStock = new Tap(stock.port());
		pricing = Service.start(shop, "pricing", Map.of("STOCK_URL", toStock.url()));
		toPricing = new Tap(pricing.port());
		billing = Service.start(shop, "billing", Map.of());
		orders = Service.start(shop, "orders", Map.of("STOCK_URL", toStock.url(), "PRICING_URL", toPricing.url(),
				"BILLING_PORT", String.valueOf(billing.port())));
		toOrders = new Tap(orders.port());
		gateway = Service.start(shop, "gateway", Map.of("STOCK_URL", toStock.url(), "PRICING_URL", toPricing.url(),
				"ORDERS_URL", toOrders.url(), "GATEWAY_POOL", "2"));
	}

	@AfterAll
	static void shut() throws IOException {
		for (AutoCloseable closeable : new AutoCloseable[] { gateway, orders, billing, pricing, stock, toOrders, toPricing, toStock }) {
			if (closeable != null) {
				assertClosed(closeable);
			}
		}
	}

	@Test
	void everyOperation_isAnsweredAsItShould() throws IOException {
		Random dice = new Random(1);
		try (Connection customer = connect()) {
			for (Operation operation : Operation.values()) {
				for (int i = 0; i < 3; i++) {
					Request request = operation.request(dice, CallId.newRequest());
					assertEquals(operation.status(), customer.send(request), operation + " said " + customer.body());
				}
			}
		}
	}

	@Test
	void browse_showsTheItemAndItsPrice() throws IOException {
		try (Connection customer = connect()) {
			customer.send(new Request("GET", "/shop/browse/7/" + CallId.newRequest(), ""));
			assertEquals("{\"item\":{\"item\":7,\"name\":\"Item number 7\",\"left\":993},\"price\":{\"cents\":193}}",
					customer.body());
		}
	}

	@Test
	void checkout_addsUpThePrices() throws IOException {
		try (Connection customer = connect()) {
			customer.send(new Request("POST", "/shop/checkout/102/" + CallId.newRequest(), "[7,8]"));
			assertEquals("{\"order\":{\"customer\":102,\"items\":[7,8],\"cents\":395},\"discount\":{\"percent\":2}}",
					customer.body());
		}
	}

	@Test
	void ids_leadFromEachCallToItsCaller() throws IOException {
		CallId checkout = CallId.newRequest();
		CallId browse = CallId.newRequest();
		CallId report = CallId.newRequest();
		try (Connection customer = connect()) {
			customer.send(new Request("POST", "/shop/checkout/102/" + checkout, "[7,8]"));
			customer.send(new Request("GET", "/shop/browse/7/" + browse, ""));
			customer.send(new Request("GET", "/shop/report/" + report, ""));
		}
		assertEquals("[.2]", steps(toOrders, checkout));
		assertEquals("[.1, .2.3]", steps(toPricing, checkout));
		assertEquals("[.2.1, .2.2, .2.3.1, .2.3.2, .2.5]", steps(toStock, checkout));
		assertEquals("[.2]", steps(toPricing, browse));
		assertEquals("[.1, .2.1]", steps(toStock, browse));
		assertEquals("[.1]", steps(toOrders, report));
		assertEquals("[.1.1]", steps(toStock, report));
	}

	@Test
	void background_callsAreRootsOfTheirOwn() throws InterruptedException {
		long deadline = System.nanoTime() + 10_000_000_000L;
		while (background().isEmpty() && System.nanoTime() < deadline) {
			Thread.sleep(50);
		}
		assertFalse(background().isEmpty(), "nobody took stock");
	}

	@Test
	void services_sendNoTracingHeaders() throws IOException {
		try (Connection customer = connect()) {
			customer.send(new Request("POST", "/shop/checkout/102/" + CallId.newRequest(), "[7,8]"));
		}
		for (Tap tap : List.of(toOrders, toPricing, toStock)) {
			for (String head : tap.heads()) {
				assertFalse(head.toLowerCase().matches("(?s).*\n(traceparent|tracestate|b3|x-b3-.*|x-request-id):.*"), head);
			}
		}
	}

	@Test
	void nonsense_isRefusedAndHarmsNobody() throws IOException {
		try (Connection customer = connect()) {
			assertEquals(400, customer.send(new Request("GET", "/shop/browse/7/nonsense", "")));
			assertEquals(400, customer.send(new Request("POST", "/shop/checkout/102/" + CallId.newRequest(), "[]")));
			assertEquals(404, customer.send(new Request("GET", "/shop/else", "")));
			assertEquals(200, customer.send(new Request("GET", "/shop/browse/7/" + CallId.newRequest(), "")));
		}
		for (Service service : List.of(stock, pricing, billing, orders, gateway)) {
			assertTrue(service.isAlive(), service.name());
		}
	}

	private static Connection connect() {
		return new Connection(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
	}

	/** The ways of a request's calls through a tap, sorted. */
	private static String steps(Tap tap, CallId request) {
		TreeSet<String> steps = new TreeSet<>();
		for (CallId call : calls(tap)) {
			if (call.request() == request.request()) {
				assertTrue(steps.add(call.readable().substring(call.readable().indexOf('.'))), "twice: " + call.readable());
			}
		}
		return steps.toString();
	}

	private static List<CallId> background() {
		return calls(toStock).stream().filter(CallId::isRoot).toList();
	}

	private static List<CallId> calls(Tap tap) {
		return tap.heads().stream().map(head -> head.split(" ")[1].replaceAll("\\?.*", ""))
				.map(path -> CallId.valueOf(path.substring(path.lastIndexOf('/') + 1))).toList();
	}

	private static void assertClosed(AutoCloseable closeable) throws IOException {
		try {
			closeable.close();
		} catch (Exception e) {
			throw new IOException(e);
		}
		assertFalse(closeable instanceof Service service && service.isAlive());
	}
}
