package io.crosstrace.servers;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Starts servers as processes of their own, on free ports of loopback, with all they write in one folder. Nothing of
 * the machine's own servers is touched. Several may be started at once, from any threads.
 */
public final class Servers implements AutoCloseable {
	private static final long START_NANOS = 90_000_000_000L;
	private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
	private final List<Process> running = new CopyOnWriteArrayList<>();
	private final Path folder;

	/** @param folder empty; the caller deletes it after {@link #close} */
	public Servers(Path folder) {
		this.folder = folder;
	}

	/** Free when it was asked for. */
	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** The program's path. @param names where it may be */
	public static String program(String... names) throws MissingServerException {
		for (String name : names) {
			if (new File(name).canExecute()) {
				return name;
			}
		}
		throw new MissingServerException(names[0]);
	}

	/** Debian's PostgreSQL with a fresh folder; its superuser "postgres" needs no password. @return its port */
	public int postgres() throws IOException, InterruptedException {
		File[] versions = new File("/usr/lib/postgresql").listFiles();
		if (versions == null || versions.length == 0) {
			throw new MissingServerException("/usr/lib/postgresql");
		}
		Arrays.sort(versions);
		String bin = versions[versions.length - 1] + "/bin/";
		program(bin + "postgres");
		int port = freePort();
		Path data = data("postgres");
		run("postgres", bin + "initdb", "-D", data.toString(), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8");
		start(new ProcessBuilder(as("postgres", bin + "postgres", "-D", data.toString(), "-p", Integer.toString(port),
				"-k", data.toString(), "-h", "127.0.0.1", "-F")), () -> isReady(data.resolve("postmaster.pid")));
		return port;
	}

	/** It listens before it can be used, and says in this file when it can. */
	private static boolean isReady(Path pidFile) {
		try {
			return Files.readString(pidFile).contains("ready");
		} catch (IOException e) {
			return false;
		}
	}

	/** Debian's MariaDB with a fresh folder; "root" needs no password. @return its port */
	public int mariadb() throws IOException, InterruptedException {
		String program = program("/usr/sbin/mariadbd");
		int port = freePort();
		Path data = data("mysql");
		run("mysql", "mariadb-install-db", "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal",
				"--skip-test-db");
		start(port, new ProcessBuilder(as("mysql", program, "--no-defaults", "--datadir=" + data, "--port=" + port,
				"--bind-address=127.0.0.1", "--socket=" + data.resolve("s"), "--innodb-flush-log-at-trx-commit=0")));
		return port;
	}

	/** Debian's Redis, which keeps nothing. @return its port */
	public int redis() throws IOException, InterruptedException {
		String program = program("/usr/bin/redis-server");
		int port = freePort();
		start(port, new ProcessBuilder(program, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "",
				"--dir", folder.toString()));
		return port;
	}

	/** Debian's RabbitMQ, alone and without plug-ins. @return its port */
	public int rabbit() throws IOException, InterruptedException {
		String program = program("/usr/lib/rabbitmq/bin/rabbitmq-server");
		Path own = Files.createDirectory(folder.resolve("rabbit"));
		int port = freePort();
		// Erlang's register of nodes, which would start by itself, outlive who started it, and be late on a busy machine.
		int epmdPort = freePort();
		start(epmdPort, new ProcessBuilder("epmd", "-port", Integer.toString(epmdPort), "-address", "127.0.0.1"));
		Files.writeString(own.resolve("plugins"), "[].");
		ProcessBuilder builder = new ProcessBuilder(program);
		builder.environment().putAll(Map.of("HOME", own.toString(), "RABBITMQ_NODENAME", "crosstrace" + port + "@localhost",
				"RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1", "RABBITMQ_NODE_PORT", Integer.toString(port),
				"RABBITMQ_DIST_PORT", Integer.toString(freePort()), "ERL_EPMD_PORT", Integer.toString(epmdPort),
				"RABBITMQ_MNESIA_BASE", own.resolve("data").toString(), "RABBITMQ_LOG_BASE", own.resolve("log").toString(),
				"RABBITMQ_ENABLED_PLUGINS_FILE", own.resolve("plugins").toString(), "RABBITMQ_CONF_ENV_FILE", "/dev/null"));
		// Its idle schedulers would spin for work that others need the processors for.
		builder.environment().put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none +sbwtdcpu none +sbwtdio none");
		start(port, builder);
		return port;
	}

	/** Starts a program and waits until it listens. */
	public Process start(int port, ProcessBuilder builder) throws IOException, InterruptedException {
		return start(builder, () -> listens(port));
	}

	private Process start(ProcessBuilder builder, BooleanSupplier ready) throws IOException, InterruptedException {
		Path log = Files.createTempFile(folder, "server", ".log");
		builder.environment().put("ERL_CRASH_DUMP", folder.resolve("erl_crash.dump").toString());
		Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		running.add(process);
		long until = System.nanoTime() + START_NANOS;
		while (!ready.getAsBoolean()) {
			if (!process.isAlive() || System.nanoTime() > until) {
				throw new IOException(builder.command() + " does not listen:\n" + Files.readString(log));
			}
			Thread.sleep(20);
		}
		return process;
	}

	/** A Java program of this class path. */
	public static ProcessBuilder java(String main, String... arguments) {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
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
		Path log = Files.createTempFile(folder, "setup", ".log");
		Process process = new ProcessBuilder(as(user, command)).directory(folder.toFile()).redirectErrorStream(true)
				.redirectOutput(log.toFile()).start();
		if (process.waitFor() != 0) {
			throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
		}
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	/** Ends what was started here, by force after ten seconds. */
	@Override
	public void close() throws IOException, InterruptedException {
		for (Process process : running) {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
		}
		for (Process process : running) {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
		}
	}
}
