package io.crosstrace.shop.billing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.ids.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes what was paid from a queue, writes the invoice, and only then lets the broker forget it. */
final class InvoiceWriter {
	private static final String QUEUE = "invoices";
	private static final int AT_ONCE = 20;
	private static final Pattern BODY = Pattern.compile("\\{\"customer\":(\\d+),\"cents\":(\\d+),\"call\":\"(\\w+)\"}");

	private final Channel channel;
	private final Books books;

	private InvoiceWriter(Channel channel, Books books) {
		this.channel = channel;
		this.books = books;
	}

	static void start(int port, Books books) throws IOException, TimeoutException {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("127.0.0.1");
		factory.setPort(port);
		Channel channel = factory.newConnection("billing").createChannel();
		channel.exchangeDeclare("shop", "topic");
		channel.queueDeclare(QUEUE, false, false, false, null);
		channel.queueBind(QUEUE, "shop", "order.*");
		channel.basicQos(AT_ONCE);
		InvoiceWriter writer = new InvoiceWriter(channel, books);
		channel.basicConsume(QUEUE, false, (tag, delivery) -> writer.take(delivery), tag -> { });
	}

	private void take(Delivery delivery) throws IOException {
		long tag = delivery.getEnvelope().getDeliveryTag();
		Matcher body = BODY.matcher(new String(delivery.getBody(), StandardCharsets.UTF_8));
		if (!body.matches()) {
			channel.basicReject(tag, false);
			return;
		}
		CallId own = CallId.newRequest();
		Ledger.taken(own, CallId.valueOf(body.group(3)), "process " + QUEUE, tag);
		books.bill(Integer.parseInt(body.group(1)), Integer.parseInt(body.group(2)), own.call(1));
		channel.basicAck(tag, false);
	}
}
