package io.crosstrace.core.protocol;

import java.util.ArrayList;
import java.util.List;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * Turns captured bytes of many connections into spans. A process that receives a request has a SERVER span,
 * one that sends it a CLIENT span.
 *
 * <p>How spans get their ids: where the nonce of the request's direction is known, a call is named by nonce
 * and stream offset, and so knows the server its exact parent. Where it is not, the ids come from the
 * addresses and the sequence number, and the server span has no parent until the IDE joins by those.
 *
 * <p>Trace context the application sends gives the trace id, and proof: a call whose trace id is that of
 * exactly one open request of its process was caused by that request. A context that is merely handed on,
 * unchanged, proves the same.
 *
 * <p>One thread. About 450 bytes a connection; allocates nothing per message but texts never seen before.
 */
public final class SpanBuilder {
	private static final long SWEEP_NANOS = 10_000_000_000L;
	private static final long BUSY_NANOS = 60_000_000_000L;
	private static final int MOST_LIKELY = 10_000;
	/** Different texts of one table, such as paths. */
	private static final int VALUES = 1 << 20;
	private static final int SPARE_EXCHANGES = 1000;

	final ParserContext context;
	private final Processes processes;
	private final int containerKey;
	private final int podKey;
	private final int maxConnections;
	private final long idleNanos;
	private final LongMap<Conversation> conversations = new LongMap<>();
	private final LongMap<Exchange> traces = new LongMap<>();
	private final List<Conversation> withEarly = new ArrayList<>();
	private final List<Conversation> idle = new ArrayList<>();
	private SpanTable finished;
	private final LastValues lastValues = new LastValues();
	private Exchange firstOpen;
	private Exchange spare;
	private int spares;
	private long swept;

	/**
	 * @param processes asked once a request
	 * @param idleNanos a connection silent for longer is forgotten
	 */
	public SpanBuilder(Dictionary names, ParserOptions options, int maxConnections, long idleNanos,
			Processes processes, Loss.Listener losses) {
		this.maxConnections = maxConnections;
		this.idleNanos = idleNanos;
		this.processes = processes;
		containerKey = names.id("resource:container.id");
		podKey = names.id("resource:k8s.pod.uid");
		context = new ParserContext(options, names, losses);
		finished = new SpanTable(names);
	}

	/** Who may care that large bodies need not be captured; called on this thread. */
	public void onBodies(BodyListener listener) {
		context.bodies = listener;
	}

	/** Addresses of a connection, best before its first bytes. */
	public void open(long connection, Endpoint local, Endpoint peer, long nanos) {
		Conversation conversation = conversation(connection, nanos);
		if (conversation != null) {
			conversation.addresses(local, peer);
		}
	}

	/**
	 * @param connection its highest bit says that this is the plaintext of the connection without that bit, whose own
	 *        bytes then count for nothing
	 */
	public void segment(long connection, Segment segment) {
		Conversation conversation = conversation(connection, segment.nanos);
		if (conversation == null) {
			return;
		}
		if (connection < 0 && conversation.isFresh()) {
			Conversation outside = conversation(connection & Long.MAX_VALUE, segment.nanos);
			if (outside != null) {
				outside.mute();
			}
		}
		conversation.segment(segment);
	}

	/** Requests without an answer become spans that say so. Unknown connections are ignored. */
	public void close(long connection, long nanos) {
		Conversation conversation = conversations.get(connection);
		if (conversation != null) {
			conversations.remove(connection);
			conversation.close(nanos);
		}
	}

	/** Call a few times a second: gives up waiting for what time has shown will not come. */
	public void tick(long nanos) {
		if (!withEarly.isEmpty()) {
			withEarly.forEach(Conversation::settle);
			withEarly.clear();
		}
		for (Exchange exchange = firstOpen; exchange != null;) {
			Exchange next = exchange.nextOpen; // ending an answer finishes exactly the one exchange it belongs to
			if (exchange.answered || exchange.doubtful) {
				exchange.conversation.endIdle(exchange, nanos);
			}
			exchange = next;
		}
		if (nanos - swept >= SWEEP_NANOS) {
			swept = nanos;
			boolean full = conversations.size() >= maxConnections;
			forgetIdle(nanos - (full ? Math.min(idleNanos, BUSY_NANOS) : idleNanos), nanos);
		}
	}

	/** Spans finished since the last call; the table is the caller's. */
	public SpanTable takeFinished() {
		SpanTable taken = finished;
		int likely = Math.clamp(taken.size() + taken.size() / 8, 16, MOST_LIKELY); // the next table, by the last one
		finished = new SpanTable(context.names, new Dictionary(VALUES), likely);
		return taken;
	}

	/** A copy of what is known of requests not yet answered in full: {@code endNanos} is 0. */
	public SpanTable open() {
		SpanTable table = new SpanTable(context.names);
		for (Exchange exchange = firstOpen; exchange != null; exchange = exchange.nextOpen) {
			if (!exchange.silent) {
				exchange.write(table, lastValues);
			}
		}
		return table;
	}

	public int connections() {
		return conversations.size();
	}

	/** The span whose message somebody had received last when the last byte was that one; 0 if not known any more. */
	long lastAt(long connection, long offset) {
		Conversation conversation = conversations.get(connection);
		return conversation == null ? 0 : conversation.spanAt(offset);
	}

	/** Null if there are too many. */
	private Conversation conversation(long connection, long nanos) {
		Conversation known = conversations.get(connection);
		if (known != null) {
			return known;
		}
		if (conversations.size() >= maxConnections) {
			context.losses.lost(Loss.CONNECTIONS, 1);
			return null;
		}
		Conversation made = new Conversation(connection, this, context, nanos);
		conversations.put(connection, made);
		return made;
	}

	private void forgetIdle(long since, long nanos) {
		conversations.forEach(conversation -> {
			if (conversation.idleSince(since)) {
				idle.add(conversation);
			}
		});
		for (Conversation conversation : idle) {
			close(conversation.connection, nanos);
		}
		idle.clear();
	}

	void hasEarly(Conversation conversation) {
		withEarly.add(conversation);
	}

	/** A fresh exchange, among the open ones. */
	Exchange exchange(Conversation conversation) {
		Exchange exchange = spare == null ? new Exchange() : spare;
		if (spare != null) {
			spare = exchange.next;
			spares--;
			exchange.next = null;
		}
		exchange.conversation = conversation;
		exchange.nextOpen = firstOpen;
		if (firstOpen != null) {
			firstOpen.previousOpen = exchange;
		}
		firstOpen = exchange;
		return exchange;
	}

	/** Gives a request its ids, its service and, where the application told, its proven parent. */
	void name(Exchange exchange, Message message) {
		long tuple = exchange.conversation.tuple();
		boolean exact = message.nonce != 0;
		long call = exact ? SpanIds.client(message.nonce, message.offset)
				: SpanIds.fallback(tuple != 0 ? tuple : exchange.conversation.connection, message.sequence);
		exchange.service = processes.service(exchange.pid);
		Processes.Container container = processes.container(exchange.pid);
		if (container != Processes.Container.NONE) {
			live(exchange, container);
		}
		exchange.spanId = exchange.server ? SpanIds.server(call) : call;
		exchange.parentId = exchange.server && exact ? call : 0;
		exchange.traceHigh = message.traceHigh;
		exchange.traceLow = message.traceLow;
		exchange.appSpanId = message.traceParent;
		if (message.traceParent == 0) {
			return;
		}
		long key = traceKey(exchange);
		if (!exchange.server) {
			prove(exchange, traces.get(key));
			return;
		}
		if (exchange.parentId == 0) {
			exchange.parentId = exchange.appSpanId;
			exchange.flags |= SpanTable.PARENT_PROVEN;
		}
		exchange.nextOfTrace = traces.get(key);
		traces.put(key, exchange);
	}

	private void live(Exchange exchange, Processes.Container container) {
		exchange.attribute(containerKey, container.id());
		if (!container.pod().isEmpty()) {
			exchange.attribute(podKey, container.pod());
		}
	}

	/** Which of the open requests with the call's trace id caused it: the only one, or the one handed on. */
	private static void prove(Exchange call, Exchange candidates) {
		Exchange only = null;
		Exchange handedOn = null;
		int count = 0;
		int countHandedOn = 0;
		for (Exchange at = candidates; at != null; at = at.nextOfTrace) {
			if (at.pid == call.pid && at.traceLow == call.traceLow && at.traceHigh == call.traceHigh) {
				only = at;
				count++;
				if (at.appSpanId == call.appSpanId) {
					handedOn = at;
					countHandedOn++;
				}
			}
		}
		Exchange parent = countHandedOn == 1 ? handedOn : count == 1 ? only : null;
		if (parent != null) {
			call.parentId = parent.spanId;
			call.flags |= SpanTable.PARENT_PROVEN;
		}
	}

	/** Makes a row of it, unless it is silent, and takes it back. */
	void finish(Exchange exchange) {
		if (!exchange.silent) {
			exchange.write(finished, lastValues);
		}
		if (exchange.server && exchange.appSpanId != 0) {
			forgetTrace(exchange);
		}
		if (exchange.previousOpen == null) {
			firstOpen = exchange.nextOpen;
		} else {
			exchange.previousOpen.nextOpen = exchange.nextOpen;
		}
		if (exchange.nextOpen != null) {
			exchange.nextOpen.previousOpen = exchange.previousOpen;
		}
		exchange.clear();
		if (spares < SPARE_EXCHANGES) {
			exchange.next = spare;
			spare = exchange;
			spares++;
		}
	}

	private void forgetTrace(Exchange exchange) {
		long key = traceKey(exchange);
		Exchange first = traces.get(key);
		if (first == exchange) {
			if (exchange.nextOfTrace == null) {
				traces.remove(key);
			} else {
				traces.put(key, exchange.nextOfTrace);
			}
			return;
		}
		for (Exchange at = first; at != null; at = at.nextOfTrace) {
			if (at.nextOfTrace == exchange) {
				at.nextOfTrace = exchange.nextOfTrace;
				return;
			}
		}
	}

	private static long traceKey(Exchange exchange) {
		return SpanIds.mix64(exchange.traceLow + SpanIds.mix64(exchange.traceHigh + exchange.pid));
	}
}
