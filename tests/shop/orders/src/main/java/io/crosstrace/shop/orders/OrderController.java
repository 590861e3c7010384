package io.crosstrace.shop.orders;

import io.crosstrace.shop.ids.CallId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientResponseException;

/** Takes orders in. Tomcat's threads only take them; a desk works on each. */
@RestController
@RequestMapping("/orders")
class OrderController {
	private static final int NO_CREDIT = 13;
	private static final int MAX_ITEMS = 10;

	/** An order that is on its way. */
	record Order(int customer, List<Integer> items, int cents) {
	}

	private final Suppliers suppliers;
	private final Cashier cashier;
	private final Invoices invoices;
	private final StockTaking stockTaking;
	private final ExecutorService desks;

	OrderController(Suppliers suppliers, Cashier cashier, Invoices invoices, StockTaking stockTaking,
			@Qualifier("desks") ExecutorService desks) {
		this.suppliers = suppliers;
		this.cashier = cashier;
		this.invoices = invoices;
		this.stockTaking = stockTaking;
		this.desks = desks;
	}

	/** Reserves in parallel, then asks for the price without keeping a thread, then takes the money and ships. */
	@PostMapping("/{customer}/{id}")
	CompletableFuture<Order> order(@PathVariable int customer, @PathVariable CallId id,
			@RequestBody List<Integer> items) {
		if (items.isEmpty() || items.size() > MAX_ITEMS) {
			throw new IllegalArgumentException("An order has 1 to " + MAX_ITEMS + " items.");
		}
		if (customer == NO_CREDIT) {
			throw new IllegalStateException("Customer " + customer + " has no credit.");
		}
		int next = items.size() + 1;
		return CompletableFuture.runAsync(() -> suppliers.reserve(items, id), desks)
				.thenCompose(reserved -> suppliers.total(items, id.call(next)))
				.thenApplyAsync(cents -> {
					cashier.charge(customer, cents, id.call(next + 1));
					suppliers.ship(customer, id.call(next + 2));
					invoices.write(customer, cents, id.call(next + 3));
					return new Order(customer, items, cents);
				}, desks);
	}

	/** Slow on purpose: somebody sorts the paper. */
	@GetMapping("/report/{id}")
	CompletableFuture<Map<String, Long>> report(@PathVariable CallId id) {
		return CompletableFuture.supplyAsync(() -> {
			sortPaper();
			return Map.of("taken", suppliers.taken(id.call(1)), "takenAtLastCount", stockTaking.taken());
		}, desks);
	}

	private static void sortPaper() {
		try {
			Thread.sleep(150);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@ExceptionHandler
	ResponseEntity<String> refused(IllegalArgumentException refusal) {
		return ResponseEntity.badRequest().body(refusal.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<String> refused(IllegalStateException refusal) {
		return ResponseEntity.status(409).body(refusal.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<String> failed(CompletionException failure) {
		return failure.getCause() instanceof RestClientResponseException response
				? failed(response)
				: ResponseEntity.internalServerError().body("The order was lost: " + failure.getCause());
	}

	@ExceptionHandler
	ResponseEntity<String> failed(RestClientResponseException failure) {
		return ResponseEntity.status(failure.getStatusCode()).body("A supplier cannot deliver.");
	}
}
