package io.crosstrace.agent;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.capture.Sink;
import io.crosstrace.testing.Captured;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A kernel that captures what a test says. */
final class Replay implements RecordSource {
	/** Where the test draws traffic, inside {@link #play}. */
	final Captured wire = new Captured(this::record);

	private final LinkedBlockingQueue<Runnable> script = new LinkedBlockingQueue<>();
	private Sink sink;
	private int records;

	/** Times are those of this machine from now on, as the kernel's are. */
	Replay() {
		wire.later(System.nanoTime());
	}

	/** Has the loop's thread draw traffic when it drains next. */
	void play(Runnable traffic) {
		script.add(traffic);
	}

	private void record(CaptureRecord record) {
		records++;
		sink.record(record);
	}

	@Override
	public int drain(Sink newSink, int limit) {
		sink = newSink;
		records = 0;
		Runnable traffic = script.poll();
		if (traffic != null) {
			traffic.run();
		}
		return records;
	}

	@Override
	public void await(long timeoutNanos) {
		try {
			TimeUnit.NANOSECONDS.sleep(timeoutNanos);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String provider() {
		return "replay";
	}

	@Override
	public Map<String, Long> counters() {
		return Map.of("options written", 3L, "records lost: the ring was full", 2L);
	}

	@Override
	public Map<String, Long> losses() {
		return Map.of("records lost: the ring was full", 2L);
	}
}
