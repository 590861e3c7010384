package io.crosstrace.core.protocol.tls;

import java.nio.charset.StandardCharsets;

/** The few things that are wanted of a ClientHello or ServerHello (RFC 8446, 4.1), whose beginning is enough. */
final class Hello {
	private static final int RECORD_AND_HANDSHAKE = 9;
	private static final int VERSION_AND_RANDOM = 34;
	private static final int SERVER_NAME = 0;
	private static final int SUPPORTED_VERSIONS = 43;
	private static final int TLS_1_3 = 0x0304;
	private static final int LONGEST_NAME = 255;

	/** The server's name, as the client asked for it; empty if it did not. */
	String serverName = "";
	/** Whether the server chose TLS 1.3. */
	boolean tls13;

	/** Reads the record at {@code from}; what does not make sense is left out. */
	void read(byte[] in, int from, int to, boolean fromServer) {
		int at = from + RECORD_AND_HANDSHAKE + VERSION_AND_RANDOM;
		at = at < to ? at + 1 + (in[at] & 0xff) : to; // session id
		if (fromServer) {
			at += 3; // cipher suite, compression
		} else {
			at = at + 1 < to ? at + 2 + u16(in, at) : to; // cipher suites
			at = at < to ? at + 1 + (in[at] & 0xff) : to; // compression
		}
		at += 2; // length of all extensions
		while (at + 4 <= to) {
			int kind = u16(in, at);
			int length = u16(in, at + 2);
			at += 4;
			if (at + length > to) {
				return;
			}
			if (fromServer && kind == SUPPORTED_VERSIONS && length == 2) {
				tls13 = u16(in, at) == TLS_1_3;
			} else if (!fromServer && kind == SERVER_NAME && length > 5 && in[at + 2] == 0) {
				name(in, at + 5, Math.min(at + length, at + 5 + u16(in, at + 3)));
			}
			at += length;
		}
	}

	/** A host name has letters, digits, dots and hyphens; anything else is not worth repeating. */
	private void name(byte[] in, int from, int to) {
		for (int i = from; i < to; i++) {
			byte c = in[i];
			boolean right = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-'
					|| c == '_';
			if (!right) {
				return;
			}
		}
		if (to > from && to - from <= LONGEST_NAME) {
			serverName = new String(in, from, to - from, StandardCharsets.US_ASCII);
		}
	}

	private static int u16(byte[] in, int at) {
		return (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
	}
}
