package io.crosstrace.core.protocol;

import java.util.Set;

/**
 * What parsers may tell about messages.
 *
 * @param captureHeaders names of request headers, lower case, told as {@code http.request.header.<name>}, or
 *            {@code rpc.request.metadata.<name>} of gRPC calls;
 *            those that carry secrets by definition are told as REDACTED
 * @param ignoreTraceparent behave as if applications sent no trace context
 * @param queryValues tell the values of URL queries, else REDACTED stands for each
 * @param userAgent tell {@code user_agent.original}
 * @param tokenSalt secret; the same salt gives the same token for the same identifier
 */
public record ParserOptions(Set<String> captureHeaders, boolean ignoreTraceparent, boolean queryValues,
		boolean userAgent, long tokenSalt) {
	public ParserOptions {
		captureHeaders = Set.copyOf(captureHeaders);
	}
}
