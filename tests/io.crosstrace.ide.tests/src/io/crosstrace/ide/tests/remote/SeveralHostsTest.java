package io.crosstrace.ide.tests.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.remote.RemoteAgent;
import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.session.Session;
import io.crosstrace.wire.client.ConnectionState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts in networks of their own, each with a web server that its agent watches, followed by one session. */
class SeveralHostsTest {
	private static final int HOSTS = 3;
	private static final int MISSED = 200;
	/** 0: the server of the SSH connection ends and comes back; else the link is down for so many seconds. */
	private static final int OUTAGE_SECONDS = Integer.getInteger("crosstrace.outage", 0);

	@TempDir
	Path scratch;
	private final Person person = new Person();
	private final List<AutoCloseable> open = new ArrayList<>();

	@BeforeEach
	void needsNetworks() throws Exception {
		assumeTrue(StagingHost.networksPossible(), "needs root, iproute2 and Debian's openssh-server");
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
		Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	@AfterEach
	void close() throws Exception {
		for (int i = open.size() - 1; i >= 0; i--) {
			open.get(i).close();
		}
	}

	@Test
	void hostsFollowedAtOnce_loseNothingWhileOneIsAway() throws Exception {
		List<StagingHost> hosts = new ArrayList<>();
		List<CompletableFuture<RemoteAgent>> attached = new ArrayList<>();
		for (int i = 0; i < HOSTS; i++) {
			StagingHost host = new StagingHost(scratch.resolve("host" + i), i).start();
			open.add(host);
			hosts.add(host);
			Process server = host.inside(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-m", "jdk.httpserver", "-b",
					"0.0.0.0", "-p", "8080", "-d", scratch.toString());
			until(() -> answers(host, "/"), "a web server");
			attached.add(CompletableFuture.supplyAsync(() -> attach(host, server.pid())));
		}
		Session session = new Session(10_000);
		open.add(session);
		for (CompletableFuture<RemoteAgent> each : attached) {
			RemoteAgent agent = each.get(90, TimeUnit.SECONDS);
			open.add(agent);
			session.connect(agent.address());
		}
		until(() -> session.snapshot().agents().stream().filter(status -> status.state() == ConnectionState.CONNECTED
				&& status.health() != null).count() == HOSTS, "every agent");
		for (int i = 0; i < HOSTS; i++) {
			answers(hosts.get(i), "/host" + i);
		}
		until(() -> paths(session, "/host").size() == HOSTS, "a request of each host");

		StagingHost away = hosts.get(0);
		if (OUTAGE_SECONDS == 0) {
			away.cut();
		} else {
			away.plug(false);
		}
		long since = System.nanoTime();
		assertEquals(0, away.inside("sh", "-c", "for i in $(seq " + MISSED + "); do curl -s -o /dev/null http://127.0.0.1:8080/away$i; done")
				.waitFor());
		answers(hosts.get(1), "/here");
		until(() -> paths(session, "/here").size() == 1, "a request of a host that is still there");
		assertEquals(Set.of(), paths(session, "/away"));
		if (OUTAGE_SECONDS == 0) {
			away.start();
		} else {
			TimeUnit.NANOSECONDS.sleep(OUTAGE_SECONDS * 1_000_000_000L - (System.nanoTime() - since));
			away.plug(true);
		}
		until(() -> paths(session, "/away").size() == MISSED, "what happened while it was away");
		for (AgentStatus status : session.snapshot().agents()) {
			assertEquals(0, status.lost().size(), status.lost().toString());
		}
		for (CompletableFuture<RemoteAgent> each : attached) {
			each.get().close();
		}
		for (StagingHost host : hosts) {
			assertEquals(List.of(), host.left());
		}
	}

	private RemoteAgent attach(StagingHost host, long pid) {
		try {
			return RemoteAgent.attach(host.as("root"), Files.createDirectories(scratch.resolve("ssh-" + host.address())), person,
					AgentPackage.bundled(), List.of("--pid", String.valueOf(pid)), what -> { });
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}

	/** Whether the host's web server answered, no matter what. */
	private static boolean answers(StagingHost host, String path) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			client.send(HttpRequest.newBuilder(URI.create("http://" + host.address() + ":8080" + path)).build(),
					HttpResponse.BodyHandlers.discarding());
			return true;
		} catch (Exception e) {
			return false;
		}
	}

	private static Set<String> paths(Session session, String begin) {
		SpanTable spans = session.snapshot().traces().spans();
		Set<String> found = new HashSet<>();
		for (int row = 0; row < spans.size(); row++) {
			String path = spans.attribute(row, "url.path");
			if (spans.isRequest(row) && path.startsWith(begin)) {
				found.add(path);
			}
		}
		return found;
	}

	private static void until(BooleanSupplier holds, String what) throws InterruptedException {
		for (int i = 0; i < 1200 && !holds.getAsBoolean(); i++) {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		assertTrue(holds.getAsBoolean(), what + " came within two minutes");
	}
}
