package io.crosstrace.kernel;

import com.sun.net.httpserver.HttpServer;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Another process: an agent that can be killed, or a caller or server that lives in a control group of its own. */
final class Helper implements AutoCloseable {
	private final Process process;
	private final BufferedReader out;
	private int port;

	private Helper(Process process) {
		this.process = process;
		out = new BufferedReader(new InputStreamReader(process.getInputStream()));
	}

	/** An agent that watches everything, once it says so. */
	static Helper agent() throws IOException {
		Helper agent = start(List.of(), "agent");
		agent.expect("capturing");
		return agent;
	}

	/** An agent that has just been started, and may not capture yet. */
	static Helper agentNotWaitedFor() throws IOException {
		return start(List.of(), "agent");
	}

	/**
	 * An agent of an ordinary user who has been given the capabilities that the agent asks for, and no more.
	 *
	 * @param classPath that this user may read
	 */
	static Helper agentOfAnOrdinaryUser(String classPath) throws IOException {
		String rights = "+bpf,+perfmon,+net_admin";
		Helper agent = startWith(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all," + rights,
				"--ambient-caps=" + rights, "--bounding-set=-all," + rights), classPath, "agent");
		agent.expect("capturing");
		return agent;
	}

	/**
	 * A process below {@code cgroup} that will call {@code port} {@code count} times on one connection each time it
	 * is told to go, until it is told to {@link #end}.
	 */
	static Helper callerIn(Path cgroup, int port, int count) throws IOException {
		Helper caller = start(inside(cgroup), "call", "" + port, "" + count);
		caller.expect("ready");
		return caller;
	}

	/** The same, on a new connection each time. */
	static Helper freshCallerIn(Path cgroup, int port, int count) throws IOException {
		Helper caller = start(inside(cgroup), "call-afresh", "" + port, "" + count);
		caller.expect("ready");
		return caller;
	}

	/** A process below {@code cgroup} that echoes on {@link #port}. */
	static Helper serverIn(Path cgroup) throws IOException {
		Helper server = start(inside(cgroup), "serve");
		server.port = Integer.parseInt(server.out.readLine());
		return server;
	}

	/**
	 * An HTTP server called {@code name}, as a runtime would start it: below {@code cgroup}, with a network and process ids
	 * of its own. It answers "hello".
	 */
	static Helper contained(Path cgroup, Path netns, String name, String address, int port) throws IOException {
		List<String> prefix = new ArrayList<>(inside(cgroup));
		prefix.addAll(List.of("nsenter", "--net=" + netns, "unshare", "--pid", "--fork", "--kill-child", "env",
				"OTEL_SERVICE_NAME=" + name));
		Helper server = start(prefix, "http", address, "" + port);
		server.expect("ready");
		return server;
	}

	private static List<String> inside(Path cgroup) {
		return List.of("sh", "-c", "echo 0 > \"$0\"/cgroup.procs && exec \"$@\"", cgroup.toString());
	}

	private static Helper start(List<String> prefix, String... arguments) throws IOException {
		return startWith(prefix, System.getProperty("java.class.path"), arguments);
	}

	private static Helper startWith(List<String> prefix, String classPath, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
				"--enable-native-access=ALL-UNNAMED", "-cp", classPath, Helper.class.getName()));
		command.addAll(List.of(arguments));
		return new Helper(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** Waits for this line. */
	void expect(String line) throws IOException {
		String said = out.readLine();
		if (!line.equals(said)) {
			throw new AssertionError("the helper said \"" + said + "\", not \"" + line + "\"");
		}
	}

	/** Until all calls are answered. */
	void go() throws IOException {
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
		expect("done");
	}

	/** Where a server listens. */
	int port() {
		return port;
	}

	int pid() {
		return (int) process.pid();
	}

	/** Kernel ids of the programs it holds, as its file descriptors tell. */
	Set<Integer> programs() throws IOException {
		return programs(pid());
	}

	static Set<Integer> programs(long pid) throws IOException {
		Set<Integer> ids = new TreeSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", "" + pid, "fdinfo"))) {
			for (Path file : files) {
				try {
					Files.readAllLines(file).stream().filter(line -> line.startsWith("prog_id:"))
							.forEach(line -> ids.add(Integer.parseInt(line.substring(8).trim())));
				} catch (NoSuchFileException e) {
					continue; // closed meanwhile
				}
			}
		}
		return ids;
	}

	/** Lets a caller end; returns its exit code. */
	int end() throws IOException, InterruptedException {
		process.getOutputStream().close();
		return process.waitFor();
	}

	/** As kill -9 does. */
	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

	public static void main(String[] args) throws Exception {
		switch (args[0]) {
			case "agent" -> {
				try (KernelCapture capture = KernelCapture.open(CaptureOptions.defaults())) {
					System.out.println("capturing");
					while (true) {
						capture.await(1_000_000_000);
						capture.reader().drain(record -> { }, Integer.MAX_VALUE);
					}
				}
			}
			case "call" -> {
				System.out.println("ready");
				try (Echo.Caller caller = new Echo.Caller(
						new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])))) {
					while (System.in.read() >= 0) {
						for (int i = 0; i < Integer.parseInt(args[2]); i++) {
							caller.call(i, 100 + i);
						}
						System.out.println("done");
					}
				}
			}
			case "call-afresh" -> {
				System.out.println("ready");
				while (System.in.read() >= 0) {
					try (Echo.Caller caller = new Echo.Caller(
							new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])))) {
						for (int i = 0; i < Integer.parseInt(args[2]); i++) {
							caller.call(i, 100 + i);
						}
					}
					System.out.println("done");
				}
			}
			case "http" -> {
				HttpServer server = HttpServer.create(new InetSocketAddress(args[1], Integer.parseInt(args[2])), 0);
				server.createContext("/", exchange -> {
					exchange.sendResponseHeaders(200, 5);
					exchange.getResponseBody().write("hello".getBytes());
					exchange.close();
				});
				server.start();
				System.out.println("ready");
				System.in.read();
				server.stop(0);
			}
			case "serve" -> {
				try (Echo echo = Echo.on(InetAddress.getLoopbackAddress())) {
					System.out.println(echo.port());
					System.in.read();
				}
			}
			default -> throw new IllegalArgumentException(args[0]);
		}
	}
}
