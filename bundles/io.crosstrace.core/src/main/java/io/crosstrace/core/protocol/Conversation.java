package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

import io.crosstrace.core.span.SpanTable;

/**
 * One connection: finds out its protocol and pairs its requests with its answers. The direction requests take
 * tells whether this host's process is the server.
 *
 * <p>When whole answers may have been missed, every open request is given up rather than paired with an
 * answer that may be another's.
 */
final class Conversation {
	private static final int MAX_OPEN = 1000;
	private static final int TLS_HANDSHAKE = 0x16;
	private static final int TLS_DATA = 0x17;

	final long connection;
	private final SpanBuilder builder;
	private final StreamAssembler received;
	private final StreamAssembler sent;
	private Endpoint local;
	private Endpoint peer;
	private long tuple;
	private int peerName = -1;

	private boolean decided;
	private boolean server;
	private boolean encrypted;
	private boolean switched;
	private boolean holdsEarly;
	private Exchange oldest;
	private Exchange newest;
	private int open;
	private long lastNanos;

	Conversation(long connection, SpanBuilder builder, ParserContext context, long nanos) {
		this.connection = connection;
		this.builder = builder;
		received = new StreamAssembler(context, this, false);
		sent = new StreamAssembler(context, this, true);
		lastNanos = nanos;
	}

	void addresses(Endpoint newLocal, Endpoint newPeer) {
		local = newLocal;
		peer = newPeer;
		tuple = 0;
		peerName = -1;
	}

	void segment(Segment segment) {
		lastNanos = segment.nanos;
		if (switched) {
			builder.context.losses.lost(Loss.SWITCHED_BYTES, segment.total);
			return;
		}
		StreamAssembler stream = segment.sent ? sent : received;
		if (holdsEarly) { // what was overtaken can only be on the same direction
			holdsEarly = false;
			(segment.sent ? received : sent).settle();
		}
		stream.segment(segment);
	}

	/** The connection is gone: what waits for an answer will not get one. */
	void close(long nanos) {
		received.close();
		sent.close();
		while (oldest != null) {
			Exchange exchange = oldest;
			exchange.end = Math.max(nanos, exchange.start);
			exchange.flags |= SpanTable.ERROR | SpanTable.UNANSWERED;
			exchange.attribute(builder.errorKey, "connection_closed");
			finish(exchange, null);
		}
	}

	boolean idleSince(long nanos) {
		return lastNanos <= nanos;
	}

	/** A record was kept because it overtook another. */
	void holdsEarly() {
		holdsEarly = true;
		builder.hasEarly(this);
	}

	void settle() {
		if (holdsEarly) {
			holdsEarly = false;
			received.settle();
			sent.settle();
		}
	}

	/** Ends an answer that had no recognizable end, if nothing has come since {@code nanos}. */
	void endIdle(long nanos) {
		(server ? sent : received).endIdle(nanos);
	}

	/** Finds the protocol; false if it is still unknown. Consumes what can be nothing we know. */
	boolean sniff(ByteBuffer in, boolean isSent) {
		byte[] bytes = in.array();
		int from = in.position();
		int to = in.limit();
		boolean maybe = false;
		for (Protocol protocol : builder.protocols) {
			switch (protocol.sniff(bytes, from, to)) {
			case REQUEST -> {
				decide(protocol, !isSent, isSent);
				return true;
			}
			case ANSWER -> {
				decide(protocol, isSent, isSent);
				return true;
			}
			case MAYBE -> maybe = true;
			case NO -> {
			}
			}
		}
		if (!maybe) {
			encrypted |= to - from >= 3 && (bytes[from] == TLS_HANDSHAKE || bytes[from] == TLS_DATA)
					&& bytes[from + 1] == 3 && bytes[from + 2] <= 4;
			unknown(to - from);
			in.position(to);
		}
		return false;
	}

	void unknown(long bytes) {
		builder.context.losses.lost(encrypted ? Loss.ENCRYPTED_BYTES : Loss.UNKNOWN_BYTES, bytes);
	}

	private void decide(Protocol protocol, boolean isServer, boolean sniffedSent) {
		decided = true;
		server = isServer;
		if ((sniffedSent ? sent : received).fromStart()) {
			(sniffedSent ? received : sent).expectStart();
		}
		received.parser(protocol.parser(isServer, isServer, this::asked), !sniffedSent);
		sent.parser(protocol.parser(!isServer, isServer, this::asked), sniffedSent);
	}

	private int asked() {
		Exchange waiting = waiting(0);
		return waiting == null ? Message.PLAIN : waiting.trait;
	}

	private Exchange waiting(int stream) {
		Exchange exchange = oldest;
		while (exchange != null && (exchange.answered || exchange.stream != stream)) {
			exchange = exchange.next;
		}
		return exchange;
	}

	void begin(Message message) {
		if (message.request) {
			request(message);
			return;
		}
		Exchange exchange = waiting(message.stream);
		if (exchange == null) {
			builder.context.losses.lost(Loss.ANSWERS_WITHOUT_REQUEST, 1);
		} else {
			exchange.answered = true;
			exchange.firstByte = message.nanos;
			exchange.status = message.status;
			exchange.take(message);
			if (server ? message.serverError : message.clientError) {
				exchange.flags |= SpanTable.ERROR;
			}
		}
		if (message.switches) {
			switched = true; // takes effect with the next record
			(server ? received : sent).drop();
		}
	}

	private void request(Message message) {
		(server ? sent : received).endEndless(); // whoever asks again has read the last answer
		if (open == MAX_OPEN) {
			builder.context.losses.lost(Loss.OPEN_REQUESTS, open);
			giveUp(message.nanos);
		}
		Exchange exchange = builder.exchange(this);
		exchange.server = server;
		exchange.stream = message.stream;
		exchange.trait = message.trait;
		exchange.operation = message.operation;
		exchange.start = message.nanos;
		exchange.pid = message.pid;
		exchange.tid = message.tid;
		exchange.sequence = message.sequence;
		exchange.take(message);
		builder.name(exchange, message);
		if (newest == null) {
			oldest = exchange;
		} else {
			newest.next = exchange;
		}
		newest = exchange;
		open++;
		if (server && peer != null) {
			exchange.attribute(builder.clientAddressKey, builder.context.names.text(peerName(true)));
		}
	}

	void end(Message message) {
		if (message.request) {
			return;
		}
		Exchange exchange = oldest;
		while (exchange != null && !(exchange.answered && exchange.stream == message.stream)) {
			exchange = exchange.next;
		}
		if (exchange != null) {
			exchange.end = Math.max(message.nanos, exchange.firstByte);
			exchange.endTid = message.tid;
			finish(exchange, message);
		}
	}

	/** Whole messages may have been missed on one direction. */
	void missed(boolean isSent) {
		boolean answers = isSent == server;
		if (decided && answers && open > 0) {
			builder.context.losses.lost(Loss.REQUESTS_WITHOUT_ANSWER, open);
			giveUp(lastNanos);
		}
	}

	private void giveUp(long nanos) {
		while (oldest != null) {
			oldest.end = Math.max(nanos, oldest.start);
			oldest.flags |= SpanTable.INCOMPLETE;
			finish(oldest, null);
		}
	}

	private void finish(Exchange exchange, Message message) {
		if (message != null) {
			exchange.take(message);
		}
		if (oldest == exchange) {
			oldest = exchange.next;
			newest = oldest == null ? null : newest;
		} else {
			Exchange before = oldest;
			while (before.next != exchange) {
				before = before.next;
			}
			before.next = exchange.next;
			newest = newest == exchange ? before : newest;
		}
		open--;
		builder.finish(exchange);
	}

	/** A name of the names dictionary, 0 if unknown. */
	int peerName(boolean addressOnly) {
		if (peerName < 0) {
			peerName = peer == null ? 0 : builder.context.names.id(addressOnly ? peer.address() : peer.text());
		}
		return peerName;
	}

	/** Hash of both addresses as the client sees them, 0 if unknown. */
	long tuple() {
		if (tuple == 0 && peer != null) {
			tuple = server ? Endpoint.tuple(peer, local) : Endpoint.tuple(local, peer);
		}
		return tuple;
	}
}
