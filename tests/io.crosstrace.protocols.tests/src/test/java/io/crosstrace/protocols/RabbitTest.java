package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;

import io.crosstrace.servers.Servers;

/** Debian's RabbitMQ and its Java client. */
class RabbitTest {
	private static final String[] KEYS = { "messaging.system", "messaging.operation.name", "messaging.operation.type",
			"messaging.destination.name", "messaging.rabbitmq.destination.routing_key", "messaging.rabbitmq.message.delivery_tag",
			"messaging.message.id", "messaging.message.conversation_id", "messaging.message.body.size" };
	private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
	private static Servers servers;
	private static Tap tap;
	private int before;

	@BeforeAll
	static void startBroker(@TempDir Path folder) throws Exception {
		servers = new Servers(folder);
		tap = new Tap(servers.rabbit());
	}

	@AfterAll
	static void stopBroker() throws Exception {
		if (tap != null) {
			tap.close();
		}
		servers.close();
	}

	@BeforeEach
	void remember() {
		before = tap.clientSpans(KEYS).size();
	}

	private static Connection connect() throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("127.0.0.1");
		factory.setPort(tap.port());
		return factory.newConnection();
	}

	private List<String> told(int count) throws InterruptedException {
		List<String> all = Spans.await(before + count, () -> tap.clientSpans(KEYS));
		return all.subList(before, all.size());
	}

	private static String span(String kind, String name, String operation, String type, String rest) {
		return kind + " " + name + " messaging.system=rabbitmq messaging.operation.name=" + operation
				+ (type.isEmpty() ? "" : " messaging.operation.type=" + type) + rest;
	}

	@Test
	void confirmedPublishingsAndAcknowledgedDeliveries_areToldAndLinked() throws Exception {
		BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
		try (Connection connection = connect()) {
			Channel producer = connection.createChannel();
			producer.confirmSelect();
			producer.exchangeDeclare("shop", "topic");
			producer.queueDeclare("billing", false, false, false, null);
			producer.queueBind("billing", "shop", "order.*");
			Channel consumer = connection.createChannel();
			consumer.basicQos(10);
			consumer.basicConsume("billing", false, (tag, delivery) -> deliveries.add(delivery), tag -> { });
			AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().messageId("m-1").correlationId("c-1")
					.headers(Map.of("traceparent", TRACE)).contentType("text/plain").build();
			producer.basicPublish("shop", "order.paid", properties, "the secret body".getBytes(StandardCharsets.UTF_8));
			producer.waitForConfirmsOrDie(10_000);
			Delivery delivery = deliveries.poll(10, TimeUnit.SECONDS);
			consumer.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
			told(5);
		}
		String where = " messaging.destination.name=shop:order.paid";
		String what = " messaging.rabbitmq.destination.routing_key=order.paid";
		String ids = " messaging.message.id=m-1 messaging.message.conversation_id=c-1 messaging.message.body.size=15";
		assertEquals(Set.of(
				span("CLIENT", "exchange.declare", "exchange.declare", "", " messaging.destination.name=shop"),
				span("CLIENT", "queue.declare", "queue.declare", "", " messaging.destination.name=billing"),
				span("CLIENT", "queue.bind", "queue.bind", "", " messaging.destination.name=billing"),
				span("PRODUCER", "publish shop", "publish", "send", where + what + ids),
				span("CONSUMER", "process billing", "process", "process", where + ":billing" + what
						+ " messaging.rabbitmq.message.delivery_tag=1" + ids)), Set.copyOf(told(5)));
		assertEquals(1, Spans.linked(tap.clientTables(), "publish shop", "process billing"));
		assertEquals(5, told(5).size());
	}

	@Test
	void oneWayPublishings_batchesAndRefusals_areTold() throws Exception {
		BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
		List<String> expected = new ArrayList<>();
		try (Connection connection = connect()) {
			Channel channel = connection.createChannel();
			channel.queueDeclare("jobs", false, false, false, null);
			expected.add(span("CLIENT", "queue.declare", "queue.declare", "", " messaging.destination.name=jobs"));
			byte[] large = new byte[300_000]; // in several frames
			for (int i = 0; i < 4; i++) {
				channel.basicPublish("", "jobs", null, i == 3 ? large : ("job " + i).getBytes(StandardCharsets.UTF_8));
				expected.add(span("PRODUCER", "publish jobs", "publish", "send", " messaging.destination.name=jobs"
						+ " messaging.rabbitmq.destination.routing_key=jobs messaging.message.body.size=" + (i == 3 ? large.length : 5)));
			}
			channel.basicConsume("jobs", false, (tag, delivery) -> deliveries.add(delivery), tag -> { });
			for (int i = 0; i < 4; i++) {
				deliveries.poll(10, TimeUnit.SECONDS);
				expected.add(span("CONSUMER", "process jobs", "process", "process", " messaging.destination.name=jobs"
						+ " messaging.rabbitmq.destination.routing_key=jobs messaging.rabbitmq.message.delivery_tag=" + (i + 1)
						+ " messaging.message.body.size=" + (i == 3 ? large.length : 5) + (i == 3 ? " ERROR reject" : "")));
			}
			channel.basicAck(3, true);
			channel.basicReject(4, false);
			assertEquals(expected, told(expected.size()));
		}
	}

	@Test
	void aGetAndAnError_areTold() throws Exception {
		try (Connection connection = connect()) {
			Channel channel = connection.createChannel();
			channel.queueDeclare("rare", false, false, false, null);
			channel.basicGet("rare", true);
			channel.basicPublish("", "rare", null, "one".getBytes(StandardCharsets.UTF_8));
			channel.basicGet("rare", true);
			assertThrows(IOException.class, () -> channel.queueDeclarePassive("missing"));
			Channel other = connection.createChannel();
			other.basicPublish("", "rare", null, "two".getBytes(StandardCharsets.UTF_8));
			other.basicConsume("rare", true, (tag, delivery) -> { }, tag -> { });
			String rare = " messaging.destination.name=rare messaging.rabbitmq.destination.routing_key=rare";
			List<String> expected = List.of(
					span("CLIENT", "queue.declare", "queue.declare", "", " messaging.destination.name=rare"),
					span("CLIENT", "get rare", "get", "receive", ""),
					span("PRODUCER", "publish rare", "publish", "send", rare + " messaging.message.body.size=3"),
					span("CLIENT", "get rare", "get", "receive", rare + " messaging.message.body.size=3"),
					span("CLIENT", "queue.declare", "queue.declare", "", " messaging.destination.name=missing ERROR 404"),
					span("PRODUCER", "publish rare", "publish", "send", rare + " messaging.message.body.size=3"),
					span("CONSUMER", "process rare", "process", "process", rare
							+ " messaging.rabbitmq.message.delivery_tag=1 messaging.message.body.size=3"));
			assertEquals(expected, told(expected.size()));
		}
	}
}
