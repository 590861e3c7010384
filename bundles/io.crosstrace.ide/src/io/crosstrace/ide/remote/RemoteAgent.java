package io.crosstrace.ide.remote;

import io.crosstrace.wire.client.AgentAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * An agent that was brought to a host and runs there for as long as somebody is connected.
 *
 * <p>All its files are in one folder that only the user of the login can enter. The agent ends when it is told to,
 * or when nobody has been connected for {@link #ALONE_SECONDS}; then the folder goes, too. The token travels in the SSH
 * connection and is never on a command line. When the connection breaks, it is opened again for as long as it takes,
 * on the same local port, so that an {@link io.crosstrace.wire.client.AgentConnection} goes on where it was.
 *
 * <p>Any thread but the UI thread: {@link #attach} and {@link #close} wait for the host.
 */
public final class RemoteAgent implements AutoCloseable {
	/** Long enough for a network that comes back, short enough for a laptop that does not. */
	static final int ALONE_SECONDS = 300;
	private static final Duration SHORT = Duration.ofSeconds(30);
	private static final long FIRST_RETRY_MILLIS = 500;
	private static final long LAST_RETRY_MILLIS = 10_000;

	/** Hears what is being done, such as "Checking the kernel of staging-1". Any thread. */
	public interface Progress extends Consumer<String> {
		/** True if a person wants no more of it. */
		default boolean isCanceled() {
			return false;
		}
	}

	private final SshAddress address;
	private final Path sshFolder;
	private final Questions questions;
	private final AgentPackage brought;
	private final List<String> options;
	private final String token = HexFormat.of().formatHex(random(32));
	private volatile boolean closed;
	private volatile String limits = "";
	private volatile String trouble = "";

	/* Guarded by this. */
	private SshConnection connection;
	private HostFacts facts;
	private String folder = "";
	private int remotePort;
	private int localPort;

	private RemoteAgent(SshAddress address, Path sshFolder, Questions questions, AgentPackage brought, List<String> options) {
		this.address = address;
		this.sshFolder = sshFolder;
		this.questions = new RememberedAnswers(questions);
		this.brought = brought;
		this.options = List.copyOf(options);
	}

	/**
	 * Brings an agent to a host and starts it. Whatever goes wrong, the host is left as it was.
	 *
	 * @param sshFolder the user's {@code ~/.ssh}
	 * @param options more options for {@code agent run}, such as {@code --exe /java$}
	 * @throws RemoteException why not, in words for a person
	 */
	public static RemoteAgent attach(SshAddress address, Path sshFolder, Questions questions, AgentPackage brought,
			List<String> options, Progress progress) throws RemoteException {
		RemoteAgent agent = new RemoteAgent(address, sshFolder, questions, brought, options);
		try {
			agent.open(progress);
			return agent;
		} catch (RemoteException | RuntimeException e) {
			agent.close();
			throw e;
		}
	}

	/** Where the agent is reached from this machine; stays the same while the network comes and goes. */
	public synchronized AgentAddress address() {
		return AgentAddress.plain("127.0.0.1", localPort, token);
	}

	/** The host as it was asked for. */
	public SshAddress host() {
		return address;
	}

	/** What the agent cannot do on that host, as {@code agent check} says it; empty if there is nothing. */
	public String limits() {
		return limits;
	}

	/** Why there is no connection at the moment; empty while there is one. */
	public String trouble() {
		return trouble;
	}

	private synchronized void open(Progress progress) throws RemoteException {
		step(progress, "Logging in to " + address);
		connection = SshConnection.open(address, sshFolder, questions);
		if (folder.isEmpty() || !connection.run("[ -s " + quoted(folder + "/port") + " ]", SHORT).ok()) {
			folder = "";
			try {
				bring(progress);
				start(progress);
			} catch (RemoteException e) {
				try {
					clear(); // or each try to come back would leave another folder
				} catch (RemoteException gone) {
					e.addSuppressed(gone);
				}
				throw e;
			}
		}
		try {
			localPort = tunnel();
		} catch (IOException e) {
			throw new RemoteException("No tunnel to the agent could be opened: " + SshLogin.plain(e)
					+ ". The host may forbid it (AllowTcpForwarding in its sshd_config).", e);
		}
		connection.whenGone(this::reopen);
		trouble = "";
	}

	/** The same port again, if nobody took it meanwhile. */
	private int tunnel() throws IOException {
		try {
			return connection.tunnel(localPort, remotePort);
		} catch (BindException e) {
			throw new IOException("port " + localPort + " of this machine was taken meanwhile", e);
		}
	}

	private void bring(Progress progress) throws RemoteException {
		step(progress, "Looking at " + address);
		facts = HostFacts.ask(connection);
		if (!facts.system().equals("Linux")) {
			throw new RemoteException(address + " runs " + facts.system() + ", and the agent needs Linux.");
		}
		SshConnection.Result made = connection.run("umask 077 && mktemp -d \"${TMPDIR:-/tmp}/crosstrace.XXXXXXXX\"", SHORT);
		if (!made.ok()) {
			throw new RemoteException("No folder could be made on " + address + ": " + made.lastWords() + ".");
		}
		folder = made.out().strip();
		step(progress, "Copying the agent to " + address);
		try (InputStream jar = brought.agent()) {
			connection.upload(jar, folder + "/agent.jar", "The agent");
		} catch (IOException e) {
			throw new RemoteException("The agent could not be copied: " + e.getMessage() + ".", e);
		}
		if (facts.java().isEmpty()) {
			step(progress, "Copying a Java run-time to " + address + ", which has none");
			bringRuntime();
		}
		connection.upload(text(token + "\n"), folder + "/token", "The token");
		connection.upload(text(script()), folder + "/run", "The start script");
	}

	private void bringRuntime() throws RemoteException {
		try (InputStream runtime = brought.runtime(facts.machine())) {
			if (runtime == null) {
				throw new RemoteException(address + " has no Java 21 or newer, and this plug-in brings none for "
						+ facts.machine() + ". Install one there, such as openjdk-21-jre-headless.");
			}
			SshConnection.Result unpacked = connection.run("tar xzf - -C " + quoted(folder), runtime, Duration.ofMinutes(10));
			if (!unpacked.ok()) {
				throw new RemoteException("The Java run-time could not be written on " + address + ": "
						+ unpacked.lastWords() + ". Make room on the host, or set TMPDIR there to a folder with room.");
			}
		} catch (IOException e) {
			throw new RemoteException("The Java run-time could not be copied: " + e.getMessage() + ".", e);
		}
	}

	private String java() {
		return facts.java().isEmpty() ? folder + "/runtime/bin/java" : facts.java();
	}

	/** Waits for the agent's end and clears the folder, whatever becomes of the connection. */
	private String script() {
		StringBuilder more = new StringBuilder();
		options.forEach(option -> more.append(' ').append(quoted(option)));
		return """
				#!/bin/sh
				# Runs the CrossTrace agent until its IDE is gone or wants it to stop, then leaves nothing behind.
				folder=%s
				cd "$folder" || exit 1
				exec </dev/null >agent.log 2>&1
				chmod 644 agent.log
				umask 022
				%s -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -Djava.io.tmpdir="$folder" -jar agent.jar run \\
					--listen 127.0.0.1:0 --port-file port --token-file token --state-dir state --quiet \\
					--stop-when-alone %d%s &
				agent=$!
				trap 'kill $agent' TERM INT HUP
				while kill -0 $agent 2>/dev/null; do
					[ -e stop ] && kill $agent
					sleep 0.5 2>/dev/null || sleep 1
				done
				wait $agent
				status=$?
				echo $status >ended
				# The reason stays for whoever waits for the start.
				left=20
				while [ $status != 0 ] && [ ! -e stop ] && [ $left -gt 0 ]; do
					left=$((left - 1))
					sleep 1
				done
				cd / && rm -rf "$folder"
				""".formatted(quoted(folder), quoted(java()), ALONE_SECONDS, more);
	}

	private void start(Progress progress) throws RemoteException {
		Sudo sudo = Sudo.of(connection, facts, address.host(), questions);
		step(progress, "Checking what the kernel of " + address + " allows");
		SshConnection.Result check = sudo.run(quoted(java()) + " -Xmx128m --enable-native-access=ALL-UNNAMED -Djava.io.tmpdir="
				+ quoted(folder) + " -jar " + quoted(folder + "/agent.jar") + " check", SHORT);
		if (!check.ok()) {
			throw new RemoteException("The agent cannot work on " + address + " (Linux " + facts.kernel() + "). "
					+ reasons(check) + " 'agent check' on the host tells more.");
		}
		limits = check.out().lines().filter(line -> line.startsWith("no ")).map(line -> line.substring(3).strip())
				.reduce((a, b) -> a + "; " + b).orElse("");
		step(progress, "Starting the agent on " + address);
		SshConnection.Result started = sudo.run("sh -c " + quoted("if command -v setsid >/dev/null; then setsid sh "
				+ quoted(folder + "/run") + " >/dev/null 2>&1 & else nohup sh " + quoted(folder + "/run")
				+ " >/dev/null 2>&1 & fi"), SHORT);
		if (!started.ok()) {
			throw new RemoteException("The agent was not started on " + address + ": " + started.lastWords() + ".");
		}
		remotePort = port();
	}

	private int port() throws RemoteException {
		SshConnection.Result result = connection.run("cd " + quoted(folder) + " && for i in $(seq 200); do "
				+ "if [ -s port ]; then cat port; exit 0; fi; [ -e ended ] && break; sleep 0.1; done; cat agent.log; exit 1",
				SHORT.plusSeconds(10));
		if (result.ok()) {
			try {
				return Integer.parseInt(result.out().strip());
			} catch (NumberFormatException e) {
				throw new RemoteException("The agent on " + address + " told no port but '" + result.lastWords() + "'.", e);
			}
		}
		String words = result.lastWords().replaceFirst("^crosstrace agent: ", "");
		throw new RemoteException("The agent did not start on " + address + ": "
				+ (words.isEmpty() ? "it said nothing" : words) + (words.endsWith(".") ? "" : "."));
	}

	/** The check's own reasons, or what the command said if it did not get that far. */
	private static String reasons(SshConnection.Result check) {
		String reasons = check.out().lines().filter(line -> line.strip().startsWith("because: "))
				.map(line -> line.strip().substring("because: ".length())).distinct().limit(3)
				.reduce((a, b) -> a + "; " + b).orElse(check.lastWords());
		return reasons + (reasons.endsWith(".") ? "" : ".");
	}

	/** In a thread of the connection that has just gone. */
	private void reopen() {
		if (closed) {
			return;
		}
		trouble = "The connection to " + address + " broke; trying again.";
		Thread thread = new Thread(() -> {
			long pause = FIRST_RETRY_MILLIS;
			while (!closed) {
				try {
					Thread.sleep(pause);
					synchronized (this) {
						connection.close();
						if (!closed) {
							open(what -> { });
						}
					}
					return;
				} catch (RemoteException e) {
					trouble = e.getMessage();
					pause = Math.min(LAST_RETRY_MILLIS, pause * 2);
				} catch (InterruptedException e) {
					return;
				}
			}
		}, "CrossTrace SSH to " + address.host());
		thread.setDaemon(true);
		thread.start();
	}

	/** Stops the agent and removes what was brought, if the host can be reached. */
	private void clear() throws RemoteException {
		if (connection.isOpen() && !folder.isEmpty()) {
			// A folder no agent watches over is ours to remove.
			connection.run("cd " + quoted(folder) + " 2>/dev/null || exit 0; touch stop; "
					+ "if [ -e agent.log ]; then for i in $(seq 100); do [ -d " + quoted(folder)
					+ " ] || exit 0; sleep 0.1; done; fi; cd / && rm -rf " + quoted(folder), SHORT);
			folder = "";
		}
	}

	/** Stops the agent, removes what was brought, and logs out. Waits up to ten seconds. Twice does nothing. */
	@Override
	public void close() {
		closed = true;
		synchronized (this) {
			if (connection == null) {
				return;
			}
			try {
				clear();
			} catch (RemoteException e) {
				trouble = e.getMessage(); // the agent ends by itself when it has been alone for long enough
			} finally {
				connection.close();
				connection = null;
			}
		}
	}

	private void step(Progress progress, String what) throws RemoteException {
		if (progress.isCanceled()) {
			throw new RemoteException("Canceled; nothing was left on " + address + ".");
		}
		progress.accept(what);
	}

	private static InputStream text(String content) {
		return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
	}

	private static String quoted(String text) {
		return SshConnection.quoted(text);
	}

	private static byte[] random(int bytes) {
		byte[] random = new byte[bytes];
		new SecureRandom().nextBytes(random);
		return random;
	}
}
