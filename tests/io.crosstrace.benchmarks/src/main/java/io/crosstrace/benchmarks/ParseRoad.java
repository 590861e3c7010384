package io.crosstrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;

/**
 * Plays one call of a protocol over and over on one connection, from captured record to finished span. Counts the
 * thread's own processor time, so that a busy machine does not matter.
 */
final class ParseRoad {
	private static final int ROUNDS = 8;
	private static final long ROUND_NANOS = 200_000_000;

	/** Changes what must differ from call to call, such as a stream's number. */
	@FunctionalInterface
	interface Patch {
		/** @param request where the request's bytes begin in {@code buffer} */
		void apply(ByteBuffer buffer, int request, int answer, long call);
	}

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.nativeOrder());
	private final CaptureRecord record = new CaptureRecord();
	private final byte[] request;
	private final byte[] answer;
	private final Patch patch;
	private final Pipeline pipeline = new Pipeline(new Dictionary(1000), PipelineOptions.standard(), pid -> 0);
	private long sent;
	private long received;

	/** Spans made in the last round. */
	long spans;
	/** Nanoseconds a message, in the best round. */
	double messageNanos;
	double bytesPerSecond;
	/** Bytes a call, once every text is known, without the span table. */
	double allocated;

	/** @param begins what is said before the first call: by the client, the server, the client, ... */
	ParseRoad(byte[] request, byte[] answer, Patch patch, byte[]... begins) {
		this.request = request;
		this.answer = answer;
		this.patch = patch;
		for (int i = 0; i < begins.length; i++) {
			put(0, i % 2 == 0, begins[i]);
			move(0, i % 2 == 0, 0);
		}
		pipeline.takeFinished();
	}

	ParseRoad play() {
		int second = put(0, true, request);
		put(second, false, answer);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long call = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
			long tables = 0;
			long start = threads.getCurrentThreadCpuTime();
			long now = start;
			long calls = 0;
			spans = 0;
			while (now - start < ROUND_NANOS) {
				for (int i = 0; i < 200; i++, call++) {
					patch.apply(buffer, CaptureRecord.HEADER_BYTES, second + CaptureRecord.HEADER_BYTES, call);
					move(0, true, call);
					move(second, false, call);
				}
				calls += 200;
				long beforeTable = threads.getCurrentThreadAllocatedBytes();
				spans += pipeline.takeFinished().size();
				tables += threads.getCurrentThreadAllocatedBytes() - beforeTable;
				now = threads.getCurrentThreadCpuTime();
			}
			allocated = (double) (threads.getCurrentThreadAllocatedBytes() - allocatedBefore - tables) / calls;
			double nanos = (double) (now - start) / calls / 2;
			if (round == 0 || nanos < messageNanos) {
				messageNanos = nanos;
				bytesPerSecond = (request.length + answer.length) / (2 * nanos) * 1e9;
			}
			if (spans != calls) {
				throw new IllegalStateException(calls + " calls gave " + spans + " spans: " + pipeline.losses().snapshot());
			}
		}
		return this;
	}

	/** Reports nanoseconds a small message and what was allocated. */
	void report(Bench.Report report, String what) {
		report.figure(messageNanos, "ns", "per message (half of a call), " + what + ", one core, to a finished span");
		report.figure(allocated, "bytes", "allocated per call of which every text is known, without the span table");
	}

	static byte[] bytes(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

	private void move(int at, boolean client, long call) {
		int length = buffer.getInt(at + 44);
		buffer.putLong(at, call * 1000).putLong(at + 16, client ? sent : received);
		if (client) {
			sent += length;
		} else {
			received += length;
		}
		pipeline.record(record.wrap(buffer, at));
	}

	private int put(int at, boolean client, byte[] bytes) {
		for (int i = 0; i < CaptureRecord.HEADER_BYTES; i++) {
			buffer.put(at + i, (byte) 0);
		}
		buffer.putLong(at + 8, 1).putLong(at + 24, 0x5eed).putInt(at + 44, bytes.length);
		buffer.putShort(at + 48, (short) bytes.length).put(at + 50, (byte) CaptureRecord.DATA)
				.put(at + 51, (byte) (client ? CaptureRecord.SENT : CaptureRecord.RECEIVED));
		buffer.put(at + CaptureRecord.HEADER_BYTES, bytes);
		return at + CaptureRecord.HEADER_BYTES + bytes.length;
	}
}
