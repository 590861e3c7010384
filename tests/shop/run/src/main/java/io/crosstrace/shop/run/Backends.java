package io.crosstrace.shop.run;

import io.crosstrace.servers.MissingServerException;
import io.crosstrace.servers.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The databases and the broker behind the shop, as far as this machine has them. They keep what they have in a folder
 * that goes with them. {@link #close} may come from any thread.
 */
public final class Backends implements AutoCloseable {
	private final Servers servers;
	private final Path folder;
	private final Map<String, CompletableFuture<Integer>> ports = new TreeMap<>();

	private Backends(Servers servers, Path folder) {
		this.servers = servers;
		this.folder = folder;
	}

	/** For a shop that keeps everything in memory. */
	public static Backends none() {
		return new Backends(null, null);
	}

	/** For a shop with what this machine has, once {@link #start} was called. */
	public static Backends installed() throws IOException {
		Path folder = Files.createTempDirectory("crosstrace-shop");
		return new Backends(new Servers(folder), folder);
	}

	/** Begins to start all at once, and returns: RabbitMQ alone takes seconds. */
	public void start() {
		if (servers != null) {
			start("postgresql", servers::postgres);
			start("redis", servers::redis);
			start("rabbitmq", servers::rabbit);
		}
	}

	private void start(String name, Callable<Integer> server) {
		CompletableFuture<Integer> port = new CompletableFuture<>();
		ports.put(name, port);
		Thread.ofVirtual().start(() -> {
			try {
				port.complete(server.call());
			} catch (Exception e) {
				port.completeExceptionally(e);
			}
		});
	}

	/**
	 * Waits for a server.
	 *
	 * @return its port, or null if this machine does not have it
	 * @throws IOException if it is installed and does not start
	 */
	public Integer port(String name) throws IOException, InterruptedException {
		if (servers == null) {
			return null;
		}
		try {
			return ports.get(name).get();
		} catch (ExecutionException e) {
			if (e.getCause() instanceof MissingServerException) {
				return null;
			}
			throw new IOException(name + " did not start: " + e.getCause().getMessage(), e);
		}
	}

	/** Their ports by name, of those that have started. */
	public Map<String, Integer> all() {
		Map<String, Integer> all = new TreeMap<>();
		ports.forEach((name, port) -> {
			if (port.isDone() && !port.isCompletedExceptionally()) {
				all.put(name, port.join());
			}
		});
		return all;
	}

	/** What this machine lacks, and what brings it; a sentence each, without its full stop. Waits for all servers. */
	public List<String> missing() throws InterruptedException {
		List<String> missing = new ArrayList<>();
		for (CompletableFuture<Integer> port : ports.values()) {
			try {
				port.get();
			} catch (ExecutionException e) {
				missing.add(e.getCause().getMessage());
			}
		}
		return missing;
	}

	@Override
	public void close() {
		if (servers == null) {
			return;
		}
		try {
			servers.close();
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
