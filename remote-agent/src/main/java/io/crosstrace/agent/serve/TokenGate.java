package io.crosstrace.agent.serve;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the right token from wrong ones, in constant time, and keeps an address that tries too many wrong
 * ones out for a while. Any thread.
 */
final class TokenGate {
	enum Answer {
		RIGHT, WRONG, TOO_MANY_TRIES
	}

	static final int TRIES = 10;
	static final long PERIOD_NANOS = 30_000_000_000L;
	private static final int MAX_ADDRESSES = 1_000;

	private static final class Tries {
		long sinceNanos;
		int wrong;
	}

	private final byte[] right;
	private final Map<InetAddress, Tries> tries = new LinkedHashMap<>() {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<InetAddress, Tries> eldest) {
			return size() > MAX_ADDRESSES;
		}
	};

	/** @param token empty to let everybody in */
	TokenGate(String token) {
		right = token.isEmpty() ? null : digest(token);
	}

	Answer ask(InetAddress from, String token, long nowNanos) {
		if (right == null) {
			return Answer.RIGHT;
		}
		synchronized (tries) {
			Tries known = tries.get(from);
			if (known != null && nowNanos - known.sinceNanos > PERIOD_NANOS) {
				tries.remove(from);
				known = null;
			}
			if (known != null && known.wrong >= TRIES) {
				return Answer.TOO_MANY_TRIES;
			}
			if (MessageDigest.isEqual(right, digest(token))) {
				tries.remove(from);
				return Answer.RIGHT;
			}
			if (known == null) {
				known = new Tries();
				known.sinceNanos = nowNanos;
				tries.put(from, known);
			}
			known.wrong++;
			return Answer.WRONG;
		}
	}

	/** Digests, so that not even the length of the right token shows in the time taken. */
	private static byte[] digest(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java run-time has SHA-256
		}
	}
}
