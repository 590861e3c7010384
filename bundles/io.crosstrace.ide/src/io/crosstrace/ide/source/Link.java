package io.crosstrace.ide.source;

import java.util.List;

/**
 * Where a span leads.
 *
 * @param candidates likeliest first; empty if nothing fits
 * @param sure whether the first candidate is the only sensible one: open it without asking
 * @param reason one sentence for a person: why nothing fits, or why it is not sure; empty if sure
 */
public record Link(List<Endpoint> candidates, boolean sure, String reason) {
	static Link none(String reason) {
		return new Link(List.of(), false, reason);
	}
}
