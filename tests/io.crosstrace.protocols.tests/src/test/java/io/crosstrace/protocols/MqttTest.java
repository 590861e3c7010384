package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.crosstrace.servers.Servers;

/** Debian's Mosquitto and Eclipse Paho, versions 3.1.1 and 5. */
class MqttTest {
	private static final String[] KEYS = { "messaging.system", "messaging.operation.name", "messaging.operation.type",
			"messaging.destination.name", "messaging.destination.template", "messaging.message.body.size" };
	private static Servers servers;
	private static Tap tap;
	private int before;

	@BeforeAll
	static void startBroker(@TempDir Path folder) throws Exception {
		String program = Servers.program("/usr/sbin/mosquitto", "/usr/bin/mosquitto");
		servers = new Servers(folder);
		int port = Servers.freePort();
		Path config = folder.resolve("mosquitto.conf");
		Files.writeString(config, "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
		servers.start(port, new ProcessBuilder(program, "-c", config.toString()));
		tap = new Tap(port);
	}

	@AfterAll
	static void stopBroker() throws Exception {
		if (tap != null) {
			tap.close();
			servers.close();
		}
	}

	@BeforeEach
	void remember() {
		before = tap.clientSpans(KEYS).size();
	}

	private List<String> told(int count) throws InterruptedException {
		List<String> all = Spans.await(before + count, () -> tap.clientSpans(KEYS));
		return sorted(all.subList(before, all.size()));
	}

	private static List<String> sorted(List<String> spans) {
		return spans.stream().sorted().toList();
	}

	private static String span(String kind, String verb, String type, String topic, String template, int bytes) {
		return kind + " " + verb + " " + template + " messaging.system=mqtt messaging.operation.name=" + verb
				+ " messaging.operation.type=" + type + " messaging.destination.name=" + topic
				+ (topic.equals(template) ? "" : " messaging.destination.template=" + template)
				+ " messaging.message.body.size=" + bytes;
	}

	private static String subscribed(String filter) {
		return "CLIENT subscribe messaging.system=mqtt messaging.operation.name=subscribe messaging.destination.name=" + filter;
	}

	@Test
	void version311_allQualitiesOfService_areTold() throws Exception {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		List<String> expected = new ArrayList<>();
		MqttClient client = new MqttClient("tcp://127.0.0.1:" + tap.port(), "client-311", new MemoryPersistence());
		MqttConnectOptions options = new MqttConnectOptions();
		options.setUserName("the-user");
		options.setPassword("the-secret-password".toCharArray());
		client.connect(options);
		client.subscribe("plant/+/state", 2, (topic, message) -> received.add(topic));
		expected.add(subscribed("plant/+/state"));
		for (int quality = 0; quality <= 2; quality++) {
			for (int i = 0; i < 3; i++) {
				String topic = "plant/" + (1000 + i) + "/state";
				client.publish(topic, ("secret " + quality + " " + i).getBytes(StandardCharsets.UTF_8), quality, false);
				received.poll(10, TimeUnit.SECONDS);
				expected.add(span("PRODUCER", "publish", "send", topic, "plant/{id}/state", 10));
				expected.add(span("CONSUMER", "process", "process", topic, "plant/{id}/state", 10));
			}
		}
		told(expected.size());
		client.disconnect();
		client.close();
		assertEquals(sorted(expected), told(expected.size()));
		assertEquals(9, Spans.linked(tap.clientTables(), "publish plant/{id}/state", "process plant/{id}/state"));
	}

	@Test
	void version5_withPropertiesAndAFilteredTopic_isTold() throws Exception {
		BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();
		org.eclipse.paho.mqttv5.client.MqttClient client = new org.eclipse.paho.mqttv5.client.MqttClient(
				"tcp://127.0.0.1:" + tap.port(), "client-5", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
		client.connect();
		client.subscribe(new MqttSubscription[] { new MqttSubscription("shop/orders", 1) },
				new org.eclipse.paho.mqttv5.client.IMqttMessageListener[] { (topic, message) -> received.add(message) });
		MqttProperties properties = new MqttProperties();
		properties.setUserProperties(Collections.singletonList(
				new UserProperty("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
		properties.setContentType("text/plain");
		MqttMessage message = new MqttMessage("five".getBytes(StandardCharsets.UTF_8), 1, false, properties);
		client.publish("shop/orders", message);
		received.poll(10, TimeUnit.SECONDS);
		List<String> expected = List.of(subscribed("shop/orders"), span("PRODUCER", "publish", "send", "shop/orders", "shop/orders", 4),
				span("CONSUMER", "process", "process", "shop/orders", "shop/orders", 4));
		told(expected.size());
		client.disconnect();
		client.close();
		assertEquals(sorted(expected), told(expected.size()));
		assertEquals(2, tap.clientTables().stream().mapToLong(table -> Spans.ofTrace(table, 0x8448eb211c80319cL)).sum());
	}
}
