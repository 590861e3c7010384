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
	private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
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

	/** Debian's PostgreSQL with a fresh folder; its superuser "postgres" needs no password. @return its port */
	int postgres() throws IOException, InterruptedException {
		File[] versions = new File("/usr/lib/postgresql").listFiles();
		Assumptions.assumeTrue(versions != null && versions.length > 0, "no PostgreSQL here: './crosstrace setup' installs it");
		String bin = versions[versions.length - 1] + "/bin/";
		int port = freePort();
		Path data = data("postgres");
		run("postgres", bin + "initdb", "-D", data.toString(), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8");
		start(port, new ProcessBuilder(as("postgres", bin + "postgres", "-D", data.toString(), "-p", Integer.toString(port),
				"-k", data.toString(), "-h", "127.0.0.1", "-F")));
		return port;
	}

	/** Debian's MariaDB with a fresh folder; "root" needs no password. @return its port */
	int mariadb() throws IOException, InterruptedException {
		String program = program("/usr/sbin/mariadbd");
		int port = freePort();
		Path data = data("mysql");
		run("mysql", "mariadb-install-db", "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal",
				"--skip-test-db");
		start(port, new ProcessBuilder(as("mysql", program, "--no-defaults", "--datadir=" + data, "--port=" + port,
				"--bind-address=127.0.0.1", "--socket=" + data.resolve("s"), "--innodb-flush-log-at-trx-commit=0")));
		return port;
	}

	/** A folder that the server's own user may write to. */
	private Path data(String user) throws IOException, InterruptedException {
		Path data = Files.createDirectory(folder.resolve(user));
		if (ROOT) {
			for (Path up = folder; up != null && up.startsWith(System.getProperty("java.io.tmpdir")); up = up.getParent()) {
				up.toFile().setExecutable(true, false);
			}
			run("root", "chown", user, data.toString());
		}
		return data;
	}

	/** These servers refuse to run as root. */
	private static List<String> as(String user, String... command) {
		List<String> all = new ArrayList<>();
		if (ROOT && !user.equals("root")) {
			all.addAll(List.of("runuser", "-u", user, "--"));
		}
		all.addAll(List.of(command));
		return all;
	}

	private void run(String user, String... command) throws IOException, InterruptedException {
		Path log = folder.resolve("setup.log");
		Process process = new ProcessBuilder(as(user, command)).directory(folder.toFile()).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
		if (process.waitFor() != 0) {
			throw new AssertionError(String.join(" ", command) + " failed:\n" + Files.readString(log));
		}
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
