package io.crosstrace.core.span;

import java.util.Arrays;

/**
 * Finished spans as columns; a row number is a span's identity within its table.
 *
 * <p>Times are nanoseconds of one clock: a host's monotonic clock on the agent, Unix time from the wire
 * on. Ids are as {@link SpanIds} makes them, 0 means unknown. {@code int} columns that name something
 * are ids of {@link #names} (few, shared by many tables) or of {@link #values} (this table's own, such
 * as paths). One writer at a time; hand a table over before another thread reads it.
 *
 * <p>About 250 bytes a row with eight attributes. Appending allocates only when a column grows.
 */
public final class SpanTable {
	/** OpenTelemetry's span kinds, by their numbers in OTLP. */
	public static final int SERVER = 2;
	public static final int CLIENT = 3;
	public static final int PRODUCER = 4;
	public static final int CONSUMER = 5;

	/** Bits of {@link #flags}. */
	public static final int ERROR = 1;
	/** Begun before capture did, or cut short: times or attributes may be missing. */
	public static final int INCOMPLETE = 1 << 1;
	/** {@link #parentId} came from the application's own trace context and is proof. */
	public static final int PARENT_PROVEN = 1 << 2;
	/** The payload was encrypted: timing and peers only. */
	public static final int ENCRYPTED = 1 << 3;
	/** No answer was seen: the connection ended first. */
	public static final int UNANSWERED = 1 << 4;

	public final Dictionary names;
	public final Dictionary values;

	public final LongColumn spanId;
	/** The span that caused this one: of a server span its client span, exact; of a client span inferred. */
	public final LongColumn parentId;
	/** The span id in the trace context the request carries, so the same at both ends; 0 if there is none. */
	public final LongColumn appSpanId;
	/** Trace id, when the application sent one or a root has been found; both halves 0 otherwise. */
	public final LongColumn traceIdHigh;
	public final LongColumn traceIdLow;
	/** How sure {@link #parentId} is, in millionths; 1,000,000 is proof. */
	public final IntColumn confidence;
	public final IntColumn kind;
	public final IntColumn flags;

	/** First byte of the request, sent (client) or received (server). */
	public final LongColumn startNanos;
	/** First byte of the answer; 0 if none was seen. */
	public final LongColumn firstByteNanos;
	/** Last byte of the answer. */
	public final LongColumn endNanos;

	/** Service name (OpenTelemetry service.name), a name. */
	public final IntColumn service;
	/** What was done, such as "GET /orders/{id}", a name of low cardinality. */
	public final IntColumn operation;
	/** Status as the protocol writes it, such as 404; 0 if none. */
	public final IntColumn status;
	/**
	 * Peer, a name: "address:port" of a call, "address" of a request, since a client's port is another for each
	 * connection; 0 if not known.
	 */
	public final IntColumn peer;

	public final IntColumn pid;
	/** Thread that received (server) or sent (client) the request's first byte. A hint, never proof. */
	public final IntColumn tid;
	/** Thread that sent (server) or received (client) the answer's last byte. */
	public final IntColumn endTid;
	/** Host whose clock the times are of, a name; 0 on an agent, set by whoever joins several agents' spans. */
	public final IntColumn host;
	/** Connection: the kernel's socket cookie, unique on a host until it restarts. */
	public final LongColumn connection;
	/** Addresses for the join by 4-tuple: a hash of (local, peer) as the client sees it, the same at both ends. */
	public final LongColumn tuple;
	/** TCP sequence number of the request's first byte, the same at both ends. */
	public final IntColumn sequence;

	/**
	 * Of a call, when it was sent, and of a request, when its answer was begun: the span whose message (a request, or
	 * the answer to a call) the sending thread had received last; 0 if not known. A hint, never proof.
	 */
	public final LongColumn readId;
	/** The span whose message had last been received by whoever woke that thread; 0 if nobody did, or not known. */
	public final LongColumn wokeId;
	/** 1 if the waker itself had received it, 2 if its waker had ...; negative if the thread itself received since. */
	public final IntColumn wokeHops;
	/** How long before the thread was woken. */
	public final IntColumn wokeMicros;

	private final IntColumn attributeEnd;
	private final IntColumn tokenEnd;
	private final IntColumn linkEnd;
	private int[] attributePool;
	private long[] tokenPool;
	private long[] linkPool = {};
	private int size;
	private boolean frozen;

	/** @param names shared dictionary of low cardinality; the table's own values are its own */
	public SpanTable(Dictionary names) {
		this(names, new Dictionary(1 << 20));
	}

	public SpanTable(Dictionary names, Dictionary values) {
		this(names, values, 16);
	}

	/** @param capacity rows to have room for without growing, about 250 bytes each */
	public SpanTable(Dictionary names, Dictionary values, int capacity) {
		this.names = names;
		this.values = values;
		spanId = new LongColumn(capacity);
		parentId = new LongColumn(capacity);
		appSpanId = new LongColumn(capacity);
		traceIdHigh = new LongColumn(capacity);
		traceIdLow = new LongColumn(capacity);
		confidence = new IntColumn(capacity);
		kind = new IntColumn(capacity);
		flags = new IntColumn(capacity);
		startNanos = new LongColumn(capacity);
		firstByteNanos = new LongColumn(capacity);
		endNanos = new LongColumn(capacity);
		service = new IntColumn(capacity);
		operation = new IntColumn(capacity);
		status = new IntColumn(capacity);
		peer = new IntColumn(capacity);
		pid = new IntColumn(capacity);
		tid = new IntColumn(capacity);
		endTid = new IntColumn(capacity);
		host = new IntColumn(capacity);
		connection = new LongColumn(capacity);
		tuple = new LongColumn(capacity);
		sequence = new IntColumn(capacity);
		readId = new LongColumn(capacity);
		wokeId = new LongColumn(capacity);
		wokeHops = new IntColumn(capacity);
		wokeMicros = new IntColumn(capacity);
		attributeEnd = new IntColumn(capacity);
		tokenEnd = new IntColumn(capacity);
		linkEnd = new IntColumn(capacity);
		attributePool = new int[Math.max(64, 16 * capacity)];
		tokenPool = new long[Math.max(32, 2 * capacity)];
	}

	public int size() {
		return size;
	}

	/**
	 * The rows so far, as a table that never grows, for other threads to read while this one does. Shares
	 * storage: costs a few objects, not a copy. Of rows written again later, readers may see either value.
	 */
	public SpanTable frozen() {
		SpanTable view = new SpanTable(names, values);
		shareAll(view.longColumns(), longColumns());
		shareAll(view.intColumns(), intColumns());
		view.attributePool = attributePool;
		view.tokenPool = tokenPool;
		view.linkPool = linkPool;
		view.size = size;
		view.frozen = true;
		return view;
	}

	/**
	 * Appends a row of zeroes and returns it. Attributes, tokens and links can be added to the last row only.
	 *
	 * @throws IllegalStateException if this table is {@link #frozen}
	 */
	public int add() {
		if (frozen) {
			throw new IllegalStateException("a frozen table of " + size + " rows cannot grow");
		}
		int row = size++;
		attributeEnd.set(row, attributeStart(row));
		tokenEnd.set(row, tokenStart(row));
		linkEnd.set(row, linkStart(row));
		return row;
	}

	/** Adds an attribute to the last row: {@code key} is an id of {@link #names}, {@code value} of {@link #values}. */
	public void addAttribute(int key, int value) {
		int at = attributeEnd.get(size - 1);
		if (at + 2 > attributePool.length) {
			attributePool = Arrays.copyOf(attributePool, attributePool.length * 2);
		}
		attributePool[at] = key;
		attributePool[at + 1] = value;
		attributeEnd.set(size - 1, at + 2);
	}

	/** Adds to the last row the hash of an identifier seen in the request (a path segment, a query value). */
	public void addToken(long token) {
		int at = tokenEnd.get(size - 1);
		if (at == tokenPool.length) {
			tokenPool = Arrays.copyOf(tokenPool, tokenPool.length * 2);
		}
		tokenPool[at] = token;
		tokenEnd.set(size - 1, at + 1);
	}

	/**
	 * Adds to the last row a link: two rows whose links differ in their last bit only belong to one message that
	 * went through a broker, or through several.
	 *
	 * @param link as {@link #link(long, boolean)} makes it
	 */
	public void addLink(long link) {
		int at = linkEnd.get(size - 1);
		if (at == linkPool.length) {
			linkPool = Arrays.copyOf(linkPool, Math.max(16, linkPool.length * 2));
		}
		linkPool[at] = link;
		linkEnd.set(size - 1, at + 1);
	}

	/** @param key a hash that names the message alike on every host */
	public static long link(long key, boolean produced) {
		return produced ? key & ~1L : key | 1;
	}

	/** True if the row with this link sent the message on its way, false if it took it. */
	public static boolean produced(long link) {
		return (link & 1) == 0;
	}

	public int attributeCount(int row) {
		return (attributeEnd.get(row) - attributeStart(row)) / 2;
	}

	public int attributeKey(int row, int index) {
		return attributePool[attributeStart(row) + 2 * index];
	}

	public int attributeValue(int row, int index) {
		return attributePool[attributeStart(row) + 2 * index + 1];
	}

	/** The text of attribute {@code key}, or empty. Linear in the row's attributes. */
	public String attribute(int row, String key) {
		int wanted = names.id(key);
		for (int i = 0; i < attributeCount(row); i++) {
			if (attributeKey(row, i) == wanted) {
				return values.text(attributeValue(row, i));
			}
		}
		return "";
	}

	public int tokenCount(int row) {
		return tokenEnd.get(row) - tokenStart(row);
	}

	public long token(int row, int index) {
		return tokenPool[tokenStart(row) + index];
	}

	public int linkCount(int row) {
		return linkEnd.get(row) - linkStart(row);
	}

	public long link(int row, int index) {
		return linkPool[linkStart(row) + index];
	}

	public boolean has(int row, int flag) {
		return (flags.get(row) & flag) != 0;
	}

	public void set(int row, int flag) {
		flags.set(row, flags.get(row) | flag);
	}

	/** Server and consumer spans are requests; client and producer spans are calls. */
	public boolean isRequest(int row) {
		return kind.get(row) == SERVER || kind.get(row) == CONSUMER;
	}

	/** Appends a copy of a row of another table, translating its strings where the dictionaries differ. */
	public int addCopy(SpanTable from, int source) {
		int row = add();
		spanId.set(row, from.spanId.get(source));
		parentId.set(row, from.parentId.get(source));
		appSpanId.set(row, from.appSpanId.get(source));
		traceIdHigh.set(row, from.traceIdHigh.get(source));
		traceIdLow.set(row, from.traceIdLow.get(source));
		startNanos.set(row, from.startNanos.get(source));
		firstByteNanos.set(row, from.firstByteNanos.get(source));
		endNanos.set(row, from.endNanos.get(source));
		connection.set(row, from.connection.get(source));
		tuple.set(row, from.tuple.get(source));
		confidence.set(row, from.confidence.get(source));
		kind.set(row, from.kind.get(source));
		flags.set(row, from.flags.get(source));
		status.set(row, from.status.get(source));
		pid.set(row, from.pid.get(source));
		tid.set(row, from.tid.get(source));
		endTid.set(row, from.endTid.get(source));
		sequence.set(row, from.sequence.get(source));
		readId.set(row, from.readId.get(source));
		wokeId.set(row, from.wokeId.get(source));
		wokeHops.set(row, from.wokeHops.get(source));
		wokeMicros.set(row, from.wokeMicros.get(source));
		service.set(row, name(from, from.service.get(source)));
		operation.set(row, name(from, from.operation.get(source)));
		peer.set(row, name(from, from.peer.get(source)));
		host.set(row, name(from, from.host.get(source)));
		for (int i = 0; i < from.attributeCount(source); i++) {
			int value = from.attributeValue(source, i);
			addAttribute(name(from, from.attributeKey(source, i)),
					from.values == values ? value : values.id(from.values.text(value)));
		}
		for (int i = 0; i < from.tokenCount(source); i++) {
			addToken(from.token(source, i));
		}
		for (int i = 0; i < from.linkCount(source); i++) {
			addLink(from.link(source, i));
		}
		return row;
	}

	private int name(SpanTable from, int id) {
		return from.names == names ? id : names.id(from.names.text(id));
	}

	private LongColumn[] longColumns() {
		return new LongColumn[] { spanId, parentId, appSpanId, traceIdHigh, traceIdLow, startNanos, firstByteNanos,
				endNanos, connection, tuple, readId, wokeId };
	}

	private IntColumn[] intColumns() {
		return new IntColumn[] { confidence, kind, flags, status, pid, tid, endTid, sequence, wokeHops, wokeMicros,
				service, operation, peer, host, attributeEnd, tokenEnd, linkEnd };
	}

	private static void shareAll(LongColumn[] to, LongColumn[] from) {
		for (int i = 0; i < to.length; i++) {
			to[i].share(from[i]);
		}
	}

	private static void shareAll(IntColumn[] to, IntColumn[] from) {
		for (int i = 0; i < to.length; i++) {
			to[i].share(from[i]);
		}
	}

	private int attributeStart(int row) {
		return row == 0 ? 0 : attributeEnd.get(row - 1);
	}

	private int linkStart(int row) {
		return row == 0 ? 0 : linkEnd.get(row - 1);
	}

	private int tokenStart(int row) {
		return row == 0 ? 0 : tokenEnd.get(row - 1);
	}
}
