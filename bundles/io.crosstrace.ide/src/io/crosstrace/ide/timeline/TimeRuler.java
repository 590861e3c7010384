package io.crosstrace.ide.timeline;

import java.util.ArrayList;
import java.util.List;

/** Round marks on a stretch of time. No state; any thread. */
public final class TimeRuler {
	/** @param x pixels from the left edge */
	public record Tick(int x, String label) {
	}

	private TimeRuler() {
	}

	/**
	 * The marks that fall into {@code [t0, t1]}, at 1, 2 or 5 times a power of ten.
	 *
	 * @param gapPx least pixels between two marks
	 * @return empty if there is no room
	 */
	public static List<Tick> ticks(long t0, long t1, int widthPx, int gapPx) {
		List<Tick> ticks = new ArrayList<>();
		if (t1 <= t0 || widthPx <= 0) {
			return ticks;
		}
		long step = step((t1 - t0) / (double) widthPx * gapPx);
		for (long t = Math.ceilDiv(t0, step) * step; t <= t1; t += step) {
			ticks.add(new Tick((int) Math.round((t - t0) / (double) (t1 - t0) * widthPx), Durations.mark(t, step)));
		}
		return ticks;
	}

	private static long step(double least) {
		long power = 1;
		while (power * 5 < least && power < Long.MAX_VALUE / 100) {
			power *= 10;
		}
		return power >= least ? power : power * 2 >= least ? power * 2 : power * 5;
	}
}
