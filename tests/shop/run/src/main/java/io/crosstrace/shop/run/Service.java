package io.crosstrace.shop.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One service of the shop in a process of its own, with a small heap. Its output goes to ours, behind its name. */
public final class Service implements AutoCloseable {
	private static final int READY_SECONDS = 90;
	private static final int STOP_SECONDS = 5;

	private final String name;
	private final Process process;
	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private Service(String name, Process process) {
		this.name = name;
		this.process = process;
	}

	/**
	 * Starts a service and waits until it listens, for up to 90 s.
	 *
	 * @param shop the folder of the sample services
	 * @param environment beside the port, which is any free one
	 * @throws IOException if the service was not built, or does not start
	 */
	public static Service start(Path shop, String name, Map<String, String> environment)
			throws IOException, InterruptedException {
		Service service = launch(shop, name, environment);
		service.awaitReady();
		return service;
	}

	/** Starts a service, which {@link #awaitReady} then waits for. */
	static Service launch(Path shop, String name, Map<String, String> environment) throws IOException {
		Path jar = jar(shop, name);
		List<String> jvm = new ArrayList<>(List.of("-Xmx96m", "-Xss512k", "-XX:+UseSerialGC",
				"--enable-native-access=ALL-UNNAMED"));
		jvm.add("-XX:TieredStopAtLevel=1"); // starts with a third of the work, which counts more than the top speed
		if (Runtime.version().feature() >= 23) {
			jvm.add("--sun-misc-unsafe-memory-access=allow"); // Netty's, which newer releases warn of
		}
		ProcessBuilder builder = new ProcessBuilder(command(jvm, jar, List.of()));
		builder.environment().put("PORT", "0");
		builder.environment().putAll(environment);
		Service service = new Service(name, builder.redirectErrorStream(true).start());
		Thread.ofVirtual().start(service::forwardOutput);
		return service;
	}

	/** Where Maven leaves the jar of a module of the shop. */
	static Path jar(Path shop, String name) throws IOException {
		Path jar = shop.resolve(name).resolve("target/shop-" + name + ".jar");
		if (!Files.isReadable(jar)) {
			throw new IOException(jar + " is missing: build the shop first.");
		}
		return jar;
	}

	static List<String> command(List<String> jvmOptions, Path jar, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.add("-jar");
		command.add(jar.toString());
		command.addAll(arguments);
		return command;
	}

	private void forwardOutput() {
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith("READY " + name + ' ')) {
					port.complete(Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
				} else {
					System.err.println("[" + name + "] " + line);
				}
			}
		} catch (IOException e) {
			// The process is gone, which is what its reader is told below.
		}
		port.completeExceptionally(new IOException(name + " ended before it was ready"));
	}

	/** Waits until it listens, for up to 90 s; ends it if it does not. */
	void awaitReady() throws IOException, InterruptedException {
		try {
			port.get(READY_SECONDS, TimeUnit.SECONDS);
		} catch (TimeoutException | ExecutionException e) {
			close();
			throw new IOException(name + " did not start: " + (e instanceof TimeoutException
					? "it was not ready after " + READY_SECONDS + " s"
					: e.getCause().getMessage()) + '.', e);
		} catch (InterruptedException e) {
			close();
			throw e;
		}
	}

	/** What the service is called in files and in its output. */
	public String name() {
		return name;
	}

	/** Where the service listens, on 127.0.0.1. */
	public int port() {
		return port.join();
	}

	/** The base address of the service. */
	public String url() {
		return "http://127.0.0.1:" + port();
	}

	/** The id of the service's process. */
	public long pid() {
		return process.pid();
	}

	/** Whether the process has not ended yet. */
	public boolean isAlive() {
		return process.isAlive();
	}

	/** Ends the process, by force after five seconds. */
	@Override
	public void close() {
		end(process);
	}

	static void end(Process process) {
		process.destroy();
		try {
			if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				return;
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		process.destroyForcibly();
	}
}
