package io.crosstrace.ide.services;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.latency.Histogram;
import io.crosstrace.ide.span.LinkedSpans;

/**
 * Services and the calls between them over a window of time. Immutable; any thread.
 *
 * <p>A service's numbers are of the requests it served, as it saw them; a call's are as the caller saw them, so
 * they hold the network, too. A peer nobody watches is a node by its address, with its system where a call says
 * which ("postgresql 10.0.0.9:5432"), unless another call to that address ended in a known service.
 *
 * @param nodes by name, so that the same services give the same picture
 * @param calls by caller and callee
 * @param seconds how long the window is; rates are over it
 */
public record ServiceGraph(List<Node> nodes, List<Call> calls, double seconds) {
	/** No service seen. */
	public static final ServiceGraph EMPTY = new ServiceGraph(List.of(), List.of(), 1);

	/**
	 * What was measured of a service or of a call.
	 *
	 * @param count how many, in the window
	 * @param errors how many of them failed
	 */
	public record Numbers(long count, long errors, long p50Nanos, long p95Nanos) {
		static final Numbers NONE = new Numbers(0, 0, 0, 0);

		/** From 0 to 1; 0 if there was nothing. */
		public double errorRate() {
			return count == 0 ? 0 : (double) errors / count;
		}
	}

	/**
	 * A service, one of its operations, or an address that no agent watches.
	 *
	 * @param operation empty for a whole service
	 */
	public record Node(String service, String operation, boolean watched, Numbers numbers) {
		/** What tells this node from all others, and stays the same while numbers change. */
		public String name() {
			return operation.isEmpty() ? service : service + " " + operation;
		}
	}

	/**
	 * Calls from one node to another: indexes into {@link ServiceGraph#nodes}.
	 *
	 * @param messages whether these are messages through a broker instead, and their times from sent to taken; only
	 *        between nodes that do not call each other as well
	 */
	public record Call(int from, int to, Numbers numbers, boolean messages) {
	}

	/**
	 * Gathers the traces that ended within {@code windowNanos} before the newest end; 0 takes all. Linear in their
	 * spans.
	 */
	public static ServiceGraph of(Traces traces, long windowNanos) {
		return of(traces, windowNanos, Set.of());
	}

	/**
	 * As {@link #of(Traces, long)}, with some services taken apart.
	 *
	 * @param expanded names of services whose operations are nodes of their own
	 */
	public static ServiceGraph of(Traces traces, long windowNanos, Set<String> expanded) {
		if (traces.size() == 0) {
			return EMPTY;
		}
		long end = Long.MIN_VALUE;
		for (int i = 0; i < traces.size(); i++) {
			end = Math.max(end, traces.byStart(i).endNanos());
		}
		long from = windowNanos == 0 ? Long.MIN_VALUE : end - windowNanos;
		Gatherer gatherer = new Gatherer(traces, expanded);
		long first = end;
		for (int i = 0; i < traces.size(); i++) {
			Trace trace = traces.byStart(i);
			if (trace.endNanos() >= from) {
				first = Math.min(first, trace.startNanos());
				gatherer.peers(trace);
			}
		}
		for (int i = 0; i < traces.size(); i++) {
			if (traces.byStart(i).endNanos() >= from) {
				gatherer.add(traces.byStart(i));
			}
		}
		double seconds = Math.max(1, (end - Math.max(first, from)) / 1e9);
		return gatherer.graph(seconds);
	}

	/** Calls a second. */
	public double rate(Numbers numbers) {
		return numbers.count() / seconds;
	}

	private static final class Tally {
		final Histogram times = new Histogram();
		long errors;

		void add(SpanTable spans, int row) {
			times.record(spans.endNanos.get(row) == 0 ? 0 : spans.endNanos.get(row) - spans.startNanos.get(row));
			errors += spans.has(row, SpanTable.ERROR) ? 1 : 0;
		}

		Numbers numbers() {
			return new Numbers(times.total(), errors, times.percentile(0.5), times.percentile(0.95));
		}
	}

	/** A node while it is gathered: ids of a service's and, where it is taken apart, of an operation's name. */
	private record Key(int service, int operation) {
	}

	private record Way(Key from, Key to) {
	}

	/** Of a message: who sent or took it, and when. */
	private record End(long key, boolean produced, long nanos, Key node) {
	}

	private static final class Gatherer {
		private final Traces traces;
		private final SpanTable spans;
		private final List<End> ends = new ArrayList<>();
		private final Set<Integer> expanded = new HashSet<>();
		private final Map<Integer, Integer> serviceOfPeer = new HashMap<>();
		private final Map<Key, Tally> served = new HashMap<>();
		private final Set<Integer> watched = new HashSet<>();
		private final Set<Key> keys = new HashSet<>();
		private final Map<Way, Tally> calls = new HashMap<>();
		private final Map<Integer, String> systemOfPeer = new HashMap<>();

		Gatherer(Traces traces, Set<String> expanded) {
			this.traces = traces;
			spans = traces.spans();
			expanded.forEach(name -> this.expanded.add(spans.names.id(name)));
		}

		/** Learns which service stands behind which address. */
		void peers(Trace trace) {
			for (int i = 1; i < trace.size(); i++) {
				int caller = trace.row(trace.parent(i));
				if (spans.isRequest(trace.row(i)) && !spans.isRequest(caller)) {
					serviceOfPeer.put(spans.peer.get(caller), spans.service.get(trace.row(i)));
				}
			}
		}

		void add(Trace trace) {
			Key[] callee = new Key[trace.size()];
			boolean[] pushed = new boolean[trace.size()];
			for (int i = 1; i < trace.size(); i++) {
				if (spans.isRequest(trace.row(i))) {
					callee[trace.parent(i)] = request(trace.row(i));
					pushed[trace.parent(i)] |= spans.kind.get(trace.row(i)) == SpanTable.CONSUMER;
				}
			}
			for (int i = 0; i < trace.size(); i++) {
				int row = trace.row(i);
				watched.add(spans.service.get(row));
				messages(row, spans.isRequest(row) ? request(row) : caller(trace, i), pushed[i]);
				if (spans.isRequest(row)) {
					Key node = request(row);
					keys.add(node);
					served.computeIfAbsent(node, x -> new Tally()).add(spans, row);
				} else {
					int peer = spans.peer.get(row);
					Key from = caller(trace, i);
					Key to = callee[i] != null ? callee[i] : new Key(serviceOfPeer.getOrDefault(peer, peer), 0);
					if (to.service == peer) {
						systemOfPeer.computeIfAbsent(peer, x -> system(row));
					}
					keys.add(from);
					keys.add(to);
					calls.computeIfAbsent(new Way(from, to), x -> new Tally()).add(spans, row);
				}
			}
		}

		/** Notes what an application, not its broker, sent or took. */
		private void messages(int row, Key node, boolean pushed) {
			for (int i = 0; i < spans.linkCount(row); i++) {
				long link = spans.link(row, i);
				boolean produced = SpanTable.produced(link);
				if (produced ? !spans.isRequest(row) : spans.kind.get(row) != SpanTable.SERVER && !pushed) {
					ends.add(new End(link >>> 1, produced,
							produced ? traces.startNanos(row) : LinkedSpans.takenNanos(traces, row), node));
				}
			}
		}

		/** Joins who took a message with who sent it last before; if clocks deny that anybody did, with who sent it. */
		private Map<Way, Tally> delivered() {
			ends.sort(Comparator.comparingLong(End::nanos).thenComparing(end -> !end.produced));
			Map<Long, End> sent = new HashMap<>();
			List<End> early = new ArrayList<>();
			Map<Way, Tally> ways = new HashMap<>();
			for (End end : ends) {
				if (end.produced) {
					sent.put(end.key, end);
				} else if (sent.containsKey(end.key)) {
					deliver(sent.get(end.key), end, ways);
				} else {
					early.add(end);
				}
			}
			early.removeIf(end -> !sent.containsKey(end.key));
			early.forEach(end -> deliver(sent.get(end.key), end, ways));
			return ways;
		}

		private void deliver(End from, End to, Map<Way, Tally> ways) {
			Way way = new Way(from.node, to.node);
			if (!calls.containsKey(way)) {
				keys.add(from.node);
				keys.add(to.node);
				ways.computeIfAbsent(way, x -> new Tally()).times.record(Math.max(0, to.nanos - from.nanos));
			}
		}

		private Key request(int row) {
			int service = spans.service.get(row);
			return new Key(service, expanded.contains(service) ? spans.operation.get(row) : 0);
		}

		/** The node that made a call: the request that caused it tells the operation. */
		private Key caller(Trace trace, int index) {
			int service = spans.service.get(trace.row(index));
			int parent = trace.parent(index);
			boolean known = parent != Trace.NONE && spans.service.get(trace.row(parent)) == service
					&& spans.isRequest(trace.row(parent));
			return known ? request(trace.row(parent)) : new Key(service, 0);
		}

		private String system(int row) {
			String database = spans.attribute(row, "db.system.name");
			return database.isEmpty() ? spans.attribute(row, "messaging.system") : database;
		}

		private String name(int id) {
			String system = systemOfPeer.getOrDefault(id, "");
			return system.isEmpty() || watched.contains(id) ? spans.names.text(id) : system + " " + spans.names.text(id);
		}

		ServiceGraph graph(double seconds) {
			Map<Way, Tally> delivered = delivered();
			List<Node> nodes = new ArrayList<>();
			Map<Node, Key> keyOf = new HashMap<>();
			for (Key key : keys) {
				Tally tally = served.get(key);
				Node node = new Node(name(key.service), spans.names.text(key.operation),
						watched.contains(key.service), tally == null ? Numbers.NONE : tally.numbers());
				nodes.add(node);
				keyOf.put(node, key);
			}
			nodes.sort(Comparator.comparing(Node::service).thenComparing(Node::operation));
			Map<Key, Integer> index = new HashMap<>();
			for (int i = 0; i < nodes.size(); i++) {
				index.put(keyOf.get(nodes.get(i)), i);
			}
			List<Call> edges = new ArrayList<>();
			calls.forEach((way, tally) -> edges.add(
					new Call(index.get(way.from), index.get(way.to), tally.numbers(), false)));
			delivered.forEach((way, tally) -> edges.add(
					new Call(index.get(way.from), index.get(way.to), tally.numbers(), true)));
			edges.sort((a, b) -> a.from() != b.from() ? a.from() - b.from() : a.to() - b.to());
			return new ServiceGraph(List.copyOf(nodes), List.copyOf(edges), seconds);
		}
	}
}
