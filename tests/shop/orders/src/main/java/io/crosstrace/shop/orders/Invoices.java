package io.crosstrace.shop.orders;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.ids.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells the billing, through RabbitMQ if there is one, what was paid; it writes the invoice when it has time. */
@Component
class Invoices {
	private static final String EXCHANGE = "shop";
	private static final long CONFIRM_MILLIS = 10_000;

	private final Connection connection;
	/** A channel is for one thread. */
	private final ThreadLocal<Channel> channels = ThreadLocal.withInitial(this::channel);

	Invoices(@Value("${shop.rabbit}") int port) throws IOException, TimeoutException {
		if (port == 0) {
			connection = null;
			return;
		}
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("127.0.0.1");
		factory.setPort(port);
		connection = factory.newConnection("orders");
		try (Channel channel = connection.createChannel()) {
			channel.exchangeDeclare(EXCHANGE, "topic");
		}
	}

	private Channel channel() {
		try {
			Channel channel = connection.createChannel();
			channel.confirmSelect();
			return channel;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Returns when the broker has it. */
	void write(int customer, int cents, CallId call) {
		if (connection == null) {
			return;
		}
		BasicProperties properties = MessageProperties.TEXT_PLAIN.builder().contentType("application/json")
				.messageId(call.toString()).build(); // one thread may send what several have said, so the thread tells nothing
		byte[] body = "{\"customer\":%d,\"cents\":%d,\"call\":\"%s\"}".formatted(customer, cents, call)
				.getBytes(StandardCharsets.UTF_8);
		Channel channel = channels.get();
		try (var entry = Ledger.enter(call, "publish shop")) {
			channel.basicPublish(EXCHANGE, "order.paid", properties, body);
			channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
		} catch (IOException | TimeoutException e) {
			throw new IllegalStateException("the invoice was not taken", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
