package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;

/**
 * Messages that tell who they are: a length, a number, filling. What a record's offset claims can so be held
 * against its payload.
 */
final class Messages {
	static final int HEAD = 12;

	private Messages() {
	}

	/** A message of {@code size} bytes, at least {@link #HEAD}. */
	static byte[] message(long number, int size) {
		ByteBuffer out = ByteBuffer.allocate(size).putInt(size).putLong(number);
		while (out.hasRemaining()) {
			out.put((byte) ('a' + out.position() % 26));
		}
		return out.array();
	}

	/** What became of the messages of one direction. */
	record Verdict(int messages, int named, int wrong, int misplaced) {
		Verdict plus(Verdict other) {
			return new Verdict(messages + other.messages, named + other.named, wrong + other.wrong,
					misplaced + other.misplaced);
		}
	}

	/**
	 * Follows the messages from {@code sender} to {@code receiver}, both ends of one connection.
	 *
	 * @param starts stream offset of each message, {@code numbers} their numbers
	 * @return how many have the same id at both ends, how many a different one, and how many are not where a
	 *         record says they are
	 */
	static Verdict follow(Connection sender, Connection receiver, List<Long> starts, List<Long> numbers) {
		assertNotNull(sender, "the sender was not seen");
		assertNotNull(receiver, "the receiver was not seen");
		TreeMap<Long, Moved> sent = byOffset(sender, CaptureRecord.SENT);
		TreeMap<Long, Moved> received = byOffset(receiver, CaptureRecord.RECEIVED);
		int named = 0;
		int wrong = 0;
		int misplaced = 0;
		for (int i = 0; i < starts.size(); i++) {
			long start = starts.get(i);
			Moved out = covering(sent, start);
			Moved in = covering(received, start);
			long there = out == null ? 0 : SpanIds.client(out.nonce(), start);
			long here = in == null ? 0 : SpanIds.client(in.nonce(), start);
			if (there != 0 && here != 0) {
				if (there == here) {
					named++;
				} else {
					wrong++;
				}
			}
			if (contradicts(out, start, numbers.get(i)) || contradicts(in, start, numbers.get(i))) {
				misplaced++;
			}
		}
		return new Verdict(starts.size(), named, wrong, misplaced);
	}

	/** How many messages begin at the same sequence number, as the two ends tell it. */
	static int sameSequences(Connection sender, Connection receiver, List<Long> starts) {
		TreeMap<Long, Moved> sent = byOffset(sender, CaptureRecord.SENT);
		TreeMap<Long, Moved> received = byOffset(receiver, CaptureRecord.RECEIVED);
		return (int) starts.stream().filter(start -> {
			Moved out = covering(sent, start);
			Moved in = covering(received, start);
			return out != null && in != null
					&& out.sequence() + (int) (start - out.offset()) == in.sequence() + (int) (start - in.offset());
		}).count();
	}

	private static TreeMap<Long, Moved> byOffset(Connection connection, int direction) {
		TreeMap<Long, Moved> result = new TreeMap<>();
		for (Moved moved : connection.moved(direction)) {
			Moved twin = result.put(moved.offset(), moved);
			assertEquals(null, twin, "two records for one offset");
		}
		return result;
	}

	private static Moved covering(TreeMap<Long, Moved> by, long offset) {
		var entry = by.floorEntry(offset);
		return entry != null && offset < entry.getKey() + entry.getValue().total() ? entry.getValue() : null;
	}

	private static boolean contradicts(Moved moved, long start, long number) {
		if (moved == null) {
			return false;
		}
		int at = (int) (start - moved.offset());
		if (moved.payload().length < at + HEAD) {
			return false;
		}
		return ByteBuffer.wrap(moved.payload()).getLong(at + 4) != number;
	}
}
