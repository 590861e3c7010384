package io.crosstrace.shop.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All services of the shop, wired to each other. Not safe for threads, but {@link #close} may come from any. */
public final class Services implements AutoCloseable {
	private final List<Service> started = new ArrayList<>();

	private Services() {
	}

	/**
	 * Starts stock, pricing, billing, orders and gateway, in this order, since each must know whom it calls. On failure those already started are ended.
	 *
	 * @param shop the folder of the sample services, built
	 * @param gatewayPool connections from the gateway to each service
	 * @param ledger folder for what {@link io.crosstrace.shop.ids.Ledger} writes, or null for none
	 */
	public static Services start(Path shop, int gatewayPool, Backends behind, Path ledger)
			throws IOException, InterruptedException {
		Services services = new Services();
		Map<String, String> known = new HashMap<>(Map.of("GATEWAY_POOL", String.valueOf(gatewayPool)));
		if (ledger != null) {
			known.put("LEDGER", Files.createDirectories(ledger).toString());
		}
		try {
			Integer postgres = behind.port("postgresql");
			know(known, "POSTGRES_URL", postgres == null ? null
					: "jdbc:postgresql://127.0.0.1:" + postgres + "/postgres?user=postgres&sslmode=disable");
			know(known, "REDIS_PORT", behind.port("redis"));
			services.start(shop, known, "stock");
			Service pricing = services.launch(shop, known, "pricing");
			know(known, "RABBIT_PORT", behind.port("rabbitmq"));
			Service billing = services.launch(shop, known, "billing");
			await(known, pricing);
			await(known, billing);
			services.start(shop, known, "orders");
			services.start(shop, known, "gateway");
			return services;
		} catch (IOException | InterruptedException | RuntimeException e) {
			services.close();
			throw e;
		}
	}

	private static void know(Map<String, String> known, String name, Object value) {
		if (value != null) {
			known.put(name, value.toString());
		}
	}

	private Service launch(Path shop, Map<String, String> known, String name) throws IOException {
		Service service = Service.launch(shop, name, known);
		started.add(service);
		return service;
	}

	/** Those that come later know where it is. */
	private static void await(Map<String, String> known, Service service) throws IOException, InterruptedException {
		service.awaitReady();
		String name = service.name().toUpperCase(Locale.ROOT);
		known.put(name + "_URL", service.url());
		known.put(name + "_PORT", String.valueOf(service.port()));
	}

	private void start(Path shop, Map<String, String> known, String name) throws IOException, InterruptedException {
		await(known, launch(shop, known, name));
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
