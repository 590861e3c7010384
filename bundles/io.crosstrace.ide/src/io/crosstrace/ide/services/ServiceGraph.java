package io.crosstrace.ide.services;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.latency.Histogram;

/**
 * Services and the calls between them over a window of time. Immutable; any thread.
 *
 * <p>A service's numbers are of the requests it served, as it saw them; a call's are as the caller saw them, so
 * they hold the network, too. A peer nobody watches is a node by its address, unless another call to that
 * address ended in a known service.
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

	/** A service, or an address that no agent watches. */
	public record Node(String name, boolean watched, Numbers numbers) {
	}

	/** Calls from one node to another: indexes into {@link ServiceGraph#nodes}. */
	public record Call(int from, int to, Numbers numbers) {
	}

	/**
	 * Gathers the traces that ended within {@code windowNanos} before the newest end; 0 takes all. Linear in their
	 * spans.
	 */
	public static ServiceGraph of(Traces traces, long windowNanos) {
		if (traces.size() == 0) {
			return EMPTY;
		}
		long end = Long.MIN_VALUE;
		for (int i = 0; i < traces.size(); i++) {
			end = Math.max(end, traces.byStart(i).endNanos());
		}
		long from = windowNanos == 0 ? Long.MIN_VALUE : end - windowNanos;
		Gatherer gatherer = new Gatherer(traces.spans());
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

	private static final class Gatherer {
		private final SpanTable spans;
		private final Map<Integer, Integer> serviceOfPeer = new HashMap<>();
		private final Map<Integer, Tally> served = new HashMap<>();
		private final Set<Integer> watched = new HashSet<>();
		private final Set<Integer> names = new HashSet<>();
		private final Map<Long, Tally> calls = new HashMap<>();

		Gatherer(SpanTable spans) {
			this.spans = spans;
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
			int[] callee = new int[trace.size()];
			for (int i = 1; i < trace.size(); i++) {
				if (spans.isRequest(trace.row(i))) {
					callee[trace.parent(i)] = spans.service.get(trace.row(i));
				}
			}
			for (int i = 0; i < trace.size(); i++) {
				int row = trace.row(i);
				int service = spans.service.get(row);
				watched.add(service);
				names.add(service);
				if (spans.isRequest(row)) {
					served.computeIfAbsent(service, x -> new Tally()).add(spans, row);
				} else {
					int peer = spans.peer.get(row);
					int to = callee[i] != 0 ? callee[i] : serviceOfPeer.getOrDefault(peer, peer);
					names.add(to);
					calls.computeIfAbsent((long) service << 32 | to, x -> new Tally()).add(spans, row);
				}
			}
		}

		ServiceGraph graph(double seconds) {
			TreeMap<String, Integer> sorted = new TreeMap<>();
			names.forEach(id -> sorted.put(spans.names.text(id), id));
			List<Node> nodes = new ArrayList<>();
			Map<Integer, Integer> index = new HashMap<>();
			sorted.forEach((name, id) -> {
				index.put(id, nodes.size());
				Tally tally = served.get(id);
				nodes.add(new Node(name, watched.contains(id), tally == null ? Numbers.NONE : tally.numbers()));
			});
			List<Call> edges = new ArrayList<>();
			calls.forEach((key, tally) -> edges
					.add(new Call(index.get((int) (key >> 32)), index.get(key.intValue()), tally.numbers())));
			edges.sort((a, b) -> a.from() != b.from() ? a.from() - b.from() : a.to() - b.to());
			return new ServiceGraph(List.copyOf(nodes), List.copyOf(edges), seconds);
		}
	}
}
