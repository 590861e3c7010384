package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.crosstrace.servers.Servers;

/**
 * Very many calls of each protocol ({@code -Dcalls=N}), between ordinary clients and real servers, under the real agent:
 * every attribute right, none missing, none invented. What must be told comes from what the client did.
 */
@EnabledIfSystemProperty(named = "calls", matches = "\\d+")
class CallsTest {
	private static final Path ROOT = Path.of(System.getProperty("crosstrace.root"));
	/** What differs from call to call, or from run to run. */
	private static final Set<String> PASSED_OVER = Set.of("server.address", "server.port", "client.address", "messaging.kafka.offset",
			"messaging.rabbitmq.message.delivery_tag", "url.path", "url.full", "url.query", "url.scheme");

	/** What clients do for themselves when they connect. */
	private static final Pattern OWN = Pattern.compile("^CLIENT (HELLO|CLIENT|PING|queue.declare)|db.query.text=(SET [a-z]|SELECT @@)");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "mariadb", "redis", "rabbitmq", "kafka", "grpc", "http" })
	void everyCall_isToldOnceAndRight(String protocol) throws Exception {
		int count = Integer.getInteger("calls");
		Path made = folder.resolve("made");
		Path go = folder.resolve("go");
		Path spans = folder.resolve("spans.jsonl");
		try (Servers servers = new Servers(folder)) {
			int port = server(servers, protocol);
			Process client = Servers.java("io.crosstrace.protocols.Calls", protocol, Integer.toString(port), Integer.toString(count),
					made.toString(), go.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("client.log").toFile()).start();
			Process agent = agent(spans, client.pid());
			try {
				await(() -> Files.exists(folder.resolve("port")), agent, 60);
				Files.createFile(go);
				await(() -> Files.exists(made) && Files.size(made) > 0, client, 900);
				awaitQuiet(spans);
			} finally {
				agent.destroy();
				agent.waitFor(20, TimeUnit.SECONDS);
				client.destroyForcibly().waitFor();
			}
		}
		Map<String, Long> expected = new TreeMap<>();
		for (String line : Files.readAllLines(made)) {
			int tab = line.indexOf('\t');
			expected.put(line.substring(tab + 1), Long.valueOf(line.substring(0, tab)));
		}
		assertEquals(text(expected), text(told(spans)), () -> tail(folder.resolve("agent.log")));
	}

	private interface Condition {
		boolean isMet() throws IOException;
	}

	private void await(Condition condition, Process process, int seconds) throws IOException, InterruptedException {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (!condition.isMet()) {
			assertTrue(process.isAlive() && System.nanoTime() < until, () -> tail(folder.resolve("client.log")) + tail(folder.resolve("agent.log")));
			Thread.sleep(50);
		}
	}

	private static void awaitQuiet(Path spans) throws IOException, InterruptedException {
		long size = -1;
		for (int quiet = 0; quiet < 6; quiet++) {
			if (Files.size(spans) > size) {
				size = Files.size(spans);
				quiet = 0;
			}
			Thread.sleep(1000);
		}
	}

	private static String tail(Path log) {
		try {
			List<String> lines = Files.readAllLines(log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		} catch (IOException e) {
			return "";
		}
	}

	private Process agent(Path spans, long pid) throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(ROOT.resolve("remote-agent/target"), "*-all.jar")) {
			List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-jar", jars.iterator().next().toString(), "run",
					"--listen", "127.0.0.1:0", "--port-file", folder.resolve("port").toString(), "--state-dir", folder.resolve("state").toString(),
					"--spans-out", spans.toString(), "--pid", Long.toString(pid), "--ring-mb", "32"));
			return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("agent.log").toFile()).start();
		}
	}

	private int server(Servers servers, String protocol) throws Exception {
		return switch (protocol) {
		case "postgresql" -> filled(servers.postgres(), "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres", "items");
		case "mariadb" -> filled(servers.mariadb(), "jdbc:mariadb://127.0.0.1:%d/?user=root", "shop.items");
		case "redis" -> servers.redis();
		case "rabbitmq" -> servers.rabbit();
		case "kafka" -> {
			int port = Servers.freePort();
			KafkaTest.start(servers, folder, port, port);
			KafkaTest.createTopic(port, "calls", 1);
			yield port;
		}
		default -> 0;
		};
	}

	private static int filled(int port, String url, String table) throws Exception {
		try (Connection connection = DriverManager.getConnection(url.formatted(port)); Statement statement = connection.createStatement()) {
			if (table.contains(".")) {
				statement.execute("CREATE DATABASE shop");
			}
			statement.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, name varchar(8000))");
			statement.execute("INSERT INTO " + table + " VALUES " + IntStream.range(0, 200).mapToObj(i -> "(" + i + ", 'item')")
					.collect(Collectors.joining(", ")));
		}
		return port;
	}

	private static String text(Map<String, Long> lines) {
		return lines.entrySet().stream().map(line -> line.getValue() + " " + line.getKey()).collect(Collectors.joining("\n"));
	}

	/** Spans by what they say, but for what clients do for themselves: greetings, settings, declarations. */
	private static Map<String, Long> told(Path file) throws IOException {
		Map<String, Long> told = new TreeMap<>();
		Set<String> seen = new HashSet<>();
		JsonFactory json = new JsonFactory();
		try (BufferedReader in = Files.newBufferedReader(file)) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				try (JsonParser parser = json.createParser(line)) {
					String[] span = span(parser);
					if (!OWN.matcher(span[1]).find() && seen.add(span[0])) {
						told.merge(span[1], 1L, Long::sum);
					}
				}
			}
		}
		return told;
	}

	/** Its id, and "KIND operation key=value ..." with sorted keys. */
	private static String[] span(JsonParser parser) throws IOException {
		String id = "";
		String kind = "";
		String operation = "";
		Map<String, String> attributes = new TreeMap<>();
		parser.nextToken();
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			switch (name) {
			case "span" -> id = parser.getText();
			case "kind" -> kind = parser.getText().toUpperCase();
			case "op" -> operation = parser.getText();
			case "attributes" -> {
				while (parser.nextToken() == JsonToken.FIELD_NAME) {
					String key = parser.currentName();
					parser.nextToken();
					if (!PASSED_OVER.contains(key)) {
						attributes.put(key, parser.getText());
					}
				}
			}
			default -> parser.skipChildren();
			}
		}
		return new String[] { id, kind + ' ' + operation + attributes.entrySet().stream()
				.map(each -> ' ' + each.getKey() + '=' + each.getValue()).collect(Collectors.joining()) };
	}
}
