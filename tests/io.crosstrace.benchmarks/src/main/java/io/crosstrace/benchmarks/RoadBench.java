package io.crosstrace.benchmarks;

import io.crosstrace.agent.AgentLoop;
import io.crosstrace.agent.RecordSource;
import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.agent.serve.AgentServer;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.capture.Sink;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.AgentListener;
import io.crosstrace.wire.client.ConnectionState;
import io.crosstrace.wire.proto.Welcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Spans a second that one core brings from kernel records to the socket: the agent's real loop, with parsing,
 * parents, encoding and sending, followed by a client that takes everything. Records come from memory, so that
 * the figure is the agent's. Time is the processor time of the loop and of the thread that writes to the client;
 * what did not arrive at the client is not counted.
 */
public final class RoadBench implements Bench {
	private static final int PROCESSES = 20;
	private static final int CONCURRENT = 5;
	private static final long WARM_UP = 100_000;
	private static final long MEASURED = 400_000;
	/** Spans under way at most: below what the server holds, so that the client misses none. */
	private static final long MOST_AHEAD = 40_000;

	@Override
	public String name() {
		return "road";
	}

	@Override
	public void run(Report report) throws Exception {
		report.figure(measure(false), "spans/s", "one core, kernel record to span on the socket, requests only, "
				+ PROCESSES + " services with " + CONCURRENT + " requests at once each");
		report.figure(measure(true), "spans/s", "the same, each request makes one call, whose parent is inferred");
	}

	private static double measure(boolean calls) throws Exception {
		AtomicLong received = new AtomicLong();
		AtomicLong missed = new AtomicLong();
		CountDownLatch connected = new CountDownLatch(1);
		AgentListener client = new AgentListener() {
			@Override
			public void state(ConnectionState state, String reason) {
				if (state == ConnectionState.CONNECTED) {
					connected.countDown();
				}
			}

			@Override
			public void spans(SpanTable batch) {
				received.addAndGet(batch.size());
			}

			@Override
			public void gap(long spans) {
				missed.addAndGet(spans);
			}
		};
		Dictionary names = new Dictionary(1 << 16);
		Traffic traffic = new Traffic(calls, received);
		try (AgentServer server = new AgentServer(new AgentServer.Options(new InetSocketAddress("127.0.0.1", 0), "", null),
				Welcome.getDefaultInstance())) {
			server.start(traffic.provider());
			AgentLoop loop = new AgentLoop(traffic, names, PipelineOptions.standard(),
					new ServiceNames(names, List.of()), server, List.of(), true);
			Thread thread = new Thread(() -> loop.run(0), "loop");
			try (AgentConnection connection = AgentConnection.connect(
					AgentAddress.plain("127.0.0.1", server.port(), ""), "bench", new Dictionary(1 << 16), client)) {
				connected.await();
				thread.start();
				waitFor(received, WARM_UP);
				long spansBefore = received.get();
				long cpuBefore = cpuNanos(thread);
				waitFor(received, WARM_UP + MEASURED);
				double rate = (received.get() - spansBefore) * 1e9 / (cpuNanos(thread) - cpuBefore);
				if (missed.get() > 0) {
					throw new IllegalStateException(missed + " spans did not reach the client");
				}
				return rate;
			} finally {
				loop.stop();
				thread.join();
			}
		}
	}

	private static void waitFor(AtomicLong received, long count) {
		long end = System.nanoTime() + 120_000_000_000L;
		while (received.get() < count) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("only " + received + " of " + count + " spans came within 120 s");
			}
			LockSupport.parkNanos(10_000_000);
		}
	}

	private static long cpuNanos(Thread loop) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long cpu = threads.getThreadCpuTime(loop.threadId());
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().equals("CrossTrace client writer")) {
				cpu += Math.max(0, threads.getThreadCpuTime(thread.threadId()));
			}
		}
		return cpu;
	}

	/** Keep-alive HTTP in memory; a round is one request on every connection, and perhaps a call for each. */
	private static final class Traffic implements RecordSource {
		private static final String REQUEST = "GET /orders/%06d/items HTTP/1.1\r\nHost: orders:8080\r\n"
				+ "User-Agent: ReactorNetty/1.2\r\nAccept: application/json\r\n\r\n";
		private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 20\r\nConnection: keep-alive\r\n\r\n01234567890123456789";
		private static final byte[] ASK = REQUEST.formatted(0).getBytes(StandardCharsets.US_ASCII);
		private static final byte[] TELL = ANSWER.getBytes(StandardCharsets.US_ASCII);

		private final boolean calls;
		private final AtomicLong received;
		private final ByteBuffer buffer = ByteBuffer.allocateDirect(CaptureRecord.HEADER_BYTES + 1024)
				.order(ByteOrder.nativeOrder());
		private final CaptureRecord record = new CaptureRecord();
		private long round;
		private long made;
		private long nanos;

		Traffic(boolean calls, AtomicLong received) {
			this.calls = calls;
			this.received = received;
		}

		@Override
		public int drain(Sink sink, int limit) {
			if (made - received.get() > MOST_AHEAD) {
				return 0;
			}
			int records = 0;
			// Times go on as the clock does, so that requests and calls nest as they would live.
			nanos = Math.max(nanos, System.nanoTime());
			for (int process = 0; process < PROCESSES; process++) {
				for (int step = 0; step < 4; step++) {
					for (int i = 0; i < CONCURRENT; i++) {
						int connection = process * CONCURRENT + i;
						switch (step) {
							case 0 -> put(sink, process, connection, CaptureRecord.RECEIVED, ASK);
							case 3 -> put(sink, process, connection, CaptureRecord.SENT, TELL);
							default -> {
								if (!calls) {
									continue;
								}
								put(sink, process, 10_000 + connection, step == 1 ? CaptureRecord.SENT : CaptureRecord.RECEIVED,
										step == 1 ? ASK : TELL);
							}
						}
						records++;
					}
				}
			}
			round++;
			made += (long) PROCESSES * CONCURRENT * (calls ? 2 : 1);
			return records;
		}

		private void put(Sink sink, int process, int connection, int direction, byte[] text) {
			int payload = CaptureRecord.HEADER_BYTES;
			nanos += 1_000;
			buffer.putLong(0, nanos).putLong(8, connection + 1).putLong(16, round * text.length);
			buffer.putLong(24, 0x5eed + 2L * connection + direction);
			buffer.putInt(32, 1_000_000_000 + process).putInt(36, 1_000_000_000 + process).putInt(44, text.length);
			buffer.putShort(48, (short) text.length).put(50, (byte) CaptureRecord.DATA).put(51, (byte) direction);
			buffer.put(payload, text);
			if (text == ASK) {
				long rest = round * 100 + connection % 100;
				for (int i = 5; i >= 0; i--) {
					buffer.put(payload + "GET /orders/".length() + i, (byte) ('0' + rest % 10));
					rest /= 10;
				}
			}
			sink.record(record.wrap(buffer, 0));
		}

		@Override
		public void await(long timeoutNanos) {
			LockSupport.parkNanos(Math.min(timeoutNanos, 1_000_000));
		}

		@Override
		public String provider() {
			return "memory";
		}

		@Override
		public Map<String, Long> counters() {
			return Map.of();
		}

		@Override
		public Map<String, Long> losses() {
			return Map.of();
		}
	}
}
