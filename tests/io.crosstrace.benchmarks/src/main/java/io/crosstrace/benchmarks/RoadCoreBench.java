package io.crosstrace.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;

/**
 * Spans a second that one core makes of capture records, from the drained record to the finished row: the
 * middle of the road, without kernel and socket.
 */
public final class RoadCoreBench implements Bench {
	private static final int CONNECTIONS = 1000;
	private static final int ROUNDS = 9;
	private static final long ROUND_NANOS = 500_000_000;
	private static final String REQUEST = "GET /orders/%06d/items?limit=20 HTTP/1.1\r\nHost: orders:8080\r\n"
			+ "User-Agent: ReactorNetty/1.2\r\nAccept: application/json\r\nX-Request-Id: 0af76519-16cd\r\n\r\n";
	private static final String ANSWER = "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
			+ "Date: Tue, 24 Nov 2026 00:00:00 GMT\r\nKeep-Alive: timeout=60\r\nConnection: keep-alive\r\n\r\n%s";

	@Override
	public String name() {
		return "road-core";
	}

	@Override
	public void run(Report report) {
		for (int body : new int[] { 100, 10_000 }) {
			report.figure(best(body), "spans/s", "one core, capture records to finished spans, HTTP/1.1 keep-alive on "
					+ CONNECTIONS + " connections, a new id in every path, " + body + " byte answers captured whole,"
					+ " best of " + ROUNDS + " rounds");
		}
	}

	private static double best(int body) {
		ByteBuffer records = ByteBuffer.allocateDirect(CONNECTIONS * (body + 1000)).order(ByteOrder.nativeOrder());
		Dictionary names = new Dictionary(10_000);
		int service = names.id("orders");
		Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> service);
		CaptureRecord record = new CaptureRecord();
		int[] at = new int[2 * CONNECTIONS];
		String answer = ANSWER.formatted(body, "x".repeat(body));
		for (int i = 0; i < CONNECTIONS; i++) {
			at[2 * i] = put(records, i, CaptureRecord.RECEIVED, REQUEST.formatted(i));
			at[2 * i + 1] = put(records, i, CaptureRecord.SENT, answer);
		}
		double best = 0;
		long sequence = 0;
		long nanos = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long start = System.nanoTime();
			long now = start;
			long spans = 0;
			while (now - start < ROUND_NANOS) {
				for (int i = 0; i < at.length; i++) {
					int position = at[i];
					records.putLong(position, nanos += 1000);
					records.putLong(position + 16, sequence * records.getInt(position + 44));
					if ((i & 1) == 0) {
						digits(records, position + CaptureRecord.HEADER_BYTES + "GET /orders/".length(), spans + i);
					}
					pipeline.record(record.wrap(records, position));
				}
				sequence++;
				int finished = pipeline.takeFinished().size();
				if (finished != CONNECTIONS) {
					throw new IllegalStateException(finished + " spans of " + CONNECTIONS + " requests");
				}
				spans += finished;
				now = System.nanoTime();
			}
			best = Math.max(best, spans * 1e9 / (now - start));
		}
		return best;
	}

	private static void digits(ByteBuffer records, int at, long value) {
		long rest = value;
		for (int i = 5; i >= 0; i--) {
			records.put(at + i, (byte) ('0' + rest % 10));
			rest /= 10;
		}
	}

	private static int put(ByteBuffer records, int connection, int direction, String text) {
		int at = records.position();
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		records.putLong(at + 8, connection + 1).putLong(at + 24, 0x5eed + connection);
		records.putInt(at + 32, 100).putInt(at + 36, 101).putInt(at + 44, bytes.length);
		records.putShort(at + 48, (short) bytes.length);
		records.put(at + 50, (byte) CaptureRecord.DATA).put(at + 51, (byte) direction);
		records.put(at + CaptureRecord.HEADER_BYTES, bytes);
		records.position(at + CaptureRecord.HEADER_BYTES + bytes.length + 7 & ~7);
		return at;
	}
}
