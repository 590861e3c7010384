package io.crosstrace.benchmarks;

import io.crosstrace.benchmarks.Comparison.Cost;
import io.crosstrace.benchmarks.Comparison.Variant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * CPU time that one small keep-alive request to nginx costs, with and without capturing: the worst case, as
 * there is hardly any work beside sending and receiving. If both ends are watched, a request costs two sends
 * and two receives.
 */
public final class OverheadNginxBench implements Bench {
	private static final int ROUNDS = 15;
	static final double SECONDS = 1.5;
	/** Many keep both ends busy all the time; one is told of each request by a wake-up, as most services are. */
	private static final int[] CONNECTIONS = { 20, 1 };
	private static final String CONFIG = """
			daemon off;
			worker_processes 1;
			pid %1$s/nginx.pid;
			error_log stderr error;
			events { worker_connections 256; }
			http {
				access_log off;
				client_body_temp_path %1$s;
				proxy_temp_path %1$s;
				fastcgi_temp_path %1$s;
				uwsgi_temp_path %1$s;
				scgi_temp_path %1$s;
				keepalive_requests 1000000000;
				server {
					listen 127.0.0.1:%2$d;
					location / { return 200 "Hello, world. This is a small answer.\\n"; }
				}
			}
			""";

	@Override
	public String name() {
		return "overhead-nginx";
	}

	@Override
	public void run(Report report) throws Exception {
		Path directory = Files.createTempDirectory("overhead-nginx");
		int port = freePort();
		Path config = Files.writeString(directory.resolve("nginx.conf"), CONFIG.formatted(directory, port));
		try (CpuGroup service = new CpuGroup("nginx"); CpuGroup client = new CpuGroup("wrk")) {
			Process nginx = service.start(List.of("nginx", "-e", "stderr", "-p", directory.toString(), "-c", config.toString()));
			try {
				awaitListening(nginx, port);
				for (int count : CONNECTIONS) {
					new Comparison(ROUNDS, nginx, (variant, drain) -> load(service, client, port, count, variant, drain))
							.report(report, "request", "nginx + wrk -c " + count + " on loopback, rounds of " + SECONDS + " s");
				}
			} finally {
				nginx.destroy();
				nginx.waitFor(5, TimeUnit.SECONDS);
			}
		} finally {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	static Cost load(CpuGroup service, CpuGroup client, int port, int connections, Variant variant, Drain drain,
			String... more) throws Exception {
		long serviceBefore = service.micros();
		long clientBefore = client.micros();
		long drainBefore = drain == null ? 0 : drain.micros();
		Wrk wrk = Wrk.run(client, port, connections, SECONDS, process -> {
			if (variant == Variant.BOTH) {
				drain.watch(process);
			}
		}, more);
		long agent = drain == null ? 0 : drain.micros() - drainBefore;
		double requests = wrk.requests();
		return new Cost((service.micros() - serviceBefore) / requests, (client.micros() - clientBefore) / requests,
				agent / requests, wrk.p99Micros(), requests / SECONDS);
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	static void awaitListening(Process server, int port) throws Exception {
		for (int i = 0; i < 100 && server.isAlive(); i++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			} catch (IOException e) {
				Thread.sleep(50);
			}
		}
		throw new IOException("the service does not listen on port " + port + (server.isAlive() ? "" : "; it said: "
				+ new String(server.getInputStream().readAllBytes())));
	}
}
