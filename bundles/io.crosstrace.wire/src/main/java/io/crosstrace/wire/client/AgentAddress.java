package io.crosstrace.wire.client;

import java.util.Locale;

/**
 * Where an agent listens and how to trust it.
 *
 * @param token the agent's secret; empty if it asks for none
 * @param tls whether the agent speaks TLS; off, token and spans can be read on the way, so only for loopback
 * @param fingerprint SHA-256 of the agent's certificate in hex, with or without colons, as the agent prints
 *        it at start; empty to trust by {@code caPem}
 * @param caPem certificates to trust, PEM; empty to trust what the Java run-time trusts. Not read if a
 *        fingerprint is given
 */
public record AgentAddress(String host, int port, String token, boolean tls, String fingerprint, String caPem) {
	/** @throws IllegalArgumentException if a part cannot be right; the message can be shown to a person */
	public AgentAddress {
		if (host.isBlank()) {
			throw new IllegalArgumentException("The host is empty.");
		}
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("The port must be between 1 and 65535, not " + port + ".");
		}
		fingerprint = fingerprint.replace(":", "").trim().toLowerCase(Locale.ROOT);
		if (!fingerprint.isEmpty() && !fingerprint.matches("[0-9a-f]{64}")) {
			throw new IllegalArgumentException(
					"The fingerprint must be the 64 hex digits of a SHA-256, as the agent prints it at start.");
		}
	}

	/** Without TLS: for an agent on this host. */
	public static AgentAddress plain(String host, int port, String token) {
		return new AgentAddress(host, port, token, false, "", "");
	}

	/** With TLS, trusting exactly one certificate. */
	public static AgentAddress pinned(String host, int port, String token, String fingerprint) {
		return new AgentAddress(host, port, token, true, fingerprint, "");
	}

	/** Never shows the token. */
	@Override
	public String toString() {
		return (tls ? "tls://" : "tcp://") + host + ":" + port;
	}
}
