package io.crosstrace.wire.client;

/**
 * Who an agent is.
 *
 * @param agentId stays the same when the agent restarts
 * @param agentVersion such as "0.1.0"
 * @param hostName the host the agent runs on
 * @param streamId new each time the agent starts
 * @param provider how the kernel's events are captured, such as "tp_btf"
 * @param startedUnixNanos when the agent started
 * @param resumed whether the stream goes on where the connection before ended
 */
public record AgentInfo(String agentId, String agentVersion, String hostName, String streamId, String provider,
		long startedUnixNanos, boolean resumed) {
}
