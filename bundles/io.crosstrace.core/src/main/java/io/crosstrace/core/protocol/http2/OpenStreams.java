package io.crosstrace.core.protocol.http2;

import java.util.Arrays;

/**
 * The streams under way on one connection, and what both its directions must know of them. At most
 * {@value #MOST}: then the oldest is forgotten. Looking one up walks them, the newest first.
 */
final class OpenStreams {
	static final int GRPC = 1;
	/** The answer has begun. */
	static final int ANSWERED = 1 << 1;
	/** gRPC whose status is in the body's last frame. */
	static final int GRPC_WEB = 1 << 2;

	private static final int MOST = 1024;

	private int[] ids = {};
	private int[] flags = {};
	private int count;
	/** The highest stream a client has begun: what comes on a lower one begins nothing. */
	int last;

	int size() {
		return count;
	}

	int id(int index) {
		return ids[index];
	}

	int flags(int index) {
		return flags[index];
	}

	/** -1 if it is not under way. */
	int index(int id) {
		int i = count - 1;
		while (i >= 0 && ids[i] != id) {
			i--;
		}
		return i;
	}

	/** The flags of a stream; 0 if it is not under way. */
	int of(int id) {
		int index = index(id);
		return index < 0 ? 0 : flags[index];
	}

	void set(int id, int flag) {
		int index = index(id);
		if (index >= 0) {
			flags[index] |= flag;
			return;
		}
		if (count == MOST) {
			remove(0);
		} else if (count == ids.length) {
			ids = Arrays.copyOf(ids, Math.max(4, 2 * count));
			flags = Arrays.copyOf(flags, ids.length);
		}
		ids[count] = id;
		flags[count++] = flag;
	}

	void end(int id) {
		int index = index(id);
		if (index >= 0) {
			remove(index);
		}
	}

	private void remove(int index) {
		count--;
		System.arraycopy(ids, index + 1, ids, index, count - index);
		System.arraycopy(flags, index + 1, flags, index, count - index);
	}
}
