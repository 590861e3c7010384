package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.servers.Servers;

/** A broker of today (KRaft) and the ordinary Java clients. */
class KafkaTest {
	private static final String[] KEYS = { "messaging.system", "messaging.operation.name", "messaging.operation.type",
			"messaging.destination.name", "messaging.destination.partition.id", "messaging.kafka.offset",
			"messaging.batch.message_count", "messaging.consumer.group.name", "messaging.client.id" };
	private static Servers servers;
	private static Tap tap;

	@BeforeAll
	static void startBroker(@TempDir Path folder) throws Exception {
		servers = new Servers(folder);
		int port = Servers.freePort();
		tap = new Tap(port);
		start(servers, folder, port, tap.port());
	}

	/** @param advertised where the broker tells clients to come */
	static void start(Servers servers, Path folder, int port, int advertised) throws Exception {
		int controller = Servers.freePort();
		Path config = folder.resolve("server.properties");
		Files.writeString(config, """
				process.roles=broker,controller
				node.id=1
				controller.quorum.voters=1@127.0.0.1:%d
				listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
				advertised.listeners=PLAINTEXT://127.0.0.1:%d
				controller.listener.names=CONTROLLER
				listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
				inter.broker.listener.name=PLAINTEXT
				log.dirs=%s
				offsets.topic.replication.factor=1
				offsets.topic.num.partitions=1
				transaction.state.log.replication.factor=1
				transaction.state.log.min.isr=1
				group.initial.rebalance.delay.ms=0
				auto.create.topics.enable=false
				message.max.bytes=20000
				""".formatted(controller, port, controller, advertised, folder.resolve("data")), StandardCharsets.UTF_8);
		Process format = Servers.java("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", config.toString())
				.redirectErrorStream(true).redirectOutput(folder.resolve("format.log").toFile()).start();
		assertEquals(0, format.waitFor(), () -> "format failed: " + folder);
		servers.start(port, Servers.java("kafka.Kafka", config.toString()));
	}

	@AfterAll
	static void stopBroker() throws Exception {
		tap.close();
		servers.close();
	}

	private static Map<String, Object> client() {
		return new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:" + tap.port()));
	}

	private static void createTopic(String name, int partitions) throws Exception {
		createTopic(tap.port(), name, partitions);
	}

	static void createTopic(int port, String name, int partitions) throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
			admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
		}
	}

	private static KafkaProducer<String, String> producer(Map<String, Object> more) {
		Map<String, Object> options = client();
		options.putAll(more);
		return new KafkaProducer<>(options, new StringSerializer(), new StringSerializer());
	}

	@Test
	void sendsPollsAndCommits_areToldAndLinked() throws Exception {
		createTopic("orders", 1);
		int before = tap.clientSpans(KEYS).size();
		List<String> expected = new ArrayList<>();
		try (KafkaProducer<String, String> producer = producer(Map.of("client.id", "shop"))) {
			for (int i = 0; i < 5; i++) {
				RecordMetadata at = producer.send(new ProducerRecord<>("orders", "key", "value " + i)).get();
				expected.add("PRODUCER send orders messaging.system=kafka messaging.operation.name=send messaging.operation.type=send"
						+ " messaging.destination.name=orders messaging.destination.partition.id=0 messaging.kafka.offset=" + at.offset()
						+ " messaging.client.id=shop");
			}
		}
		assertEquals(expected, Spans.await(before + 5, () -> tap.clientSpans(KEYS)).subList(before, before + 5));
		Map<String, Object> options = client();
		options.putAll(Map.of("group.id", "billing", "auto.offset.reset", "earliest", "enable.auto.commit", "false",
				"max.poll.records", "500"));
		int polled = before + 5;
		int records = 0;
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(options, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of("orders"));
			while (records < 5) {
				records += consumer.poll(Duration.ofSeconds(1)).count();
			}
			consumer.commitSync();
		}
		List<String> told = Spans.await(polled + 2, () -> tap.clientSpans(KEYS));
		assertEquals(List.of("CLIENT poll orders messaging.system=kafka messaging.operation.name=poll messaging.operation.type=receive"
				+ " messaging.destination.name=orders messaging.destination.partition.id=0 messaging.kafka.offset=0"
				+ " messaging.batch.message_count=5 messaging.consumer.group.name=billing messaging.client.id=consumer-billing-1",
				"CLIENT commit orders messaging.system=kafka messaging.operation.name=commit messaging.operation.type=settle"
				+ " messaging.destination.name=orders messaging.consumer.group.name=billing messaging.client.id=consumer-billing-1"),
				told.subList(polled, told.size()));
	}
}
