package io.crosstrace.core.protocol.messaging;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.span.SpanTable;

/** One direction of an AMQP connection. */
final class AmqpParser extends FrameParser {
	/** Bytes of a body that are part of its identity; a body's first frame has them all. */
	private static final int IDENTITY = 1024;
	private static final int GREETING = 8;

	private final Amqp amqp;
	private final Amqp.Connection connection;
	private final Link link;
	private final boolean client;
	/** A frame's content that ends with it; null if none does. */
	private AmqpContent ending;

	/** @param client this direction is what the client says */
	AmqpParser(Amqp amqp, Amqp.Connection connection, Link link, boolean client) {
		super(amqp.context, Amqp.LOOK);
		this.amqp = amqp;
		this.connection = connection;
		this.link = link;
		this.client = client;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (in[from] == 'A') {
			return !Amqp.greeting(in, from, to) && to - from >= GREETING ? WRONG : to - from < GREETING ? MORE : GREETING;
		}
		if (!Amqp.frame(in, from, to)) {
			return WRONG;
		}
		return to - from < Amqp.FRAME_HEAD ? MORE : Binary.int32(in, from + 3) + 8L;
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		if (to - from < Amqp.FRAME_HEAD + 4) {
			return in[from] == Amqp.METHOD && Amqp.frame(in, from, to) ? MAYBE : NO;
		}
		return Amqp.method(in, from, to) ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		ending = null;
		if (in[from] == 'A' || in[from] == Amqp.HEARTBEAT || to - from < Amqp.FRAME_HEAD) {
			return true;
		}
		Amqp.Channel channel = connection.channel(Binary.uint16(in, from + 1));
		if (channel == null) {
			return true;
		}
		AmqpContent content = client ? channel.published : channel.delivered;
		long size = Binary.int32(in, from + 3);
		int end = (int) Math.min(to, from + Amqp.FRAME_HEAD + size);
		Fields fields = amqp.fields.over(in, from + Amqp.FRAME_HEAD, end);
		switch (in[from]) {
		case Amqp.METHOD -> {
			content.method = 0; // what was under way will not go on
			method(fields, channel, content, position(from), out);
		}
		case Amqp.HEADER -> header(fields, channel, content, position(from), out);
		default -> body(in, from + Amqp.FRAME_HEAD, end, size, content);
		}
		if (cut && fields.bad) {
			context.lost(Loss.CUT_HEADS, 1);
		}
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		AmqpContent content = ending;
		ending = null;
		if (content == null || !content.begun) {
			return;
		}
		Message message = context.ending.clear(content.method != Amqp.GET_OK, 0);
		message.stream = content.stream;
		message.incomplete = incomplete;
		message.before = before;
		if (content.identity != 0 && !link.server()) {
			amqp.words.link(message, content.identity, content.method == Amqp.PUBLISH);
		}
		content.method = 0;
		content.begun = false;
		out.end(message);
	}

	private void method(Fields in, Amqp.Channel channel, AmqpContent content, int at, MessageSink out) {
		int method = in.int32();
		switch (method) {
		case Amqp.PUBLISH -> {
			in.int16(); // ticket
			Amqp.shortText(in);
			String exchange = amqp.text(in);
			Amqp.shortText(in);
			content.begin(method, exchange, amqp.text(in));
		}
		case Amqp.DELIVER, Amqp.GET_OK -> delivery(in, method, channel, content);
		case Amqp.RETURN -> {
			channel.returned = amqp.words.number(in.uint16());
			content.begin(method, "", ""); // its content says nothing new
		}
		case Amqp.ACK, Amqp.NACK, Amqp.REJECT -> acknowledge(in, method, channel, at, out);
		case Amqp.CONFIRM_SELECT -> {
			channel.confirms = true;
			channel.publishings = 0;
			channel.unconfirmed.clear();
		}
		case Amqp.CHANNEL_CLOSE, Amqp.CONNECTION_CLOSE -> closed(in, method, channel, at, out);
		default -> call(in, method, channel, at, out);
		}
	}

	private void delivery(Fields in, int method, Amqp.Channel channel, AmqpContent content) {
		Amqp.Consumer consumer = channel.asked;
		if (method == Amqp.DELIVER) {
			Amqp.shortText(in);
			consumer = connection.consumers.get(consumerKey(channel, in));
		}
		long tag = in.int64();
		in.int8(); // redelivered
		Amqp.shortText(in);
		String exchange = amqp.text(in);
		Amqp.shortText(in);
		content.begin(method, exchange, amqp.text(in));
		content.tag = tag;
		content.queue = consumer == null ? "" : consumer.queue();
		content.acknowledged = consumer == null ? channel.acknowledges : consumer.acknowledges();
	}

	private void header(Fields in, Amqp.Channel channel, AmqpContent content, int at, MessageSink out) {
		if (content.method == 0 || content.begun) {
			return;
		}
		if (content.method == Amqp.RETURN) {
			content.method = 0;
			return;
		}
		in.int32(); // class, weight
		content.left = content.body = Math.max(0, in.int64());
		Message message = context.message.clear(content.method != Amqp.GET_OK, at);
		boolean publishes = content.method == Amqp.PUBLISH;
		if (publishes) {
			publishing(channel, content, message);
		} else if (content.method == Amqp.DELIVER) {
			delivered(channel, content, message);
		} else {
			content.stream = message.stream = Amqp.stream(Amqp.SYNCHRONOUS, channel.number, 0);
			amqp.destination(content.exchange, content.key, content.queue);
		}
		amqp.properties(in.in, in.at, in.end, message);
		context.attribute(amqp.words.bodySize, amqp.words.number(content.body));
		content.identity = in.bad ? 0 : Messaging.mix(Ascii.hash(in.in, in.at, in.end),
				Messaging.mix(content.exchange.hashCode(), content.key.hashCode()));
		content.begun = true;
		out.begin(message);
		if (content.left == 0) {
			ending = content;
		}
	}

	private void publishing(Amqp.Channel channel, AmqpContent content, Message message) {
		message.kind = link.server() ? 0 : SpanTable.PRODUCER;
		message.oneWay = !channel.confirms;
		if (channel.confirms) {
			channel.unconfirmed.add(++channel.publishings);
			content.tag = channel.publishings;
		}
		content.stream = message.stream = Amqp.stream(Amqp.PUBLISHING, channel.number, content.tag);
		amqp.words.operation("publish", Messaging.SEND);
		message.operation = amqp.words.name("publish", amqp.destination(content.exchange, content.key, ""));
	}

	private void delivered(Amqp.Channel channel, AmqpContent content, Message message) {
		message.kind = link.server() ? 0 : SpanTable.CONSUMER;
		message.oneWay = !content.acknowledged;
		if (content.acknowledged) {
			channel.unacknowledged.add(content.tag);
		}
		content.stream = message.stream = Amqp.stream(Amqp.DELIVERY, channel.number, content.tag);
		String verb = link.server() ? "deliver" : "process";
		amqp.words.operation(verb, link.server() ? Messaging.SEND : Messaging.PROCESS);
		message.operation = amqp.words.name(verb, amqp.destination(content.exchange, content.key, content.queue));
		context.attribute(amqp.deliveryTag, amqp.words.number(Math.max(0, content.tag)));
	}

	/** @param size of the frame's payload, of which [from, to) is seen */
	private void body(byte[] in, int from, int to, long size, AmqpContent content) {
		if (!content.begun) {
			return;
		}
		if (content.left == content.body && content.identity != 0) {
			int wanted = (int) Math.min(IDENTITY, content.body);
			content.identity = to - from < wanted ? 0 : Messaging.mix(content.identity, Ascii.hash(in, from, from + wanted));
		}
		content.left -= size;
		if (content.left <= 0) {
			ending = content;
		}
	}

	/** The client says it is done with a delivery, or the broker that it has a publishing. */
	private void acknowledge(Fields in, int method, Amqp.Channel channel, int at, MessageSink out) {
		long tag = in.int64();
		boolean multiple = method != Amqp.REJECT && (in.int8() & 1) != 0;
		if (in.bad) {
			return;
		}
		channel.acknowledges |= client;
		AmqpTags waiting = client ? channel.unacknowledged : channel.unconfirmed;
		String error = method == Amqp.ACK ? client ? null : channel.returned : method == Amqp.NACK ? "nack" : "reject";
		channel.returned = client ? channel.returned : null;
		int what = client ? Amqp.DELIVERY : Amqp.PUBLISHING;
		if (!multiple) {
			if (waiting.take(tag)) {
				answer(Amqp.stream(what, channel.number, tag), 0, error, at, out);
			}
			return;
		}
		for (long next = waiting.takeUpTo(tag); next >= 0; next = waiting.takeUpTo(tag)) {
			answer(Amqp.stream(what, channel.number, next), 0, error, at, out);
		}
	}

	/** A peer closes, and says why: what waits for an answer on the channel gets this one. */
	private void closed(Fields in, int method, Amqp.Channel channel, int at, MessageSink out) {
		int code = in.uint16();
		channel.unacknowledged.clear();
		channel.unconfirmed.clear();
		long stream = Amqp.stream(Amqp.SYNCHRONOUS, channel.number, 0);
		if (!client && method == Amqp.CHANNEL_CLOSE && !in.bad && link.asked(stream) != Message.PLAIN) {
			answer(stream, code, amqp.words.number(code), at, out);
		}
	}

	private void answer(long stream, int status, String error, int at, MessageSink out) {
		Message message = context.message.clear(false, at);
		message.stream = stream;
		message.status = status;
		if (error != null) {
			amqp.words.error(message, error);
		}
		out.begin(message);
		Message end = context.ending.clear(false, 0);
		end.stream = stream;
		out.end(end);
	}

	/** A method that is answered by another, whose number is one more. */
	private void call(Fields in, int method, Amqp.Channel channel, int at, MessageSink out) {
		String name = AmqpMethods.name(method);
		long stream = Amqp.stream(Amqp.SYNCHRONOUS, channel.number, 0);
		if (name == null) {
			if (method == Amqp.CONSUME_OK && channel.asked != null) {
				Amqp.shortText(in);
				connection.consumers.put(consumerKey(channel, in), channel.asked);
			}
			if (link.asked(stream) == AmqpMethods.asks(method)) {
				answer(stream, 0, null, at, out);
			}
			return;
		}
		Message message = context.message.clear(true, at);
		message.stream = stream;
		message.trait = method;
		message.silent = AmqpMethods.silent(method);
		in.int16(); // ticket
		String queue = "";
		if (AmqpMethods.named(method)) {
			Amqp.shortText(in);
			queue = amqp.text(in);
		}
		boolean waits = true;
		switch (method) {
		case Amqp.CONSUME -> {
			Amqp.shortText(in);
			int options = in.uint8();
			channel.asked = new Amqp.Consumer(queue, (options & 2) == 0);
			waits = (options & 8) == 0;
			if (in.to > in.from) {
				connection.consumers.put(consumerKey(channel, in), channel.asked);
			}
		}
		case Amqp.GET -> channel.asked = new Amqp.Consumer(queue, false);
		default -> { }
		}
		if (method == Amqp.GET) {
			amqp.words.operation("get", Messaging.RECEIVE);
			message.operation = amqp.words.name("get", queue.isEmpty() ? "amq.default" : queue);
		} else if (!message.silent) {
			amqp.words.operation(name, null);
			message.operation = amqp.words.name(name);
			if (!queue.isEmpty()) {
				amqp.words.destination(queue);
			}
		}
		if (waits) {
			out.begin(message);
		}
	}

	private static long consumerKey(Amqp.Channel channel, Fields tag) {
		return Messaging.mix(channel.number, Ascii.hash(tag.in, tag.from, tag.to));
	}
}
