package io.crosstrace.core.protocol.messaging;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;

/** What a Kafka broker answers. An answer can be read only by the version of its request. */
final class KafkaAnswers extends FrameParser {
	private static final int MAX_FRAME = 1 << 30;
	private static final int UNKNOWN = -1;

	private final Kafka kafka;
	private final Link link;
	private int stream;
	private int operation;

	/* Of the answer being read. */
	private String topic;
	private int topicsWithRecords;
	private int partitionsWithRecords;
	private int partition;
	private long offset;
	private long count;
	private int error;

	KafkaAnswers(Kafka kafka, Link link) {
		super(kafka.context, Kafka.LOOK);
		this.kafka = kafka;
		this.link = link;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (to - from < 8) {
			return to - from >= 4 && !size(in, from) ? WRONG : MORE;
		}
		// In sync, an answer to a request that was not seen is passed over.
		return size(in, from) && Binary.int32(in, from + 4) >= 0 ? 4L + Binary.int32(in, from) : WRONG;
	}

	private static boolean size(byte[] in, int from) {
		int size = Binary.int32(in, from);
		return size >= 4 && size <= MAX_FRAME;
	}

	/** A place where the correlation id is that of a waiting request. */
	@Override
	protected int start(byte[] in, int from, int to) {
		if (to - from < 8) {
			return in[from] < 0 || in[from] > MAX_FRAME >>> 24 ? NO : MAYBE;
		}
		return size(in, from) && link.asked(Binary.int32(in, from + 4)) != Message.PLAIN ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		if (to - from < 8) {
			return false;
		}
		stream = Binary.int32(in, from + 4);
		operation = 0;
		Message message = context.message.clear(false, position(from));
		message.stream = stream;
		int asked = link.asked(stream);
		if (asked != Message.PLAIN) {
			int api = (asked >> 8) - 1;
			int version = asked & 0xff;
			boolean flexible = Kafka.flexible(api, version);
			Fields fields = kafka.fields.over(in, from + 8, to);
			Kafka.tags(fields, flexible);
			boolean whole = to - from == 4L + Binary.int32(in, from);
			switch (api) {
			case Kafka.PRODUCE -> produce(fields, message, version, flexible);
			case Kafka.FETCH -> fetch(fields, message, version, flexible, whole);
			case Kafka.METADATA -> metadata(fields, version, flexible);
			case Kafka.OFFSET_COMMIT -> commit(fields, message, version, flexible);
			default -> { }
			}
			if (fields.bad && cut) {
				message.incomplete = true;
				context.lost(Loss.CUT_HEADS, 1);
			}
		}
		out.begin(message);
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		Message message = context.ending.clear(false, 0);
		message.stream = stream;
		message.operation = operation;
		message.incomplete = incomplete;
		message.before = before;
		out.end(message);
	}

	private void produce(Fields in, Message message, int version, boolean flexible) {
		error = 0;
		int topics = Kafka.count(in, flexible);
		int partitions = 0;
		long first = UNKNOWN;
		for (int t = 0; t < topics && !in.bad; t++) {
			String name = kafka.topic(in, version >= 13, flexible);
			int here = Kafka.count(in, flexible);
			partitions += here;
			for (int p = 0; p < here && !in.bad; p++) {
				int index = in.int32();
				fail(in.int16());
				first = in.int64();
				if (name != null && first >= 0 && !in.bad && !link.server()) {
					kafka.words.link(message, Kafka.batchKey(name, index, first), true);
				}
				in.skip((version >= 2 ? 8 : 0) + (version >= 5 ? 8 : 0)); // append time, log start
				if (version >= 8) {
					for (int errors = Kafka.count(in, flexible); errors > 0 && !in.bad; errors--) {
						in.int32();
						Kafka.string(in, flexible);
						Kafka.tags(in, flexible);
					}
					Kafka.string(in, flexible); // message
				}
				Kafka.tags(in, flexible);
			}
			Kafka.tags(in, flexible);
		}
		if (partitions == 1 && first >= 0) {
			context.attribute(kafka.offsetKey, kafka.words.number(first));
		}
		tellError(message);
	}

	private void fetch(Fields in, Message message, int version, boolean flexible, boolean whole) {
		error = 0;
		topic = null;
		topicsWithRecords = partitionsWithRecords = 0;
		count = 0;
		in.skip(version >= 1 ? 4 : 0); // throttle
		if (version >= 7) {
			fail(in.int16());
			in.int32(); // session
		}
		for (int topics = Kafka.count(in, flexible); topics > 0 && !in.bad; topics--) {
			String name = kafka.topic(in, version >= 13, flexible);
			int before = partitionsWithRecords;
			for (int partitions = Kafka.count(in, flexible); partitions > 0 && !in.bad; partitions--) {
				fetched(in, message, name, version, flexible);
			}
			if (partitionsWithRecords > before) {
				topicsWithRecords++;
				topic = name;
			}
			Kafka.tags(in, flexible);
		}
		boolean all = whole && !in.bad;
		message.silent = all && partitionsWithRecords == 0 && error == 0;
		if (topicsWithRecords == 1 && topic != null) {
			operation = kafka.words.name("poll", topic);
			kafka.words.destination(topic);
			if (partitionsWithRecords == 1) {
				context.attribute(kafka.words.partition, kafka.words.number(Math.max(0, partition)));
				context.attribute(kafka.offsetKey, kafka.words.number(Math.max(0, offset)));
			}
		}
		if (all && count > 0) {
			kafka.words.count((int) Math.min(count, Integer.MAX_VALUE));
		}
		tellError(message);
	}

	private void fetched(Fields in, Message message, String name, int version, boolean flexible) {
		int index = in.int32();
		fail(in.int16());
		in.skip(8 + (version >= 4 ? 8 : 0) + (version >= 5 ? 8 : 0)); // high watermark, stable offset, log start
		if (version >= 4) {
			for (int aborted = Kafka.count(in, flexible); aborted > 0 && !in.bad; aborted--) {
				in.skip(16); // producer, offset
				Kafka.tags(in, flexible);
			}
		}
		in.skip(version >= 11 ? 4 : 0); // preferred replica
		long bytes = flexible ? in.varint() - 1 : in.int32();
		if (in.bad || bytes <= 0) {
			Kafka.tags(in, flexible);
			return;
		}
		boolean first = true;
		long end = in.at + bytes;
		for (long at = in.at; at < end && at < in.end; at += kafka.records.bytes) {
			if (!kafka.records.read(in.in, (int) at, (int) Math.min(end, in.end))) {
				break;
			}
			if (kafka.records.count == 0) {
				continue;
			}
			if (first) {
				first = false;
				partitionsWithRecords++;
				partition = index;
				offset = kafka.records.offset;
			}
			count += kafka.records.count;
			if (name != null && !link.server()) {
				kafka.words.link(message, Kafka.batchKey(name, index, kafka.records.offset), false);
			}
		}
		in.skip(bytes);
		Kafka.tags(in, flexible);
	}

	/** Learns which names topics with ids have. */
	private void metadata(Fields in, int version, boolean flexible) {
		if (version < 10) {
			return; // no ids
		}
		in.int32(); // throttle
		for (int brokers = Kafka.count(in, flexible); brokers > 0 && !in.bad; brokers--) {
			in.int32();
			Kafka.string(in, flexible);
			in.int32();
			Kafka.string(in, flexible); // rack
			Kafka.tags(in, flexible);
		}
		Kafka.string(in, flexible); // cluster
		in.int32(); // controller
		for (int topics = Kafka.count(in, flexible); topics > 0 && !in.bad; topics--) {
			in.int16();
			Kafka.string(in, flexible);
			int from = in.from;
			int to = in.to;
			long high = in.int64();
			long low = in.int64();
			if (!in.bad && to > from && (high | low) != 0) {
				kafka.learnTopic(high, low, context.texts.text(in.in, from, to));
			}
			in.int8(); // internal
			for (int partitions = Kafka.count(in, flexible); partitions > 0 && !in.bad; partitions--) {
				in.skip(2 + 4 + 4 + 4); // error, index, leader, epoch
				in.skip(4L * Kafka.count(in, flexible)); // replicas
				in.skip(4L * Kafka.count(in, flexible)); // in sync
				in.skip(4L * Kafka.count(in, flexible)); // offline
				Kafka.tags(in, flexible);
			}
			in.int32(); // what is allowed
			Kafka.tags(in, flexible);
		}
	}

	private void commit(Fields in, Message message, int version, boolean flexible) {
		error = 0;
		in.skip(version >= 3 ? 4 : 0); // throttle
		for (int topics = Kafka.count(in, flexible); topics > 0 && !in.bad; topics--) {
			kafka.topic(in, version >= 10, flexible);
			for (int partitions = Kafka.count(in, flexible); partitions > 0 && !in.bad; partitions--) {
				in.int32();
				fail(in.int16());
				Kafka.tags(in, flexible);
			}
			Kafka.tags(in, flexible);
		}
		tellError(message);
	}

	/** The first error counts. */
	private void fail(int code) {
		if (error == 0) {
			error = code;
		}
	}

	private void tellError(Message message) {
		if (error != 0) {
			message.status = error;
			kafka.words.error(message, Kafka.error(error));
		}
	}
}
