package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.source.Beside;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.layout.GridDataFactory;
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
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;

/** The traces of one method worth a look: all of them, the slowest, the last failed. Enter or a click opens. UI thread. */
final class TracesPopup extends PopupDialog {
	private static final int WIDTH = 460;
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

	/** A row: a trace by one of its spans, or, without one, all traces of the method. */
	private record Row(String text, String detail, SpanRef span) {
	}

	private final MethodNumbers numbers;
	private TableViewer list;

	private TracesPopup(Shell parent, MethodNumbers numbers) {
		super(parent, SWT.RESIZE, true, false, false, false, false, numbers.endpoint().place().label() + "   " + numbers.endpoint().route(),
				numbers.label());
		this.numbers = numbers;
	}

	static void open(MethodNumbers numbers) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		if (window != null) {
			new TracesPopup(window.getShell(), numbers).open();
		}
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		List<Row> rows = rows();
		list = new TableViewer(area, SWT.SINGLE | SWT.V_SCROLL);
		list.setContentProvider(ArrayContentProvider.getInstance());
		list.setLabelProvider(new DelegatingStyledCellLabelProvider(new Words()));
		list.setInput(rows);
		list.setSelection(new StructuredSelection(rows.get(0)));
		list.getTable().addListener(SWT.DefaultSelection, event -> take());
		list.getTable().addListener(SWT.MouseUp, event -> {
			if (list.getTable().getItem(new Point(event.x, event.y)) != null) {
				take();
			}
		});
		GridDataFactory.fillDefaults().grab(true, true)
				.hint(WIDTH, rows.size() * (list.getTable().getItemHeight() + 4)).applyTo(list.getTable());
		return area;
	}

	private List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		rows.add(new Row(Messages.bind(Messages.all, numbers.calls()), "", null));
		for (SpanRef span : numbers.slowest()) {
			rows.add(new Row(Messages.bind(Messages.slow, Durations.text(span.durationNanos())), time(span), span));
		}
		for (SpanRef span : numbers.failed()) {
			rows.add(new Row(Messages.bind(Messages.failed, span.table().status.get(span.row()) == 0 ? ""
					: String.valueOf(span.table().status.get(span.row()))).strip(), time(span) + ", "
					+ Durations.text(span.durationNanos()), span));
		}
		return rows;
	}

	private static String time(SpanRef span) {
		long nanos = span.table().startNanos.get(span.row());
		return TIME.format(Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L));
	}

	@Override
	protected Control getFocusControl() {
		return list.getTable();
	}

	@Override
	protected Point getInitialLocation(Point size) {
		return Beside.place(getParentShell(), size);
	}

	private void take() {
		Row row = (Row) ((IStructuredSelection) list.getSelection()).getFirstElement();
		close();
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
