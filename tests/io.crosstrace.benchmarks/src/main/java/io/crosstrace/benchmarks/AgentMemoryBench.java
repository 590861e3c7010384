package io.crosstrace.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.AgentListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Resident memory of an agent that has captured two services under load for ten minutes (or as many seconds as
 * CROSSTRACE_BENCH_SECONDS says), with a client connected and a span file. Needs root.
 */
public final class AgentMemoryBench implements Bench {
	private static final int CALLERS = 8;
	private static final long PAUSE_MILLIS = 10;

	@Override
	public String name() {
		return "agent-memory";
	}

	@Override
	public void run(Report report) throws Exception {
		String setting = System.getenv("CROSSTRACE_BENCH_SECONDS");
		int seconds = setting == null ? 600 : Integer.parseInt(setting);
		Path folder = Files.createTempDirectory("crosstrace-memory");
		Process agent = start(folder);
		try {
			AtomicLong spans = new AtomicLong();
			AgentListener count = new AgentListener() {
				@Override
				public void spans(SpanTable batch) {
					spans.addAndGet(batch.size());
				}
			};
			try (AgentConnection connection = AgentConnection.connect(address(agent, folder), "bench",
					new Dictionary(1 << 16), count)) {
				long most = load(agent, seconds);
				String note = "resident, of an agent with -Xmx" + heap() + " after " + seconds + " s under load, "
						+ Math.round(spans.get() / (double) seconds) + " spans/s";
				report.figure(status(agent, "VmRSS:") / 1024.0, "MB", note);
				report.figure(most / 1024.0, "MB", "the same, the most at any second");
			}
		} finally {
			agent.destroy();
			if (!agent.waitFor(10, TimeUnit.SECONDS)) {
				agent.destroyForcibly();
			}
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
			}
		}
	}

	private static Process start(Path folder) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xms24m", "-Xmx" + heap(), "-XX:MaxNewSize=18m", "-XX:SurvivorRatio=2",
				"-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps",
				"-XX:+UnlockDiagnosticVMOptions", "-XX:+UnlockExperimentalVMOptions",
				"-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=20000", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), "io.crosstrace.agent.Main", "run", "--listen", "127.0.0.1:0",
				"--state-dir", folder.resolve("state").toString(), "--port-file", folder.resolve("port").toString(),
				"--spans-out", folder.resolve("spans.jsonl").toString(), "--quiet", "--pid",
				Long.toString(ProcessHandle.current().pid()))
				.redirectErrorStream(true).redirectOutput(folder.resolve("agent.txt").toFile()).start();
	}

	/** As the launcher has it. */
	private static String heap() {
		String heap = System.getenv("CROSSTRACE_HEAP");
		return heap == null ? "256m" : heap;
	}

	private static AgentAddress address(Process agent, Path folder) throws IOException, InterruptedException {
		Path port = folder.resolve("port");
		while (!Files.exists(port) || !Files.readString(port).endsWith("\n")) {
			if (!agent.isAlive()) {
				throw new IOException(Files.readString(folder.resolve("agent.txt")).trim());
			}
			Thread.sleep(50);
		}
		return AgentAddress.plain("127.0.0.1", Integer.parseInt(Files.readString(port).trim()),
				Files.readString(folder.resolve("state/token")).trim());
	}

	/** Returns the most memory seen, in KB. */
	private static long load(Process agent, int seconds) throws IOException, InterruptedException {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		ExecutorService workers = Executors.newCachedThreadPool();
		HttpServer back = serve(workers);
		HttpServer front = serve(workers);
		back.createContext("/", exchange -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		front.createContext("/", exchange -> {
			get(client, back, "/stock" + exchange.getRequestURI().getPath());
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		back.start();
		front.start();
		long end = System.nanoTime() + seconds * 1_000_000_000L;
		AtomicLong id = new AtomicLong();
		for (int i = 0; i < CALLERS; i++) {
			workers.execute(() -> {
				while (System.nanoTime() < end) {
					get(client, front, "/orders/" + id.incrementAndGet());
					pause();
				}
			});
		}
		long most = 0;
		while (System.nanoTime() < end) {
			Thread.sleep(1_000);
			most = Math.max(most, status(agent, "VmRSS:"));
		}
		front.stop(1);
		back.stop(1);
		workers.shutdownNow();
		return most;
	}

	private static HttpServer serve(ExecutorService workers) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(workers);
		return server;
	}

	private static void get(HttpClient client, HttpServer server, String path) {
		try {
			client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
					.build(), BodyHandlers.discarding());
		} catch (IOException e) {
			throw new IllegalStateException("a request failed under load: " + e, e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** A field of /proc/PID/status, in KB. */
	private static long status(Process process, String field) throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
			if (line.startsWith(field)) {
				return Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		throw new IOException("the agent is gone");
	}
}
