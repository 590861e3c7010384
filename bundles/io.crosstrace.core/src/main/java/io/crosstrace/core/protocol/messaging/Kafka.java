package io.crosstrace.core.protocol.messaging;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;
import io.crosstrace.core.span.SpanIds;

/**
 * Kafka's protocol, requests of all versions from 0.11 (2017) on.
 *
 * <p>What an application does becomes a span: sending, polls that found records, commits. What keeps a client
 * alive does not: metadata, heartbeats, joining a group, polls that found nothing. A batch of records is
 * named by topic, partition and its first offset, which who sent it and who polled it both learn.
 *
 * <p>From version 13 on, topics go by ids; the names come from Metadata answers seen on any connection of this
 * host.
 */
public final class Kafka implements Protocol {
	static final int PRODUCE = 0;
	static final int FETCH = 1;
	static final int METADATA = 3;
	static final int OFFSET_COMMIT = 8;
	static final int JOIN_GROUP = 11;
	static final int HEARTBEAT = 12;
	static final int LEAVE_GROUP = 13;
	static final int SYNC_GROUP = 14;
	static final int API_VERSIONS = 18;
	static final int CONSUMER_GROUP_HEARTBEAT = 68;
	/** Bytes of a frame that are read; more than that of a fetched batch would not be captured anyway. */
	static final int LOOK = 1 << 14;
	private static final int MAX_API = 100;
	private static final int MAX_VERSION = 24;
	/** What brokers take unless told otherwise (socket.request.max.bytes) is a little less. */
	private static final int MAX_FRAME = 1 << 27;
	private static final int MAX_CLIENT_ID = 255;
	/** Size, API, version, correlation id, length of the client id. */
	private static final int HEADER = 14;
	private static final int MAX_KNOWN = 10_000;
	private static final String AMBIGUOUS = "";

	final ParserContext context;
	final Messaging words;
	final Fields fields = new Fields();
	final KafkaRecords records = new KafkaRecords();
	final int offsetKey;
	private final LongMap<String> topics = new LongMap<>();
	private final LongMap<String> groups = new LongMap<>();

	public Kafka(ParserContext context) {
		this.context = context;
		words = new Messaging(context, "kafka");
		offsetKey = context.names.id("messaging.kafka.offset");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		return switch (request(in, from, to)) {
		case YES -> Sniffed.REQUEST;
		case MAYBE -> Sniffed.MAYBE;
		default -> Sniffed.NO; // answers hold nothing that tells them from anything else
		};
	}

	@Override
	public Parsers parsers(Link link) {
		return new Parsers(new KafkaRequests(this, link), new KafkaAnswers(this, link));
	}

	static final int NO = 0;
	static final int YES = 1;
	static final int MAYBE = 2;

	/** Whether a request can begin here: a size, a known API, a version and a client id that is text. */
	static int request(byte[] in, int from, int to) {
		int there = to - from;
		if (there >= 6 && (in[from] < 0 || in[from] > MAX_FRAME >>> 24 || in[from + 4] != 0 || in[from + 5] < 0
				|| in[from + 5] > MAX_API)) {
			return NO;
		}
		if (there < HEADER) {
			return in[from] < 0 || in[from] > MAX_FRAME >>> 24 ? NO : MAYBE;
		}
		int size = Binary.int32(in, from);
		int version = Binary.int16(in, from + 6);
		int clientId = Binary.int16(in, from + 12);
		if (version < 0 || version > MAX_VERSION || Binary.int32(in, from + 8) < 0 || clientId < -1
				|| clientId > MAX_CLIENT_ID || size < HEADER - 4 + Math.max(0, clientId)) {
			return NO;
		}
		if (clientId <= 0) { // too little to go by, but for what clients say first
			return in[from + 5] == API_VERSIONS && size < 1024 ? YES : NO;
		}
		int end = Math.min(to, from + HEADER + clientId);
		if (!Binary.printable(in, from + HEADER, end)) {
			return NO;
		}
		return end - from - HEADER >= Math.min(clientId, 4) ? YES : MAYBE;
	}

	/** Whether requests of this version, and answers to them, have compact lengths and tagged fields. */
	static boolean flexible(int api, int version) {
		return version >= switch (api) {
		case PRODUCE, METADATA -> 9;
		case FETCH -> 12;
		case OFFSET_COMMIT -> 8;
		case JOIN_GROUP -> 6;
		case HEARTBEAT, LEAVE_GROUP, SYNC_GROUP -> 4;
		case CONSUMER_GROUP_HEARTBEAT -> 0;
		default -> Integer.MAX_VALUE; // their bodies are not read
		};
	}

	/** Sets the fields' range to a string; empty if it is null. */
	static void string(Fields in, boolean flexible) {
		in.range(flexible ? in.varint() - 1 : in.int16());
	}

	/** Elements of an array; 0 if it is null or nonsense. */
	static int count(Fields in, boolean flexible) {
		long count = flexible ? in.varint() - 1 : in.int32();
		return count > in.end - in.at ? 0 : (int) Math.max(0, count); // an element has a byte at least
	}

	/** Passes tagged fields. */
	static void tags(Fields in, boolean flexible) {
		if (flexible) {
			for (long i = in.varint(); i > 0 && !in.bad; i--) {
				in.varint();
				in.skip(in.varint());
			}
		}
	}

	/** The topic that comes next, by name or by id; null if only an id is there whose name was not seen. */
	String topic(Fields in, boolean byId, boolean flexible) {
		if (byId) {
			long high = in.int64();
			return topics.get(topicKey(high, in.int64()));
		}
		string(in, flexible);
		return in.bad ? null : context.texts.text(in.in, in.from, in.to);
	}

	void learnTopic(long high, long low, String name) {
		if (topics.size() < MAX_KNOWN) {
			topics.put(topicKey(high, low), name);
		}
	}

	private static long topicKey(long high, long low) {
		return SpanIds.mix64(low + SpanIds.mix64(high));
	}

	/**
	 * Polls do not say for which group, so it is remembered by the client id, which Java clients make of the
	 * group's name unless told otherwise.
	 */
	void learnGroup(long client, String group) {
		String known = groups.get(client);
		if (known == null && groups.size() < MAX_KNOWN) {
			groups.put(client, group);
		} else if (known != null && !known.equals(group)) {
			groups.put(client, AMBIGUOUS);
		}
	}

	/** Null if not known, or if clients of several groups have this id. */
	String group(long client) {
		String group = groups.get(client);
		return group == AMBIGUOUS ? null : group;
	}

	/** Names a batch, and so its records, alike for who sent and who polled it. */
	static long batchKey(String topic, int partition, long offset) {
		return Messaging.mix(offset, Messaging.mix(partition, topic.hashCode()));
	}

	/** As Kafka's own documentation names them. */
	static String error(int code) {
		return switch (code) {
		case -1 -> "UNKNOWN_SERVER_ERROR";
		case 1 -> "OFFSET_OUT_OF_RANGE";
		case 2 -> "CORRUPT_MESSAGE";
		case 3 -> "UNKNOWN_TOPIC_OR_PARTITION";
		case 5 -> "LEADER_NOT_AVAILABLE";
		case 6 -> "NOT_LEADER_OR_FOLLOWER";
		case 7 -> "REQUEST_TIMED_OUT";
		case 9 -> "REPLICA_NOT_AVAILABLE";
		case 10 -> "MESSAGE_TOO_LARGE";
		case 12 -> "OFFSET_METADATA_TOO_LARGE";
		case 14 -> "COORDINATOR_LOAD_IN_PROGRESS";
		case 15 -> "COORDINATOR_NOT_AVAILABLE";
		case 16 -> "NOT_COORDINATOR";
		case 17 -> "INVALID_TOPIC_EXCEPTION";
		case 18 -> "RECORD_LIST_TOO_LARGE";
		case 19 -> "NOT_ENOUGH_REPLICAS";
		case 20 -> "NOT_ENOUGH_REPLICAS_AFTER_APPEND";
		case 22 -> "ILLEGAL_GENERATION";
		case 25 -> "UNKNOWN_MEMBER_ID";
		case 27 -> "REBALANCE_IN_PROGRESS";
		case 29 -> "TOPIC_AUTHORIZATION_FAILED";
		case 30 -> "GROUP_AUTHORIZATION_FAILED";
		case 31 -> "CLUSTER_AUTHORIZATION_FAILED";
		case 32 -> "INVALID_TIMESTAMP";
		case 35 -> "UNSUPPORTED_VERSION";
		case 45 -> "OUT_OF_ORDER_SEQUENCE_NUMBER";
		case 46 -> "DUPLICATE_SEQUENCE_NUMBER";
		case 47 -> "INVALID_PRODUCER_EPOCH";
		case 48 -> "INVALID_TXN_STATE";
		case 53 -> "TRANSACTIONAL_ID_AUTHORIZATION_FAILED";
		case 56 -> "KAFKA_STORAGE_ERROR";
		case 59 -> "UNKNOWN_PRODUCER_ID";
		case 70 -> "FETCH_SESSION_ID_NOT_FOUND";
		case 71 -> "INVALID_FETCH_SESSION_EPOCH";
		case 74 -> "FENCED_LEADER_EPOCH";
		case 75 -> "UNKNOWN_LEADER_EPOCH";
		case 76 -> "UNSUPPORTED_COMPRESSION_TYPE";
		case 78 -> "OFFSET_NOT_AVAILABLE";
		case 82 -> "FENCED_INSTANCE_ID";
		case 87 -> "INVALID_RECORD";
		case 88 -> "UNSTABLE_OFFSET_COMMIT";
		case 89 -> "THROTTLING_QUOTA_EXCEEDED";
		case 90 -> "PRODUCER_FENCED";
		case 100 -> "UNKNOWN_TOPIC_ID";
		case 103 -> "INCONSISTENT_TOPIC_ID";
		case 110 -> "FENCED_MEMBER_EPOCH";
		case 113 -> "STALE_MEMBER_EPOCH";
		default -> Integer.toString(code);
		};
	}
}
