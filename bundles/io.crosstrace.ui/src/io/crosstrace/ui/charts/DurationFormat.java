package io.crosstrace.ui.charts;

import io.crosstrace.ide.timeline.Durations;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Nanoseconds as people read them, without needless zeroes: "20 ms", "1.5 s". */
final class DurationFormat extends NumberFormat {
	private static final long serialVersionUID = 1L;

	static String text(double nanos) {
		return nanos == 0 ? "0" : Durations.text(Math.round(nanos)).replaceFirst("^(\\d+)\\.0+ ", "$1 ")
				.replaceFirst("^(\\d+\\.\\d)0 ", "$1 ");
	}

	@Override
	public StringBuffer format(double nanos, StringBuffer out, FieldPosition at) {
		return out.append(text(nanos));
	}

	@Override
	public StringBuffer format(long nanos, StringBuffer out, FieldPosition at) {
		return format((double) nanos, out, at);
	}

	@Override
	public Number parse(String text, ParsePosition at) {
		throw new UnsupportedOperationException("axes are only written");
	}
}
