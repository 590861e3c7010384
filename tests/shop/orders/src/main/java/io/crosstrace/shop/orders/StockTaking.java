package io.crosstrace.shop.orders;

import io.crosstrace.shop.ids.CallId;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts what was taken, now and then and for nobody: calls that belong to no request. */
@Component
class StockTaking {
	private final Suppliers suppliers;
	private volatile long taken;

	StockTaking(Suppliers suppliers) {
		this.suppliers = suppliers;
	}

	@Scheduled(initialDelay = 1000, fixedDelay = 200)
	void count() {
		taken = suppliers.taken(CallId.newRequest());
	}

	/** What was taken when somebody last counted. */
	long taken() {
		return taken;
	}
}
