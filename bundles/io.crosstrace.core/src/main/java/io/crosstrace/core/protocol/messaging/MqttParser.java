package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.TraceParent;
import io.crosstrace.core.span.SpanTable;

/** One direction of an MQTT connection. */
final class MqttParser extends FrameParser {
	/** Packets are numbered with 16 bits; greetings are not, but are answered all the same. */
	private static final long GREETING = 1 << 16;
	private static final int USER_PROPERTY = 38;
	private static final int TOPIC_ALIAS = 35;
	private static final int FAILED = 0x80;
	private static final int IDENTITY = 1024;
	private static final byte[] TRACEPARENT = "traceparent".getBytes(StandardCharsets.US_ASCII);

	private final Mqtt mqtt;
	private final Mqtt.Connection connection;
	private final Link link;
	private final boolean client;
	private boolean ends;
	private boolean request;
	private long stream;

	/** @param client this direction is what the client says */
	MqttParser(Mqtt mqtt, Mqtt.Connection connection, Link link, boolean client) {
		super(mqtt.context, Mqtt.LOOK);
		this.mqtt = mqtt;
		this.connection = connection;
		this.link = link;
		this.client = client;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (!Mqtt.packet(in, from, to)) {
			return WRONG;
		}
		int head = Mqtt.head(in, from, to);
		return head == 0 ? MORE : head + Mqtt.remaining(in, from, head);
	}

	/** Packets are too plain to be found anywhere: only where a whole read is one, and only publishings and requests. */
	@Override
	protected int start(byte[] in, int from, int to) {
		int type = in[from] >> 4 & 15;
		boolean telling = type == Mqtt.PUBLISH || type == (client ? Mqtt.SUBSCRIBE : Mqtt.SUBACK) || type == Mqtt.PUBACK;
		if (!telling || !Mqtt.packet(in, from, to)) {
			return NO;
		}
		int head = Mqtt.head(in, from, to);
		return head == 0 ? MAYBE : to - from >= head + 2 && Mqtt.remaining(in, from, head) + head <= to - from ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		ends = false;
		int head = Mqtt.head(in, from, to);
		if (head <= 0) {
			return false;
		}
		int length = Mqtt.remaining(in, from, head);
		Fields fields = mqtt.fields.over(in, from + head, to);
		int at = position(from);
		switch (in[from] >> 4 & 15) {
		case Mqtt.CONNECT -> {
			fields.range(fields.int16());
			connection.version = fields.int8() & 0x7f;
			ask(GREETING, "connect", null, at, out);
		}
		case Mqtt.CONNACK -> {
			fields.int8();
			int code = fields.uint8();
			answer(GREETING, code, code == 0, at, out);
		}
		case Mqtt.PUBLISH -> publish(fields, in[from] & 15, length, at, out);
		case Mqtt.PUBACK, Mqtt.PUBCOMP -> acknowledged(fields, length, at, out);
		case Mqtt.PUBREC -> {
			int id = fields.uint16();
			int code = connection.properties() && length > 2 ? fields.uint8() : 0;
			if (code >= FAILED) {
				answer(id, code, false, at, out);
			}
		}
		case Mqtt.SUBSCRIBE, Mqtt.UNSUBSCRIBE -> {
			int id = fields.uint16();
			if (connection.properties()) {
				fields.range(fields.varint());
			}
			fields.range(fields.uint16());
			String filter = fields.bad ? null : context.texts.text(in, fields.from, fields.to);
			ask(id, (in[from] >> 4 & 15) == Mqtt.SUBSCRIBE ? "subscribe" : "unsubscribe", filter, at, out);
		}
		case Mqtt.SUBACK, Mqtt.UNSUBACK -> {
			int id = fields.uint16();
			boolean codes = (in[from] >> 4 & 15) == Mqtt.SUBACK || connection.properties();
			int code = codes && to > from + head + 2 ? in[to - 1] & 0xff : 0;
			answer(id, code >= FAILED ? code : 0, false, at, out);
		}
		default -> { }
		}
		if (cut && fields.bad) {
			context.lost(Loss.CUT_HEADS, 1);
		}
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (ends) {
			ends = false;
			Message message = context.ending.clear(request, 0);
			message.stream = stream;
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
	}

	private void publish(Fields in, int flags, int length, int at, MessageSink out) {
		int start = in.at;
		int quality = flags >> 1 & 3;
		Message message = context.message.clear(true, at);
		in.range(in.uint16());
		String topic = in.to > in.from ? context.texts.text(in.in, in.from, in.to) : null;
		message.stream = quality == 0 ? 0 : in.uint16();
		if (connection.properties()) {
			topic = properties(in, topic, message);
		}
		message.oneWay = quality == 0;
		boolean consumes = !client;
		message.kind = link.server() ? 0 : consumes ? SpanTable.CONSUMER : SpanTable.PRODUCER;
		String verb = !consumes ? "publish" : link.server() ? "deliver" : "process";
		mqtt.words.operation(verb, consumes && !link.server() ? Messaging.PROCESS : Messaging.SEND);
		if (topic == null) {
			message.operation = mqtt.words.name(verb);
		} else {
			String template = mqtt.words.template(topic, '/');
			message.operation = mqtt.words.name(verb, template);
			mqtt.words.destination(topic);
			if (!template.equals(topic)) {
				context.attribute(mqtt.templateKey, template);
			}
		}
		int body = length - (in.at - start);
		if (body >= 0 && !in.bad) {
			context.attribute(mqtt.words.bodySize, mqtt.words.number(body));
			int wanted = Math.min(body, IDENTITY);
			if (topic != null && in.end - in.at >= wanted && !link.server()) {
				long identity = Messaging.mix(Ascii.hash(in.in, in.at, in.at + wanted), Messaging.mix(body, topic.hashCode()));
				mqtt.words.link(message, identity, client);
			}
		}
		message.incomplete = in.bad;
		request = true;
		stream = message.stream;
		ends = true;
		out.begin(message);
	}

	/** Reads what version 5 adds, and gives the topic, which may have been named before. */
	private String properties(Fields in, String topic, Message message) {
		long length = in.varint();
		long end = in.at + length;
		String name = topic;
		while (in.at < end && !in.bad) {
			int property = in.uint8();
			switch (property) {
			case TOPIC_ALIAS -> {
				int alias = in.uint16();
				if (name == null) {
					name = connection.alias(client, alias);
				} else if (!in.bad) {
					connection.alias(client, alias, name);
				}
			}
			case USER_PROPERTY -> {
				in.range(in.uint16());
				boolean found = in.is(TRACEPARENT) && !context.options.ignoreTraceparent();
				if (in.range(in.uint16()) && found) {
					TraceParent.read(in.in, in.from, in.to, message);
				}
			}
			case 1 -> in.skip(1); // payload format
			case 2 -> in.skip(4); // expiry
			case 3, 8, 9 -> in.range(in.uint16()); // content type, response topic, correlation data
			case 11 -> in.varint(); // subscription
			default -> in.bad = true;
			}
		}
		return name;
	}

	private void acknowledged(Fields in, int length, int at, MessageSink out) {
		int id = in.uint16();
		int code = connection.properties() && length > 2 ? in.uint8() : 0;
		answer(id, code >= FAILED ? code : 0, false, at, out);
	}

	private void ask(long id, String verb, String filter, int at, MessageSink out) {
		Message message = context.message.clear(true, at);
		message.stream = id;
		message.trait = 1;
		mqtt.words.operation(verb, null);
		message.operation = mqtt.words.name(verb);
		if (filter != null) {
			mqtt.words.destination(filter);
		}
		out.begin(message);
	}

	private void answer(long id, int code, boolean silent, int at, MessageSink out) {
		Message message = context.message.clear(false, at);
		message.stream = id;
		message.silent = silent;
		message.status = code;
		if (code != 0) {
			mqtt.words.error(message, mqtt.words.number(code));
		}
		request = false;
		stream = id;
		ends = true;
		out.begin(message);
	}
}
