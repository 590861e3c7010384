package io.crosstrace.ide.tests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.launch.LaunchTracing;
import io.crosstrace.ide.launch.LocalAgent;
import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.tests.debug.Program;
import io.crosstrace.wire.client.ConnectionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

	private LocalAgent agent(boolean allowed) {
		return new LocalAgent(session, folder.resolve("agent"), AgentPackage.bundled(), () -> {
			asked.incrementAndGet();
			return allowed;
		});
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
