package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;

/**
 * Cuts one direction of one connection into messages. Torn or hostile input is normal: never throws, never
 * keeps more than a fixed amount.
 *
 * <p>Buffers have an array ({@link ByteBuffer#hasArray}) and are read from position to limit. What a call
 * leaves unread must be given again, followed by more. A parser gives the same messages however the
 * stream is cut into buffers.
 */
public interface MessageParser {
	enum Step {
		/** A message has ended and its bytes were consumed. */
		MESSAGE,
		/** All that can be understood was consumed; the rest is the beginning of something. */
		NEED_MORE,
		/** These bytes cannot be this protocol; call {@link #resync} before going on. */
		LOST_SYNC
	}

	Step next(ByteBuffer in, MessageSink out);

	/**
	 * Moves {@code in} to the next plausible message start. False if it holds none: then {@code in} is at
	 * its end, or where a start may just be beginning.
	 */
	boolean resync(ByteBuffer in);

	/** How many bytes from here on need not be shown, because they are body: {@link #skip} is enough. */
	long skippable();

	/**
	 * The next {@code bytes} of the stream will never be shown.
	 *
	 * @param in what the last call left unread; consumed whole
	 * @param moved true if one call moved them, just uncaptured; false if nothing is known about them
	 */
	Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out);

	/** True if nothing but the end of the connection, or what follows in the other direction, ends this message. */
	default boolean endless() {
		return false;
	}

	/** True if the end of this message can no longer be recognized, because bytes of it were not seen. */
	default boolean endLost() {
		return false;
	}

	/** How long nothing must have come for a message with {@link #endLost} to be taken as ended. */
	default long quietNanos() {
		return 2_000_000_000L;
	}

	/** Ends the messages under way, as when the connection is closed. */
	default void end(MessageSink out) {
	}
}
