package io.crosstrace.shop.score;

import io.crosstrace.shop.ids.CallId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of the shop that somebody recorded, by span id and by call. A span that comes twice counts once, as it
 * came last: parents may be revised. One thread; about 200 bytes a span.
 */
final class Recorded {
	/** Which end of a call a span is. */
	enum Kind {
		SERVER, CLIENT
	}

	/**
	 * One end of one call.
	 *
	 * @param parent the span id of the parent that was inferred, or 0 for none
	 * @param confidence in that parent, from 0 to 1, or NaN if not told
	 * @param call what the span's path or a ledger says, which is the truth
	 * @param written it was a ledger that said: the other end is not watched
	 * @param link names a message that went through a broker, or 0
	 */
	record Span(long id, long parent, double confidence, Kind kind, String service, CallId call, boolean written, long link) {
		boolean hasParent() {
			return parent != 0;
		}
	}

	private final Map<Long, Span> spans = new HashMap<>();
	private final Map<String, String> services = new HashMap<>();
	private final Map<CallId, Span> servers = new HashMap<>();
	private final Map<CallId, Span> clients = new HashMap<>();

	void add(Span span) {
		String service = services.computeIfAbsent(span.service(), name -> name);
		Span kept = new Span(span.id(), span.parent(), span.confidence(), span.kind(), service, span.call(),
				span.written(), span.link());
		spans.put(kept.id(), kept);
		if (kept.kind() == Kind.SERVER) {
			servers.put(kept.call(), kept);
		} else {
			clients.put(kept.call(), kept);
		}
	}

	/** @return the span, or null if none with this id was recorded */
	Span get(long id) {
		return spans.get(id);
	}

	/** @return the client span's cause, the server span of the same call id less a step, or null if not recorded */
	Span causeInside(Span client) {
		return client.call().isRoot() ? null : servers.get(client.call().parent());
	}

	/** The client span of a call, or null if not recorded. */
	Span client(CallId call) {
		return clients.get(call);
	}

	/** Whether one end of a call was recorded. */
	boolean has(Kind kind, CallId call) {
		return kind == Kind.SERVER ? servers.containsKey(call) : clients.containsKey(call);
	}

	List<Span> all() {
		return new ArrayList<>(spans.values());
	}
}
