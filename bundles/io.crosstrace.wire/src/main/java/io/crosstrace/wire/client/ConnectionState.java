package io.crosstrace.wire.client;

/** Where a connection to an agent stands. */
public enum ConnectionState {
	/** Trying to reach the agent. */
	CONNECTING,
	/** Spans arrive as they happen. */
	CONNECTED,
	/** Not reachable now; another try follows by itself. */
	WAITING,
	/** The agent's certificate is not the one expected; see {@link AgentConnection#offeredFingerprint()}. No retry. */
	UNTRUSTED,
	/** The agent said no (wrong token, another version). No retry: the same question gets the same answer. */
	REJECTED,
	/** {@link AgentConnection#close()} was called. */
	CLOSED
}
