/**
 * Hands the agent's spans to clients: {@link io.crosstrace.agent.serve.AgentServer} listens,
 * {@link io.crosstrace.agent.serve.SpanStream} holds what clients read, each at its own pace. Capture never
 * waits for a client. Knows nothing of capture or correlation.
 */
package io.crosstrace.agent.serve;
