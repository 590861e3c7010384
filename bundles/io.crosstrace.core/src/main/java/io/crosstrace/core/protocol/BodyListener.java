package io.crosstrace.core.protocol;

/**
 * Told when the large bodies of a connection begin, or cease, to be of no interest, so that whoever captures need not
 * copy them. It may pass them over or not: nothing depends on it.
 */
@FunctionalInterface
public interface BodyListener {
	/** A bit of {@code unneeded}: what this host's process receives. */
	int RECEIVED = 1;
	/** What it sends. */
	int SENT = 2;

	/** @param unneeded bits of both directions; those not set are needed (again) */
	void bodies(long connection, int unneeded);
}
