package io.crosstrace.core;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.crosstrace.core.protocol.ParserOptions;

/**
 * What a {@link Pipeline} tells and how much it keeps.
 *
 * @param parser what may be told about messages
 * @param maxConnections connections followed at once, about 450 bytes each
 * @param idleNanos a connection silent for longer is forgotten; its open requests become unanswered spans
 */
public record PipelineOptions(ParserOptions parser, int maxConnections, long idleNanos) {
	private static final long HOUR_NANOS = 3_600_000_000_000L;

	/** Tells no header, no query value and no user agent; believes trace context. Salted anew at each call. */
	public static PipelineOptions standard() {
		long salt = new SecureRandom().nextLong();
		return new PipelineOptions(new ParserOptions(Set.of(), false, false, false, salt), 100_000, HOUR_NANOS);
	}

	/** Also tells these request headers, named in any case. */
	public PipelineOptions captureHeaders(Set<String> names) {
		Set<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
		return with(new ParserOptions(lower, parser.ignoreTraceparent(), parser.queryValues(), parser.userAgent(),
				parser.tokenSalt()));
	}

	/** Behaves as if applications sent no trace context. */
	public PipelineOptions ignoreTraceparent(boolean ignore) {
		return with(new ParserOptions(parser.captureHeaders(), ignore, parser.queryValues(), parser.userAgent(),
				parser.tokenSalt()));
	}

	private PipelineOptions with(ParserOptions newParser) {
		return new PipelineOptions(newParser, maxConnections, idleNanos);
	}
}
