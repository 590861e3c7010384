package io.crosstrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;

/**
 * Speed of a protocol's parsers on what real clients and servers said: the beginning of a recorded connection is
 * played once, then a small exchange of it again and again, as the client's host sees it.
 */
abstract class ParseRecordedBench implements Bench {
	private static final int ROUNDS = 12;
	private static final long ROUND_NANOS = 200_000_000;
	private static final int BATCH = 200;

	/** A Kafka send and its answer. */
	public static final class Kafka extends ParseRecordedBench {
		public Kafka() {
			super("kafka", 4, 4, 5);
		}
	}

	/** A publishing, a get and the message that was got. */
	public static final class Amqp extends ParseRecordedBench {
		public Amqp() {
			super("amqp", 1, 12, 13);
		}
	}

	/** An insert and its answer. */
	public static final class MongoDb extends ParseRecordedBench {
		public MongoDb() {
			super("mongodb", 2, 2, 3);
		}
	}

	/** A prepared statement's execution and its answer. */
	public static final class Cassandra extends ParseRecordedBench {
		public Cassandra() {
			super("cassandra", 4, 10, 11);
		}
	}

	/** A publishing and a delivery of quality 1, both acknowledged. */
	public static final class Mqtt extends ParseRecordedBench {
		public Mqtt() {
			super("mqtt", 2, 10, 13);
		}
	}

	/** A publishing to a stream with its acknowledgement and delivery, and the acknowledgement of that. */
	public static final class Nats extends ParseRecordedBench {
		public Nats() {
			super("nats", 1, 12, 14);
		}
	}

	/** A get and its answer. */
	public static final class Memcached extends ParseRecordedBench {
		public Memcached() {
			super("memcached", 1, 4, 5);
		}
	}

	/** A call with Hessian 2 and its answer. */
	public static final class Dubbo extends ParseRecordedBench {
		public Dubbo() {
			super("dubbo", 1, 0, 1);
		}
	}

	/** A call in the binary protocol, not framed, and its answer. */
	public static final class Thrift extends ParseRecordedBench {
		public Thrift() {
			super("thrift", 1, 0, 1);
		}
	}

	private record Line(boolean asks, byte[] bytes) {
	}

	private final String recording;
	private final int connection;
	private final int first;
	private final int last;
	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder());
	private final CaptureRecord record = new CaptureRecord();
	private final long[] offsets = new long[2];
	private long nanos;

	/** Plays lines {@code first} to {@code last} of a connection of a recording. */
	private ParseRecordedBench(String recording, int connection, int first, int last) {
		this.recording = recording;
		this.connection = connection;
		this.first = first;
		this.last = last;
	}

	@Override
	public String name() {
		return "parse-" + recording;
	}

	@Override
	public void run(Report report) throws IOException {
		List<Line> lines = lines();
		Pipeline pipeline = new Pipeline(new Dictionary(1000), PipelineOptions.standard(), pid -> 0);
		for (Line line : lines.subList(0, first)) {
			put(0, line);
			move(pipeline, 0);
		}
		pipeline.takeFinished();
		int count = last - first + 1;
		int[] at = new int[count + 1];
		for (int i = 0; i < count; i++) {
			at[i + 1] = put(at[i], lines.get(first + i));
		}
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		double best = Double.MAX_VALUE;
		long allocated = Long.MAX_VALUE;
		double spans = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long exchanges = 0;
			long told = 0;
			long tables = 0;
			long before = threads.getCurrentThreadAllocatedBytes();
			long start = threads.getCurrentThreadCpuTime(); // not the clock's: other work must not count
			long now = start;
			while (now - start < ROUND_NANOS) {
				for (int i = 0; i < BATCH; i++) {
					for (int line = 0; line < count; line++) {
						move(pipeline, at[line]);
					}
				}
				exchanges += BATCH;
				long beforeTable = threads.getCurrentThreadAllocatedBytes();
				told += pipeline.takeFinished().size();
				tables += threads.getCurrentThreadAllocatedBytes() - beforeTable;
				now = threads.getCurrentThreadCpuTime();
			}
			best = Math.min(best, (now - start) / (double) (exchanges * count));
			allocated = Math.min(allocated, (threads.getCurrentThreadAllocatedBytes() - before - tables) / exchanges);
			spans = told / (double) exchanges;
		}
		report.figure(best, "ns", "per read of a recorded exchange of " + count + " reads and " + spans
				+ " spans, of CPU, to finished spans, best of " + ROUNDS + " rounds");
		report.figure(allocated, "bytes", "allocated per such exchange, without the span table");
	}

	private void move(Pipeline pipeline, int at) {
		int direction = buffer.get(at + 51);
		int total = buffer.getInt(at + 44);
		buffer.putLong(at, nanos += 1000).putLong(at + 16, offsets[direction]);
		offsets[direction] += total;
		pipeline.record(record.wrap(buffer, at));
	}

	/** Writes a record at {@code at} and gives where the next one goes. */
	private int put(int at, Line line) {
		int length = line.bytes.length;
		buffer.putLong(at + 8, 1).putLong(at + 24, 0x5eed).putInt(at + 44, length);
		buffer.putShort(at + 48, (short) length).put(at + 50, (byte) CaptureRecord.DATA);
		buffer.put(at + 51, (byte) (line.asks ? CaptureRecord.SENT : CaptureRecord.RECEIVED));
		buffer.put(at + CaptureRecord.HEADER_BYTES, line.bytes);
		return at + CaptureRecord.HEADER_BYTES + length + 7 & ~7;
	}

	private List<Line> lines() throws IOException {
		Path file = Path.of(System.getProperty("crosstrace.root", "."),
				"tests/io.crosstrace.core.tests/src/test/resources/recordings", recording + ".txt");
		List<Line> lines = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			String[] parts = line.split(" ");
			if (parts.length == 3 && parts[0].equals(Integer.toString(connection))) {
				lines.add(new Line(parts[1].equals(">"), HexFormat.of().parseHex(parts[2])));
			}
		}
		return lines;
	}
}
