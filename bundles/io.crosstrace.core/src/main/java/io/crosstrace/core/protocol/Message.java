package io.crosstrace.core.protocol;

import java.util.Arrays;

import io.crosstrace.core.span.SpanIds;

/**
 * One request or answer, as far as a span needs it. Holds no payload. One object is reused for all
 * messages: valid only inside the {@link MessageSink} call that received it.
 */
public final class Message {
	/** A request or an answer with nothing special about it. */
	public static final int PLAIN = 0;
	public static final int MAX_ATTRIBUTES = 64;
	private static final int MAX_TOKENS = 16;

	/* Where and when: filled by the assembler. */

	/** Stream offset, TCP sequence number, time and thread of the message's first byte (begin) or last byte (end). */
	public long offset;
	public int sequence;
	public long nanos;
	public int pid;
	public int tid;
	/** Nonce of this direction, 0 if unknown. */
	public long nonce;

	/* What: filled by the parser. */

	/** Index, in the buffer given to the parser, of the message's first byte. */
	int at;
	public boolean request;
	/** Pairs requests with answers on protocols that multiplex; 0 where answers come in order. */
	public int stream;
	/** What a parser must know of a request to read its answer; the protocol's own numbers. */
	public int trait = PLAIN;
	/** Low-cardinality name such as "GET /orders/{id}"; an id of the names dictionary. */
	public int operation;
	public int status;
	/** The status is an error for a server span, for a client span. */
	public boolean serverError;
	public boolean clientError;
	/** Parts of the message were not seen. */
	public boolean incomplete;
	/** Of an end: it came with the last bytes given before those given now. */
	boolean before;
	/** After this answer the connection speaks something else. */
	public boolean switches;
	/** W3C trace context the application sent; all 0 if none. */
	public long traceHigh;
	public long traceLow;
	public long traceParent;

	private int attributes;
	private final int[] keys = new int[MAX_ATTRIBUTES];
	private final String[] texts = new String[MAX_ATTRIBUTES];
	private int tokens;
	private final long[] tokenHashes = new long[MAX_TOKENS];

	/** Forgets what the last parser wrote; where and when stay. */
	Message clear(boolean isRequest, int startAt) {
		request = isRequest;
		at = startAt;
		stream = 0;
		trait = PLAIN;
		operation = 0;
		status = 0;
		serverError = false;
		clientError = false;
		incomplete = false;
		before = false;
		switches = false;
		traceHigh = 0;
		traceLow = 0;
		traceParent = 0;
		Arrays.fill(texts, 0, attributes, null);
		attributes = 0;
		tokens = 0;
		return this;
	}

	/** False if there are {@link #MAX_ATTRIBUTES} already. */
	boolean attribute(int key, String text) {
		if (attributes == MAX_ATTRIBUTES) {
			return false;
		}
		keys[attributes] = key;
		texts[attributes++] = text;
		return true;
	}

	/** Notes an identifier the message carries; beyond 16 they add nothing and are left out. */
	void token(long hash) {
		if (tokens < MAX_TOKENS) {
			tokenHashes[tokens++] = hash;
		}
	}

	public int attributes() {
		return attributes;
	}

	public int key(int index) {
		return keys[index];
	}

	public String text(int index) {
		return texts[index];
	}

	public int tokens() {
		return tokens;
	}

	public long tokenHash(int index) {
		return tokenHashes[index];
	}

	/** A hash that tells identifiers apart but not what they were: {@code salt} is secret and random. */
	static long tokenHash(byte[] bytes, int from, int to, long salt) {
		return SpanIds.mix64(Ascii.hash(bytes, from, to) ^ salt);
	}
}
