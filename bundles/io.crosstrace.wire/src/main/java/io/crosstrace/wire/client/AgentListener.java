package io.crosstrace.wire.client;

import io.crosstrace.core.span.SpanTable;

/**
 * Hears what an agent says. All calls come from the connection's own thread, one at a time and in order;
 * a slow listener slows its own connection, and in the end gets a {@link #gap}. An exception thrown here
 * breaks the connection, which is then tried again. No call comes after {@link ConnectionState#CLOSED}.
 */
public interface AgentListener {
	/** @param reason one sentence for a person: what happened and, if something can be done, what */
	default void state(ConnectionState state, String reason) {
	}

	/** The agent let us in; comes before {@link ConnectionState#CONNECTED}. */
	default void welcome(AgentInfo agent) {
	}

	/**
	 * @param batch the listener's to keep. Times are Unix nanoseconds; its names are the dictionary given to
	 *        {@link AgentConnection#connect}, its values are its own
	 */
	default void spans(SpanTable batch) {
	}

	/** About once a second. */
	default void health(AgentHealth health) {
	}

	/** @param spans how many spans the agent has, or had, that will never arrive here */
	default void gap(long spans) {
	}
}
