package io.crosstrace.agent.bpf;

import java.util.List;

/**
 * How span ids travel to peers, in a TCP header option. Immutable; start from {@link #standard()}.
 *
 * @param write tell peers the names of what this host sends
 * @param read believe what peers say; if not, calls that arrive here are joined by address and sequence number
 * @param peers hosts to tell and to believe; null: all. Who is on such a network, or on the way to it, can claim to be
 *        the parent of a request
 * @param kind of the option: 253 or 254, which are for experiments (RFC 6994)
 * @param experiment number that tells our option from other experiments; the same at both ends of a connection
 */
public record Propagation(boolean write, boolean read, List<Network> peers, int kind, int experiment) {
	/** Networks that nobody outside can be on: loopback, link-local and private addresses. */
	public static final String PRIVATE = "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,169.254.0.0/16,"
			+ "::1/128,fc00::/7,fe80::/10";
	private static final int PEERS_MAX = 1024;

	public Propagation {
		if (kind != 253 && kind != 254) {
			throw new IllegalArgumentException("option kind " + kind + ": only 253 and 254 are for experiments");
		}
		if (experiment < 0 || experiment > 0xffff) {
			throw new IllegalArgumentException("experiment " + experiment + ": not in 0 to 65535");
		}
		if (peers != null && peers.size() > PEERS_MAX) {
			throw new IllegalArgumentException(peers.size() + " networks of peers: at most " + PEERS_MAX);
		}
		peers = peers == null ? null : List.copyOf(peers);
	}

	/** Both ways, with {@link #PRIVATE} networks. */
	public static Propagation standard() {
		return new Propagation(true, true, Network.list(PRIVATE), 253, 0xc754);
	}

	/** Not at all. */
	public static Propagation off() {
		return standard().withWays(false, false);
	}

	/** Whether there is anything to do. */
	public boolean on() {
		return write || read;
	}

	/** In a few words, for who starts the agent. */
	public String describe() {
		String who = peers == null ? "every peer" : peers.equals(Network.list(PRIVATE)) ? "peers on private networks"
				: "peers on " + peers.size() + (peers.size() == 1 ? " network" : " networks");
		return write && read ? "exchanged with " + who + ", in a TCP option" : write ? "told to " + who + ", in a TCP option"
				: read ? "read from " + who + ", in a TCP option" : "not exchanged";
	}

	public Propagation withWays(boolean writing, boolean reading) {
		return new Propagation(writing, reading, peers, kind, experiment);
	}

	/** @param networks null: all peers */
	public Propagation withPeers(List<Network> networks) {
		return new Propagation(write, read, networks, kind, experiment);
	}

	public Propagation withOption(int optionKind, int experimentNumber) {
		return new Propagation(write, read, peers, optionKind, experimentNumber);
	}
}
