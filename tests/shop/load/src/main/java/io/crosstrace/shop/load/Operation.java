package io.crosstrace.shop.load;

import io.crosstrace.shop.ids.CallId;
import java.util.random.RandomGenerator;

/** What customers do, how often, and what the gateway must answer. */
public enum Operation {
	/** Looks at an item: fast, one call after the other. */
	BROWSE(55, 200),
	/** Buys up to four items: 15 to 21 spans. */
	CHECKOUT(30, 200),
	/** Waits for a slow answer. */
	REPORT(3, 200),
	/** Looks for an item that does not exist. */
	MISSING(5, 404),
	/** Looks at the item that the price list is broken for. */
	BROKEN(5, 502),
	/** Buys without having credit. */
	REFUSED(2, 409);

	private static final int MISSING_ITEM = 404;
	private static final int BROKEN_ITEM = 500;
	private static final int CUSTOMER_WITHOUT_CREDIT = 13;
	private static final Operation[] ALL = values();
	private static final int TOTAL;

	static {
		int total = 0;
		for (Operation operation : ALL) {
			total += operation.weight;
		}
		TOTAL = total;
	}

	private final int weight;
	private final int status;

	Operation(int weight, int status) {
		this.weight = weight;
		this.status = status;
	}

	/** The status code that the gateway must answer with. */
	public int status() {
		return status;
	}

	/** One operation by the throw of dice, weighted. */
	public static Operation any(RandomGenerator dice) {
		int left = dice.nextInt(TOTAL);
		int i = 0;
		while (left >= ALL[i].weight) {
			left -= ALL[i++].weight;
		}
		return ALL[i];
	}

	/** A new request for this operation. */
	public Request request(RandomGenerator dice, CallId id) {
		return switch (this) {
			case BROWSE -> browse(item(dice), id);
			case MISSING -> browse(MISSING_ITEM, id);
			case BROKEN -> browse(BROKEN_ITEM, id);
			case REPORT -> new Request("GET", "/shop/report/" + id, "");
			case CHECKOUT -> checkout(100 + dice.nextInt(400), items(dice), id);
			case REFUSED -> checkout(CUSTOMER_WITHOUT_CREDIT, "[1]", id);
		};
	}

	private static Request browse(int item, CallId id) {
		return new Request("GET", "/shop/browse/" + item + '/' + id, "");
	}

	private static Request checkout(int customer, String items, CallId id) {
		return new Request("POST", "/shop/checkout/" + customer + '/' + id, items);
	}

	private static String items(RandomGenerator dice) {
		StringBuilder items = new StringBuilder("[");
		for (int more = dice.nextInt(4); more > 0; more--) {
			items.append(item(dice)).append(',');
		}
		return items.append(item(dice)).append(']').toString();
	}

	private static int item(RandomGenerator dice) {
		return 1 + dice.nextInt(400);
	}

	/**
	 * What goes over the wire.
	 *
	 * @param body JSON, or empty for none
	 */
	public record Request(String method, String path, String body) {
	}
}
