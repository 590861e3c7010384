package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.TraceParent;

/**
 * The head of a batch of records, as producers write it and brokers keep it (magic 2, Kafka 0.11 and later).
 * <pre>
 *  0            8        12      16      17    21         23          27 ...            57
 *  +------------+--------+-------+-------+-----+----------+-----------+-----------------+-------+---------
 *  | baseOffset | length | epoch | magic | crc |attributes|lastOffset | times, producer | count | records
 *  +------------+--------+-------+-------+-----+----------+-----------+-----------------+-------+---------
 * </pre>
 */
final class KafkaRecords {
	private static final int HEAD = 61;
	private static final int CURRENT = 2;
	private static final int CONTROL = 1 << 5;
	private static final byte[] TRACEPARENT = "traceparent".getBytes(StandardCharsets.US_ASCII);

	private final Fields record = new Fields();
	/* Of the batch read last. */
	long offset;
	/** Of all its bytes, head included. */
	long bytes;
	int count;
	private int from;
	private boolean compressed;

	/** Reads the head of the batch at {@code at}; false if it is not there whole, or has another form. */
	boolean read(byte[] in, int at, int to) {
		if (to - at < HEAD || in[at + 16] != CURRENT) {
			return false;
		}
		offset = Binary.int64(in, at);
		bytes = 12L + Math.max(0, Binary.int32(in, at + 8));
		int attributes = Binary.int16(in, at + 21);
		int given = Binary.int32(in, at + 57);
		count = (attributes & CONTROL) != 0 ? 0 : Math.max(0, given); // a transaction's marker is no record
		compressed = (attributes & 7) != 0;
		from = at + HEAD;
		return bytes >= HEAD;
	}

	/** Takes the trace context from the headers of the batch's first record, if it can be read. */
	void context(byte[] in, int to, Message message) {
		if (compressed) {
			return;
		}
		record.over(in, from, to);
		record.zigzag(); // length
		record.int8();
		record.zigzag(); // time
		record.zigzag(); // offset
		record.range(record.zigzag()); // key
		record.range(record.zigzag()); // value
		for (long headers = record.zigzag(); headers > 0 && !record.bad; headers--) {
			boolean found = record.range(record.zigzag()) && record.is(TRACEPARENT);
			if (record.range(record.zigzag()) && found) {
				TraceParent.read(in, record.from, record.to, message);
				return;
			}
		}
	}
}
