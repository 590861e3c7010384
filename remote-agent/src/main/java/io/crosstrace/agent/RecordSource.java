package io.crosstrace.agent;

import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.capture.CaptureFile;
import io.crosstrace.core.capture.Sink;
import io.crosstrace.core.protocol.BodyListener;
import java.util.Map;

/** Where the loop's records come from: the kernel, or a recording in tests and benchmarks. */
public interface RecordSource {
	/** Hands up to {@code limit} records to the sink; returns how many, 0 if there are none now. */
	int drain(Sink sink, int limit);

	/** Waits until there are records, or the time is up. */
	void await(long timeoutNanos);

	/** In a few words, such as "tp_btf". */
	String provider();

	/** Facts and losses since the start, in plain words. */
	Map<String, Long> counters();

	/** The part of {@link #counters()} that counts something lost. */
	Map<String, Long> losses();

	/** Large bodies of a connection need not be shown, as {@link BodyListener} says. Draining thread. */
	default void passOver(long connection, int unneeded) {
	}

	/** This one, of which all is also written to a recording; the writer stays the caller's to close. */
	default RecordSource recordedBy(CaptureFile.Writer recording) {
		RecordSource source = this;
		return new RecordSource() {
			@Override
			public int drain(Sink sink, int limit) {
				return source.drain(record -> {
					recording.record(record);
					sink.record(record);
				}, limit);
			}

			@Override
			public void await(long timeoutNanos) {
				source.await(timeoutNanos);
			}

			@Override
			public void passOver(long connection, int unneeded) {
				source.passOver(connection, unneeded);
			}

			@Override
			public String provider() {
				return source.provider();
			}

			@Override
			public Map<String, Long> counters() {
				return source.counters();
			}

			@Override
			public Map<String, Long> losses() {
				return source.losses();
			}
		};
	}

	static RecordSource of(KernelCapture kernel) {
		return new RecordSource() {
			@Override
			public int drain(Sink sink, int limit) {
				return kernel.reader().drain(sink, limit);
			}

			@Override
			public void await(long timeoutNanos) {
				kernel.await(timeoutNanos);
			}

			@Override
			public void passOver(long connection, int unneeded) {
				kernel.passOver(connection, unneeded);
			}

			@Override
			public String provider() {
				return kernel.provider();
			}

			@Override
			public Map<String, Long> counters() {
				return kernel.counters();
			}

			@Override
			public Map<String, Long> losses() {
				return kernel.losses();
			}
		};
	}
}
