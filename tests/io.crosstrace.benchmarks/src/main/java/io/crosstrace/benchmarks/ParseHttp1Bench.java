package io.crosstrace.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;
import java.lang.management.ManagementFactory;

/** Speed of the HTTP/1.1 road on one connection: small messages, pipelined messages and large bodies. */
public final class ParseHttp1Bench implements Bench {
	private static final int ROUNDS = 12;
	private static final long ROUND_NANOS = 300_000_000;
	private static final String REQUEST = "GET /orders/4711 HTTP/1.1\r\nHost: orders:8080\r\nAccept: */*\r\n\r\n";
	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.nativeOrder());
	private final CaptureRecord record = new CaptureRecord();
	private long allocated;

	@Override
	public String name() {
		return "parse-http1";
	}

	@Override
	public void run(Report report) {
		report.figure(1e9 / best(REQUEST, ANSWER)[0], "ns", "per small message (half of a call), one core, to a finished span");
		report.figure(allocated, "bytes", "allocated per call of which every text is known, without the span table");
		report.figure(1e9 / best(REQUEST.repeat(50), ANSWER.repeat(50))[0] / 50, "ns",
				"per small message when 50 are pipelined in one record");
		String body = "x".repeat(60_000);
		report.figure(best(REQUEST, "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + body)[1] / 1e9, "GB/s",
				"one core, 60 KB answers in one record, captured whole");
		report.figure(best(REQUEST, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(14) + "0\r\n\r\n")[1] / 1e9, "GB/s",
				"one core, 57 KB answers in 4 KB chunks in one record, captured whole");
	}

	/** Messages and bytes a second. */
	private double[] best(String request, String answer) {
		Dictionary names = new Dictionary(1000);
		Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> 0);
		int second = put(0, CaptureRecord.RECEIVED, request);
		put(second, CaptureRecord.SENT, answer);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		double[] best = new double[2];
		long call = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
			long tables = 0;
			long start = threads.getCurrentThreadCpuTime();
			long now = start;
			long calls = 0;
			while (now - start < ROUND_NANOS) {
				for (int i = 0; i < 200; i++, call++) {
					move(0, call);
					pipeline.record(record.wrap(buffer, 0));
					move(second, call);
					pipeline.record(record.wrap(buffer, second));
				}
				calls += 200;
				long beforeTable = threads.getCurrentThreadAllocatedBytes();
				pipeline.takeFinished();
				tables += threads.getCurrentThreadAllocatedBytes() - beforeTable;
				now = threads.getCurrentThreadCpuTime();
			}
			allocated = (threads.getCurrentThreadAllocatedBytes() - allocatedBefore - tables) / calls;
			double perSecond = calls * 1e9 / (now - start);
			if (2 * perSecond > best[0]) {
				best[0] = 2 * perSecond;
				best[1] = perSecond * (request.length() + answer.length());
			}
		}
		return best;
	}

	private void move(int at, long call) {
		buffer.putLong(at, call * 1000);
		buffer.putLong(at + 16, call * buffer.getInt(at + 44));
	}

	private int put(int at, int direction, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		buffer.putLong(at + 8, 1).putLong(at + 24, 0x5eed).putInt(at + 44, bytes.length);
		buffer.putShort(at + 48, (short) bytes.length).put(at + 50, (byte) CaptureRecord.DATA).put(at + 51, (byte) direction);
		buffer.put(at + CaptureRecord.HEADER_BYTES, bytes);
		return at + CaptureRecord.HEADER_BYTES + bytes.length;
	}
}
