package io.crosstrace.shop.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command: the whole shop and its customers, until Ctrl-C or the time is over. Ends only what it has started. */
public final class Shop {
	private static final String USAGE = """
			usage: java -jar shop-run.jar [OPTION ...]

			  --concurrency N    customers at once (20); 0 starts the services without load
			  --rate N           requests per second of all customers (as many as they can)
			  --seconds N        end by itself after so many seconds of load (Ctrl-C ends it, too)
			  --gateway-pool N   connections from the gateway to each service (64)
			  --start-when FILE  begin the load when FILE is there
			  --ledger DIR       where the services write down the calls whose bytes hold no id
			  --bare             without PostgreSQL, Redis and RabbitMQ, even if this machine has them
			  --ports-file FILE  write {"service": {"port": N, "pid": N}, ...} there when all are ready
			""";

	private final List<String> loadOptions = new ArrayList<>();
	private int concurrency = 20;
	private int seconds;
	private int gatewayPool = 64;
	private boolean bare;
	private Path ledger;
	private Path portsFile;
	private Backends backends;
	private Services services;
	private Process load;
	private volatile boolean stopping;

	private Shop() {
	}

	public static void main(String[] args) throws InterruptedException {
		Shop shop = new Shop();
		int exit;
		Runtime.getRuntime().addShutdownHook(new Thread(shop::stop));
		try {
			shop.read(args);
			exit = shop.run();
		} catch (IllegalArgumentException e) {
			System.err.println("shop: " + e.getMessage() + "\n\n" + USAGE);
			exit = 2;
		} catch (IOException | URISyntaxException e) {
			System.err.println("shop: " + e.getMessage());
			exit = 1;
		}
		System.exit(exit);
	}

	private void read(String[] args) {
		for (int i = 0; i < args.length; i++) {
			String option = args[i];
			if (option.equals("--help")) {
				System.out.print(USAGE);
				System.exit(0);
			}
			if (option.equals("--bare")) {
				bare = true;
				continue;
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("'" + option + "' is no option, or lacks its value");
			}
			String value = args[++i];
			switch (option) {
				case "--concurrency" -> concurrency = number(option, value, 0);
				case "--seconds" -> seconds = number(option, value, 1);
				case "--gateway-pool" -> gatewayPool = number(option, value, 1);
				case "--ledger" -> ledger = Path.of(value).toAbsolutePath();
				case "--rate", "--start-when" -> loadOptions.addAll(List.of(option, value));
				case "--ports-file" -> portsFile = Path.of(value).toAbsolutePath();
				default -> throw new IllegalArgumentException("there is no option " + option);
			}
		}
		loadOptions.addAll(List.of("--concurrency", String.valueOf(concurrency)));
		if (seconds > 0) {
			loadOptions.addAll(List.of("--seconds", String.valueOf(seconds)));
		}
	}

	private static int number(String option, String text, int least) {
		try {
			int number = Integer.parseInt(text);
			if (number >= least) {
				return number;
			}
		} catch (NumberFormatException e) {
			// Told below, like a number out of range.
		}
		throw new IllegalArgumentException(option + " takes a whole number from " + least + " on, not " + text);
	}

	private int run() throws IOException, URISyntaxException, InterruptedException {
		Path modules = Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI())
				.resolve("../../..").normalize();
		long start = System.nanoTime();
		Backends behind = bare ? Backends.none() : Backends.installed();
		synchronized (this) {
			backends = behind;
		}
		behind.start();
		Services ready = Services.start(modules, gatewayPool, behind, ledger);
		behind.missing().forEach(missing -> System.out.println("The shop goes on with what is there: " + missing + '.'));
		synchronized (this) {
			services = ready;
			if (concurrency > 0) {
				load = startLoad(modules, ready.gateway().url());
			}
		}
		System.out.printf("The shop is open at %s after %.1f s.%n", ready.gateway().url(), (System.nanoTime() - start) / 1e9);
		behind.all().forEach((name, port) -> System.out.printf("  %-10s port %5d%n", name, port));
		for (Service service : ready.all()) {
			System.out.printf("  %-10s port %5d  pid %d%n", service.name(), service.port(), service.pid());
		}
		if (portsFile != null) {
			writePorts(ready);
		}
		return watch(ready);
	}

	private Process startLoad(Path modules, String target) throws IOException {
		List<String> options = new ArrayList<>(List.of("--target", target));
		options.addAll(loadOptions);
		return new ProcessBuilder(Service.command(List.of("-Xmx64m", "-XX:+UseSerialGC"), Service.jar(modules, "load"),
				options)).redirectInput(ProcessBuilder.Redirect.PIPE).redirectOutput(ProcessBuilder.Redirect.INHERIT)
				.redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/** Appears whole or not at all: somebody waits for it. */
	private void writePorts(Services ready) throws IOException {
		String json = ready.all().stream()
				.map(service -> "\"%s\": {\"port\": %d, \"pid\": %d}".formatted(service.name(), service.port(), service.pid()))
				.collect(Collectors.joining(",\n  ", "{\n  ", load == null ? "\n}\n" : ",\n  \"load\": {\"pid\": %d}\n}\n"
						.formatted(load.pid())));
		Path unfinished = portsFile.resolveSibling(portsFile.getFileName() + ".part");
		Files.writeString(unfinished, json);
		Files.move(unfinished, portsFile, StandardCopyOption.ATOMIC_MOVE);
	}

	/** @return the exit code: that of the load, or 1 if a service has died */
	private int watch(Services ready) throws InterruptedException {
		long end = seconds > 0 && load == null ? System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) : Long.MAX_VALUE;
		while (System.nanoTime() < end) {
			if (load == null) {
				Thread.sleep(200);
			} else if (load.waitFor(200, TimeUnit.MILLISECONDS)) {
				return load.exitValue();
			}
			Service dead = ready.dead();
			if (dead != null && !stopping) {
				System.err.println("shop: " + dead.name() + " has died; closing the shop.");
				return 1;
			}
		}
		return 0;
	}

	/** The load first, so that it can still tell how it was served. */
	private synchronized void stop() {
		stopping = true;
		if (load != null) {
			Service.end(load);
		}
		if (services != null) {
			services.close();
		}
		if (backends != null) {
			backends.close();
		}
		ProcessHandle.current().descendants().forEach(ProcessHandle::destroy); // those that were just being started
	}
}
