package io.crosstrace.core.protocol;

import io.crosstrace.core.span.SpanIds;

/**
 * One end of a TCP connection.
 *
 * @param high the first 8 bytes of an IPv6 address; 0 for IPv4
 * @param low the last 8 bytes of an IPv6 address; the 4 bytes of IPv4
 */
public record Endpoint(boolean v6, long high, long low, int port) {
	/** "10.0.0.1:80", "[::1]:80". */
	public String text() {
		return v6 ? "[" + address() + "]:" + port : address() + ":" + port;
	}

	/** "10.0.0.1", or RFC 5952's "::1": lower case, the longest run of zeroes left out. */
	public String address() {
		if (!v6) {
			return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
		}
		int run = 0;
		int runAt = -1;
		for (int i = 0; i < 8; i++) {
			int length = 0;
			while (i + length < 8 && group(i + length) == 0) {
				length++;
			}
			if (length > run && length > 1) {
				run = length;
				runAt = i;
			}
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 8; i++) {
			if (i == runAt) {
				text.append("::");
				i += run - 1;
				continue;
			}
			if (i > 0 && i != runAt + run) {
				text.append(':');
			}
			text.append(Integer.toHexString(group(i)));
		}
		return text.toString();
	}

	/** The same at both ends of a connection, if no address is translated on the way; never 0. */
	static long tuple(Endpoint client, Endpoint server) {
		long hash = SpanIds.mix64(client.hash() + SpanIds.mix64(server.hash()));
		return hash == 0 ? 1 : hash;
	}

	private long hash() {
		return SpanIds.mix64(low + SpanIds.mix64(high + SpanIds.mix64(port + (v6 ? 1L << 32 : 0))));
	}

	private int group(int index) {
		return (int) ((index < 4 ? high : low) >>> 48 - 16 * (index & 3)) & 0xffff;
	}
}
