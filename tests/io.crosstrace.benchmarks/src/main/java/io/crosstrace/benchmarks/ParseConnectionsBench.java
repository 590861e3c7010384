package io.crosstrace.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;

/** Heap that 10,000 HTTP/1.1 connections need: idle between requests, and each with a request under way. */
public final class ParseConnectionsBench implements Bench {
	private static final int CONNECTIONS = 10_000;
	private static final String REQUEST = "GET /orders/1 HTTP/1.1\r\nHost: orders:8080\r\nAccept: */*\r\n\r\n";
	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

	private final ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
	private final CaptureRecord record = new CaptureRecord();

	@Override
	public String name() {
		return "parse-connections";
	}

	@Override
	public void run(Report report) {
		Pipeline pipeline = new Pipeline(new Dictionary(100_000), PipelineOptions.standard(), pid -> 0);
		long empty = usedHeap();
		for (int i = 0; i < CONNECTIONS; i++) {
			data(pipeline, i, CaptureRecord.RECEIVED, 0, REQUEST);
			data(pipeline, i, CaptureRecord.SENT, 0, ANSWER);
		}
		pipeline.takeFinished();
		report.figure((usedHeap() - empty) / 1e6, "MB", CONNECTIONS + " idle HTTP/1.1 connections, heap after full collections;"
				+ " a third of it is the next span table, sized for as many spans as the last");
		for (int i = 0; i < CONNECTIONS; i++) {
			data(pipeline, i, CaptureRecord.RECEIVED, REQUEST.length(), REQUEST);
		}
		report.figure((usedHeap() - empty) / 1e6, "MB", CONNECTIONS + " connections with an open request each");
		for (int i = 0; i < CONNECTIONS; i++) {
			data(pipeline, i, CaptureRecord.RECEIVED, 2 * REQUEST.length(), "GET /incomplete HTTP/1.1\r\nX-Pad: " + "x".repeat(300));
		}
		report.figure((usedHeap() - empty) / 1e6, "MB", CONNECTIONS
				+ " connections with an open request and 335 bytes of another's head each");
		if (pipeline.connections() != CONNECTIONS) {
			throw new IllegalStateException(pipeline.connections() + " connections");
		}
	}

	private void data(Pipeline pipeline, int connection, int direction, long offset, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		buffer.putLong(0, 1).putLong(8, connection + 1).putLong(16, offset).putInt(44, bytes.length);
		buffer.putShort(48, (short) bytes.length).put(50, (byte) CaptureRecord.DATA).put(51, (byte) direction);
		buffer.put(CaptureRecord.HEADER_BYTES, bytes);
		pipeline.record(record.wrap(buffer, 0));
	}

	/** The least of several readings: most full collections leave some dead objects where they are. */
	private static long usedHeap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 8; i++) {
			System.gc();
			least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return least;
	}
}
