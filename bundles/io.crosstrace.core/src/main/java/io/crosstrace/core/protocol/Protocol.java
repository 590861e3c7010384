package io.crosstrace.core.protocol;

/**
 * A protocol that can be told by its bytes and cut into messages. One object for all connections of a thread:
 * it keeps what is the same for all, such as ids of attribute names.
 */
public interface Protocol {
	/** What bytes can be. */
	enum Sniffed {
		/** Not this protocol's, whatever follows. */
		NO,
		/** Perhaps, but there are too few to say; asked again with more, up to 4096. */
		MAYBE,
		/** What a client says to a server. */
		REQUEST,
		/** What a server says to a client, be it the first to speak. */
		ANSWER
	}

	/** The two parsers of a connection; what they must know of each other, they share. */
	record Parsers(MessageParser requests, MessageParser answers) {
	}

	/**
	 * Tells whether bytes are this protocol. A wrong yes costs a connection its spans, so it takes what one
	 * record in a million has by chance; more, where {@code start} is false and the bytes may be the middle of
	 * anything.
	 *
	 * @param start these are the first bytes of their direction, or the first after a switch of protocols
	 */
	Sniffed sniff(byte[] in, int from, int to, boolean start);

	/** New parsers for one connection. */
	Parsers parsers(Link link);

	/**
	 * Requests name the server they want, as HTTP does; otherwise client spans get {@code server.address} and
	 * {@code server.port} from the connection.
	 */
	default boolean namesServer() {
		return false;
	}

	/**
	 * Streams are told apart on the wire, so what is missed of one is not taken for another's. Otherwise all
	 * requests under way are given up where whole answers may have been missed.
	 */
	default boolean multiplexes() {
		return false;
	}
}
