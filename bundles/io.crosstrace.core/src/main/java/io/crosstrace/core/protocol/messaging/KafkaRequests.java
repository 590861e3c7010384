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

/** What clients say to a Kafka broker. */
final class KafkaRequests extends FrameParser {
	private final Kafka kafka;
	private final Link link;
	private int stream;
	private boolean oneWay;

	KafkaRequests(Kafka kafka, Link link) {
		super(kafka.context, Kafka.LOOK);
		this.kafka = kafka;
		this.link = link;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		int start = Kafka.request(in, from, to);
		if (to - from < 14) {
			return start == Kafka.NO ? WRONG : MORE;
		}
		int clientId = Binary.int16(in, from + 12);
		// In sync, a client without a name is as good as any other.
		boolean right = start != Kafka.NO || (clientId == 0 || clientId == -1) && Binary.int32(in, from) >= 10;
		return right ? 4L + Binary.int32(in, from) : WRONG;
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		return Kafka.request(in, from, to);
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		if (to - from < 14) {
			return false;
		}
		Fields fields = kafka.fields.over(in, from + 4, to);
		Message message = context.message.clear(true, position(from));
		int api = fields.int16();
		int version = fields.int16();
		boolean flexible = Kafka.flexible(api, version);
		stream = fields.int32();
		oneWay = false;
		message.stream = stream;
		message.trait = api + 1 << 8 | version;
		Kafka.string(fields, false);
		long client = Ascii.hash(in, fields.from, fields.to);
		String clientId = fields.to > fields.from ? context.texts.text(in, fields.from, fields.to) : null;
		Kafka.tags(fields, flexible);
		switch (api) {
		case Kafka.PRODUCE -> produce(fields, message, version, flexible);
		case Kafka.FETCH -> fetch(message, client);
		case Kafka.OFFSET_COMMIT -> commit(fields, message, version, flexible, client);
		case Kafka.JOIN_GROUP, Kafka.HEARTBEAT, Kafka.SYNC_GROUP, Kafka.CONSUMER_GROUP_HEARTBEAT -> {
			message.silent = true;
			group(fields, flexible, client);
		}
		default -> message.silent = true;
		}
		if (clientId != null && !message.silent) {
			context.attribute(kafka.words.clientId, clientId);
		}
		if (cut && fields.bad) {
			message.incomplete = true;
			context.lost(Loss.CUT_HEADS, 1);
		}
		out.begin(message);
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (oneWay) {
			Message message = context.ending.clear(true, 0);
			message.stream = stream;
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
	}

	private void produce(Fields in, Message message, int version, boolean flexible) {
		if (version >= 3) {
			Kafka.string(in, flexible); // transactional id
		}
		oneWay = in.int16() == 0 && !in.bad; // acks
		in.int32(); // timeout
		message.oneWay = oneWay;
		message.kind = link.server() ? 0 : SpanTable.PRODUCER;
		int topics = Kafka.count(in, flexible);
		int partitionsInAll = 0;
		String only = null;
		int partition = 0;
		long count = 0;
		for (int t = 0; t < topics && !in.bad; t++) {
			only = kafka.topic(in, version >= 13, flexible);
			int partitions = Kafka.count(in, flexible);
			partitionsInAll += partitions;
			for (int p = 0; p < partitions && !in.bad; p++) {
				partition = in.int32();
				long bytes = flexible ? in.varint() - 1 : in.int32();
				int batch = in.at;
				boolean read = kafka.records.read(in.in, batch, in.end);
				count = read && count >= 0 ? count + kafka.records.count : -1;
				if (read && topics == 1 && partitions == 1 && kafka.records.count == 1
						&& !context.options.ignoreTraceparent()) {
					kafka.records.context(in.in, in.end, message);
				}
				if (partitionsInAll == 1 && topics == 1 && batch + bytes > in.end) {
					break; // no more is to be known
				}
				in.range(bytes);
				Kafka.tags(in, flexible);
			}
			if (topics > 1) {
				Kafka.tags(in, flexible);
			}
		}
		kafka.words.operation("send", Messaging.SEND);
		message.operation = topics == 1 && only != null ? kafka.words.name("send", only) : kafka.words.name("send");
		if (topics == 1 && only != null) {
			kafka.words.destination(only);
			if (partitionsInAll == 1) {
				context.attribute(kafka.words.partition, kafka.words.number(Math.max(0, partition)));
			}
		}
		if (count > 1 && !in.bad) {
			kafka.words.count((int) count);
		}
	}

	/** What is polled is told by the answer: the request names only what changed since the one before. */
	private void fetch(Message message, long client) {
		kafka.words.operation("poll", Messaging.RECEIVE);
		message.operation = kafka.words.name("poll");
		String group = kafka.group(client);
		if (group != null) {
			context.attribute(kafka.words.group, group);
		}
	}

	private void commit(Fields in, Message message, int version, boolean flexible, long client) {
		String group = group(in, flexible, client);
		in.int32(); // generation
		Kafka.string(in, flexible); // member
		if (version >= 7) {
			Kafka.string(in, flexible); // instance
		}
		if (version < 5) {
			in.int64(); // retention
		}
		int topics = Kafka.count(in, flexible);
		String topic = topics == 1 ? kafka.topic(in, version >= 10, flexible) : null;
		kafka.words.operation("commit", Messaging.SETTLE);
		message.operation = topic == null ? kafka.words.name("commit") : kafka.words.name("commit", topic);
		if (topic != null) {
			kafka.words.destination(topic);
		}
		if (group != null) {
			context.attribute(kafka.words.group, group);
		}
	}

	private String group(Fields in, boolean flexible, long client) {
		Kafka.string(in, flexible);
		if (in.bad || in.from == in.to) {
			return null;
		}
		String group = context.texts.text(in.in, in.from, in.to);
		kafka.learnGroup(client, group);
		return group;
	}
}
