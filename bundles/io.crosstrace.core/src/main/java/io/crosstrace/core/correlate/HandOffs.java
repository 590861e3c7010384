package io.crosstrace.core.correlate;

import io.crosstrace.core.span.SpanTable;

/**
 * What the kernel saw of causes inside a process: of each call, which message its thread had received last, and which
 * one whoever woke that thread had. Turns the span ids that the table has for them into nominations.
 */
final class HandOffs {
	private static final int NONE = Parents.NONE;
	/** The call is sent on the very connection on which that answer came: it may have waited for just that connection. */
	private static final int SAME_CONNECTION = 1 << 8;
	/** Longer chains of wakers are not told apart. */
	private static final int MOST_HOPS = 4;

	private final Instance instance;
	private final LongIntMap ids = new LongIntMap();

	HandOffs(Instance instance) {
		this.instance = instance;
		for (int request = 0; request < instance.requests; request++) {
			ids.number(instance.spans.spanId.get(instance.requestRow[request]));
		}
		for (int call = 0; call < instance.calls; call++) {
			ids.number(instance.spans.spanId.get(instance.callRow[call]));
		}
	}

	/** Whether the table knows anything of the kind. */
	static boolean exist(Instance instance) {
		for (int row : instance.callRow) {
			if (instance.spans.readId.get(row) != 0 || instance.spans.wokeId.get(row) != 0) {
				return true;
			}
		}
		return false;
	}

	/** Fills in all that is known. */
	void nominate(Nominees link, Nominees woke) {
		SpanTable spans = instance.spans;
		for (int call = 0; call < instance.calls; call++) {
			int row = instance.callRow[call];
			int hops = spans.wokeId.get(row) == 0 ? 0 : spans.wokeHops.get(row);
			// The later of the two counts: what was received before somebody woke the thread is done with, or will be
			// named by the waker; and a thread that has received since it was woken has begun something else.
			if (hops > 0) {
				nominate(woke, call, spans.wokeId.get(row), Math.min(hops, MOST_HOPS));
			} else {
				nominate(link, call, spans.readId.get(row), 0);
			}
		}
	}

	private void nominate(Nominees nominees, int of, long spanId, int how) {
		int number = spanId == 0 ? -1 : ids.find(spanId);
		if (number < 0) {
			return;
		}
		long now = instance.callStart[of];
		if (number < instance.requests) {
			nominees.nominate(of, number, NONE, now - instance.requestStart[number], how);
			return;
		}
		int call = number - instance.requests;
		if (call == of) {
			return;
		}
		long connection = instance.spans.connection.get(instance.callRow[of]);
		boolean same = connection != 0 && connection == instance.spans.connection.get(instance.callRow[call]);
		nominees.nominate(of, NONE, call, now - instance.callEnd[call], how | (same ? SAME_CONNECTION : 0));
	}

	/**
	 * The call whose answer the thread that answered a request, or who woke it, had received last, or
	 * {@link Parents#NONE}: whichever is the later.
	 */
	int beforeAnswer(int request) {
		int row = instance.requestRow[request];
		int woke = call(instance.spans.wokeId.get(row));
		int read = call(instance.spans.readId.get(row));
		return woke != NONE && (read == NONE || instance.spans.wokeHops.get(row) > 0) ? woke : read;
	}

	/** How that is known, to be told apart: 0 by what the thread received, else by how many wakers. */
	int beforeAnswerHops(int request) {
		int row = instance.requestRow[request];
		return beforeAnswer(request) == call(instance.spans.readId.get(row)) ? 0 : instance.spans.wokeHops.get(row);
	}

	private int call(long spanId) {
		int number = spanId == 0 ? -1 : ids.find(spanId);
		return number < instance.requests ? NONE : number - instance.requests;
	}
}
