package io.crosstrace.ide.session;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/** How many traces began in each of equal stretches of time. Arrays are its own, not to be changed; any thread. */
public final class Arrivals {
	private final long fromNanos;
	private final long sliceNanos;
	private final int[] traces;
	private final int[] failed;
	private final int most;

	private Arrivals(long fromNanos, long sliceNanos, int[] traces, int[] failed) {
		this.fromNanos = fromNanos;
		this.sliceNanos = sliceNanos;
		this.traces = traces;
		this.failed = failed;
		int max = 0;
		for (int count : traces) {
			max = Math.max(max, count);
		}
		most = max;
	}

	/** @param places newest first */
	static Arrivals of(Traces all, int[] places, int slices) {
		int count = Math.max(1, slices);
		long from = places.length == 0 ? 0 : all.byStart(places[places.length - 1]).startNanos();
		long to = from;
		for (int place : places) {
			from = Math.min(from, all.byStart(place).startNanos());
			to = Math.max(to, all.byStart(place).startNanos());
		}
		long slice = Math.max(1, (to - from) / count + 1);
		int[] traces = new int[count];
		int[] failed = new int[count];
		for (int place : places) {
			Trace trace = all.byStart(place);
			int at = (int) ((trace.startNanos() - from) / slice);
			traces[at]++;
			failed[at] += trace.errors() > 0 ? 1 : 0;
		}
		return new Arrivals(from, slice, traces, failed);
	}

	public int slices() {
		return traces.length;
	}

	/** Traces that began in a slice. */
	public int traces(int slice) {
		return traces[slice];
	}

	/** Those of them in which something failed. */
	public int failed(int slice) {
		return failed[slice];
	}

	/** Of the fullest slice; 0 if there is no trace. */
	public int most() {
		return most;
	}

	public boolean isEmpty() {
		return most == 0;
	}

	/** When a slice begins; that of {@link #slices} is when the last one ends. */
	public long startNanos(int slice) {
		return fromNanos + slice * sliceNanos;
	}

	/** The slice a time is in, or the nearest. */
	public int slice(long nanos) {
		return (int) Math.clamp((nanos - fromNanos) / sliceNanos, 0, traces.length - 1);
	}

	/** The time from a slice's beginning to another's end, whichever is first. */
	public TimeRange range(int slice, int otherSlice) {
		return new TimeRange(startNanos(Math.min(slice, otherSlice)), startNanos(Math.max(slice, otherSlice) + 1));
	}
}
