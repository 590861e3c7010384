package io.crosstrace.ide.tests.remote;

import io.crosstrace.ide.remote.SshAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A host to log in to: Debian's sshd on a free port of loopback or in a network of its own, in a mount namespace where users, sudoers and
 * programs are the test's. Users: root and dev, by key or by the password {@value #PASSWORD}. Needs root.
 */
final class StagingHost implements AutoCloseable {
	static final String PASSWORD = "correct-horse";
	private static final Path SSHD = Path.of("/usr/sbin/sshd");

	private final Path folder;
	private final List<String> mounts = new ArrayList<>();
	private final List<Process> programs = new ArrayList<>();
	private final String address;
	private final String network;
	private int port;
	private Process server;

	StagingHost(Path folder) throws IOException, InterruptedException {
		this(folder, -1);
	}

	/** @param number negative: on loopback; else a host of that number, in a network namespace and behind a link of its own */
	StagingHost(Path folder, int number) throws IOException, InterruptedException {
		long pid = ProcessHandle.current().pid();
		network = number < 0 ? "" : "ctssh" + pid % 100_000 + "n" + number;
		String net = "10." + (200 + pid % 50) + "." + pid / 50 % 250 + ".";
		address = number < 0 ? "127.0.0.1" : net + (4 * number + 2);
		this.folder = Files.createDirectories(folder);
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.createDirectories(Path.of("/run/sshd"));
		Path home = Files.createDirectories(folder.resolve("home"));
		temporary();
		run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host_key").toString());
		run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("user_key").toString());
		run("ssh-keygen", "-q", "-t", "ed25519", "-N", PASSWORD, "-f", folder.resolve("locked_key").toString());
		Files.writeString(folder.resolve("authorized"), Files.readString(folder.resolve("user_key.pub"))
				+ Files.readString(folder.resolve("locked_key.pub")));
		String hash = run("openssl", "passwd", "-6", PASSWORD).strip();
		mount("/etc/passwd", "root:x:0:0::" + home + ":/bin/sh\ndev:x:4242:4242::" + home + ":/bin/sh\n"
				+ "sshd:x:101:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");
		mount("/etc/shadow", "root:" + hash + ":19000:0:99999:7:::\ndev:" + hash + ":19000:0:99999:7:::\n");
		port = freePort();
		if (number >= 0) {
			run("ip", "netns", "add", network);
			run("ip", "link", "add", network, "type", "veth", "peer", "name", "eth0", "netns", network);
			run("ip", "addr", "add", net + (4 * number + 1) + "/30", "dev", network);
			run("nsenter", "--net=/run/netns/" + network, "sh", "-c", "ip addr add " + address + "/30 dev eth0; ip link set eth0 up; ip link set lo up");
			plug(true);
		}
	}

	/** Whether hosts can have networks of their own. */
	static boolean networksPossible() {
		return possible() && Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").map(Path::of).anyMatch(Files::isExecutable);
	}

	/** Lets the host's only link go up or down. */
	void plug(boolean up) throws IOException, InterruptedException {
		run("ip", "link", "set", network, up ? "up" : "down");
	}

	/** Starts a program in the host's network; ends with the host. */
	Process inside(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + network));
		all.addAll(List.of(command));
		Process process = new ProcessBuilder(all).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		programs.add(process);
		return process;
	}

	/** What is reached of this host from the outside. */
	String address() {
		return address;
	}

	/** As after a power cut: nothing runs any more and temporary files are gone; {@link #start} brings it back. */
	void lose() throws IOException, InterruptedException {
		cut();
		List<ProcessHandle> running = ProcessHandle.allProcesses().filter(process -> process.info().commandLine()
				.filter(line -> line.contains(temporary().toString())).isPresent()).toList();
		running.forEach(ProcessHandle::destroyForcibly);
		running.forEach(process -> process.onExit().join());
		for (Path each : left()) {
			run("rm", "-rf", each.toString());
		}
	}

	static boolean possible() {
		return "root".equals(System.getProperty("user.name")) && Files.isExecutable(SSHD);
	}

	/** What sudo allows: "dev ALL=(ALL) NOPASSWD: ALL". */
	StagingHost sudoers(String line) throws IOException {
		Path file = mount("/etc/sudoers", "root ALL=(ALL) ALL\n" + line + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
		return this;
	}

	/** Hides a folder of programs, such as all Java. */
	StagingHost without(String path) throws IOException {
		Path empty = Files.createDirectories(folder.resolve("empty"));
		mounts.add("mount --bind " + empty + " " + path);
		return this;
	}

	/** A host whose disk for temporary files has so little room. */
	StagingHost smallDisk(int kilobytes) {
		mounts.add("mount -t tmpfs -o mode=1777,size=" + kilobytes + "k none " + temporary());
		return this;
	}

	/** Puts a program in front of one of the host's. */
	StagingHost instead(String program, String script) throws IOException {
		Path file = mount(program, "#!/bin/sh\n" + script + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		return this;
	}

	/** Lets in the users of another host with their keys. */
	void letIn(StagingHost other) throws IOException {
		Files.writeString(folder.resolve("authorized"), Files.readString(other.folder.resolve("authorized")),
				StandardOpenOption.APPEND);
	}

	StagingHost start() throws IOException, InterruptedException {
		Path config = Files.writeString(folder.resolve("sshd_config"), """
				Port %d
				ListenAddress %s
				HostKey %s
				AuthorizedKeysFile %s
				StrictModes no
				UsePAM no
				PermitRootLogin yes
				PasswordAuthentication yes
				SetEnv TMPDIR=%s
				PidFile none
				""".formatted(port, address, folder.resolve("host_key"), folder.resolve("authorized"), temporary()));
		StringBuilder script = new StringBuilder("set -e\n");
		mounts.forEach(line -> script.append(line).append('\n'));
		script.append("exec ").append(SSHD).append(" -D -e -f ").append(config).append('\n');
		List<String> command = new ArrayList<>(network.isEmpty() ? List.of() : List.of("nsenter", "--net=/run/netns/" + network));
		command.addAll(List.of("unshare", "-m", "--propagation", "private", "sh", "-c", script.toString()));
		server = new ProcessBuilder(command)
				.redirectErrorStream(true).redirectOutput(folder.resolve("sshd.log").toFile()).start();
		for (int i = 0; i < 600; i++) {
			try (Socket socket = new Socket(address, port)) {
				return this;
			} catch (IOException e) {
				if (!server.isAlive()) {
					throw new IOException("sshd did not start: " + log());
				}
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		throw new IOException("sshd does not answer: " + log());
	}

	/** Ends sshd and every login, as a network that went away would; {@link #start} brings the host back. */
	void cut() {
		server.descendants().filter(process -> process.info().command().filter(name -> name.endsWith("/sshd")).isPresent())
				.forEach(ProcessHandle::destroyForcibly);
		server.destroyForcibly();
		server.onExit().join();
	}

	SshAddress as(String user) {
		return SshAddress.parse(user + "@" + address + ":" + port, "", folder.resolve("user_key").toString());
	}

	SshAddress withLockedKey(String user) {
		return SshAddress.parse(user + "@" + address + ":" + port, "", folder.resolve("locked_key").toString());
	}

	SshAddress withoutKey(String user) {
		return SshAddress.parse(user + "@" + address + ":" + port, "", "");
	}

	String name() {
		return address + ":" + port;
	}

	Path hostKey() {
		return folder.resolve("host_key.pub");
	}

	/** The host's folder for temporary files. */
	Path temporary() {
		try {
			Path temporary = Files.createDirectories(folder.resolve("tmp"));
			Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
			return temporary;
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** What was left on the host. */
	List<Path> left() throws IOException {
		try (Stream<Path> files = Files.list(temporary())) {
			return files.toList();
		}
	}

	private Path mount(String over, String content) throws IOException {
		Path file = folder.resolve(over.substring(1).replace('/', '_'));
		Files.writeString(file, content);
		mounts.add("mount --bind " + file + " " + over);
		return file;
	}

	String log() throws IOException {
		return Files.readString(folder.resolve("sshd.log"));
	}

	@Override
	public void close() {
		if (server != null) {
			cut();
		}
		programs.forEach(program -> {
			program.descendants().forEach(ProcessHandle::destroyForcibly);
			program.destroyForcibly();
		});
		if (!network.isEmpty()) {
			try {
				run("ip", "netns", "del", network);
			} catch (IOException | InterruptedException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static String run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException(String.join(" ", command) + ": " + out);
		}
		return out;
	}
}
