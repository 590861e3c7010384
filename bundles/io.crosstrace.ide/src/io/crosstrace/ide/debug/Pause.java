package io.crosstrace.ide.debug;

/**
 * A thread, or a whole virtual machine, stood still in the debugger.
 *
 * @param pid process id on this host
 * @param tid the thread's id in the operating system; {@link #ALL} for all threads, {@link #UNKNOWN} for one that
 *        could not be told
 * @param thread its name in Java; empty for all
 * @param startNanos Unix time
 * @param endNanos Unix time; {@link Long#MAX_VALUE} while it lasts
 */
public record Pause(int pid, int tid, String thread, long startNanos, long endNanos) {
	public static final int ALL = 0;
	public static final int UNKNOWN = -1;

	Pause until(long nanos) {
		return new Pause(pid, tid, thread, startNanos, nanos);
	}
}
