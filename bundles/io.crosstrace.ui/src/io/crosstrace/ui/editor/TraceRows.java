package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.timeline.Durations;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;

/** A list of a method's traces worth a look: all of them, the slowest, the last failed. Enter or a click opens. UI thread. */
final class TraceRows {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

	/** A trace by one of its spans or, without one, all traces of the method. */
	private record Row(String text, String detail, SpanRef span) {
	}

	private final MethodNumbers numbers;
	private final Runnable done;
	private final TableViewer list;
	private final int rows;

	/** @param done called before a trace is opened */
	TraceRows(Composite parent, MethodNumbers numbers, Runnable done) {
		this.numbers = numbers;
		this.done = done;
		List<Row> all = rows();
		rows = all.size();
		list = new TableViewer(parent, SWT.SINGLE | SWT.V_SCROLL);
		list.setContentProvider(ArrayContentProvider.getInstance());
		list.setLabelProvider(new DelegatingStyledCellLabelProvider(new Words()));
		list.setInput(all);
		list.setSelection(new StructuredSelection(all.get(0)));
		list.getTable().addListener(SWT.DefaultSelection, event -> take());
		list.getTable().addListener(SWT.MouseUp, event -> {
			if (list.getTable().getItem(new Point(event.x, event.y)) != null) {
				take();
			}
		});
	}

	Table control() {
		return list.getTable();
	}

	/** In pixels, with room for every row. */
	int heightHint() {
		return rows * (list.getTable().getItemHeight() + 4);
	}

	private List<Row> rows() {
		List<Row> all = new ArrayList<>();
		all.add(new Row(Messages.bind(Messages.all, numbers.calls()), "", null));
		for (SpanRef span : numbers.slowest()) {
			all.add(new Row(Messages.bind(Messages.slow, Durations.text(span.durationNanos())), time(span), span));
		}
		for (SpanRef span : numbers.failed()) {
			all.add(new Row(Messages.bind(Messages.failed, span.table().status.get(span.row()) == 0 ? ""
					: String.valueOf(span.table().status.get(span.row()))).strip(), time(span) + ", "
					+ Durations.text(span.durationNanos()), span));
		}
		return all;
	}

	private static String time(SpanRef span) {
		long nanos = span.table().startNanos.get(span.row());
		return TIME.format(Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L));
	}

	private void take() {
		Row row = (Row) ((IStructuredSelection) list.getSelection()).getFirstElement();
		done.run();
		if (row != null && row.span() == null) {
			ShowTraces.list(numbers.endpoint(), numbers);
		} else if (row != null) {
			ShowTraces.one(row.span());
		}
	}

	private static final class Words extends LabelProvider
			implements DelegatingStyledCellLabelProvider.IStyledLabelProvider {
		@Override
		public StyledString getStyledText(Object element) {
			Row row = (Row) element;
			return new StyledString(row.text()).append("   " + row.detail(), StyledString.QUALIFIER_STYLER);
		}
	}
}
