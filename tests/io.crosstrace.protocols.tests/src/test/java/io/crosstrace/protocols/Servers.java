package io.crosstrace.protocols;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** Starts servers as processes of their own, on free ports of loopback, with all they write in one folder. */
final class Servers implements AutoCloseable {
	private static final long START_NANOS = 90_000_000_000L;
	private final List<Process> running = new ArrayList<>();
	final Path folder;

	Servers(Path folder) {
		this.folder = folder;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** The program's path; skips the test if the machine has none. @param names where it may be */
	static String program(String... names) {
		for (String name : names) {
			if (new File(name).canExecute()) {
				return name;
			}
		}
		Assumptions.abort("no " + names[0] + " here: './crosstrace setup' installs it");
		return null;
	}

	/** Starts a program and waits until it listens. */
	Process start(int port, ProcessBuilder builder) throws IOException, InterruptedException {
		Path log = folder.resolve("server.log");
		Process process = builder.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
		running.add(process);
		long until = System.nanoTime() + START_NANOS;
		while (!listens(port)) {
			if (!process.isAlive() || System.nanoTime() > until) {
				throw new AssertionError(builder.command() + " does not listen on " + port + ":\n" + Files.readString(log));
			}
			Thread.sleep(50);
		}
		return process;
	}

	/** A Java program of this test's class path. */
	static ProcessBuilder java(String main, String... arguments) {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	@Override
	public void close() throws InterruptedException {
		for (Process process : running) {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
		}
	}
}
