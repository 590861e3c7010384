package io.crosstrace.agent.export;

import java.util.concurrent.CompletableFuture;

/** Sends one request of OTLP. Any thread; never waits. */
interface OtlpSender extends AutoCloseable {
	/** What became of a request. */
	enum Outcome {
		ACCEPTED,
		/** The collector will never take it. */
		REFUSED,
		/** It may be sent again: the collector is busy or not there. */
		TRY_AGAIN,
		/** Nothing answered. Sent again like {@link #TRY_AGAIN}, counted apart. */
		UNREACHABLE
	}

	/** @param rejected of an accepted request, the spans that the collector did not take all the same */
	record Answer(Outcome outcome, long rejected) {
		static Answer of(Outcome outcome) {
			return new Answer(outcome, 0);
		}
	}

	/** @param request an ExportTraceServiceRequest; the future never fails */
	CompletableFuture<Answer> send(byte[] request);

	@Override
	void close();
}
