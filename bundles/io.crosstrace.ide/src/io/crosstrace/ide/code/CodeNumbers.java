package io.crosstrace.ide.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.latency.Histogram;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import io.crosstrace.ide.source.Workspace;

/**
 * The numbers of every method that spans of the last minutes lead to without doubt. Immutable; any thread.
 *
 * <p>Spans of one service and operation lead to one place, so it is looked up once for them all and kept from count
 * to count: see {@link Places}. Cost: a few tens of nanoseconds a span of the window.
 */
public final class CodeNumbers {
	/** Nothing happened. */
	public static final CodeNumbers NONE = new CodeNumbers(Map.of());
	private static final int LISTED = 5;
	/** Spans arrive when they end, so the table is in order but for those that lasted. */
	private static final long LATE_NANOS = 60_000_000_000L;
	private static final int NEWEST_ROWS = 10_000;

	private final Map<String, MethodNumbers> byMethod;

	private CodeNumbers(Map<String, MethodNumbers> byMethod) {
		this.byMethod = byMethod;
	}

	/** Where operations lead to in one workspace. One thread. */
	public static final class Places {
		private final Workspace workspace;
		private final SourceLinker linker;
		private final Map<Long, Endpoint> known = new HashMap<>();

		public Places(Workspace workspace) {
			this.workspace = workspace;
			this.linker = new SourceLinker(workspace);
		}

		boolean of(Workspace other) {
			return workspace == other;
		}

		private Endpoint of(SpanTable spans, int row) {
			long key = (long) spans.service.get(row) << 32 | spans.operation.get(row) << 1 | (spans.isRequest(row) ? 1 : 0);
			if (!known.containsKey(key)) {
				Link link = linker.link(SpanQuery.of(spans, row));
				known.put(key, link.sure() ? link.candidates().get(0) : null);
			}
			return known.get(key);
		}
	}

	private static final class Count {
		final Endpoint endpoint;
		final Histogram durations = new Histogram();
		/** Longest first, and how long they took. */
		final List<SpanRef> slowest = new ArrayList<>();
		final List<Long> times = new ArrayList<>();
		final List<SpanRef> failed = new ArrayList<>();
		long errors;
		long firstNanos = Long.MAX_VALUE;

		Count(Endpoint endpoint) {
			this.endpoint = endpoint;
		}

		void add(SpanTable spans, int row, long duration) {
			durations.record(duration);
			firstNanos = Math.min(firstNanos, spans.startNanos.get(row));
			if (spans.has(row, SpanTable.ERROR)) {
				errors++;
				if (failed.size() < LISTED) {
					failed.add(new SpanRef(spans, row));
				}
			}
			int at = times.size();
			while (at > 0 && times.get(at - 1) < duration) {
				at--;
			}
			if (at < LISTED) {
				slowest.add(at, new SpanRef(spans, row));
				times.add(at, duration);
				if (slowest.size() > LISTED) {
					slowest.remove(LISTED);
					times.remove(LISTED);
				}
			}
		}

		MethodNumbers numbers(long untilNanos) {
			double seconds = Math.max(1, (untilNanos - firstNanos) / 1e9);
			return new MethodNumbers(endpoint, durations.total(), errors, durations.total() / seconds,
					durations.percentile(0.5), durations.percentile(0.95), List.copyOf(slowest), List.copyOf(failed));
		}
	}

	/**
	 * Counts what ended within {@code windowNanos} before the newest span's end.
	 *
	 * @param suspended taken out of all durations: time in the debugger is no latency
	 */
	public static CodeNumbers of(Traces traces, Places places, long windowNanos, SuspendedTime suspended) {
		SpanTable spans = traces.spans();
		long newest = Long.MIN_VALUE;
		for (int row = spans.size() - 1; row >= Math.max(0, spans.size() - NEWEST_ROWS); row--) {
			newest = Math.max(newest, spans.endNanos.get(row));
		}
		Map<String, Count> counts = new HashMap<>();
		for (int row = spans.size() - 1; row >= 0 && spans.endNanos.get(row) > newest - windowNanos - LATE_NANOS; row--) {
			if (spans.endNanos.get(row) <= newest - windowNanos) {
				continue;
			}
			Endpoint endpoint = places.of(spans, row);
			if (endpoint != null) {
				counts.computeIfAbsent(key(endpoint), x -> new Count(endpoint)).add(spans, row,
						Math.max(0, spans.endNanos.get(row) - spans.startNanos.get(row) - suspended.nanos(row)));
			}
		}
		Map<String, MethodNumbers> out = new HashMap<>();
		for (Map.Entry<String, Count> each : counts.entrySet()) {
			out.put(each.getKey(), each.getValue().numbers(newest));
		}
		return new CodeNumbers(out);
	}

	/** What is known of a method, or null. */
	public MethodNumbers of(Endpoint endpoint) {
		return byMethod.get(key(endpoint));
	}

	/** All methods in which anything happened. */
	public Collection<MethodNumbers> all() {
		return byMethod.values();
	}

	private static String key(Endpoint endpoint) {
		return endpoint.side() + endpoint.place().key();
	}
}
