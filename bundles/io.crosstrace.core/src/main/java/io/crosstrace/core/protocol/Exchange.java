package io.crosstrace.core.protocol;

import java.util.Arrays;

import io.crosstrace.core.span.SpanTable;

/** A request and what is known of its answer, until it becomes a row of a {@link SpanTable}. Reused. */
final class Exchange {
	Conversation conversation;
	/** Open exchanges of one connection, oldest first. */
	Exchange next;
	/** All open exchanges, in no order that matters. */
	Exchange nextOpen;
	Exchange previousOpen;
	/** Open requests of one process with one trace id. */
	Exchange nextOfTrace;

	/** This host's process received the request; a server's process sends some, too, such as deliveries of a broker. */
	boolean server;
	boolean answered;
	boolean oneWay;
	boolean silent;
	/** Parts of its answer may have been missed. */
	boolean doubtful;
	int kind;
	long stream;
	int trait;
	int flags;
	int status;
	int operation;
	int service;
	long spanId;
	long parentId;
	long appSpanId;
	long traceHigh;
	long traceLow;
	long start;
	long firstByte;
	long end;
	int pid;
	int tid;
	int endTid;
	int sequence;
	private long readId;
	private long wokeId;
	private int wokeHops;
	private int wokeMicros;

	private int attributes;
	private int[] keys = new int[16];
	private String[] texts = new String[16];
	private int tokens;
	private long[] tokenHashes = new long[4];
	private int links;
	private long[] linkKeys = {};

	void clear() {
		conversation = null;
		next = nextOpen = previousOpen = nextOfTrace = null;
		answered = oneWay = silent = doubtful = false;
		flags = status = endTid = 0;
		parentId = firstByte = end = 0;
		readId = wokeId = 0;
		wokeHops = wokeMicros = 0;
		Arrays.fill(texts, 0, attributes, null);
		attributes = 0;
		tokens = links = 0;
	}

	void take(Message message) {
		for (int i = 0; i < message.attributes(); i++) {
			attribute(message.key(i), message.text(i));
		}
		if (tokens + message.tokens() > tokenHashes.length) {
			tokenHashes = Arrays.copyOf(tokenHashes, tokens + message.tokens());
		}
		for (int i = 0; i < message.tokens(); i++) {
			tokenHashes[tokens++] = message.tokenHash(i);
		}
		if (links + message.links() > linkKeys.length) {
			linkKeys = Arrays.copyOf(linkKeys, links + message.links());
		}
		for (int i = 0; i < message.links(); i++) {
			linkKeys[links++] = message.link(i);
		}
		silent |= message.silent;
		if (message.incomplete) {
			flags |= SpanTable.INCOMPLETE;
		}
		if (message.encrypted) {
			flags |= SpanTable.ENCRYPTED;
		}
	}

	/** Notes what the message that this host sent may be the consequence of. */
	void causes(Message message) {
		readId = message.readId;
		wokeId = message.wokeId;
		wokeHops = message.wokeId == 0 ? 0 : message.wokeHops;
		wokeMicros = message.wokeId == 0 ? 0 : message.wokeMicros;
	}

	void attribute(int key, String text) {
		if (attributes == keys.length) {
			keys = Arrays.copyOf(keys, 2 * attributes);
			texts = Arrays.copyOf(texts, 2 * attributes);
		}
		keys[attributes] = key;
		texts[attributes++] = text;
	}

	/** Appends this as a row; cost grows with the attributes, about 20 ns each whose value is not that of the row before. */
	void write(SpanTable to, LastValues last) {
		int row = to.add();
		to.spanId.set(row, spanId);
		to.parentId.set(row, parentId);
		to.appSpanId.set(row, appSpanId);
		to.confidence.set(row, parentId == 0 ? 0 : 1_000_000); // what is written here is never a guess
		to.traceIdHigh.set(row, traceHigh);
		to.traceIdLow.set(row, traceLow);
		to.kind.set(row, kind != 0 ? kind : server ? SpanTable.SERVER : SpanTable.CLIENT);
		to.flags.set(row, flags);
		to.startNanos.set(row, start);
		to.firstByteNanos.set(row, firstByte);
		to.endNanos.set(row, end);
		to.service.set(row, service);
		to.operation.set(row, operation);
		to.status.set(row, status);
		to.peer.set(row, server ? conversation.peerAddress() : conversation.peerName());
		to.pid.set(row, pid);
		to.tid.set(row, tid);
		to.endTid.set(row, endTid);
		to.connection.set(row, conversation.connection);
		to.tuple.set(row, conversation.tuple());
		to.sequence.set(row, sequence);
		to.readId.set(row, readId);
		to.wokeId.set(row, wokeId);
		to.wokeHops.set(row, wokeHops);
		to.wokeMicros.set(row, wokeMicros);
		for (int i = 0; i < attributes; i++) {
			to.addAttribute(keys[i], last.id(to.values, keys[i], texts[i]));
		}
		for (int i = 0; i < tokens; i++) {
			to.addToken(tokenHashes[i]);
		}
		for (int i = 0; i < links; i++) {
			to.addLink(linkKeys[i]);
		}
	}
}
