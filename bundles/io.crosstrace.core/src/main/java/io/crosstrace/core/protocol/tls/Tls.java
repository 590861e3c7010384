package io.crosstrace.core.protocol.tls;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * TLS whose plaintext cannot be had, as that of a Java virtual machine: a run of records from the client is taken for a
 * request, the run that comes back for its answer. True of HTTP/1.1 and of most that asks and answers; requests that
 * overlap on one connection, as in HTTP/2, melt into one. Spans say when, between whom and caused by what; not what
 * was said.
 *
 * <p>Needs a connection's beginning: in its middle, nobody says who asks.
 */
public final class Tls implements Protocol {
	static final int HANDSHAKE = 0x16;
	static final int DATA = 0x17;
	static final int CLIENT_HELLO = 1;
	static final int SERVER_HELLO = 2;

	final ParserContext context;
	final int serverNameKey;
	final int encryptedKey;

	public Tls(ParserContext context) {
		this.context = context;
		serverNameKey = context.names.id("tls.client.server_name");
		encryptedKey = context.names.id("crosstrace.encrypted");
	}

	/** What the two directions of a connection must know of each other. */
	static final class Shared {
		final Hello hello = new Hello();
		/** The client has ended its part of the handshake: what follows is said by the application. */
		boolean clientFinished;
		/** Records of the client that looked like more of its handshake. */
		int handshakes;
		boolean asked;
		boolean answering;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		if (!start) {
			return Sniffed.NO;
		}
		for (int i = from; i < Math.min(to, from + 6); i++) {
			int b = in[i] & 0xff;
			boolean right = switch (i - from) {
			case 0 -> b == HANDSHAKE;
			case 1 -> b == 3;
			case 2 -> b <= 4;
			case 5 -> b == CLIENT_HELLO || b == SERVER_HELLO;
			default -> true;
			};
			if (!right) {
				return Sniffed.NO;
			}
		}
		return to - from < 6 ? Sniffed.MAYBE : in[from + 5] == CLIENT_HELLO ? Sniffed.REQUEST : Sniffed.ANSWER;
	}

	@Override
	public Parsers parsers(Link link) {
		Shared shared = new Shared();
		return new Parsers(new TlsParser(this, shared, true), new TlsParser(this, shared, false));
	}
}
