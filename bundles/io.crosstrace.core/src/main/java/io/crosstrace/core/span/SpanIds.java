package io.crosstrace.core.span;

/**
 * How spans are named, so that both ends of a connection name them alike without talking.
 *
 * <p>Each direction of a connection has a random 64-bit nonce, carried to the peer in a TCP option. A
 * message is named by that nonce and the stream offset of its first byte.
 */
public final class SpanIds {
	private SpanIds() {
	}

	/** The id of the client span whose request starts at {@code offset}; 0 if the nonce is unknown (0). */
	public static long client(long nonce, long offset) {
		return nonce == 0 ? 0 : nonZero(mix64(nonce + mix64(offset + 0x9E3779B97F4A7C15L)));
	}

	/**
	 * The id of a client span whose nonce is unknown at this end, from its addresses as the client sees them and
	 * the TCP sequence number of its first byte. The other end computes the same unless addresses are
	 * translated on the way, or it does know the nonce; so it names a span, but proves no edge.
	 */
	public static long fallback(long tuple, int sequence) {
		return nonZero(mix64(tuple + mix64(sequence ^ 0x7c0ffee5eedL)));
	}

	/** The id of the server span that answers the call {@code clientSpanId}. */
	public static long server(long clientSpanId) {
		return clientSpanId == 0 ? 0 : nonZero(mix64(clientSpanId ^ 0x5ca1ab1e0ddba11L));
	}

	/** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
	public static long mix64(long z) {
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	private static long nonZero(long id) {
		return id == 0 ? 1 : id;
	}
}
