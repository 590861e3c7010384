package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.crosstrace.servers.Servers;

/** Debian's memcached and a Java client of its text protocol. */
class MemcachedTest {
	private static final String[] KEYS = { "db.system.name", "db.operation.name", "db.operation.batch.size" };

	private static String span(String operation, String rest) {
		return "CLIENT " + operation + " db.system.name=memcached db.operation.name=" + operation + rest;
	}

	@Test
	void whatTheClientDoes_isTold(@TempDir Path folder) throws Exception {
		String program = Servers.program("/usr/bin/memcached");
		int port = Servers.freePort();
		try (Servers servers = new Servers(folder)) {
			servers.start(port, new ProcessBuilder(program, "-l", "127.0.0.1", "-p", Integer.toString(port), "-u", "nobody"));
			try (Tap tap = new Tap(port)) {
				List<String> expected = new ArrayList<>();
				MemcachedClient client = new MemcachedClient(new InetSocketAddress("127.0.0.1", tap.port()));
				client.getVersions();
				expected.add(span("version", ""));
				client.set("secret-key", 60, "secret value").get();
				expected.add(span("set", ""));
				assertEquals("secret value", client.get("secret-key"));
				expected.add(span("get", ""));
				assertEquals(null, client.get("missing"));
				expected.add(span("get", ""));
				client.set("large", 60, "x".repeat(300_000)).get();
				expected.add(span("set", ""));
				client.getBulk("secret-key", "large", "missing");
				expected.add(span("get", " db.operation.batch.size=3"));
				client.add("secret-key", 60, "again").get();
				expected.add(span("add", ""));
				client.incr("counter", 1, 5);
				expected.add(span("incr", ""));
				expected.add(span("add", "")); // the client's way to a default
				client.delete("secret-key").get();
				expected.add(span("delete", ""));
				client.touch("large", 10).get();
				expected.add(span("touch", ""));
				client.incr("large", 1);
				expected.add(span("incr", " ERROR CLIENT_ERROR"));
				client.shutdown();
				assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS)));
			}
		}
	}
}
