package io.crosstrace.benchmarks;

import java.util.Arrays;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.session.SessionStore;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceListing;

/** Filters a million spans anew, as when a person has typed another letter: nothing of the filter before is known. */
public final class FilterMillionBench implements Bench {
	private static final int ROUNDS = 11;
	private static final String[] QUERIES = {
			"service = orders && duration > 20ms && status = error && http.route =~ \"/orders.*\"", "orders", "nowhere",
			"!{ service = users } && { status = error }", "url.path =~ \".*77.*\"" };

	@Override
	public String name() {
		return "filter-1m";
	}

	@Override
	public void run(Report report) throws Exception {
		Dictionary names = new Dictionary(1 << 16);
		SessionStore store = new SessionStore(Million.SPANS + 1, names);
		for (int first = 0; first < Million.SPANS / 10; first += 1_000) {
			store.add(Million.traces(names, first, 1_000, 1_790_000_000_000_000_000L + first * 1_000_000L, 1_000_000), "");
		}
		for (String text : QUERIES) {
			double[] millis = new double[ROUNDS];
			int found = 0;
			for (int round = 0; round < ROUNDS; round++) {
				long start = System.nanoTime();
				TraceListing listing = new TraceListing(Query.of(text), null, TimeRange.ALL, TraceList.Order.DURATION, false);
				found = TraceList.of(store.traces(), listing, null, 0).size();
				millis[round] = (System.nanoTime() - start) / 1e6;
			}
			Arrays.sort(millis);
			report.figure(millis[ROUNDS / 2], "ms", String.format(
					"%s: one thread, %,d of 100,000 traces of 10 spans pass, longest first, median of %d; best %.0f", text, found,
					ROUNDS, millis[0]));
		}
	}
}
