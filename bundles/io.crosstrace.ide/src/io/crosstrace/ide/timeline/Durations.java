package io.crosstrace.ide.timeline;

import java.util.Locale;

/** Durations as people read them: three digits and a unit. No state; any thread. */
public final class Durations {
	private static final String[] UNITS = { "ns", "µs", "ms", "s" };

	private Durations() {
	}

	/** Such as "850 ns", "12.3 ms", "4.07 s" or "2 min 5 s"; a negative duration has a minus in front. */
	public static String text(long nanos) {
		if (nanos < 0) {
			return nanos == Long.MIN_VALUE ? "−∞" : "−" + text(-nanos);
		}
		if (nanos >= 60_000_000_000L) {
			long seconds = (nanos + 500_000_000L) / 1_000_000_000L;
			return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
		}
		double value = nanos;
		int unit = 0;
		while (value >= 999.5 && unit < UNITS.length - 1) {
			value /= 1000;
			unit++;
		}
		if (unit == 0) {
			return nanos + " ns";
		}
		int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
		return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
	}

	/** Such as "20 ms": a whole number of the largest unit that {@code stepNanos} fills. For marks on a ruler. */
	public static String mark(long nanos, long stepNanos) {
		long unit = 1;
		int name = 0;
		while (name < UNITS.length - 1 && stepNanos >= unit * 1000) {
			unit *= 1000;
			name++;
		}
		return nanos / unit + " " + UNITS[name];
	}
}
