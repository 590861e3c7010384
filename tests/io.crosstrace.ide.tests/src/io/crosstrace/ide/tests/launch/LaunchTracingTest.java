package io.crosstrace.ide.tests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.launch.LaunchTracing;
import io.crosstrace.ide.launch.LocalAgent;
import io.crosstrace.ide.launch.RootRights;
import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.tests.debug.Program;
import io.crosstrace.wire.client.ConnectionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.debug.core.ILaunchManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program is launched from here and traced by its process id, under its configuration's name. */
@Timeout(180)
class LaunchTracingTest {
	private static final String SOURCE = """
			package shop;

			import com.sun.net.httpserver.HttpServer;
			import java.net.InetSocketAddress;
			import java.net.URI;
			import java.net.http.HttpClient;
			import java.net.http.HttpRequest;
			import java.net.http.HttpResponse;

			public class Checkout {
				public static void main(String[] args) throws Exception {
					HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
					server.createContext("/hello", exchange -> {
						exchange.sendResponseHeaders(200, -1);
						exchange.close();
					});
					server.start();
					URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hello");
					System.out.println("ready");
					HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
					while (System.in.read() >= 0) {
						client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
					}
					System.exit(0);
				}
			}
			""";
	@TempDir
	Path folder;
	private final Session session = new Session(100_000);
	private final AtomicInteger asked = new AtomicInteger();
	private Program program;

	@BeforeEach
	void makeProgram() throws Exception {
		program = new Program("checkout");
		program.source("shop/Checkout.java", SOURCE);
		program.build();
	}

	@AfterEach
	void end() throws Exception {
		session.close();
		program.close();
	}

	@Test
	void launchedProgram_isTracedUnderItsConfigurationsName() throws Exception {
		assumeTrue("root".equals(System.getProperty("user.name")), "an agent needs root's rights, and asking a person is no test");
		LocalAgent agent = agent(true);
		try (LaunchTracing tracing = new LaunchTracing(session, agent)) {
			program.launch("My Checkout", "shop.Checkout", ILaunchManager.RUN_MODE, Map.of(LaunchTracing.TRACE, true));
			program.said("ready");
			until("an agent", () -> session.snapshot().agents().stream().anyMatch(each -> each.state() == ConnectionState.CONNECTED));
			until("spans of the launched program", () -> {
				program.say("r");
				Thread.sleep(200);
				return served("My Checkout") > 0;
			});
			assertEquals(1, asked.get(), "asked once");
			assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("agent"))));
			SpanTable spans = session.snapshot().traces().spans();
			for (int row = 0; row < spans.size(); row++) {
				assertEquals("My Checkout", spans.names.text(spans.service.get(row)), "nobody else is watched");
			}
		} finally {
			agent.stop();
		}
	}

	@Test
	void refusal_leavesTheProgramUntracedAndSaysSo() {
		assumeTrue("root".equals(System.getProperty("user.name")), "elsewhere the lack of rights is told first");
		assertEquals("you did not allow an agent to be started.", agent(false).ensure(new NullProgressMonitor()));
	}

	@Test
	void configurationThatDoesNotAsk_isLeftAlone() throws Exception {
		try (LaunchTracing tracing = new LaunchTracing(session, agent(true))) {
			program.launch("plain", "shop.Checkout", ILaunchManager.RUN_MODE, Map.of());
			program.said("ready");
			assertEquals(0, asked.get());
			assertTrue(session.snapshot().agents().isEmpty());
		}
	}

	@Test
	void ordinaryUser_startsTheAgentBySudoAndTheProgramThatAsksForThePassword() throws Exception {
		LocalAgent agent = agent(true, ordinaryUser("correct-horse"));
		try {
			assertEquals("", agent.ensure(new NullProgressMonitor()));
			until("the agent", () -> session.snapshot().agents().stream().anyMatch(each -> each.state() == ConnectionState.CONNECTED));
			assertTrue(Files.readString(folder.resolve("askpass.log")).startsWith("asked"), "the password was asked for");
			assertEquals("", agent.ensure(new NullProgressMonitor()));
			assertEquals(1, asked.get(), "asked once");
		} finally {
			agent.stop();
		}
	}

	@Test
	void wrongPassword_isToldInASentence() throws Exception {
		assertEquals("the agent could not be started: the password was not given, or not the right one.",
				agent(true, ordinaryUser("wrong")).ensure(new NullProgressMonitor()));
	}

	@Test
	void userWithoutAWayToRoot_isNotEvenAsked() throws Exception {
		RootRights none = ordinaryUser("correct-horse");
		String trouble = agent(true, new RootRights("dev", Map.of(), none.before())).ensure(new NullProgressMonitor());
		assertTrue(trouble.startsWith("the agent needs root's rights, and there is no pkexec"), trouble);
		assertEquals(0, asked.get());
	}

	@Test
	void pkexec_isTheWayWhereThereIsAWindowAndSudoWantsAPassword() throws Exception {
		RootRights sudo = ordinaryUser("wrong");
		Path bin = Files.createDirectories(folder.resolve("bin"));
		executable(bin.resolve("pkexec"), "[ \"$1\" = --version ] && exit 0; echo \"$@\" >" + folder + "/pkexec.log; exit 126");
		String trouble = agent(true, new RootRights("dev", Map.of("DISPLAY", ":1"), sudo.before())).ensure(new NullProgressMonitor());
		assertEquals("the agent could not be started: the password was not given, or not the right one.", trouble);
		assertTrue(Files.readString(folder.resolve("pkexec.log")).contains("agent.jar run --listen 127.0.0.1:0"));
	}

	/** A user of a mount namespace of its own, who may use sudo with a password that a program answers for. */
	private RootRights ordinaryUser(String answer) throws Exception {
		assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/sudo"))
				&& Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs root, sudo and setpriv, to become somebody else");
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		Process openssl = new ProcessBuilder("openssl", "passwd", "-6", "correct-horse").start();
		String hash = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
		Files.writeString(folder.resolve("passwd"), "root:x:0:0::/root:/bin/sh\ndev:x:4242:4242::/tmp:/bin/sh\n");
		Files.writeString(folder.resolve("shadow"), "root:*:19000:0:99999:7:::\ndev:" + hash + ":19000:0:99999:7:::\n");
		Path sudoers = Files.writeString(folder.resolve("sudoers"), "Defaults timestamp_timeout=0\nroot ALL=(ALL) ALL\ndev ALL=(ALL) ALL\n");
		Files.setPosixFilePermissions(sudoers, PosixFilePermissions.fromString("r--r-----"));
		Path askpass = executable(folder.resolve("askpass"), "echo asked >>" + folder + "/askpass.log; echo " + answer);
		String script = "cd " + folder + " && for each in passwd shadow sudoers; do mount --bind $each /etc/$each; done && "
				+ "exec setpriv --reuid 4242 --regid 4242 --clear-groups env SUDO_ASKPASS=" + askpass + " PATH=" + folder
				+ "/bin:/usr/bin:/bin \"$@\"";
		return new RootRights("dev", Map.of("SUDO_ASKPASS", askpass.toString()),
				List.of("unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh"));
	}

	private static Path executable(Path file, String script) throws java.io.IOException {
		Files.writeString(file, "#!/bin/sh\n" + script + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		return file;
	}

	private LocalAgent agent(boolean allowed) {
		return agent(allowed, RootRights.here());
	}

	private LocalAgent agent(boolean allowed, RootRights root) {
		return new LocalAgent(session, folder.resolve("agent"), AgentPackage.bundled(), () -> {
			asked.incrementAndGet();
			return allowed;
		}, root);
	}

	private int served(String service) {
		SpanTable spans = session.snapshot().traces().spans();
		int found = 0;
		for (int row = 0; row < spans.size(); row++) {
			found += spans.isRequest(row) && spans.names.text(spans.service.get(row)).equals(service)
					&& spans.names.text(spans.operation.get(row)).equals("GET /hello") ? 1 : 0;
		}
		return found;
	}

	private interface Condition {
		boolean holds() throws Exception;
	}

	private static void until(String what, Condition condition) throws Exception {
		long end = System.nanoTime() + 60_000_000_000L;
		while (!condition.holds()) {
			assertTrue(System.nanoTime() < end, "waited a minute for " + what);
			Thread.sleep(50);
		}
	}
}
