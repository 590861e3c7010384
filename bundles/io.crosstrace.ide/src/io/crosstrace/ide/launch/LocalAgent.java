package io.crosstrace.ide.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.IProgressMonitor;

import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.session.AgentBook;
import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.session.Session;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.ConnectionState;

/**
 * An agent on this host: one that the session follows already, the system's service, or one of our own, started with the
 * rights it needs by sudo or, with a window that asks for the password, by pkexec. Our own watches only what it is
 * told to, listens on loopback with a token, and ends a minute after the IDE has gone. One caller at a time is served.
 */
public final class LocalAgent {
	/** Where the service listens. */
	private static final int SERVICE_PORT = 4520;
	/** No process has it, so that the agent watches none until it is told which. */
	private static final int NOBODY = 1 << 23;
	private static final int ALONE_SECONDS = 60;
	/** As long as a person may take to type a password. */
	private static final long START_SECONDS = 120;

	private final Session session;
	private final Path folder;
	private final AgentPackage agentPackage;
	private final BooleanSupplier consent;
	private final RootRights root;
	private Process process;

	/**
	 * @param folder the agent's jar, token and port are kept there, readable by this user only
	 * @param consent asked before an agent is started, on the caller's thread; it remembers
	 */
	public LocalAgent(Session session, Path folder, AgentPackage agentPackage, BooleanSupplier consent, RootRights root) {
		this.session = session;
		this.folder = folder;
		this.agentPackage = agentPackage;
		this.consent = consent;
		this.root = root;
	}

	/** Whether this machine can run an agent at all. */
	public static boolean isLinux() {
		return System.getProperty("os.name", "").startsWith("Linux");
	}

	/** Waits until an agent of this host is followed. @return why not, in a sentence; empty if one is */
	public synchronized String ensure(IProgressMonitor monitor) {
		if (!isLinux()) {
			return "the agent needs a Linux kernel, and this is " + System.getProperty("os.name")
					+ ". Run the program in WSL or on a remote host, and connect to an agent there.";
		}
		if (connected() || (process != null && process.isAlive())) {
			return "";
		}
		try {
			if (serviceAnswers()) {
				return connectToService();
			}
			return start(monitor);
		} catch (IOException e) {
			return e.getMessage();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return "waiting for the agent was interrupted.";
		}
	}

	private boolean connected() {
		return session.snapshot().agents().stream().anyMatch(each -> each.state() == ConnectionState.CONNECTED && isLocal(each));
	}

	private static boolean isLocal(AgentStatus agent) {
		return agent.address().host().matches("localhost|127\\..*|::1");
	}

	private static boolean serviceAnswers() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", SERVICE_PORT), 300);
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	private String connectToService() throws IOException {
		for (AgentAddress known : new AgentBook().load()) {
			if (known.port() == SERVICE_PORT && known.host().matches("localhost|127\\..*|::1")) {
				session.connect(known);
				return "";
			}
		}
		return "an agent runs on this host already. Connect to it once in the Agents view, with the token from its "
				+ "service's state folder; it is remembered.";
	}

	private String start(IProgressMonitor monitor) throws IOException, InterruptedException {
		List<String> rights = root.prefix();
		if (rights == null) {
			return "the agent needs root's rights, and there is no pkexec, no sudo without a password and no SUDO_ASKPASS. "
					+ "Start it in a terminal with 'sudo crosstrace-agent run', and connect to it.";
		}
		if (!consent.getAsBoolean()) {
			return "you did not allow an agent to be started.";
		}
		Path portFile = prepare();
		List<String> command = new ArrayList<>(rights);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
				"-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-jar", folder.resolve("agent.jar").toString(), "run",
				"--listen", "127.0.0.1:0", "--port-file", portFile.toString(), "--token-file",
				folder.resolve("token").toString(), "--state-dir", folder.resolve("state").toString(), "--pid",
				String.valueOf(NOBODY), "--stop-when-alone", String.valueOf(ALONE_SECONDS), "--quiet"));
		Path log = folder.resolve("agent.log");
		process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!Files.isReadable(portFile) || Files.size(portFile) == 0) {
			if (monitor.isCanceled() || System.nanoTime() > end) {
				process.destroy();
				return "the agent was not started in time.";
			}
			if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
				return "the agent could not be started: " + said(log, process.exitValue());
			}
		}
		int port = Integer.parseInt(Files.readString(portFile).strip());
		session.connect(AgentAddress.plain("127.0.0.1", port, Files.readString(folder.resolve("token")).strip()));
		return "";
	}

	/** The agent's last sentence. */
	private static String said(Path log, int exit) throws IOException {
		List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
		boolean refused = lines.stream().anyMatch(line -> line.contains("incorrect password") || line.contains("no password was provided"));
		if (refused || (exit == 126 || exit == 127) && lines.stream().noneMatch(line -> line.contains("not found"))) {
			return "the password was not given, or not the right one.";
		}
		return lines.isEmpty() ? "it ended with " + exit + " and said nothing." : lines.get(lines.size() - 1);
	}

	private Path prepare() throws IOException {
		Files.createDirectories(folder);
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
		try (InputStream jar = agentPackage.agent()) {
			Files.copy(jar, folder.resolve("agent.jar"), StandardCopyOption.REPLACE_EXISTING);
		}
		byte[] token = new byte[24];
		new SecureRandom().nextBytes(token);
		// ours before the agent runs, or it would be root's and we could not read it
		Files.writeString(folder.resolve("token"), HexFormat.of().formatHex(token) + "\n");
		Files.setPosixFilePermissions(folder.resolve("token"), PosixFilePermissions.fromString("rw-------"));
		Path portFile = folder.resolve("port");
		Files.deleteIfExists(portFile);
		return portFile;
	}

	/** Ends the agent if it is one of ours that we may end; one that runs as root ends by itself. */
	public synchronized void stop() {
		if (process != null) {
			process.destroy();
			process = null;
		}
	}
}
