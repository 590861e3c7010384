package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.PriorityQueue;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

class FusionCorrelatorTest extends CorrelatorContract {
	@Override
	Correlator correlator() {
		return new FusionCorrelator();
	}

	@Test
	void threadPerRequest_isLearntAndTellsWhatDelaysCannot() {
		SpanTable spans = RandomLoad.of(4).requests(600).concurrency(10).jitter(0.6).threads(true).spans();
		double delays = RandomLoad.right(spans, new DelayCorrelator().correlate(spans));
		double right = RandomLoad.right(spans, correlator().correlate(spans));
		assertTrue(right > 0.99, "with threads " + right + ", delays alone " + delays);
		assertTrue(delays < 0.95, "delays alone " + delays + ": the test proves nothing");
	}

	@Test
	void threadsOfPooledConnections_doNotConfirmThemselves() {
		SpanTable spans = RandomLoad.of(4).requests(900).concurrency(60).jitter(0.6).tokens(60).spans();
		double without = RandomLoad.right(spans, correlator().correlate(spans));
		sendOnFreedConnections(spans);
		double right = RandomLoad.right(spans, correlator().correlate(spans));
		assertTrue(right > without - 0.02, "with misleading threads " + right + ", none " + without);
	}

	/** Each call is sent by the thread that received the answer to another request's call last, on its connection. */
	private static void sendOnFreedConnections(SpanTable spans) {
		int answered = -1;
		PriorityQueue<Integer> pending = new PriorityQueue<>(Comparator.comparingLong(spans.endNanos::get));
		for (int row = 0; row < spans.size(); row++) {
			spans.tid.set(row, 1);
			spans.endTid.set(row, 1);
			if (spans.isRequest(row)) {
				continue;
			}
			while (!pending.isEmpty() && spans.endNanos.get(pending.peek()) < spans.startNanos.get(row)) {
				int ended = pending.remove();
				answered = answered < 0 || spans.parentId.get(ended) != spans.parentId.get(row) ? ended : answered;
			}
			if (answered >= 0 && spans.parentId.get(answered) != spans.parentId.get(row)) {
				spans.readId.set(row, spans.spanId.get(answered));
			}
			spans.connection.set(row, 7);
			pending.add(row);
		}
	}

	@Test
	void nominationsThatLeadBackToTheirRequest_areTrusted() {
		SpanTable spans = RandomLoad.of(4).requests(700).concurrency(40).jitter(0.7).spans();
		followOnThreads(spans);
		double right = RandomLoad.right(spans, correlator().correlate(spans));
		assertTrue(right > 0.85, "right " + right);
	}

	/**
	 * Few threads that hand requests to each other in mid-flight: mostly a call is sent by the thread that received
	 * what it follows from, but one that waited for a connection by the thread that received another's answer.
	 */
	private static void followOnThreads(SpanTable spans) {
		long[] last = new long[spans.size() + 1];
		long[] first = new long[spans.size() + 1];
		int[] ended = new int[spans.size() + 1];
		for (int row = 0; row < spans.size(); row++) {
			spans.tid.set(row, 1 + (int) (SpanIds.mix64(row) & 3));
			spans.endTid.set(row, 1 + (int) (SpanIds.mix64(row) >>> 2 & 3));
			int request = (int) spans.parentId.get(row);
			if (spans.isRequest(row)) {
				continue;
			}
			String operation = spans.names.text(spans.operation.get(row));
			long cause = switch (operation) {
			case "A" -> request;
			case "D" -> last[request];
			default -> first[request];
			};
			first[request] = operation.equals("A") ? row + 1 : first[request];
			if (ended[request] == 0 || spans.endNanos.get(row) > spans.endNanos.get(ended[request] - 1)) {
				ended[request] = row + 1;
				last[request] = row + 1;
			}
			boolean waited = (SpanIds.mix64(row) >>> 8 & 3) == 0;
			if (waited) {
				spans.connection.set(row, 7);
				int other = row - 1;
				while (other > 0 && (spans.isRequest(other) || spans.endNanos.get(other) > spans.startNanos.get(row))) {
					other--;
				}
				spans.connection.set(other, 7);
				cause = spans.spanId.get(other);
			}
			spans.readId.set(row, cause);
			spans.readId.set(request - 1, row + 1); // the last call's answer came before the request's
		}
	}

	@Test
	void threadsThatMeanNothing_doNotMislead() {
		SpanTable spans = RandomLoad.of(4).requests(600).concurrency(3).jitter(0.1).spans();
		double delays = RandomLoad.right(spans, correlator().correlate(spans));
		for (int row = 0; row < spans.size(); row++) {
			spans.tid.set(row, 1 + (int) (SpanIds.mix64(row) >>> 1 & 3));
			spans.endTid.set(row, 1 + (int) (SpanIds.mix64(row) >>> 3 & 3));
		}
		double right = RandomLoad.right(spans, correlator().correlate(spans));
		assertTrue(right > delays - 0.02, "random threads " + right + ", none " + delays);
	}
}
