package io.crosstrace.ui.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelineRows;
import java.util.Locale;

/** A span, or a trace, in words: for tooltips, screen readers and the clipboard. */
final class SpanText {
	private static final int MAX_VALUE = 120;

	private SpanText() {
	}

	/** Several lines: what it was, when, how sure its parent is, and its attributes. */
	static String of(TimelineLayout layout, int index) {
		SpanTable spans = layout.traces().spans();
		int row = layout.trace().row(index);
		StringBuilder text = new StringBuilder();
		text.append(spans.names.text(spans.service.get(row))).append("  ");
		text.append(spans.names.text(spans.operation.get(row)));
		if (spans.status.get(row) != 0) {
			text.append("  ").append(spans.status.get(row));
		}
		long duration = layout.endNanos(index) - layout.startNanos(index);
		text.append('\n').append(Messages.bind(Messages.started, new Object[] {
				Durations.text(layout.startNanos(index)), Durations.text(duration),
				Durations.text(layout.selfNanos(index)) }));
		if (spans.firstByteNanos.get(row) > 0) {
			text.append('\n').append(Messages.bind(Messages.firstByte,
					Durations.text(spans.firstByteNanos.get(row) - spans.startNanos.get(row))));
		}
		if (layout.criticalNanos(index) > 0) {
			text.append('\n').append(Messages.bind(Messages.critical, Durations.text(layout.criticalNanos(index))));
		}
		if (spans.has(row, SpanTable.UNANSWERED)) {
			text.append('\n').append(Messages.unanswered);
		} else if (spans.has(row, SpanTable.INCOMPLETE)) {
			text.append('\n').append(Messages.incomplete);
		}
		if (index > 0) {
			text.append('\n').append(edge(spans, row));
		}
		text.append('\n');
		for (int i = 0; i < spans.attributeCount(row); i++) {
			String value = spans.values.text(spans.attributeValue(row, i));
			text.append('\n').append(spans.names.text(spans.attributeKey(row, i))).append(" = ")
					.append(value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value);
		}
		return text.toString().stripTrailing();
	}

	/** One line: what it was, how long, how long by itself, until its first byte, and how much it held up. */
	static String inShort(TimelineLayout layout, int index) {
		SpanTable spans = layout.traces().spans();
		int row = layout.trace().row(index);
		long duration = layout.endNanos(index) - layout.startNanos(index);
		StringBuilder text = new StringBuilder();
		text.append(spans.names.text(spans.operation.get(row))).append("  ·  ").append(Durations.text(duration));
		part(text, Messages.shortSelf, Durations.text(layout.selfNanos(index)));
		if (spans.firstByteNanos.get(row) > 0) {
			part(text, Messages.shortFirstByte,
					Durations.text(spans.firstByteNanos.get(row) - spans.startNanos.get(row)));
		}
		long held = layout.criticalNanos(index);
		if (held > 0) {
			text.append("  ·  ").append(Messages.bind(Messages.shortHeld, Durations.text(held),
					percent(held, layout.durationNanos())));
		}
		if (index > 0) {
			text.append("  ·  ").append(edge(spans, row));
		}
		return text.toString();
	}

	/** One line about the group that a span is the first of. */
	static String group(TimelineLayout layout, int head) {
		TimelineLayout.Repeated all = layout.repeated(head);
		SpanTable spans = layout.traces().spans();
		return Messages.bind(all.errors() == 0 ? Messages.group : Messages.groupErrors, new Object[] {
				spans.names.text(spans.operation.get(layout.trace().row(head))), all.count(),
				Durations.text(all.sumNanos() / all.count()), Durations.text(all.sumNanos()),
				Durations.text(all.heldUpNanos()), all.errors() });
	}

	private static void part(StringBuilder text, String message, String value) {
		text.append("  ·  ").append(Messages.bind(message, value));
	}

	/** Such as "56 %", "0.4 %" or "< 0.1 %". */
	static String percent(long part, long whole) {
		double percent = 100.0 * part / Math.max(1, whole);
		return percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%",
				percent);
	}

	/** One line a row, indented, with durations: for a ticket or a chat. */
	static String of(TimelineLayout layout, TimelineRows rows) {
		SpanTable spans = layout.traces().spans();
		int[] depths = layout.trace().depths();
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < rows.size(); i++) {
			int index = rows.index(i);
			int row = layout.trace().row(index);
			text.append("  ".repeat(Math.min(depths[index], 40)));
			text.append(spans.isRequest(row) ? "" : "→ ").append(spans.names.text(spans.service.get(row))).append("  ");
			text.append(spans.names.text(spans.operation.get(row))).append("  ");
			if (rows.folded(index)) {
				TimelineLayout.Repeated all = layout.repeated(index);
				text.append("× ").append(all.count()).append("  ").append(Durations.text(all.sumNanos())).append('\n');
				continue;
			}
			text.append(Durations.text(layout.endNanos(index) - layout.startNanos(index)));
			text.append(spans.has(row, SpanTable.ERROR) ? "  ERROR " + spans.status.get(row) : "").append('\n');
		}
		return text.toString();
	}

	private static String edge(SpanTable spans, int row) {
		if (spans.has(row, SpanTable.PARENT_PROVEN)) {
			return Messages.edgeProven;
		}
		int confidence = spans.confidence.get(row);
		return spans.isRequest(row) || confidence >= 1_000_000 ? Messages.edgeExact
				: Messages.bind(Messages.edgeInferred, confidence / 10_000);
	}
}
