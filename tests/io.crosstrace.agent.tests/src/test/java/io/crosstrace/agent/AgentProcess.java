package io.crosstrace.agent;

import io.crosstrace.wire.client.AgentAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The agent as a person starts it: a process of its own, with the class path of the tests. */
final class AgentProcess implements AutoCloseable {
	final Process process;
	private final Path folder;
	private final Path text;

	/**
	 * @param before command to run it under, such as setpriv
	 * @param folder for its state and its files
	 */
	AgentProcess(Path folder, List<String> before, String... arguments) throws IOException {
		this.folder = folder;
		text = Files.createTempFile(folder, "agent", ".txt");
		List<String> command = new ArrayList<>(before);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", absoluteClassPath(),
				"io.crosstrace.agent.Main"));
		command.addAll(List.of(arguments));
		process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(text.toFile()).start();
	}

	private static String absoluteClassPath() {
		List<String> paths = new ArrayList<>();
		for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
			paths.add(Path.of(path).toAbsolutePath().toString());
		}
		return String.join(File.pathSeparator, paths);
	}

	/** Options of run that keep everything inside the folder, on a free port. */
	static String[] run(Path folder, String... more) {
		List<String> arguments = new ArrayList<>(List.of("run", "--state-dir", folder.resolve("state").toString(),
				"--port-file", folder.resolve("port").toString(), "--listen", "127.0.0.1:0"));
		arguments.addAll(List.of(more));
		return arguments.toArray(String[]::new);
	}

	/** Waits until it listens. */
	AgentAddress address() throws IOException, InterruptedException {
		Path port = folder.resolve("port");
		for (int i = 0; i < 600; i++) {
			if (Files.exists(port) && Files.readString(port).endsWith("\n")) {
				return AgentAddress.plain("127.0.0.1", Integer.parseInt(Files.readString(port).trim()),
						Files.readString(folder.resolve("state/token")).trim());
			}
			if (!process.isAlive()) {
				throw new AssertionError("the agent ended: " + text());
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		throw new AssertionError("the agent does not listen: " + text());
	}

	int exit() throws InterruptedException, IOException {
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			throw new AssertionError("the agent runs on: " + text());
		}
		return process.exitValue();
	}

	String text() throws IOException {
		return Files.readString(text);
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}
}
