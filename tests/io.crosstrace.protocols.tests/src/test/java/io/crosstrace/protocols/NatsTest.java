package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.Subscription;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

import io.crosstrace.servers.Servers;

/** Debian's NATS server and its Java client. */
class NatsTest {
	private static final String[] KEYS = { "messaging.system", "messaging.operation.name", "messaging.operation.type",
			"messaging.destination.name", "messaging.message.body.size" };
	private static Servers servers;
	private static Tap tap;
	private int before;

	@BeforeAll
	static void startServer(@TempDir Path folder) throws Exception {
		String program = Servers.program("/usr/bin/nats-server", "/usr/sbin/nats-server");
		servers = new Servers(folder);
		int port = Servers.freePort();
		servers.start(port, new ProcessBuilder(program, "-a", "127.0.0.1", "-p", Integer.toString(port), "-js", "-sd",
				folder.resolve("data").toString()));
		tap = new Tap(port);
	}

	@AfterAll
	static void stopServer() throws Exception {
		if (tap != null) {
			tap.close();
			servers.close();
		}
	}

	@BeforeEach
	void remember() {
		before = tap.clientSpans(KEYS).size();
	}

	private static Connection connect() throws Exception {
		return Nats.connect(new Options.Builder().server("nats://the-user:the-secret@127.0.0.1:" + tap.port()).build());
	}

	private List<String> told(int count) throws InterruptedException {
		List<String> all = Spans.await(before + count, () -> tap.clientSpans(KEYS));
		return all.subList(before, all.size()).stream().sorted().toList();
	}

	private static String span(String kind, String verb, String type, String subject, int bytes) {
		return kind + " " + verb + " " + subject + " messaging.system=nats messaging.operation.name=" + verb
				+ " messaging.operation.type=" + type + " messaging.destination.name=" + subject + " messaging.message.body.size=" + bytes;
	}

	@Test
	void publishings_requestsAndRepliesAreTold() throws Exception {
		List<String> expected = new ArrayList<>();
		try (Connection client = connect(); Connection service = connect()) {
			Dispatcher dispatcher = service.createDispatcher(message -> service.publish(message.getReplyTo(),
					"secret answer".getBytes(StandardCharsets.UTF_8)));
			dispatcher.subscribe("prices.get");
			Subscription orders = service.subscribe("orders.>");
			service.flush(Duration.ofSeconds(10));
			for (int i = 0; i < 3; i++) {
				client.publish("orders.new", ("order " + i).getBytes(StandardCharsets.UTF_8));
				orders.nextMessage(Duration.ofSeconds(10));
				expected.add(span("PRODUCER", "publish", "send", "orders.new", 7));
				expected.add(span("CONSUMER", "process", "process", "orders.new", 7));
			}
			Headers headers = new Headers().add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
			client.publish(NatsMessage.builder().subject("orders.traced").headers(headers).data("four").build());
			orders.nextMessage(Duration.ofSeconds(10));
			expected.add(span("PRODUCER", "publish", "send", "orders.traced", 4));
			expected.add(span("CONSUMER", "process", "process", "orders.traced", 4));
			Message answer = client.request("prices.get", "apple".getBytes(StandardCharsets.UTF_8)).get(10, TimeUnit.SECONDS);
			assertEquals("secret answer", new String(answer.getData(), StandardCharsets.UTF_8));
			expected.add(span("CLIENT", "request", "send", "prices.get", 5));
			expected.add(span("CONSUMER", "process", "process", "prices.get", 5));
			client.requestWithTimeout("nobody.there", null, Duration.ofSeconds(10)).exceptionally(failed -> null).get();
			expected.add(span("CLIENT", "request", "send", "nobody.there", 0) + " ERROR 503");
			assertEquals(expected.stream().sorted().toList(), told(expected.size()));
		}
		assertEquals(3, Spans.linked(tap.clientTables(), "publish orders.new", "process orders.new"));
		assertEquals(2, tap.clientTables().stream().mapToLong(table -> Spans.ofTrace(table, 0x8448eb211c80319cL)).sum());
	}

	@Test
	void whatIsStoredInAStream_isAcknowledgedTwice() throws Exception {
		try (Connection client = connect()) {
			client.jetStreamManagement().addStream(StreamConfiguration.builder().name("JOBS").subjects("jobs.*")
					.storageType(StorageType.Memory).build());
			JetStream stream = client.jetStream();
			JetStreamSubscription jobs = stream.subscribe("jobs.*", PushSubscribeOptions.builder().durable("worker").build());
			stream.publish("jobs.print", "page".getBytes(StandardCharsets.UTF_8));
			Message job = jobs.nextMessage(Duration.ofSeconds(10));
			job.ack();
			client.flush(Duration.ofSeconds(10));
			List<String> told = told(3).stream().filter(line -> line.contains("jobs.print")).toList();
			assertEquals(List.of(span("CLIENT", "request", "send", "jobs.print", 4),
					span("CONSUMER", "process", "process", "jobs.print", 4)).stream().sorted().toList(), told);
		}
		assertEquals(1, Spans.linked(tap.clientTables(), "request jobs.print", "process jobs.print"));
	}
}
