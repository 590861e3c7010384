package io.crosstrace.shop.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The command: sends customers into a shop on this machine and tells how they were served. */
public final class Load {
	private static final String USAGE = """
			usage: java -jar shop-load.jar --target http://127.0.0.1:PORT [OPTION ...]

			  --concurrency N  customers at once (20)
			  --seconds N      stop after so long (until Ctrl-C)
			  --rate N         requests per second of all customers (as many as they can)
			  --start-when F   begin when the file F is there, or after two minutes

			Prints one JSON line, then the same for people. Ends with 1 if a request got another answer than it should.
			""";

	private static final int PATIENCE_SECONDS = 120;

	private URI target;
	private int concurrency = 20;
	private long seconds = Long.MAX_VALUE;
	private double rate;
	private Path startWhen;

	private Load() {
	}

	public static void main(String[] args) throws InterruptedException {
		Load load = new Load();
		try {
			load.read(args);
			InetSocketAddress address = loopback(load.target);
			System.exit(load.run(address) ? 0 : 1);
		} catch (IllegalArgumentException e) {
			System.err.println("load: " + e.getMessage() + "\n\n" + USAGE);
			System.exit(2);
		}
	}

	private void read(String[] args) {
		for (int i = 0; i < args.length; i++) {
			if (args[i].equals("--help")) {
				System.out.print(USAGE);
				System.exit(0);
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("'" + args[i] + "' is no option, or lacks its value");
			}
			String value = args[++i];
			switch (args[i - 1]) {
				case "--target" -> target = URI.create(value);
				case "--concurrency" -> concurrency = (int) number(args[i - 1], value, 1, 10_000);
				case "--seconds" -> seconds = (long) number(args[i - 1], value, 1, 1e9);
				case "--start-when" -> startWhen = Path.of(value);
				case "--rate" -> rate = number(args[i - 1], value, 0.001, 1e6);
				default -> throw new IllegalArgumentException("there is no option " + args[i - 1]);
			}
		}
		if (target == null || target.getHost() == null || target.getPort() < 0) {
			throw new IllegalArgumentException("--target must say where the shop is");
		}
	}

	private static double number(String option, String text, double least, double most) {
		try {
			double number = Double.parseDouble(text);
			if (number >= least && number <= most) {
				return number;
			}
		} catch (NumberFormatException e) {
			// Told below, like a number out of range.
		}
		throw new IllegalArgumentException(option + " takes a number from " + least + " to " + most + ", not " + text);
	}

	/** Load on somebody else's machine is an attack. */
	private static InetSocketAddress loopback(URI target) {
		InetSocketAddress address = new InetSocketAddress(target.getHost(), target.getPort());
		if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
			throw new IllegalArgumentException("--target must be on this machine's loopback, not " + target);
		}
		return address;
	}

	private boolean run(InetSocketAddress address) throws InterruptedException {
		for (int i = 0; startWhen != null && !Files.exists(startWhen) && i < PATIENCE_SECONDS * 10; i++) {
			Thread.sleep(100);
		}
		Customers customers = new Customers(address, rate);
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch reported = new CountDownLatch(1);
		Thread onSignal = new Thread(() -> {
			interrupted.countDown();
			await(reported);
		});
		Runtime.getRuntime().addShutdownHook(onSignal);
		customers.start(concurrency);
		interrupted.await(seconds, TimeUnit.SECONDS);
		customers.stop();
		report(customers);
		reported.countDown();
		return customers.errors() == 0;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(35, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void report(Customers customers) {
		Latencies all = customers.all();
		double perSecond = all.count() / customers.seconds();
		System.out.printf(Locale.ROOT, "{\"load\":\"shop\",\"concurrency\":%d,\"seconds\":%.1f,\"requests\":%d,"
				+ "\"errors\":%d,\"requests_per_s\":%.1f,\"p50_ms\":%.2f,\"p95_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}%n",
				concurrency, customers.seconds(), all.count(), customers.errors(), perSecond, all.millis(0.5),
				all.millis(0.95), all.millis(0.99), all.millis(1));
		System.out.printf(Locale.ROOT, "%d requests in %.1f s by %d customers: %.0f requests/s, %d errors%n", all.count(),
				customers.seconds(), concurrency, perSecond, customers.errors());
		for (Operation operation : Operation.values()) {
			Latencies times = customers.of(operation);
			System.out.printf(Locale.ROOT, "  %-9s %8d   median %7.2f ms   95 %% %7.2f ms   99 %% %7.2f ms%n",
					operation.name().toLowerCase(Locale.ROOT), times.count(), times.millis(0.5), times.millis(0.95),
					times.millis(0.99));
		}
	}
}
