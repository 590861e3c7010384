package io.crosstrace.shop.stock;

import io.crosstrace.shop.ids.CallId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What is on the shelves, what it cost us, and who has reserved it. */
@Path("/stock")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StockResource {
	/** What can be known about one item. */
	public record Item(int item, String name, int left) {
	}

	@GET
	@Path("items/{item}/{id}")
	public Item item(@PathParam("item") int item, @PathParam("id") CallId id) {
		Item found = Shelves.OURS.item(item, id.call(1));
		exists(found != null);
		return found;
	}

	@GET
	@Path("costs/{item}/{id}")
	public Map<String, Integer> cost(@PathParam("item") int item, @PathParam("id") CallId id) {
		int cents = Shelves.OURS.cents(item, id.call(1));
		exists(cents >= 0);
		return Map.of("cents", cents);
	}

	@POST
	@Path("reservations/{item}/{id}")
	public Map<String, Boolean> reserve(@PathParam("item") int item, @PathParam("id") CallId id) {
		exists(Shelves.OURS.reserve(item, id.call(1)));
		return Map.of("reserved", true);
	}

	@POST
	@Path("shipments/{customer}/{id}")
	public Map<String, Boolean> ship(@PathParam("customer") int customer, @PathParam("id") CallId id) {
		Shelves.OURS.ship(customer, id.call(1));
		return Map.of("shipped", true);
	}

	@GET
	@Path("levels/{id}")
	public Map<String, Long> levels(@PathParam("id") CallId id) {
		return Map.of("taken", Shelves.OURS.taken(id.call(1)));
	}

	private static void exists(boolean it) {
		if (!it) {
			throw new NotFoundException();
		}
	}
}
