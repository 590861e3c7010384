package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;
import java.util.Set;

import io.crosstrace.core.span.Dictionary;

/** What all parsers of one thread share, so that a connection costs little: caches, scratch space, options. */
public final class ParserContext {
	/** The value put for what must not be told; OpenTelemetry's word. */
	public static final String REDACTED = "REDACTED";
	/** Headers that carry secrets by definition, told as REDACTED even to who asks for them. */
	public static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie",
			"set-cookie", "x-api-key", "x-auth-token", "x-csrf-token");

	public final ParserOptions options;
	public final Dictionary names;
	public final Semconv semconv;
	public final Protocols protocols;
	final Loss.Listener losses;
	BodyListener bodies = (connection, unneeded) -> {
	};
	/** For beginnings. */
	public final Message message = new Message();
	/** For ends: one may come while the beginning of another message is being told. */
	public final Message ending = new Message();
	public final Texts texts = new Texts(1 << 12);
	public final RouteTemplate routes = new RouteTemplate();
	final Buffers buffers = new Buffers(16 << 20);
	/** Holds the bytes of one record while they are parsed. */
	final ByteBuffer work = ByteBuffer.allocate(1 << 16);
	/** What is being read is the plaintext of a TLS connection. */
	public boolean insideTls;
	/** For text that is put together before it is looked up; valid until the next parser call. */
	public final byte[] scratch = new byte[3 * Texts.MAX_BYTES];

	ParserContext(ParserOptions options, Dictionary names, Loss.Listener losses) {
		this.options = options;
		this.names = names;
		this.losses = losses;
		semconv = new Semconv(names);
		protocols = new Protocols(this);
	}

	/** Adds to {@link #message}. @param key an id of {@link #names} */
	public void attribute(int key, String text) {
		if (!message.attribute(key, text)) {
			losses.lost(Loss.ATTRIBUTES, 1);
		}
	}

	public void lost(Loss what, long count) {
		losses.lost(what, count);
	}
}
