package io.crosstrace.shop.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All services of the shop, wired to each other. Not safe for threads, but {@link #close} may come from any. */
public final class Services implements AutoCloseable {
	private final List<Service> started = new ArrayList<>();

	private Services() {
	}

	/**
	 * Starts stock, pricing, orders and gateway, one after the other, since each must know whom it calls. On failure
	 * those already started are ended.
	 *
	 * @param shop the folder of the sample services, built
	 * @param gatewayPool connections from the gateway to each service
	 */
	public static Services start(Path shop, int gatewayPool) throws IOException, InterruptedException {
		Services services = new Services();
		try {
			String stock = services.add(Service.start(shop, "stock", Map.of()));
			String pricing = services.add(Service.start(shop, "pricing", Map.of("STOCK_URL", stock)));
			String orders = services.add(Service.start(shop, "orders",
					Map.of("STOCK_URL", stock, "PRICING_URL", pricing)));
			services.add(Service.start(shop, "gateway", Map.of("STOCK_URL", stock, "PRICING_URL", pricing,
					"ORDERS_URL", orders, "GATEWAY_POOL", String.valueOf(gatewayPool))));
			return services;
		} catch (IOException | InterruptedException | RuntimeException e) {
			services.close();
			throw e;
		}
	}

	private String add(Service service) {
		started.add(service);
		return service.url();
	}

	/** In the order in which they were started: the gateway comes last. */
	public List<Service> all() {
		return List.copyOf(started);
	}

	/** The only one that customers talk to. */
	public Service gateway() {
		return started.get(started.size() - 1);
	}

	/** @return a service that has ended by itself, or null while all live */
	public Service dead() {
		return started.stream().filter(service -> !service.isAlive()).findFirst().orElse(null);
	}

	/** Ends all services; those that call first. */
	@Override
	public void close() {
		started.reversed().forEach(Service::close);
	}
}
