package io.crosstrace.ui.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.Gaps;
import io.crosstrace.ide.timeline.Gaps.Gap;
import io.crosstrace.ide.timeline.TimelineLayout;

/** What a gap means, in a sentence. */
public final class GapText {
	private GapText() {
	}

	/** Empty for no gap. */
	public static String of(TimelineLayout layout, Gap gap) {
		if (gap == null) {
			return "";
		}
		String length = Durations.text(gap.nanos());
		String why = switch (gap.kind()) {
			case BEFORE_CALLS -> Messages.bind(Messages.gapBefore, length, name(layout, gap.before()));
			case BETWEEN_CALLS -> Messages.bind(Messages.gapBetween,
					new Object[] { length, name(layout, gap.after()), name(layout, gap.before()) });
			case AFTER_CALLS -> Messages.bind(Messages.gapAfter, length, name(layout, gap.after()));
			case NO_CALLS -> Messages.bind(Messages.gapNoCalls, length);
			case WAY_THERE -> Messages.bind(Messages.gapThere, length);
			case WAY_BACK -> Messages.bind(Messages.gapBack, length);
			case NOT_SEEN -> Messages.bind(Messages.gapNotSeen, length);
		};
		return why + " " + (gap.heldUp() == 0 ? Messages.gapFree : gap.heldUp() == gap.nanos() ? Messages.gapHeld
				: Messages.bind(Messages.gapHeldPartly, Durations.text(gap.heldUp())));
	}

	private static String name(TimelineLayout layout, int index) {
		if (index == Trace.NONE) {
			return "";
		}
		SpanTable spans = layout.traces().spans();
		return spans.names.text(spans.operation.get(layout.trace().row(index)));
	}

	/** What a kind of gap is, in a few words. */
	public static String kind(Gaps.Kind kind) {
		return switch (kind) {
			case WAY_THERE -> Messages.kindThere;
			case WAY_BACK -> Messages.kindBack;
			case NOT_SEEN -> Messages.kindNotSeen;
			default -> Messages.kindOwn;
		};
	}
}
