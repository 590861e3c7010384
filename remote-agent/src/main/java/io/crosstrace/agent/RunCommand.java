package io.crosstrace.agent;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.agent.discover.ProgramFilter;
import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.export.OtlpExporter;
import io.crosstrace.agent.export.SpanExport;
import io.crosstrace.agent.export.SpanWriter;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.agent.serve.Secrets;
import io.crosstrace.agent.serve.ServeException;
import io.crosstrace.agent.serve.ServerTls;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureFile;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.wire.proto.Welcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Captures and serves until it is told to stop. Says at its start what it does and how to connect. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Captures what services send and receive, and serves it to Eclipse, until Ctrl-C.",
		footer = { "", "Each option can also be set by a variable: --spans-out by CROSSTRACE_SPANS_OUT, and so on.",
				"Ends with 0 when stopped, 1 if this host does not allow it, 2 if an option is wrong." })
public final class RunCommand implements Callable<Integer> {
	private static final int MOST_NAMES = 1 << 16;
	/** Above every process id Linux gives: watched while no program matches, since no id means everybody. */
	private static final int NOBODY = 1 << 23;

	@Mixin
	private AgentOptions options = new AgentOptions();

	private final CountDownLatch putAway = new CountDownLatch(1);
	private volatile boolean stopping;
	private volatile AgentLoop loop;

	@Override
	public Integer call() {
		// Ctrl-C or SIGTERM: the virtual machine waits for its hooks, and this one for the kernel to be left clean.
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "CrossTrace stop"));
		try {
			run();
			return 0;
		} catch (CaptureException | ServeException | IllegalArgumentException e) {
			System.err.println("crosstrace agent: " + e.getMessage());
			return e instanceof IllegalArgumentException ? 2 : 1;
		} catch (IllegalStateException e) {
			System.err.println("crosstrace agent: " + e.getMessage() + ". Please report this with the lines below.");
			e.printStackTrace();
			return 1;
		} catch (IOException e) {
			System.err.println("crosstrace agent: " + e.getMessage() + " (" + e.getClass().getSimpleName() + ").");
			return 1;
		} finally {
			putAway.countDown();
		}
	}

	private void stop() {
		stopping = true;
		if (loop != null) {
			loop.stop();
		}
		try {
			putAway.await(10, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() throws CaptureException, ServeException, IOException {
		Dictionary names = new Dictionary(MOST_NAMES);
		ServiceNames services = new ServiceNames(names, options.services);
		PipelineOptions pipeline = PipelineOptions.standard().captureHeaders(options.headers)
				.ignoreTraceparent(options.ignoreTraceparent);
		ProgramFilter programs = options.exe == null ? null : new ProgramFilter(options.exe);
		CaptureOptions capture = CaptureOptions.defaults().withRingBytes(options.ringMegabytes << 20)
				.withPids(watched(programs)).withCgroup(options.cgroup).withPropagation(options.propagation())
				.withHandOffs(!options.noHandOffs).withPlaintext(!options.noPlaintext);
		Secrets secrets = new Secrets(options.stateDir);
		Path tokenFile = options.tokenFile == null ? secrets.tokenFile() : options.tokenFile;
		String token = options.noToken ? "" : Secrets.token(tokenFile);
		String host = hostName();
		ServerTls tls = tls(secrets, host);
		// The port first: a taken one is found before anything is loaded into the kernel.
		try (AgentServer server = new AgentServer(new AgentServer.Options(options.address(), token, tls),
				Welcome.newBuilder().setAgentVersion(Main.VERSION).setHostName(host).setAgentId(secrets.agentId())
						.setStartedUnixNanos(System.currentTimeMillis() * 1_000_000).build());
				SpanExport file = options.spansOut == null ? null : SpanWriter.open(options.spansOut, host);
				SpanExport collector = options.otlpEndpoint == null ? null
						: new OtlpExporter(options.otlpEndpoint, Map.of("host.name", host,
								"telemetry.distro.name", "crosstrace", "telemetry.distro.version", Main.VERSION));
				CaptureFile.Writer recording = options.record == null ? null : CaptureFile.create(options.record);
				KernelCapture kernel = KernelCapture.open(capture)) {
			server.onWatch(program -> {
				if (!program.getService().isEmpty()) {
					services.name(program.getPid(), program.getService());
				}
				try {
					kernel.watch(program.getPid());
				} catch (CaptureException e) {
					System.err.println(e.getMessage());
				}
			});
			server.start(kernel.provider());
			tell(kernel, server, tokenFile, token, tls);
			if (options.portFile != null) {
				Files.writeString(options.portFile, server.port() + "\n");
			}
			if (programs != null) {
				follow(programs, kernel);
			}
			List<SpanExport> exports = Stream.of(file, collector).filter(export -> export != null).toList();
			RecordSource source = RecordSource.of(kernel);
			loop = new AgentLoop(recording == null ? source : source.recordedBy(recording), names, pipeline, services, server, exports, options.quiet);
			if (options.aloneSeconds > 0) {
				stopWhenAlone(server, loop);
			}
			if (!stopping) {
				loop.run(options.seconds);
			}
		}
	}

	private Set<Integer> watched(ProgramFilter programs) {
		Set<Integer> pids = new HashSet<>(options.pids);
		if (programs != null) {
			pids.addAll(programs.fresh());
			pids.remove((int) ProcessHandle.current().pid()); // it may be a java, too
			if (pids.isEmpty()) {
				pids.add(NOBODY);
			}
		}
		return pids;
	}

	/** Watches programs that start later; their first second may be missed. */
	private static void follow(ProgramFilter programs, KernelCapture kernel) {
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					Thread.sleep(1_000);
					for (int pid : programs.fresh()) {
						kernel.watch(pid);
					}
				}
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			} catch (CaptureException e) {
				System.err.println(e.getMessage());
			}
		}, "CrossTrace programs");
		thread.setDaemon(true);
		thread.start();
	}

	/** An agent that an IDE brought to a host must not outlive the IDE's interest. */
	private void stopWhenAlone(AgentServer server, AgentLoop running) {
		Thread thread = new Thread(() -> {
			try {
				for (int alone = 0; alone < options.aloneSeconds; alone = server.clients() > 0 ? 0 : alone + 1) {
					Thread.sleep(1_000);
				}
				System.err.println("Stopping: no client has been connected for " + options.aloneSeconds + " seconds.");
				running.stop();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "CrossTrace alone");
		thread.setDaemon(true);
		thread.start();
	}

	private ServerTls tls(Secrets secrets, String host) throws ServeException {
		if ((options.tlsCertificate == null) != (options.tlsKey == null)) {
			throw new IllegalArgumentException("--tls-cert and --tls-key are needed together.");
		}
		if (options.tlsCertificate != null) {
			return ServerTls.load(options.tlsCertificate, options.tlsKey);
		}
		InetAddress address = options.address().getAddress();
		boolean loopback = address != null && address.isLoopbackAddress();
		return options.tls || !loopback ? ServerTls.selfMade(secrets, host) : null;
	}

	private void tell(KernelCapture kernel, AgentServer server, Path tokenFile, String token, ServerTls tls) {
		String who = options.exe != null ? "processes that run a program like " + options.exe
				: !options.pids.isEmpty() ? "processes " + options.pids + " and their children"
				: options.cgroup != null ? "processes below " + options.cgroup : "every process but this one";
		StringBuilder text = new StringBuilder().append("CrossTrace agent ").append(Main.VERSION).append(" watches ")
				.append(who).append(".\n  How: ").append(kernel.provider()).append(".\n");
		if (kernel.propagates()) {
			text.append("  Span ids: ").append(options.propagation().describe()).append(".\n");
		}
		for (String limit : kernel.limits()) {
			text.append("  Limit: ").append(limit).append(".\n");
		}
		text.append("To connect: in Eclipse, perspective CrossTrace, view Agents, Connect.\n");
		text.append("  Host and port  ").append(options.address().getHostString()).append(':').append(server.port())
				.append(tls == null ? ", without TLS\n" : ", with TLS\n");
		if (tls != null) {
			text.append("  Certificate    SHA-256 ").append(tls.fingerprint()).append('\n');
		}
		// A terminal is read by the person who started this; a log file may be read by others.
		boolean terminal = System.console() != null && System.getenv("TERM") != null;
		text.append("  Token          ").append(token.isEmpty() ? "none: everybody on this host may connect"
				: terminal ? token + " (in " + tokenFile + ")" : "in " + tokenFile).append('\n');
		if (!token.isEmpty() && Secrets.readableByOthers(tokenFile)) {
			text.append("  Others on this host can read ").append(tokenFile).append(": chmod 600 keeps them out.\n");
		}
		System.err.print(text);
	}

	private static String hostName() throws IOException {
		Path name = Path.of("/proc/sys/kernel/hostname");
		return Files.isReadable(name) ? Files.readString(name).trim() : InetAddress.getLocalHost().getHostName();
	}
}
