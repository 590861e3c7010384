package io.crosstrace.agent.serve;

import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.Gap;

/**
 * What all clients read: the latest batches, ready to send, up to a number of bytes. One copy serves every
 * client; a client is no more than the number of the span it wants next, so the batches between it and the
 * newest are its bounded queue, and a client that comes back finds what it has missed.
 *
 * <p>Any thread may call any method. Appending never waits: it drops the oldest batches, and a client that
 * still wanted them gets a gap.
 */
final class SpanStream {
	/**
	 * What to send next.
	 *
	 * @param nextSpan the span wanted after this
	 * @param healthSeen the number of the health message seen last, after this
	 * @param isGap whether this tells of spans that are no longer there
	 */
	record Next(byte[] frame, long nextSpan, long healthSeen, boolean isGap) {
	}

	private final long maxBytes;
	private long bytes;
	/** Ring of batches: [first, last) by sequence, at sequence modulo length. */
	private byte[][] frames = new byte[256][];
	private long[] firstSpans = new long[256];
	private long first;
	private long last;
	private long nextSpan;
	private byte[] health = new byte[0];
	private long healthNumber;
	private boolean closed;

	/** @param maxBytes how much to hold for clients that are slow or gone; the newest batch is always held */
	SpanStream(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/** The number the next span appended will have. */
	synchronized long nextSpan() {
		return nextSpan;
	}

	/** The oldest span still held, or {@link #nextSpan()}. */
	synchronized long oldestSpan() {
		return first == last ? nextSpan : firstSpans[slot(first)];
	}

	/** @param frame one delimited message holding {@code spans} spans, the first of them {@link #nextSpan()} */
	synchronized void append(byte[] frame, int spans) {
		if (last - first == frames.length) {
			grow();
		}
		frames[slot(last)] = frame;
		firstSpans[slot(last)] = nextSpan;
		last++;
		nextSpan += spans;
		bytes += frame.length;
		while (bytes > maxBytes && last - first > 1) {
			bytes -= frames[slot(first)].length;
			frames[slot(first)] = null;
			first++;
		}
		notifyAll();
	}

	/** @param frame one delimited health message; takes the place of the one before */
	synchronized void health(byte[] frame) {
		health = frame;
		healthNumber++;
		notifyAll();
	}

	/** Ends the stream: {@link #next} gives null once a client has everything. */
	synchronized void close() {
		closed = true;
		notifyAll();
	}

	/**
	 * The next message for a client; waits until there is one. Health goes first: a client that lags must
	 * learn of it.
	 *
	 * @return null at the end of the stream
	 */
	synchronized Next next(long wanted, long healthSeen) throws InterruptedException {
		while (true) {
			if (healthSeen < healthNumber) {
				return new Next(health, wanted, healthNumber, false);
			}
			if (wanted < nextSpan) {
				long found = atOrAfter(wanted);
				long start = found == last ? nextSpan : firstSpans[slot(found)];
				if (start > wanted) {
					return new Next(gap(wanted, start), start, healthSeen, true);
				}
				long end = found + 1 == last ? nextSpan : firstSpans[slot(found + 1)];
				return new Next(frames[slot(found)], end, healthSeen, false);
			}
			if (closed) {
				return null;
			}
			wait();
		}
	}

	/** The first batch that starts at or after span {@code wanted}; {@code last} if none. */
	private long atOrAfter(long wanted) {
		long low = first;
		long high = last;
		while (low < high) {
			long middle = (low + high) >>> 1;
			if (firstSpans[slot(middle)] < wanted) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}

	private static byte[] gap(long from, long to) {
		return AgentServer.delimited(FromAgent.newBuilder()
				.setGap(Gap.newBuilder().setFirstSpan(from).setSpans(to - from)).build());
	}

	private int slot(long sequence) {
		return (int) (sequence % frames.length);
	}

	private void grow() {
		int length = frames.length;
		int turn = slot(first); // oldest to the front, so that the doubled ring stays in order
		byte[][] newFrames = new byte[length * 2][];
		long[] newFirstSpans = new long[length * 2];
		for (int i = 0; i < length; i++) {
			newFrames[i] = frames[(turn + i) % length];
			newFirstSpans[i] = firstSpans[(turn + i) % length];
		}
		frames = newFrames;
		firstSpans = newFirstSpans;
		last -= first;
		first = 0;
	}
}
