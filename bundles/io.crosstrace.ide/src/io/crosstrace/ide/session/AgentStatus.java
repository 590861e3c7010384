package io.crosstrace.ide.session;

import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentHealth;
import io.crosstrace.wire.client.AgentInfo;
import io.crosstrace.wire.client.ConnectionState;

/**
 * How one agent stands at one moment.
 *
 * @param reason why the state is what it is, one sentence for a person
 * @param info null until the agent first let us in
 * @param health the last report; null until the first
 * @param spans how many spans arrived here
 * @param missed how many spans the agent has, or had, that will never arrive here
 * @param services how many different services its spans are of
 * @param offeredFingerprint of the certificate the agent showed, hex; empty if none
 */
public record AgentStatus(AgentAddress address, ConnectionState state, String reason, AgentInfo info,
		AgentHealth health, long spans, long missed, int services, String offeredFingerprint) {
	/** What this agent lost, on its host and on the way here. */
	public long lost() {
		return missed + (health == null ? 0 : health.lostTotal());
	}
}
