package io.crosstrace.core.protocol;

/** Takes the messages of one direction of a connection, in order. */
public interface MessageSink {
	/** A message has begun and what it is is understood. @param message valid only during this call */
	void begin(Message message);

	/**
	 * The message begun last, or the one of the same {@link Message#stream}, has ended; attributes found only
	 * now, such as trailers, are in {@code message}. {@link Message#incomplete} if it was cut short.
	 */
	void end(Message message);
}
