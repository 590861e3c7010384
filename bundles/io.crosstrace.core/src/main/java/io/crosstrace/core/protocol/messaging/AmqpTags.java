package io.crosstrace.core.protocol.messaging;

import java.util.Arrays;

/** Numbers of messages that wait to be acknowledged, oldest first. Bounded: the oldest are forgotten. */
final class AmqpTags {
	private static final int MOST = 1024;
	private long[] tags = {};
	private int size;

	void add(long tag) {
		if (size == MOST) {
			System.arraycopy(tags, 1, tags, 0, --size);
		}
		if (size == tags.length) {
			tags = Arrays.copyOf(tags, Math.max(8, 2 * size));
		}
		tags[size++] = tag;
	}

	/** Takes out {@code tag}; false if it is not there. */
	boolean take(long tag) {
		for (int i = 0; i < size; i++) {
			if (tags[i] == tag) {
				System.arraycopy(tags, i + 1, tags, i, --size - i);
				return true;
			}
		}
		return false;
	}

	/** The oldest up to {@code tag}, any if that is 0; taken out. -1 if there is none. */
	long takeUpTo(long tag) {
		if (size == 0 || tag != 0 && tags[0] > tag) {
			return -1;
		}
		long oldest = tags[0];
		take(oldest);
		return oldest;
	}

	void clear() {
		size = 0;
	}
}
