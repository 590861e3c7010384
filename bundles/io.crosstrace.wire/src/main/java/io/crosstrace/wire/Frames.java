package io.crosstrace.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Length-delimited messages on a stream: a varint length, then that many bytes, as protobuf's
 * {@code writeDelimitedTo} makes them.
 */
public final class Frames {
	/** Version of the protocol; a client and an agent must agree on it. */
	public static final int VERSION = 1;
	/** Value of Hello.magic. */
	public static final int MAGIC = 0x63747263;
	/** An agent never sends a longer message. */
	public static final int MAX_FROM_AGENT = 4 << 20;
	/** A client never sends a longer message: bounds what a stranger can make an agent hold. */
	public static final int MAX_FROM_CLIENT = 8 << 10;

	private Frames() {
	}

	/**
	 * Reads one message; blocks until it is there.
	 *
	 * @return null if the stream ended between two messages
	 * @throws EOFException if it ended within one
	 * @throws ProtocolException if the length is above {@code max} or no length at all; nothing was allocated
	 */
	public static byte[] read(InputStream in, int max) throws IOException {
		int first = in.read();
		if (first < 0) {
			return null;
		}
		long length = first & 0x7f;
		int last = first;
		for (int shift = 7; (last & 0x80) != 0; shift += 7) {
			last = in.read();
			if (last < 0) {
				throw new EOFException("the stream ended within a length");
			}
			if (shift > 28) {
				throw new ProtocolException("not a length");
			}
			length |= (long) (last & 0x7f) << shift;
		}
		if (length > max) {
			throw new ProtocolException("a message of " + length + " bytes; at most " + max + " are allowed");
		}
		byte[] message = in.readNBytes((int) length);
		if (message.length < length) {
			throw new EOFException("the stream ended within a message");
		}
		return message;
	}
}
