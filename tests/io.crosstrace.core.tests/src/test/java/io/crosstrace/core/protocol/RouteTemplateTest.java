package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class RouteTemplateTest {
	private final RouteTemplate routes = new RouteTemplate();

	@Test
	void segmentsThatLookLikeIds_areTemplated() {
		assertEquals("/orders/{id}", route("/orders/4711"));
		assertEquals("/orders/{id}/items/{id}", route("/orders/r-17/items/3"));
		assertEquals("/u/{id}", route("/u/0af76519-16cd-43dd-8448-eb211c80319c"));
		assertEquals("/u/{id}", route("/u/0af7651916cd43dd8448eb211c80319c"));
		assertEquals("/f/{id}", route("/f/user%40example.org"));
		assertEquals("/f/{id}", route("/f/me@example.org"));
		assertEquals("/t/{id}", route("/t/eyJhbGciOiJIUzIabcdEFGHxyz"));
		assertEquals("/{id}", route("/2024-01-31"));
	}

	@Test
	void words_stay() {
		for (String path : new String[] { "/", "/orders", "/orders/", "/api/v1/orders", "/api/v12/x", "/oauth2/token", "/s3/x",
				"/a-b_c.html", "/static/logo.png", "//x", "/OrderService/placeOrder" }) {
			assertEquals(path, route(path));
		}
	}

	@Test
	void matrixParameters_areNoPartOfTheRoute() {
		assertEquals("/a/b", route("/a;jsessionid=123/b;x=y"));
	}

	@Test
	void aPlaceThatHoldsTooManyWords_isAnIdPlace() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			seen.add(route("/users/" + word(i) + "/mail"));
		}
		assertTrue(seen.size() <= RouteTemplate.MAX_CHILDREN + 1, seen.size() + " routes");
		assertTrue(seen.contains("/users/{id}/mail"));
		assertEquals("/health", route("/health"), "other places still learn");
	}

	@Test
	void whateverPathsCome_theRoutesAreBounded() {
		Random random = new Random(1);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 200_000; i++) {
			StringBuilder path = new StringBuilder();
			for (int depth = random.nextInt(15); depth >= 0; depth--) {
				path.append('/').append(word(random.nextInt(100_000)));
			}
			seen.add(route(path.toString()));
		}
		assertTrue(seen.size() < 3 * RouteTemplate.MAX_NODES, seen.size() + " routes");
	}

	/** The same number gives the same word of letters. */
	private static String word(int number) {
		StringBuilder word = new StringBuilder("w");
		for (int n = number; n > 0; n /= 26) {
			word.append((char) ('a' + n % 26));
		}
		return word.toString();
	}

	private String route(String path) {
		byte[] bytes = ParserRun.bytes(path);
		byte[] out = new byte[bytes.length + 64];
		int end = routes.write(bytes, 0, bytes.length, out, 0, (from, to) -> { });
		return end < 0 ? "" : new String(out, 0, end);
	}
}
