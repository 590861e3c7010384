package io.crosstrace.shop.stock;

import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.stock.StockResource.Item;

/** The warehouse itself. It never runs empty, or every later request would fail. Safe for any thread. */
interface Shelves {
	/** In PostgreSQL if the environment's POSTGRES_URL names one, else in memory. */
	Shelves OURS = System.getenv("POSTGRES_URL") == null ? new MemoryShelves() : new SqlShelves(System.getenv("POSTGRES_URL"));

	int ITEMS = 1000;
	/** This one does not exist. */
	int MISSING = 404;
	int FULL = 1000;

	/** @param call what is done to find out; null if there is no such item */
	Item item(int item, CallId call);

	/** What it cost us; -1 if there is no such item. */
	int cents(int item, CallId call);

	/** @return false if there is no such item */
	boolean reserve(int item, CallId call);

	void ship(int customer, CallId call);

	/** How many items were ever reserved. */
	long taken(CallId call);
}
