package io.crosstrace.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.shop.run.Backends;
import io.crosstrace.shop.run.Services;
import io.crosstrace.shop.score.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop, its customers and the agent, all real; judged by what the agent wrote down. */
@Tag("kernel")
class ShopUnderAgentTest {
	private static final Path ROOT = Path.of(System.getProperty("crosstrace.root"));
	private static final Path SHOP = ROOT.resolve("tests/shop");
	private static final int START_SECONDS = 60;
	private static final int END_SECONDS = 8;
	private static Backends backends;
	private static Services services;
	@TempDir
	private static Path ledger;

	@TempDir
	private Path folder;

	@BeforeAll
	static void open() throws IOException, InterruptedException {
		assumeTrue(System.getProperty("os.name").equals("Linux"), "the agent needs Linux");
		assumeTrue(System.getProperty("user.name").equals("root"), "loading eBPF programs needs root");
		backends = Backends.installed();
		backends.start();
		services = Services.start(SHOP, 64, backends, ledger);
		load(4, 5).await(90); // the first requests load classes, which takes long on a busy machine
	}

	@AfterAll
	static void shut() {
		if (services != null) {
			services.close();
		}
		if (backends != null) {
			backends.close();
		}
	}

	@Test
	void atTwentyConcurrentRequests_edgesAcrossServicesAreRight() throws IOException, InterruptedException {
		Path spans = folder.resolve("spans.jsonl");
		try (Program agent = startAgent(spans)) {
			long requests = succeed(load(20, 15));
			awaitQuiet(spans);
			end(agent);
			ByteArrayOutputStream score = new ByteArrayOutputStream();
			int exit = Score.run(new PrintStream(score, true), System.err, spans.toString(), "--min-cross", "99", "--ledger",
					ledger.toString(), "--min-written", backends.missing().isEmpty() ? "99" : "0");
			System.out.print(score);
			assertEquals(0, exit, "see the score above");
			if (backends.missing().isEmpty()) {
				assertTrue(number(score.toString(), "edges", "links") > 0, "no message went through the broker");
				assertEquals(0, number(score.toString(), "wrong", "links"), "a message was linked to another one");
			}
			assertTrue(number(score.toString(), "traces") >= requests, "a request left no span");
			assertTrue(number(score.toString(), "spans") >= 4 * requests, "most requests leave more than 4 spans");
		}
	}

	@Test
	void agentKilledUnderLoad_harmsNoRequest_andTheNextOneWorks() throws IOException, InterruptedException {
		Path spans = folder.resolve("spans.jsonl");
		try (Program agent = startAgent(spans); Program load = load(20, 10)) {
			TimeUnit.SECONDS.sleep(4); // some of the load before, some after
			agent.kill();
			agent.await(10);
			assertTrue(load.isAlive(), "the load should go on without the agent");
			succeed(load);
		}
		assertNull(services.dead());
		Path more = folder.resolve("more.jsonl");
		try (Program next = startAgent(more)) {
			succeed(load(5, 3));
			awaitQuiet(more);
			end(next);
		}
		assertEquals(0, Score.run(System.out, System.err, more.toString(), "--min-cross", "99"));
	}

	private static Program load(int concurrency, int seconds) throws IOException {
		return Program.start("load", SHOP.resolve("load/target/shop-load.jar"), "--target", services.gateway().url(),
				"--concurrency", String.valueOf(concurrency), "--seconds", String.valueOf(seconds));
	}

	/** @return how many requests were answered; every one as it should */
	private static long succeed(Program load) throws InterruptedException {
		assertEquals(0, load.await(90), "the load's exit code, which is 1 if a request failed");
		assertEquals(0, number(load.output(), "errors"));
		long requests = number(load.output(), "requests");
		assertTrue(requests > 20, requests + " requests");
		return requests;
	}

	/** Waits until the agent has written nothing for a while: until every span has its parent. */
	private static void awaitQuiet(Path spans) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
		long size = -1;
		long since = System.nanoTime();
		// Taking stock goes on without requests, ten spans a second: that much is quiet.
		while (System.nanoTime() - since < TimeUnit.SECONDS.toNanos(8) && System.nanoTime() < deadline) {
			if (Files.size(spans) > size + 200_000) {
				size = Files.size(spans);
				since = System.nanoTime();
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	/** As an init system ends it. Java's exit code after SIGTERM is 143 whatever the program does. */
	private static void end(Program agent) throws InterruptedException {
		agent.terminate();
		assertEquals(128 + 15, agent.await(END_SECONDS), "the agent's exit code");
	}

	/** Starts an agent and waits until it has attached its programs and opened its port. */
	private Program startAgent(Path spans) throws IOException, InterruptedException {
		Path port = spans.resolveSibling(spans.getFileName() + ".port");
		String pids = services.all().stream().map(service -> String.valueOf(service.pid())).collect(Collectors.joining(","));
		Program agent = Program.start("agent", agentJar(), "run", "--listen", "127.0.0.1:0", "--port-file", port.toString(),
				"--state-dir", folder.resolve("state").toString(), "--spans-out", spans.toString(), "--pid", pids, "--capture-header", "call-id");
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!Files.exists(port)) {
			if (!agent.isAlive() || System.nanoTime() > deadline) {
				agent.close();
				throw new AssertionError("the agent did not start; it said:\n" + agent.output());
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
		return agent;
	}

	/** The agent with all that it needs, whatever version its name says. */
	private static Path agentJar() throws IOException {
		Path target = ROOT.resolve("remote-agent/target");
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-all.jar")) {
			for (Path jar : jars) {
				return jar;
			}
		}
		throw new IOException("no agent in " + target + ": build the whole project first.");
	}

	/** @param after a name before it */
	private static long number(String json, String name, String after) {
		return number(json.substring(json.indexOf("\"" + after + "\"")), name);
	}

	private static long number(String json, String name) {
		Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
		assertTrue(matcher.find(), "no " + name + " in: " + json);
		return Long.parseLong(matcher.group(1));
	}
}
