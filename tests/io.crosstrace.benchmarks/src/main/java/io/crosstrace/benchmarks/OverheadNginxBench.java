package io.crosstrace.benchmarks;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * CPU time that one small keep-alive request to nginx costs the host, with and without capturing. Both ends,
 * nginx and wrk, run here and are watched, so a request costs two sends and two receives. Rounds with and
 * without alternate, so that a slow minute of the machine hurts both; the figures are medians.
 *
 * <p>CPU time is that of nginx, of wrk and of the draining thread, from /proc, and so holds what the kernel
 * does on their behalf.
 */
public final class OverheadNginxBench implements Bench {
	private static final int ROUNDS = 9;
	private static final int SECONDS = 3;
	private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
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

	/** What a request cost in one round, in microseconds of CPU time. */
	private record Round(double micros, double perSecond) {
	}

	@Override
	public String name() {
		return "overhead-nginx";
	}

	@Override
	public void run(Report report) throws Exception {
		Path directory = Files.createTempDirectory("overhead-nginx");
		int port = freePort();
		Path config = Files.writeString(directory.resolve("nginx.conf"), CONFIG.formatted(directory, port));
		Process nginx = start("nginx", "-e", "stderr", "-p", directory.toString(), "-c", config.toString());
		try {
			awaitListening(nginx, port);
			measure(nginx, port, report);
		} finally {
			nginx.destroy();
			nginx.waitFor(5, TimeUnit.SECONDS);
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	private static void measure(Process nginx, int port, Report report) throws Exception {
		load(nginx, port, 1, null);
		List<Round> bare = new ArrayList<>();
		List<Round> captured = new ArrayList<>();
		long lost = 0;
		for (int round = 0; round < ROUNDS; round++) {
			bare.add(load(nginx, port, SECONDS, null));
			try (Drain drain = new Drain()) {
				captured.add(load(nginx, port, SECONDS, drain));
				lost += drain.lost();
			}
		}
		double without = median(bare.stream().mapToDouble(Round::micros));
		double with = median(captured.stream().mapToDouble(Round::micros));
		String how = "nginx + wrk -c 20 on loopback, both ends watched, medians of " + ROUNDS + " interleaved rounds of "
				+ SECONDS + " s";
		report.figure(without, "us CPU/request", "without the agent; " + how);
		report.figure(with, "us CPU/request", "captured and drained; " + how);
		report.figure(100 * (with / without - 1), "%", "more CPU per request with the agent; " + how);
		report.figure(median(bare.stream().mapToDouble(Round::perSecond)), "requests/s", "without the agent; " + how);
		report.figure(median(captured.stream().mapToDouble(Round::perSecond)), "requests/s", "with the agent; " + how);
		report.figure(lost, "records", "lost in all rounds together");
	}

	/** @param drain null: nothing is captured */
	private static Round load(Process nginx, int port, int seconds, Drain drain) throws Exception {
		long before = cpuMicros(nginx);
		long drainBefore = drain == null ? 0 : drain.cpuMicros();
		Path usage = Files.createTempFile("wrk", ".time");
		try {
			// bash's times tell the CPU time of wrk after it has ended
			Process wrk = new ProcessBuilder("bash", "-c", "wrk -t 1 -c 20 -d " + seconds + "s http://127.0.0.1:" + port
					+ "/ && cat /proc/$$/stat > " + usage).redirectErrorStream(true).start();
			if (drain != null) {
				drain.watch(nginx, wrk);
			}
			String said = new String(wrk.getInputStream().readAllBytes());
			Matcher matcher = REQUESTS.matcher(said);
			if (wrk.waitFor() != 0 || !matcher.find()) {
				throw new IOException("wrk failed; is it installed? It said: " + said);
			}
			double requests = Double.parseDouble(matcher.group(1));
			long children = children(Files.readString(usage));
			long micros = cpuMicros(nginx) - before + children + (drain == null ? 0 : drain.cpuMicros() - drainBefore);
			return new Round(micros / requests, requests / seconds);
		} finally {
			Files.delete(usage);
		}
	}

	/** User and system time of a process and its children that still run. */
	private static long cpuMicros(Process process) throws IOException {
		long sum = own(Files.readString(Path.of("/proc", "" + process.pid(), "stat")));
		for (ProcessHandle child : process.descendants().toList()) {
			sum += own(Files.readString(Path.of("/proc", "" + child.pid(), "stat")));
		}
		return sum;
	}

	private static long own(String stat) {
		return ticks(stat, 11) + ticks(stat, 12);
	}

	/** User and system time of the children that have ended. */
	private static long children(String stat) {
		return ticks(stat, 13) + ticks(stat, 14);
	}

	/** A field of /proc/PID/stat, counted from the state, which follows the command's closing bracket. */
	private static long ticks(String stat, int field) {
		return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field]) * 10_000; // USER_HZ is 100
	}

	private static double median(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		return sorted[sorted.length / 2];
	}

	private static Process start(String... command) throws IOException {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
		} catch (IOException e) {
			throw new IOException(command[0] + " is missing: install it with apt-get install nginx-light wrk", e);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void awaitListening(Process nginx, int port) throws Exception {
		for (int i = 0; i < 100 && nginx.isAlive(); i++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			} catch (IOException e) {
				Thread.sleep(50);
			}
		}
		throw new IOException("nginx does not listen on port " + port);
	}

	/** Captures, drains, and counts what it costs. */
	private static final class Drain implements AutoCloseable {
		private final KernelCapture capture;
		private final Thread thread;
		private final long[] bytes = new long[1];
		private volatile boolean stopped;
		private volatile long tid;

		Drain() throws CaptureException {
			capture = KernelCapture.open(CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid())));
			capture.unwatch((int) ProcessHandle.current().pid());
			thread = new Thread(this::drain, "drain");
			thread.start();
		}

		void watch(Process... processes) throws CaptureException {
			for (Process process : processes) {
				capture.watch((int) process.pid());
			}
		}

		private void drain() {
			try {
				tid = Long.parseLong(Path.of("/proc/thread-self").toRealPath().getFileName().toString());
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
			while (!stopped) {
				capture.await(50_000_000);
				capture.reader().drain(record -> bytes[0] += record.captured(), Integer.MAX_VALUE);
			}
		}

		long cpuMicros() throws IOException {
			return tid == 0 ? 0 : own(Files.readString(Path.of("/proc/self/task", "" + tid, "stat")));
		}

		long lost() {
			return capture.counters().entrySet().stream().filter(e -> e.getKey().startsWith("records lost"))
					.mapToLong(Map.Entry::getValue).sum();
		}

		@Override
		public void close() throws InterruptedException {
			stopped = true;
			thread.join();
			capture.close();
		}
	}
}
