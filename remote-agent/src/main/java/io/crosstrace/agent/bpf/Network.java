package io.crosstrace.agent.bpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that begin alike. IPv4 as v4-mapped IPv6, so that one table holds both.
 *
 * @param high the first half of the address, {@code low} the second
 * @param prefix how many bits count, 0 to 128
 */
public record Network(long high, long low, int prefix) {
	private static final int V4_PREFIX = 96;

	/**
	 * Reads networks with commas between them, such as {@code 10.0.0.0/8,fd00::/8,192.0.2.7}.
	 *
	 * @throws IllegalArgumentException if one is no network; the message can be shown
	 */
	public static List<Network> list(String text) {
		return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).map(Network::of).toList();
	}

	private static Network of(String text) {
		int slash = text.indexOf('/');
		String host = slash < 0 ? text : text.substring(0, slash);
		boolean v6 = host.contains(":");
		try {
			int most = v6 ? 128 : 32;
			int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
			if (bits < 0 || bits > most || !host.matches(v6 ? "[0-9a-fA-F:.]+" : "[0-9]+(\\.[0-9]+){3}")) { // a name would be asked for
				throw new IllegalArgumentException(text);
			}
			byte[] address = InetAddress.getByName(host).getAddress();
			if (address.length == 4) {
				return new Network(0, 0xffffL << 32 | ByteBuffer.wrap(address).getInt() & 0xffffffffL,
						v6 ? bits : bits + V4_PREFIX);
			}
			return new Network(ByteBuffer.wrap(address).getLong(0), ByteBuffer.wrap(address).getLong(8), bits);
		} catch (UnknownHostException | IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + text + "' is no network: write it like 10.0.0.0/8 or fd00::/8.", e);
		}
	}

	/** 16 bytes, in network order. */
	byte[] address() {
		return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
	}
}
