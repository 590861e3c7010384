package io.crosstrace.ui.tests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a thread every 5 ms to answer and notes how long it took: by the clock, of its processor time, and how long
 * of that it was ready to run but other threads and programs had the processors. A question waits behind all the
 * thread was given before, so that many small pieces of work count as one block, too.
 */
final class Watchdog implements AutoCloseable {
	private static final long EVERY_NANOS = 5_000_000;
	private static final long SAMPLE_AFTER_NANOS = 30_000_000;
	private static final String OURS = "io.crosstrace.";

	/**
	 * How long an answer took, in milliseconds.
	 *
	 * @param cpu what the thread itself ran
	 * @param queued how long it was ready to run and did not get a processor
	 */
	record Answer(double elapsed, double cpu, double queued) {
		/** What it would have taken on a machine with a processor to spare. */
		double unhindered() {
			return Math.max(cpu, elapsed - queued);
		}
	}

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
	private final Executor ask;
	private final Thread asked;
	/** The kernel's count of a thread's nanoseconds: run, waited for a processor. */
	private final Path schedule;
	private final Map<String, Integer> stacks = new HashMap<>();
	private final Thread thread;
	private final List<Answer> answers = new ArrayList<>();
	private volatile long answeredNanos;
	private volatile boolean closed;

	/** @param ask gives work to the thread that is asked; not called by that thread */
	Watchdog(Executor ask) throws Exception {
		this.ask = ask;
		FutureTask<Thread> who = new FutureTask<>(Thread::currentThread);
		FutureTask<Path> where = new FutureTask<>(() -> Path.of("/proc/thread-self").toRealPath().resolve("schedstat"));
		ask.execute(who);
		ask.execute(where);
		asked = who.get();
		schedule = where.get();
		thread = new Thread(this::run, "watchdog of " + asked.getName());
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		try {
			while (!closed) {
				ask();
				TimeUnit.NANOSECONDS.sleep(EVERY_NANOS);
			}
		} catch (InterruptedException | IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private void ask() throws IOException {
		answeredNanos = 0;
		long cpu = threads.getThreadCpuTime(asked.threadId());
		long queued = queuedNanos();
		long begun = System.nanoTime();
		long sampled = begun + SAMPLE_AFTER_NANOS;
		ask.execute(() -> {
			answeredNanos = System.nanoTime();
			LockSupport.unpark(thread);
		});
		while (answeredNanos == 0 && !closed) {
			LockSupport.parkNanos(EVERY_NANOS);
			if (answeredNanos == 0 && System.nanoTime() > sampled) {
				stacks.merge(place(asked.getStackTrace()), 1, Integer::sum);
				sampled = System.nanoTime() + EVERY_NANOS;
			}
		}
		if (answeredNanos != 0) {
			answers.add(new Answer((answeredNanos - begun) / 1e6, (threads.getThreadCpuTime(asked.threadId()) - cpu) / 1e6,
					(queuedNanos() - queued) / 1e6));
		}
	}

	private long queuedNanos() throws IOException {
		return Long.parseLong(Files.readString(schedule).split(" ")[1]);
	}

	/** The innermost frame, and our own innermost three. */
	private static String place(StackTraceElement[] stack) {
		if (stack.length == 0) {
			return "nowhere";
		}
		StringBuilder text = new StringBuilder(frame(stack[0]));
		int ours = 0;
		for (StackTraceElement element : stack) {
			if (element.getClassName().startsWith(OURS) && ours++ < 3) {
				text.append(" < ").append(frame(element));
			}
		}
		return text.toString();
	}

	private static String frame(StackTraceElement element) {
		String type = element.getClassName();
		return type.substring(type.lastIndexOf('.') + 1) + "." + element.getMethodName() + ":" + element.getLineNumber();
	}

	/** Asks no more; the figures stand. */
	@Override
	public void close() throws InterruptedException {
		closed = true;
		LockSupport.unpark(thread);
		thread.join();
	}

	/** All answers, in the order they came; to be read when closed. */
	List<Answer> answers() {
		return answers;
	}

	/** Where it was, most often first, while it had not answered for 30 ms. */
	String places(int most) {
		StringBuilder text = new StringBuilder();
		stacks.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(most)
				.forEach(each -> text.append(each.getValue()).append(" x ").append(each.getKey()).append('\n'));
		return text.toString();
	}
}
