package io.crosstrace.ide.session;

import java.util.Map;
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
 * @param lost what was lost since we listen, on the agent's host and on the way here, by reason in plain words that
 *        read on after a number; largest first
 * @param services how many different services its spans are of
 * @param offeredFingerprint of the certificate the agent showed, hex; empty if none
 */
public record AgentStatus(AgentAddress address, ConnectionState state, String reason, AgentInfo info,
		AgentHealth health, long spans, Map<String, Long> lost, int services, String offeredFingerprint) {
}
