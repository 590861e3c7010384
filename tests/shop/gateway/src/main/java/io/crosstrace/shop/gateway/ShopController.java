package io.crosstrace.shop.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.crosstrace.shop.ids.CallId;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** What a customer can ask for. Never blocks: each method returns the recipe for an answer. */
@RestController
@RequestMapping("/shop")
class ShopController {
	/** An item as the customer sees it. */
	record Page(JsonNode item, JsonNode price) {
	}

	/** What the customer gets after paying. */
	record Receipt(JsonNode order, JsonNode discount) {
	}

	private final WebClient orders;
	private final WebClient stock;
	private final WebClient pricing;

	ShopController(WebClient orders, WebClient stock, WebClient pricing) {
		this.orders = orders;
		this.stock = stock;
		this.pricing = pricing;
	}

	/** One after the other: an item that does not exist needs no price. */
	@GetMapping("/browse/{item}/{id}")
	Mono<Page> browse(@PathVariable int item, @PathVariable CallId id) {
		return get(stock, "/stock/items/{item}/{id}", item, id.call(1))
				.flatMap(found -> get(pricing, "/pricing/quotes/{item}/{id}", item, id.call(2))
						.map(price -> new Page(found, price)));
	}

	/** Both at once: the discount does not depend on the order. */
	@PostMapping("/checkout/{customer}/{id}")
	Mono<Receipt> checkout(@PathVariable int customer, @PathVariable CallId id, @RequestBody List<Integer> items) {
		Mono<JsonNode> discount = get(pricing, "/pricing/discounts/{customer}/{id}", customer, id.call(1));
		Mono<JsonNode> order = orders.post().uri("/orders/{customer}/{id}", customer, id.call(2))
				.bodyValue(items).retrieve().bodyToMono(JsonNode.class);
		// With delayed errors, or the answer to a refused order would cancel the other call in mid-flight.
		return Mono.zipDelayError(order, discount).map(both -> new Receipt(both.getT1(), both.getT2()));
	}

	@GetMapping("/report/{id}")
	Mono<JsonNode> report(@PathVariable CallId id) {
		return get(orders, "/orders/report/{id}", id.call(1));
	}

	private static Mono<JsonNode> get(WebClient service, String path, Object... variables) {
		return service.get().uri(path, variables).retrieve().bodyToMono(JsonNode.class);
	}

	/** A customer's mistake is told to the customer; a service's failure is not the customer's business. */
	@ExceptionHandler
	ResponseEntity<String> failed(WebClientResponseException failure) {
		HttpStatusCode status = failure.getStatusCode();
		return ResponseEntity.status(status.is4xxClientError() ? status : HttpStatus.BAD_GATEWAY)
				.body("A service of the shop answered " + status.value() + ".");
	}
}
