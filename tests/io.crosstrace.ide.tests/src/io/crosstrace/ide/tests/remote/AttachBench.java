package io.crosstrace.ide.tests.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.remote.RemoteAgent;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.wire.client.ConnectionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the wizard's last button to an agent that is heard, on a host that has never seen one and
 * has no Java: log in, look, copy agent and run-time, check the kernel, start, tunnel, connect. Run by
 * {@code ./crosstrace bench attach-ssh}.
 */
class AttachBench {
	private static final int ROUNDS = 5;

	@TempDir
	Path scratch;

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "attach-ssh")
	void attach() throws Exception {
		assumeTrue(StagingHost.possible(), "needs root and Debian's openssh-server");
		Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
		double[] seconds = new double[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			Path ssh = Files.createDirectories(scratch.resolve("ssh" + i));
			try (StagingHost host = new StagingHost(scratch.resolve("host" + i)).without("/usr/lib/jvm").without("/opt").start();
					Session session = new Session(10_000)) {
				long start = System.nanoTime();
				try (RemoteAgent agent = RemoteAgent.attach(host.as("root"), ssh, new Person(), AgentPackage.bundled(),
						List.of("--pid", String.valueOf(ProcessHandle.current().pid())), what -> { })) {
					session.connect(agent.address());
					heard(session);
					seconds[i] = (System.nanoTime() - start) / 1e9;
				}
			}
		}
		Arrays.sort(seconds);
		System.out.println(String.format(Locale.ROOT, "{\"bench\":\"attach-ssh\",\"value\":%.3g,\"unit\":\"s\",\"note\":\"a host "
				+ "without Java, loopback, from the first packet to an agent that is heard, median of %d, slowest %.3g\"}",
				seconds[ROUNDS / 2], ROUNDS, seconds[ROUNDS - 1]));
	}

	private static void heard(Session session) throws InterruptedException {
		CountDownLatch heard = new CountDownLatch(1);
		Consumer<Snapshot> listener = snapshot -> {
			if (snapshot.agents().stream().anyMatch(status -> status.state() == ConnectionState.CONNECTED && status.health() != null)) {
				heard.countDown();
			}
		};
		session.addListener(listener);
		listener.accept(session.snapshot());
		if (!heard.await(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("the agent is not heard: " + session.snapshot().agents());
		}
		session.removeListener(listener);
	}
}
