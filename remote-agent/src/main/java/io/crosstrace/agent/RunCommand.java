package io.crosstrace.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.SpanWriter;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.agent.serve.Secrets;
import io.crosstrace.agent.serve.ServeException;
import io.crosstrace.agent.serve.ServerTls;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.wire.proto.Welcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Captures and serves until it is told to stop. Says at its start what it does and how to connect. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Captures what services send and receive, and serves it to Eclipse, until Ctrl-C.")
public final class RunCommand implements Callable<Integer> {
	private static final int MOST_NAMES = 1 << 16;

	@Mixin
	private AgentOptions options = new AgentOptions();

	@Override
	public Integer call() {
		try {
			run();
			return 0;
		} catch (CaptureException | ServeException | IllegalArgumentException e) {
			System.err.println("crosstrace agent: " + e.getMessage());
			return e instanceof IllegalArgumentException ? 2 : 1;
		} catch (IOException e) {
			System.err.println("crosstrace agent: " + e.getMessage() + " (" + e.getClass().getSimpleName() + ").");
			return 1;
		}
	}

	private void run() throws CaptureException, ServeException, IOException {
		Dictionary names = new Dictionary(MOST_NAMES);
		ServiceNames services = new ServiceNames(names, options.services);
		PipelineOptions pipeline = PipelineOptions.standard().captureHeaders(options.headers)
				.ignoreTraceparent(options.ignoreTraceparent);
		CaptureOptions capture = CaptureOptions.defaults().withRingBytes(options.ringMegabytes << 20)
				.withPids(options.pids).withCgroup(options.cgroup).withPropagate(!options.noOption);
		boolean loopback = options.address().getAddress() != null && options.address().getAddress().isLoopbackAddress();
		Secrets secrets = new Secrets(options.stateDir);
		Path tokenFile = options.tokenFile == null ? secrets.tokenFile() : options.tokenFile;
		String token = options.noToken ? "" : Secrets.token(tokenFile);
		String host = hostName();
		ServerTls tls = options.tlsCertificate != null ? ServerTls.load(options.tlsCertificate, options.tlsKey)
				: options.tls || !loopback ? ServerTls.selfMade(secrets, host) : null;
		// The port first: a taken one is found before anything is loaded into the kernel.
		try (AgentServer server = new AgentServer(new AgentServer.Options(options.address(), token, tls),
				Welcome.newBuilder().setAgentVersion(Main.VERSION).setHostName(host).setAgentId(secrets.agentId())
						.setStartedUnixNanos(System.currentTimeMillis() * 1_000_000).build());
				SpanWriter spansOut = options.spansOut == null ? null : SpanWriter.open(options.spansOut, host);
				KernelCapture kernel = KernelCapture.open(capture)) {
			server.start();
			tell(kernel, server, tokenFile, tls);
			if (options.portFile != null) {
				Files.writeString(options.portFile, server.port() + "\n");
			}
			AgentLoop loop = new AgentLoop(kernel, names, pipeline, services, server, spansOut, options.quiet);
			runUntilStopped(loop);
		}
	}

	/** Runs the loop in this thread; SIGTERM and SIGINT end it, and wait until everything is put away. */
	private void runUntilStopped(AgentLoop loop) throws IOException {
		CountDownLatch putAway = new CountDownLatch(1);
		Thread hook = new Thread(() -> {
			loop.stop();
			try {
				putAway.await(10, TimeUnit.SECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "CrossTrace stop");
		Runtime.getRuntime().addShutdownHook(hook);
		// The kernel's programs go when the capture is closed, which happens when this method has returned: the
		// latch opens a moment later, from a thread that waits for this one.
		Thread main = Thread.currentThread();
		Thread after = new Thread(() -> {
			try {
				main.join();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			putAway.countDown();
		}, "CrossTrace put away");
		after.setDaemon(true);
		after.start();
		loop.run(options.seconds);
	}

	private void tell(KernelCapture kernel, AgentServer server, Path tokenFile, ServerTls tls) {
		String who = !options.pids.isEmpty() ? "processes " + options.pids + " and their children"
				: options.cgroup != null ? "processes below " + options.cgroup : "every process but this one";
		System.err.println("CrossTrace agent " + Main.VERSION + ": captures " + who + " (" + kernel.provider() + ").");
		for (String limit : kernel.limits()) {
			System.err.println("  limit: " + limit);
		}
		System.err.println("  listens on " + options.address().getHostString() + ":" + server.port()
				+ (tls == null ? "" : " with TLS"));
		System.err.println("  token: " + (options.noToken ? "none" : "in " + tokenFile));
		if (tls != null) {
			System.err.println("  certificate SHA-256: " + tls.fingerprint());
		}
		System.err.println("  In Eclipse: perspective CrossTrace, view Agents, Connect.");
	}

	private static String hostName() throws IOException {
		Path name = Path.of("/proc/sys/kernel/hostname");
		return Files.isReadable(name) ? Files.readString(name).trim() : InetAddress.getLocalHost().getHostName();
	}
}
