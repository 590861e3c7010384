package io.crosstrace.agent.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What happened on the agent's socket since it started. Any thread. */
final class ServeCounters {
	final AtomicLong welcomed = new AtomicLong();
	final AtomicLong wrongToken = new AtomicLong();
	/** Not our protocol, or another version of it: garbage, half messages, huge ones, no TLS where TLS is on. */
	final AtomicLong notUnderstood = new AtomicLong();
	/** Sent away because there were too many, or silent for too long. */
	final AtomicLong turnedAway = new AtomicLong();
	/** Spans that some client did not take in time. */
	final AtomicLong gapSpans = new AtomicLong();
	final AtomicLong bytesSent = new AtomicLong();
	/** Spans too large for a message. */
	final AtomicLong tooLarge = new AtomicLong();

	Map<String, Long> byName() {
		Map<String, Long> counters = new LinkedHashMap<>();
		counters.put("clients welcomed", welcomed.get());
		counters.put("clients with a wrong token", wrongToken.get());
		counters.put("clients not understood", notUnderstood.get());
		counters.put("clients turned away", turnedAway.get());
		counters.put("spans a client was too slow for", gapSpans.get());
		counters.put("bytes sent", bytesSent.get());
		return counters;
	}
}
