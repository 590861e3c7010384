package io.crosstrace.agent.export;

import io.crosstrace.core.span.SpanTable;
import java.io.IOException;
import java.util.Map;

/** Takes spans that are complete: with parents, trace ids and Unix times. One thread; must not wait. */
public interface SpanExport extends AutoCloseable {
	/** @throws IOException if no more spans can be taken, now or later; the message can be shown to a person */
	void write(SpanTable spans) throws IOException;

	/** What was lost so far, by reason in plain words. */
	default Map<String, Long> losses() {
		return Map.of();
	}

	@Override
	void close() throws IOException;
}
