package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;
import io.crosstrace.core.protocol.TraceParent;

/**
 * AMQP 0-9-1, as RabbitMQ speaks it.
 *
 * <p>A publishing is a PRODUCER span: one way, or until the broker confirms it if the channel asks for that. A
 * delivery is a CONSUMER span that lasts until the message is acknowledged; at once over if nobody will.
 *
 * <p>A message is named by where it was published to, its properties and the beginning of its body, which a broker
 * hands on as they are.
 */
public final class Amqp implements Protocol {
	/** Frame types. */
	static final int METHOD = 1;
	static final int HEADER = 2;
	static final int BODY = 3;
	static final int HEARTBEAT = 8;
	static final int FRAME_END = 0xCE;
	static final int LOOK = 1 << 12;
	/** A frame's type, channel and size. */
	static final int FRAME_HEAD = 7;
	private static final int MAX_FRAME = 1 << 24;
	private static final byte[] GREETING = { 'A', 'M', 'Q', 'P', 0, 0, 9, 1 };
	private static final byte[] TRACEPARENT = "traceparent".getBytes(StandardCharsets.US_ASCII);
	private static final int MAX_CHANNELS = 2048;

	/** Methods, class and number. */
	static final int CONNECTION_CLOSE = 10 << 16 | 50;
	static final int CHANNEL_CLOSE = 20 << 16 | 40;
	static final int QUEUE_DECLARE = 50 << 16 | 10;
	static final int CONSUME = 60 << 16 | 20;
	static final int CONSUME_OK = 60 << 16 | 21;
	static final int CANCEL = 60 << 16 | 30;
	static final int PUBLISH = 60 << 16 | 40;
	static final int RETURN = 60 << 16 | 50;
	static final int DELIVER = 60 << 16 | 60;
	static final int GET = 60 << 16 | 70;
	static final int GET_OK = 60 << 16 | 71;
	static final int GET_EMPTY = 60 << 16 | 72;
	static final int ACK = 60 << 16 | 80;
	static final int REJECT = 60 << 16 | 90;
	static final int NACK = 60 << 16 | 120;
	static final int CONFIRM_SELECT = 85 << 16 | 10;

	/** What starts a stream's id, see {@link #stream}. */
	static final int SYNCHRONOUS = 1;
	static final int PUBLISHING = 2;
	static final int DELIVERY = 3;

	final ParserContext context;
	final Messaging words;
	final Fields fields = new Fields();
	private final Fields table = new Fields();
	private final Fields properties = new Fields();
	final int routingKey;
	final int deliveryTag;
	private final int temporary;

	/** What both directions of a connection know of each other. */
	static final class Connection {
		final LongMap<Channel> channels = new LongMap<>();
		final LongMap<Consumer> consumers = new LongMap<>();

		/** Null if there are too many. */
		Channel channel(int number) {
			Channel known = channels.get(number);
			if (known == null && channels.size() < MAX_CHANNELS) {
				known = new Channel(number);
				channels.put(number, known);
			}
			return known;
		}
	}

	/** @param acknowledges messages count as delivered only once the consumer says so */
	record Consumer(String queue, boolean acknowledges) {
	}

	/** One channel of a connection. */
	static final class Channel {
		final int number;
		final AmqpContent published = new AmqpContent();
		final AmqpContent delivered = new AmqpContent();
		/** The broker confirms what is published; {@link #publishings} counts. */
		boolean confirms;
		long publishings;
		/** Why the broker sent the last publishing back; null if it did not. */
		String returned;
		/** Something was acknowledged by the consumer. */
		boolean acknowledges;
		/** What was asked for last, until it is answered. */
		Consumer asked;
		final AmqpTags unconfirmed = new AmqpTags();
		final AmqpTags unacknowledged = new AmqpTags();

		Channel(int number) {
			this.number = number;
		}
	}

	public Amqp(ParserContext context) {
		this.context = context;
		words = new Messaging(context, "rabbitmq");
		routingKey = context.names.id("messaging.rabbitmq.destination.routing_key");
		deliveryTag = context.names.id("messaging.rabbitmq.message.delivery_tag");
		temporary = context.names.id("messaging.destination.temporary");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		int greeted = Math.min(to - from, GREETING.length);
		int same = 0;
		while (same < greeted && in[from + same] == GREETING[same]) {
			same++;
		}
		if (same == greeted) {
			return same == GREETING.length ? Sniffed.REQUEST : Sniffed.MAYBE;
		}
		if (to - from < FRAME_HEAD + 4 || !method(in, from, to) || Binary.int32(in, from + 3) > to - from - 8) {
			return Sniffed.NO; // joined in the middle, only a whole method is sure enough
		}
		return switch (Binary.int32(in, from + FRAME_HEAD)) {
		case PUBLISH, CONSUME, GET, REJECT, QUEUE_DECLARE -> Sniffed.REQUEST;
		case DELIVER, GET_OK, GET_EMPTY, RETURN, CONSUME_OK -> Sniffed.ANSWER;
		default -> Sniffed.NO;
		};
	}

	@Override
	public Parsers parsers(Link link) {
		Connection connection = new Connection();
		return new Parsers(new AmqpParser(this, connection, link, true), new AmqpParser(this, connection, link, false));
	}

	static boolean greeting(byte[] in, int from, int to) {
		return Ascii.startsWith(in, from, Math.min(to, from + GREETING.length), GREETING);
	}

	/** Whether this is the beginning of a frame; if its end is there, it is right, too. */
	static boolean frame(byte[] in, int from, int to) {
		int type = in[from];
		if (type != METHOD && type != HEADER && type != BODY && type != HEARTBEAT) {
			return false;
		}
		if (to - from < FRAME_HEAD) {
			return true;
		}
		int size = Binary.int32(in, from + 3);
		if (size < 0 || size > MAX_FRAME || type == HEARTBEAT && (size != 0 || Binary.int16(in, from + 1) != 0)) {
			return false;
		}
		int end = from + FRAME_HEAD + size;
		return end >= to || (in[end] & 0xff) == FRAME_END;
	}

	/** Whether this is the beginning of a frame with a method we know. */
	static boolean method(byte[] in, int from, int to) {
		if (to - from < FRAME_HEAD + 4 || in[from] != METHOD || !frame(in, from, to)
				|| Binary.int32(in, from + 3) > 1 << 16) {
			return false;
		}
		int number = Binary.uint16(in, from + 9);
		return number >= 10 && number <= 120 && switch (Binary.uint16(in, from + FRAME_HEAD)) {
		case 10, 20, 40, 50, 60, 85, 90 -> true;
		default -> false;
		};
	}

	/** @param tag of less than 2^44, which is many messages on one channel */
	static long stream(int what, int channel, long tag) {
		return (long) what << 60 | (long) channel << 44 | tag & (1L << 44) - 1;
	}

	static void shortText(Fields in) {
		in.range(in.uint8());
	}

	String text(Fields in) {
		return in.to > in.from && !in.bad ? context.texts.text(in.in, in.from, in.to) : "";
	}

	/** Adds a message's destination and gives what is fit for a span's name. */
	String destination(String exchange, String key, String queue) {
		String name = exchange.isEmpty() ? key : key.isEmpty() ? exchange : joined(exchange, key);
		if (!queue.isEmpty() && !queue.equals(key)) {
			name = name.isEmpty() ? queue : joined(name, queue);
		}
		words.destination(name.isEmpty() ? "amq.default" : name);
		if (!key.isEmpty()) {
			context.attribute(routingKey, key);
		}
		String shown = !queue.isEmpty() ? queue : exchange.isEmpty() ? key : exchange;
		if (shown.startsWith("amq.gen-") || shown.startsWith("amq.rabbitmq.reply-to")) {
			context.attribute(temporary, "true");
			return "(temporary)";
		}
		return shown.isEmpty() ? "amq.default" : shown;
	}

	/** "{one}:{other}", from the cache. */
	@SuppressWarnings("deprecation") // brokers' names are ASCII but for the odd one, which is only shown wrong
	private String joined(String one, String other) {
		byte[] out = context.scratch;
		if (one.length() + other.length() >= out.length) {
			return one;
		}
		one.getBytes(0, one.length(), out, 0);
		out[one.length()] = ':';
		other.getBytes(0, other.length(), out, one.length() + 1);
		return context.texts.text(out, 0, one.length() + 1 + other.length());
	}

	/** Reads the properties of a content header from its flags on into the message at hand. */
	void properties(byte[] in, int from, int to, Message message) {
		Fields at = properties.over(in, from, to);
		int flags = at.uint16();
		if ((flags & 1 << 15) != 0) {
			shortText(at); // content type
		}
		if ((flags & 1 << 14) != 0) {
			shortText(at); // content encoding
		}
		if ((flags & 1 << 13) != 0) {
			int length = at.int32();
			if (at.range(length) && !context.options.ignoreTraceparent()) {
				headers(in, at.from, at.to, message);
			}
		}
		at.skip((flags >> 12 & 1) + (flags >> 11 & 1)); // delivery mode, priority
		if ((flags & 1 << 10) != 0) {
			shortText(at);
			if (at.to > at.from && !at.bad) {
				context.attribute(words.conversationId, context.texts.text(in, at.from, at.to));
			}
		}
		if ((flags & 1 << 9) != 0) {
			shortText(at); // reply to
		}
		if ((flags & 1 << 8) != 0) {
			shortText(at); // expiration
		}
		if ((flags & 1 << 7) != 0) {
			shortText(at);
			if (at.to > at.from && !at.bad) {
				context.attribute(words.messageId, context.texts.text(in, at.from, at.to));
			}
		}
	}

	private void headers(byte[] in, int from, int to, Message message) {
		Fields at = table.over(in, from, to);
		while (at.at < at.end && !at.bad) {
			shortText(at);
			boolean found = at.is(TRACEPARENT);
			int type = at.uint8();
			switch (type) {
			case 'S', 'x' -> {
				if (at.range(at.int32()) && found) {
					TraceParent.read(in, at.from, at.to, message);
				}
			}
			case 'F', 'A' -> at.skip(at.int32());
			case 't', 'b', 'B' -> at.skip(1);
			case 's', 'u', 'U' -> at.skip(2);
			case 'I', 'i', 'f' -> at.skip(4);
			case 'D' -> at.skip(5);
			case 'l', 'L', 'd', 'T' -> at.skip(8);
			case 'V' -> { }
			default -> at.bad = true;
			}
		}
	}
}
