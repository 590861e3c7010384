package io.crosstrace.shop.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import io.crosstrace.shop.ids.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/** Prices are made of what the stock has cost us. Every method blocks a virtual thread. */
@RestController
@RequestMapping("/pricing")
class PricingController {
	private static final int BROKEN = 500;
	private static final int MARGIN_PERCENT = 30;

	private final RestClient stock;
	private final Discounts discounts;
	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	PricingController(RestClient stock, Discounts discounts) {
		this.stock = stock;
		this.discounts = discounts;
	}

	@GetMapping("/quotes/{item}/{id}")
	Map<String, Integer> quote(@PathVariable int item, @PathVariable CallId id) {
		if (item == BROKEN) {
			throw new IllegalStateException("The price list has a hole at item " + item + ".");
		}
		return Map.of("cents", price(item, id.call(1)));
	}

	@GetMapping("/discounts/{customer}/{id}")
	Map<String, Integer> discount(@PathVariable int customer, @PathVariable CallId id) {
		return Map.of("percent", discounts.percent(customer, id));
	}

	/** Asks for all items at once. */
	@GetMapping("/totals/{id}")
	Map<String, Integer> total(@PathVariable CallId id, @RequestParam List<Integer> items)
			throws InterruptedException, ExecutionException {
		List<Future<Integer>> prices = new ArrayList<>();
		for (int item : items) {
			CallId call = id.call(prices.size() + 1);
			prices.add(threads.submit(() -> price(item, call)));
		}
		int cents = 0;
		for (Future<Integer> price : prices) {
			cents += price.get();
		}
		return Map.of("cents", cents);
	}

	private int price(int item, CallId call) {
		JsonNode cost = stock.get().uri("/stock/costs/{item}/{id}", item, call).retrieve().body(JsonNode.class);
		return cost.path("cents").asInt() * (100 + MARGIN_PERCENT) / 100;
	}

	@ExceptionHandler
	ResponseEntity<String> failed(IllegalStateException failure) {
		return ResponseEntity.internalServerError().body(failure.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<String> failed(RestClientResponseException failure) {
		return ResponseEntity.status(failure.getStatusCode()).body("The stock cannot tell.");
	}
}
