package io.crosstrace.shop.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.crosstrace.shop.ids.CallId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The calls that an order makes. */
@Component
class Suppliers {
	private final RestClient stock;
	private final HttpClient http;
	private final String pricingUrl;
	private final ExecutorService callers;

	Suppliers(RestClient stock, HttpClient http, @Value("${shop.pricing}") String pricingUrl,
			@Qualifier("callers") ExecutorService callers) {
		this.stock = stock;
		this.http = http;
		this.pricingUrl = pricingUrl;
		this.callers = callers;
	}

	/** Reserves all items at once, as calls 1, 2, ... of the order, and waits for them. */
	void reserve(List<Integer> items, CallId order) {
		CompletableFuture.allOf(IntStream.range(0, items.size())
				.mapToObj(i -> CompletableFuture.runAsync(() -> reserve(items.get(i), order.call(i + 1)), callers))
				.toArray(CompletableFuture<?>[]::new)).join();
	}

	private void reserve(int item, CallId call) {
		stock.post().uri("/stock/reservations/{item}/{id}", item, call).retrieve().toBodilessEntity();
	}

	/** What the items cost together, in cents. Returns at once. */
	CompletableFuture<Integer> total(List<Integer> items, CallId call) {
		String list = items.stream().map(String::valueOf).collect(Collectors.joining(","));
		URI uri = URI.create(pricingUrl + "/pricing/totals/" + call + "?items=" + list);
		return http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
				.thenApply(answer -> Integer.valueOf(answer.body().replaceAll("\\D", "")));
	}

	void ship(int customer, CallId call) {
		stock.post().uri("/stock/shipments/{customer}/{id}", customer, call).retrieve().toBodilessEntity();
	}

	/** How many items were ever taken from the stock. */
	long taken(CallId call) {
		return stock.get().uri("/stock/levels/{id}", call).retrieve().body(JsonNode.class).path("taken").asLong();
	}
}
