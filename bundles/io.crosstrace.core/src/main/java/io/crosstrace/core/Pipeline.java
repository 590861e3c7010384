package io.crosstrace.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.capture.Sink;
import io.crosstrace.core.protocol.BodyListener;
import io.crosstrace.core.protocol.Endpoint;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Processes;
import io.crosstrace.core.protocol.Segment;
import io.crosstrace.core.protocol.SpanBuilder;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/**
 * Capture records in, spans out. Times are those of the records.
 *
 * <p>One thread for everything but {@link #losses()}. Never throws for what a record holds; what makes no
 * sense is counted.
 */
public final class Pipeline implements Sink {
	private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());
	private static final int CONN_BYTES = 48;
	private static final int AF_INET = 2;
	private static final int AF_INET6 = 10;

	private final LossCounters losses = new LossCounters();
	private final SpanBuilder spans;
	private final Segment segment = new Segment();

	/**
	 * @param names shared by all tables this gives
	 * @param processes asked on this thread, once a request
	 */
	public Pipeline(Dictionary names, PipelineOptions options, Processes processes) {
		spans = new SpanBuilder(names, options.parser(), options.maxConnections(), options.idleNanos(), processes,
				losses);
	}

	/** Who may care that large bodies need not be captured; called on this pipeline's thread. */
	public void onBodies(BodyListener listener) {
		spans.onBodies(listener);
	}

	@Override
	public void record(CaptureRecord record) {
		switch (record.kind()) {
		case CaptureRecord.DATA -> data(record);
		case CaptureRecord.OPEN -> open(record);
		case CaptureRecord.CLOSE -> spans.close(record.connection(), record.nanos());
		default -> losses.lost(Loss.BAD_RECORDS, 1);
		}
	}

	/** Call a few times a second with the clock of the records: gives up on what will not come any more. */
	public void tick(long nowNanos) {
		spans.tick(nowNanos);
	}

	/** Spans completed since the last call. The table is the caller's: it is not touched again. */
	public SpanTable takeFinished() {
		return spans.takeFinished();
	}

	/** A copy of the requests begun and not yet answered in full: {@code endNanos} is 0. */
	public SpanTable open() {
		return spans.open();
	}

	/** Live counters, readable from any thread. */
	public LossCounters losses() {
		return losses;
	}

	/** Connections followed now. */
	public int connections() {
		return spans.connections();
	}

	private void data(CaptureRecord record) {
		int total = record.total();
		int captured = record.captured();
		if (total <= 0 || captured > total || record.offset() < 0 || record.offset() > Long.MAX_VALUE - total) {
			losses.lost(Loss.BAD_RECORDS, 1);
			return;
		}
		segment.sent = record.direction() == CaptureRecord.SENT;
		segment.offset = record.offset();
		segment.sequence = record.sequence();
		segment.nonce = record.nonce();
		segment.nanos = record.nanos();
		segment.pid = record.pid();
		segment.tid = record.tid();
		segment.readConnection = segment.sent ? record.readConnection() : 0;
		segment.readOffset = record.readOffset();
		segment.wokeConnection = segment.sent ? record.wokeConnection() : 0;
		segment.wokeOffset = record.wokeOffset();
		segment.wokeHops = record.wokeLater() ? record.wokeHops() : -record.wokeHops();
		segment.wokeMicros = record.wokeAgeMicros() < 0 ? Integer.MAX_VALUE : record.wokeAgeMicros();
		segment.total = total;
		segment.captured = captured;
		segment.buffer = record.buffer();
		segment.at = record.payloadAt();
		spans.segment(record.connection(), segment);
	}

	/** Reads struct ct_conn. */
	private void open(CaptureRecord record) {
		ByteBuffer buffer = record.buffer();
		int at = record.payloadAt();
		int family = record.captured() < CONN_BYTES ? 0 : shortAt(buffer, at);
		if (family != AF_INET && family != AF_INET6) {
			losses.lost(Loss.BAD_RECORDS, 1);
			return;
		}
		boolean v6 = family == AF_INET6;
		Endpoint local = endpoint(v6, buffer, at + 8, shortAt(buffer, at + 2));
		Endpoint peer = endpoint(v6, buffer, at + 24, shortAt(buffer, at + 4));
		spans.open(record.connection(), local, peer, record.nanos());
	}

	private static short shortAt(ByteBuffer buffer, int at) {
		return (short) SHORT.get(buffer, at); // whatever order the buffer is set to
	}

	private static Endpoint endpoint(boolean v6, ByteBuffer buffer, int at, short port) {
		long high = 0;
		long low = 0;
		for (int i = 0; i < (v6 ? 8 : 0); i++) {
			high = high << 8 | buffer.get(at + i) & 0xff;
		}
		for (int i = v6 ? 8 : 0; i < (v6 ? 16 : 4); i++) {
			low = low << 8 | buffer.get(at + i) & 0xff;
		}
		return new Endpoint(v6, high, low, port & 0xffff);
	}
}
