package io.crosstrace.ui.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelineRows;

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
