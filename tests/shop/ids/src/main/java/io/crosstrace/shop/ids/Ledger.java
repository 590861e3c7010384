package io.crosstrace.shop.ids;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes down the calls of this process whose bytes can hold no {@link CallId}, such as queries: who made them, when,
 * and in which thread of the kernel. A call is made between {@link #enter} and {@link Entry#close}, by the thread that
 * entered it, which does not rest before it has sent.
 *
 * <p>One file a process, in the folder that the environment's LEDGER names; without it, nothing is written. A line:
 *
 * <pre>
 * call | cause, or - | process id | thread id | what | begun, us | ended, us | delivery tag, or -    separated by tabs
 * </pre>
 *
 * Safe for any thread.
 */
public final class Ledger {
	private static final String FOLDER = System.getenv("LEDGER");
	private static final BufferedWriter OUT = open();

	private Ledger() {
	}

	/** A call under way. */
	public record Entry(String line, long begunMicros) implements AutoCloseable {
		@Override
		public void close() {
			if (OUT != null) {
				write(line + begunMicros + '\t' + micros() + "\t-\n");
			}
		}
	}

	private static BufferedWriter open() {
		try {
			return FOLDER == null || FOLDER.isEmpty() ? null
					: Files.newBufferedWriter(Path.of(FOLDER, ProcessHandle.current().pid() + ".ledger"), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Begins a call.
	 *
	 * @param what it does, as a span of it would be named
	 */
	public static Entry enter(CallId call, String what) {
		if (OUT == null) {
			return new Entry("", 0);
		}
		return new Entry(call + "\t-\t" + thread() + '\t' + what + '\t', micros());
	}

	/**
	 * Notes a message that was taken from a broker, before anything is done with it.
	 *
	 * @param call begins a request of its own
	 * @param cause the call that sent the message
	 */
	public static void taken(CallId call, CallId cause, String what, long deliveryTag) {
		if (OUT != null) {
			write(call + "\t" + cause + '\t' + thread() + '\t' + what + '\t' + micros() + '\t' + micros() + '\t' + deliveryTag + '\n');
		}
	}

	/** Whole lines only: the process may be ended at any time. */
	private static void write(String line) {
		try {
			synchronized (OUT) {
				OUT.write(line);
				OUT.flush();
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** The kernel's ids of this process and of the thread that runs now, which a virtual thread may change. */
	private static String thread() {
		try {
			Path task = Files.readSymbolicLink(Path.of("/proc/thread-self"));
			return task.getName(0).toString() + '\t' + task.getName(2);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static long micros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}
}
