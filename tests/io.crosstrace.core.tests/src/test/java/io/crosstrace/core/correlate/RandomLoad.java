package io.crosstrace.core.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * A made-up service under load, with its truth in parentId: each request makes calls A, then B and C in
 * parallel, then D, with delays that vary by a quarter.
 */
final class RandomLoad {
	private final Random random;
	private int requests = 1_000;
	private double concurrency = 4;
	private double background;
	private double jitter = 0.25;
	private double swing;
	private double slowness = 1;
	private boolean threads;
	private int tokens;

	private RandomLoad(long seed) {
		random = new Random(seed);
	}

	static RandomLoad of(long seed) {
		return new RandomLoad(seed);
	}

	RandomLoad requests(int number) {
		requests = number;
		return this;
	}

	/** Requests open at once, on average. */
	RandomLoad concurrency(double average) {
		concurrency = average;
		return this;
	}

	/** Standard deviation of a delay, as a share of it. */
	RandomLoad jitter(double share) {
		jitter = share;
		return this;
	}

	/** The machine is by turns faster and slower, by up to this factor; calls and delays alike. */
	RandomLoad swing(double factor) {
		swing = Math.log(factor);
		return this;
	}

	/** One thread a request, of a pool, does all its sending and receiving. */
	RandomLoad threads(boolean wanted) {
		threads = wanted;
		return this;
	}

	/** A request and its calls carry one identifier of so many. */
	RandomLoad tokens(int number) {
		tokens = number;
		return this;
	}

	/** Calls made by timers, as a share of the requests. */
	RandomLoad background(double share) {
		background = share;
		return this;
	}

	/** Ordered by start. Span ids are 1 to size, in that order. */
	SpanTable spans() {
		record Span(int kind, String operation, long start, long end, int parent) {
		}
		List<Span> made = new ArrayList<>();
		double between = 20_000 / concurrency;
		double now = 1_000_000;
		for (int i = 0; i < requests; i++) {
			now += -Math.log(1 - random.nextDouble()) * between;
			slowness = Math.exp(swing * Math.sin(now / 150_000));
			if (random.nextDouble() < background) {
				long start = (long) (now + random.nextDouble() * between);
				made.add(new Span(SpanTable.CLIENT, "heartbeat", start, start + 300, -1));
			}
			int request = made.size();
			long start = (long) now;
			made.add(null);
			long a = start + around(800);
			long aEnd = a + around(5_000);
			long b = aEnd + around(400);
			long bEnd = b + around(4_000);
			long c = b + around(60);
			long cEnd = c + around(6_000);
			long d = Math.max(bEnd, cEnd) + around(300);
			long dEnd = d + around(2_000);
			made.add(new Span(SpanTable.CLIENT, "A", a, aEnd, request));
			made.add(new Span(SpanTable.CLIENT, "B", b, bEnd, request));
			made.add(new Span(SpanTable.CLIENT, "C", c, cEnd, request));
			made.add(new Span(SpanTable.CLIENT, "D", d, dEnd, request));
			made.set(request, new Span(SpanTable.SERVER, "GET /", start, dEnd + around(500), -1));
		}
		Integer[] order = new Integer[made.size()];
		for (int i = 0; i < order.length; i++) {
			order[i] = i;
		}
		Arrays.sort(order, (x, y) -> Long.compare(made.get(x).start, made.get(y).start));
		int[] rowOf = new int[order.length];
		for (int row = 0; row < order.length; row++) {
			rowOf[order[row]] = row;
		}
		SpanTable spans = new SpanTable(new Dictionary(100));
		for (Integer index : order) {
			Span span = made.get(index);
			int row = spans.add();
			spans.spanId.set(row, row + 1);
			spans.kind.set(row, span.kind);
			spans.pid.set(row, 1);
			spans.service.set(row, spans.names.id("shop"));
			spans.operation.set(row, spans.names.id(span.operation));
			spans.startNanos.set(row, span.start * 1_000);
			spans.endNanos.set(row, span.end * 1_000);
			if (threads) {
				int request = span.parent < 0 ? index : span.parent;
				spans.tid.set(row, threadOf(request));
				spans.endTid.set(row, threadOf(request));
			}
			if (tokens > 0) {
				spans.addToken(1 + Long.remainderUnsigned(SpanIds.mix64(span.parent < 0 ? index : span.parent), tokens));
			}
			spans.parentId.set(row, span.parent < 0 ? 0 : rowOf[span.parent] + 1);
		}
		return spans;
	}

	/** No two requests that are open at once share a thread, at the concurrencies used here. */
	private static int threadOf(int request) {
		return 100 + request % 997;
	}

	/** Share of calls with a true parent that were given it. */
	static double right(SpanTable spans, Parents parents) {
		int edges = 0;
		int right = 0;
		for (int row = 0; row < spans.size(); row++) {
			if (!spans.isRequest(row) && spans.parentId.get(row) != 0) {
				edges++;
				int parent = parents.row()[row];
				right += parent >= 0 && spans.spanId.get(parent) == spans.parentId.get(row) ? 1 : 0;
			}
		}
		return (double) right / edges;
	}

	private long around(double micros) {
		return Math.max(1, Math.round(slowness * micros * (1 + jitter * random.nextGaussian())));
	}
}
