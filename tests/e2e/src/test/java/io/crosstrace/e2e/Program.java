package io.crosstrace.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An executable jar of this project in a process of its own, whose output is kept and shown. */
final class Program implements AutoCloseable {
	private final String name;
	private final Process process;
	private final List<String> output = new ArrayList<>();
	private final Thread reader;

	private Program(String name, Process process) {
		this.name = name;
		this.process = process;
		reader = Thread.ofVirtual().start(this::read);
	}

	static Program start(String name, Path jar, String... arguments) throws IOException {
		if (!Files.isReadable(jar)) {
			throw new IOException(jar + " is missing: build the whole project first.");
		}
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
		command.addAll(List.of(arguments));
		return new Program(name, new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader in = process.inputReader()) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				System.out.println("[" + name + "] " + line);
				synchronized (output) {
					output.add(line);
				}
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** All that was printed so far. */
	String output() {
		synchronized (output) {
			return String.join("\n", output);
		}
	}

	boolean isAlive() {
		return process.isAlive();
	}

	/** Asks the process to end, as {@code kill} does. By its handle, or what it still says would be lost. */
	void terminate() {
		process.toHandle().destroy();
	}

	/** What {@code kill -9} does: the process cannot tidy up. */
	void kill() {
		process.toHandle().destroyForcibly();
	}

	/** @return the exit code */
	int await(int seconds) throws InterruptedException {
		if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
			throw new AssertionError(name + " did not end within " + seconds + " s; it said:\n" + output());
		}
		reader.join();
		return process.exitValue();
	}

	@Override
	public void close() {
		kill();
	}
}
