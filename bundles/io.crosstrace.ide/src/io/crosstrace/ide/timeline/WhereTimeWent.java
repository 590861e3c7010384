package io.crosstrace.ide.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.CriticalPath;
import io.crosstrace.core.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The critical path added up: which service's own work, and which way between two services, the answer waited for.
 * The shares add up to the root's duration. Immutable; any thread.
 *
 * @param shares largest first
 */
public record WhereTimeWent(List<Share> shares, long totalNanos) {
	/**
	 * @param operation what the service was doing, or what was called if {@code onTheWay}
	 * @param onTheWay the time between sending a call and the callee's beginning, or between its end and the answer's
	 * @param spans how many spans took part
	 * @param longest the span with the largest part, an index of the trace
	 */
	public record Share(String service, String operation, boolean onTheWay, long nanos, int spans, int longest) {
		/** From 0 to 1 of the whole. */
		public double of(long totalNanos) {
			return totalNanos == 0 ? 0 : (double) nanos / totalNanos;
		}
	}

	private record Key(int service, int operation, boolean onTheWay) {
	}

	private static final class Sum {
		long nanos;
		int spans;
		int longest;
		long most = -1;
	}

	/** O(n log n) in the trace's spans. */
	static WhereTimeWent of(Trace trace, SpanTable table, CriticalPath path) {
		long[] waited = new long[trace.size()];
		long total = 0;
		for (int step = 0; step < path.size(); step++) {
			waited[path.index(step)] += path.endNanos(step) - path.startNanos(step);
		}
		Map<Key, Sum> sums = new HashMap<>();
		for (int i = 0; i < waited.length; i++) {
			if (waited[i] == 0) {
				continue;
			}
			int row = trace.row(i);
			Sum sum = sums.computeIfAbsent(new Key(table.service.get(row), table.operation.get(row),
					!table.isRequest(row)), key -> new Sum());
			total += waited[i];
			sum.nanos += waited[i];
			sum.spans++;
			if (waited[i] > sum.most) {
				sum.most = waited[i];
				sum.longest = i;
			}
		}
		List<Share> shares = new ArrayList<>();
		sums.forEach((key, sum) -> shares.add(new Share(table.names.text(key.service),
				table.names.text(key.operation), key.onTheWay, sum.nanos, sum.spans, sum.longest)));
		shares.sort(Comparator.comparingLong(Share::nanos).reversed().thenComparingInt(Share::longest));
		return new WhereTimeWent(List.copyOf(shares), total);
	}
}
