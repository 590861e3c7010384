package io.crosstrace.core.protocol;

import java.util.Arrays;

import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * One request or answer, as far as a span needs it. Holds no payload. One object is reused for all
 * messages: valid only inside the {@link MessageSink} call that received it.
 */
public final class Message {
	/** A request or an answer with nothing special about it. */
	public static final int PLAIN = 0;
	public static final int MAX_ATTRIBUTES = 64;
	private static final int MAX_TOKENS = 16;
	private static final int MAX_LINKS = 64;

	/* Where and when: filled by the assembler. */

	/** Stream offset, TCP sequence number, time and thread of the message's first byte (begin) or last byte (end). */
	public long offset;
	public int sequence;
	public long nanos;
	public int pid;
	public int tid;
	/** Nonce of this direction, 0 if unknown. */
	public long nonce;
	/** Of what is sent: the span whose message the thread, and whoever woke it, had received last. As in a SpanTable. */
	long readId;
	long wokeId;
	int wokeHops;
	int wokeMicros;

	/* What: filled by the parser. */

	/** Index, in the buffer given to the parser, of the message's first byte. */
	public int at;
	/** Asks for something, or is sent unasked; a server's own, such as a delivery of a broker, too. */
	public boolean request;
	/**
	 * Pairs requests with answers that may come in any order: the protocol's own correlation id, in each direction
	 * its own. Of equal ones, and where all are 0, the oldest request is answered first.
	 */
	public long stream;
	/** Of a request: nobody answers it, so its own end is the end of its span. */
	public boolean oneWay;
	/** Of a request, or of an end: paired as others are, but becomes no span, as a ping or a poll that found nothing. */
	public boolean silent;
	/** Of a request: a kind of {@link io.crosstrace.core.span.SpanTable}; 0 for SERVER or CLIENT, by direction. */
	public int kind;
	/** Of an end, in either direction: the exchange is over though it was not answered in full, as when cancelled. */
	public boolean aborts;
	/** What a parser must know of a request to read its answer; the protocol's own numbers. */
	public int trait = PLAIN;
	/**
	 * Low-cardinality name such as "GET /orders/{id}"; an id of the names dictionary. Of a request; one told by a
	 * later end of it replaces the first.
	 */
	public int operation;
	/** Of an answer; one told by its end replaces the first. 0 if there is none. */
	public int status;
	/** The status is an error for a server span, for a client span. */
	public boolean serverError;
	public boolean clientError;
	/** Parts of the message were not seen. */
	public boolean incomplete;
	/** Nothing of it could be read but that it was there. */
	public boolean encrypted;
	/** Of an end: it came with the last bytes given before those given now. */
	public boolean before;
	/** Of a request: W3C trace context the application sent; all 0 if none. */
	public long traceHigh;
	public long traceLow;
	public long traceParent;

	private int attributes;
	private final int[] keys = new int[MAX_ATTRIBUTES];
	private final String[] texts = new String[MAX_ATTRIBUTES];
	private int tokens;
	private final long[] tokenHashes = new long[MAX_TOKENS];
	private int links;
	private final long[] linkKeys = new long[MAX_LINKS];

	/** Forgets what the last parser wrote; where and when stay. */
	public Message clear(boolean isRequest, int startAt) {
		request = isRequest;
		at = startAt;
		stream = 0;
		oneWay = false;
		silent = false;
		kind = 0;
		aborts = false;
		trait = PLAIN;
		operation = 0;
		status = 0;
		serverError = false;
		clientError = false;
		incomplete = false;
		encrypted = false;
		before = false;
		traceHigh = 0;
		traceLow = 0;
		traceParent = 0;
		Arrays.fill(texts, 0, attributes, null);
		attributes = 0;
		tokens = 0;
		links = 0;
		return this;
	}

	/** False if there are {@link #MAX_ATTRIBUTES} already. */
	public boolean attribute(int key, String text) {
		if (attributes == MAX_ATTRIBUTES) {
			return false;
		}
		keys[attributes] = key;
		texts[attributes++] = text;
		return true;
	}

	/** Notes an identifier the message carries; beyond 16 they add nothing and are left out. */
	public void token(long hash) {
		if (tokens < MAX_TOKENS) {
			tokenHashes[tokens++] = hash;
		}
	}

	/**
	 * Notes a message that went through a broker, so that who sent it and who got it can be linked.
	 *
	 * @param key a hash of what both sides see of it, such as topic, partition and offset; the same on every host
	 * @param produced this span sent it on its way; else it took it
	 * @return false if there are 64 already: the caller counts the loss
	 */
	public boolean link(long key, boolean produced) {
		if (links == MAX_LINKS) {
			return false;
		}
		linkKeys[links++] = SpanTable.link(key, produced);
		return true;
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

	public int links() {
		return links;
	}

	/** As {@link SpanTable#link(int, int)} gives it. */
	public long link(int index) {
		return linkKeys[index];
	}

	/**
	 * A hash that tells identifiers apart but not what they were, also to who knows some of them and holds a recording
	 * with the hashes of others: {@code salt} is secret and random.
	 */
	public static long tokenHash(byte[] bytes, int from, int to, long salt) {
		return SipHash.hash(bytes, from, to, salt, SpanIds.mix64(salt));
	}
}
