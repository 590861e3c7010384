package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

import io.crosstrace.core.span.SpanTable;

/**
 * One connection: finds out its protocol and pairs its requests with its answers. The direction the first
 * requests take tells whether this host's process is the server; a server may ask as well, and is answered in
 * the other direction.
 *
 * <p>When whole answers may have been missed, every open request is given up rather than paired with an
 * answer that may be another's.
 */
final class Conversation implements Link {
	private static final int MAX_OPEN = 1000;
	private static final long IDLE_END_NANOS = 2_000_000_000L;
	/** After so many places lost, and not one exchange found between them, the protocol is another. */
	private static final int MAX_LOST_IN_A_ROW = 16;
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
	private int peerAddress = -1;
	private int peerPort = -1;

	private Protocol protocol;
	private boolean server;
	private boolean encrypted;
	private boolean holdsEarly;
	private boolean fresh = true;
	private boolean muted;
	private int lostInARow;
	private int bodiesUnneeded;
	private Exchange oldest;
	private Exchange newest;
	private int open;
	private long lastNanos;
	private final LastReceived lastReceived = new LastReceived();

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
		peerName = peerAddress = peerPort = -1;
	}

	/** Nothing was said yet. */
	boolean isFresh() {
		return fresh;
	}

	/** What is said here is told in the clear elsewhere. */
	void mute() {
		muted = true;
		while (oldest != null) {
			Exchange exchange = oldest;
			exchange.silent = true;
			finish(exchange, null);
		}
	}

	void segment(Segment segment) {
		lastNanos = segment.nanos;
		fresh = false;
		if (muted) {
			return;
		}
		builder.context.insideTls = connection < 0;
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
			exchange.attribute(builder.context.semconv.errorType, "connection_closed");
			finish(exchange, null);
		}
	}

	boolean idleSince(long nanos) {
		return lastNanos <= nanos;
	}

	/** The span whose message some thread had received last when it had read up to there; 0 if not known. */
	long lastAt(long ofConnection, long offset) {
		return ofConnection == 0 ? 0 : builder.lastAt(ofConnection, offset);
	}

	/** The span that the message around this byte, received here, belongs to; 0 if not known. */
	long spanAt(long offset) {
		return lastReceived.at(offset);
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

	/** Ends an answer that had no recognizable end, if nothing has come for long. */
	void endIdle(Exchange exchange, long nanos) {
		if (exchange.doubtful) {
			if (lastNanos <= nanos - IDLE_END_NANOS) {
				exchange.end = Math.max(lastNanos, exchange.start);
				exchange.flags |= SpanTable.INCOMPLETE;
				finish(exchange, null);
			}
			return;
		}
		(server ? sent : received).endIdle(nanos);
	}

	/** Finds the protocol; false if it is still unknown. Consumes what can be nothing we know. */
	boolean sniff(ByteBuffer in, boolean isSent, boolean atStart) {
		byte[] bytes = in.array();
		int from = in.position();
		int to = in.limit();
		boolean maybe = false;
		for (Protocol candidate : builder.context.protocols.sniffed) {
			switch (candidate.sniff(bytes, from, to, atStart)) {
			case REQUEST -> {
				decide(candidate, !isSent, isSent);
				return true;
			}
			case ANSWER -> {
				decide(candidate, isSent, isSent);
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

	private void decide(Protocol found, boolean isServer, boolean sniffedSent) {
		protocol = found;
		server = isServer;
		lostInARow = 0;
		if ((sniffedSent ? sent : received).fromStart()) {
			(sniffedSent ? received : sent).expectStart();
		}
		Protocol.Parsers parsers = found.parsers(this);
		received.parser(isServer ? parsers.requests() : parsers.answers(), !sniffedSent);
		sent.parser(isServer ? parsers.answers() : parsers.requests(), sniffedSent);
	}

	@Override
	public void become(Protocol next) {
		protocol = next;
		lostInARow = 0;
		Protocol.Parsers parsers = next == null ? null : next.parsers(this);
		received.become(parsers == null ? null : server ? parsers.requests() : parsers.answers());
		sent.become(parsers == null ? null : server ? parsers.answers() : parsers.requests());
	}

	@Override
	public boolean server() {
		return server;
	}

	@Override
	public int asked(long stream) {
		Exchange waiting = waiting(stream, server);
		return waiting == null ? Message.PLAIN : waiting.trait;
	}

	@Override
	public void largeBodies(boolean request, boolean unneeded) {
		int direction = request == server ? BodyListener.RECEIVED : BodyListener.SENT;
		int now = unneeded ? bodiesUnneeded | direction : bodiesUnneeded & ~direction;
		if (now != bodiesUnneeded) {
			bodiesUnneeded = now;
			builder.context.bodies.bodies(connection, now);
		}
	}

	@Override
	public void move(long from, long to) {
		Exchange waiting = waiting(from, server);
		if (waiting != null) {
			waiting.stream = to;
		}
	}

	/** The oldest unanswered request of {@code stream} that this host's process received, or sent. */
	private Exchange waiting(long stream, boolean isReceived) {
		Exchange exchange = oldest;
		while (exchange != null && (exchange.answered || exchange.stream != stream || exchange.server != isReceived
				|| exchange.oneWay)) {
			exchange = exchange.next;
		}
		return exchange;
	}

	void begin(Message message, boolean isSent) {
		if (message.request) {
			request(message, !isSent);
			return;
		}
		Exchange exchange = waiting(message.stream, isSent);
		if (exchange == null) {
			if (!message.silent) {
				builder.context.losses.lost(Loss.ANSWERS_WITHOUT_REQUEST, 1);
			}
		} else {
			exchange.answered = true;
			exchange.firstByte = message.nanos;
			exchange.status = message.status;
			exchange.take(message);
			fail(exchange, message);
			follow(exchange, message, isSent);
		}
	}

	/** Of what is sent: notes what it may be the consequence of. Of what is received: what may be its consequence is. */
	private void follow(Exchange exchange, Message message, boolean isSent) {
		if (isSent) {
			exchange.causes(message);
		} else {
			lastReceived.add(message.offset, exchange.spanId);
		}
	}

	private static void fail(Exchange exchange, Message message) {
		if (exchange.server ? message.serverError : message.clientError) {
			exchange.flags |= SpanTable.ERROR;
		}
	}

	private void request(Message message, boolean isReceived) {
		(isReceived ? sent : received).endEndless(); // whoever asks again has read the last answer
		if (open == MAX_OPEN) {
			builder.context.losses.lost(Loss.OPEN_REQUESTS, open);
			giveUp(message.nanos);
		}
		Exchange exchange = builder.exchange(this);
		exchange.server = isReceived;
		exchange.kind = message.kind;
		exchange.oneWay = message.oneWay;
		exchange.stream = message.stream;
		exchange.trait = message.trait;
		exchange.operation = message.operation;
		exchange.start = message.nanos;
		exchange.pid = message.pid;
		exchange.tid = message.tid;
		exchange.sequence = message.sequence;
		exchange.take(message);
		builder.name(exchange, message);
		follow(exchange, message, !isReceived);
		if (newest == null) {
			oldest = exchange;
		} else {
			newest.next = exchange;
		}
		newest = exchange;
		open++;
		if (peer == null) {
			return;
		}
		ParserContext context = builder.context;
		if (isReceived) {
			exchange.attribute(context.semconv.clientAddress, context.names.text(peerAddress()));
		} else if (!protocol.namesServer()) {
			exchange.attribute(context.semconv.serverAddress, context.names.text(peerAddress()));
			exchange.attribute(context.semconv.serverPort, context.names.text(peerPort()));
		}
	}

	void end(Message message, boolean isSent) {
		Exchange exchange = ending(message, isSent);
		if (exchange == null) {
			return;
		}
		if (message.operation != 0) {
			exchange.operation = message.operation;
		}
		if (message.status != 0) {
			exchange.status = message.status;
		}
		fail(exchange, message);
		if (!isSent) {
			lastReceived.add(message.offset, exchange.spanId);
		}
		if (message.request && !exchange.oneWay && !message.aborts) {
			exchange.take(message);
			return;
		}
		exchange.end = Math.max(message.nanos, Math.max(exchange.firstByte, exchange.start));
		exchange.endTid = message.tid;
		lostInARow = Integer.MIN_VALUE; // it is what it was taken for
		finish(exchange, message);
	}

	/** The exchange a message that ends belongs to; null if there is none. */
	private Exchange ending(Message message, boolean isSent) {
		boolean asksBySent = message.request == isSent;
		if (message.request && newest != null && newest.stream == message.stream && newest.server != asksBySent) {
			return newest; // as nearly always
		}
		Exchange found = null;
		for (Exchange exchange = oldest; exchange != null; exchange = exchange.next) {
			if (exchange.stream != message.stream || exchange.server == asksBySent) {
				continue;
			}
			if (message.request) {
				found = exchange; // the newest: it began last
			} else if (exchange.answered || message.aborts) {
				return exchange;
			}
		}
		return found;
	}

	/** Whole messages may have been missed on one direction. */
	void missed(boolean isSent) {
		boolean answers = isSent == server;
		if (protocol.multiplexes()) {
			for (Exchange exchange = oldest; exchange != null; exchange = exchange.next) {
				exchange.doubtful |= answers;
			}
		} else if (answers && open > 0) {
			builder.context.losses.lost(Loss.REQUESTS_WITHOUT_ANSWER, open);
			giveUp(lastNanos);
		}
		if (++lostInARow > MAX_LOST_IN_A_ROW) {
			builder.context.losses.lost(Loss.GIVEN_UP, 1);
			giveUp(lastNanos);
			become(null);
		}
	}

	@Override
	public void giveUp() {
		if (open > 0) {
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

	/** "address:port", a name of the names dictionary; 0 if unknown. */
	int peerName() {
		if (peerName < 0) {
			peerName = peer == null ? 0 : builder.context.names.id(peer.text());
		}
		return peerName;
	}

	/** The peer's address, a name; 0 if unknown. */
	int peerAddress() {
		if (peerAddress < 0) {
			peerAddress = peer == null ? 0 : builder.context.names.id(peer.address());
		}
		return peerAddress;
	}

	private int peerPort() {
		if (peerPort < 0) {
			peerPort = builder.context.names.id(Integer.toString(peer.port()));
		}
		return peerPort;
	}

	/** Hash of both addresses as the client sees them, 0 if unknown. */
	long tuple() {
		if (tuple == 0 && peer != null) {
			tuple = server ? Endpoint.tuple(peer, local) : Endpoint.tuple(local, peer);
		}
		return tuple;
	}
}
