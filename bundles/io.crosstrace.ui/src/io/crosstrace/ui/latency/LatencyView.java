package io.crosstrace.ui.latency;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.latency.HeatMap;
import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.Pulse;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.charts.Chart;
import io.crosstrace.ui.charts.ChartCanvas;
import io.crosstrace.ui.charts.LatencyCharts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;

/** How long requests of one operation took: their distribution, and percentiles over time; live. */
public final class LatencyView extends ViewPart {
	private static final int BEAT_MILLIS = 1_000;
	private static final int SLICES = 30;
	private static final int[] WINDOW_SECONDS = { 60, 300, 900, 0 };
	private static final String WINDOW = "window";
	private static final AtomicBoolean REHEARSED = new AtomicBoolean();

	private final Session session = Session.shared();
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private Combo operations;
	private Combo windows;
	private Label summary;
	private Composite charts;
	private ChartCanvas histogram;
	private ChartCanvas percentiles;
	private HeatCanvas heat;
	private Latest<Made> pictures;
	private List<Operation> known = List.of();
	private Operation chosen;
	private int window;

	/** All there is to show; {@code picture} null if nothing was ever served. */
	private record Made(List<Operation> operations, Operation operation, LatencyPicture picture, Chart histogram,
			Chart percentiles, HeatMap heat) {
	}

	@Override
	public void init(IViewSite site, IMemento memento) throws PartInitException {
		super.init(site, memento);
		Integer saved = memento == null ? null : memento.getInteger(WINDOW);
		window = saved == null ? 0 : Math.clamp(saved, 0, WINDOW_SECONDS.length - 1);
	}

	@Override
	public void saveState(IMemento memento) {
		memento.putInteger(WINDOW, window);
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "latency");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.LatencyView_empty, EmptyState.WAYS_TO_TRACES);
		body = new LossLine(stack, session);
		body.setContent(createBody(body));
		pictures = new Latest<>(stack, this::show);
		front(empty);
		new Pulse(session, stack, BEAT_MILLIS, this::ask);
	}

	@Override
	public void setFocus() {
		Control top = ((StackLayout) stack.getLayout()).topControl;
		if (top == body) {
			operations.setFocus();
		} else {
			top.setFocus();
		}
	}

	/** Shows an operation, now and as more of it arrives. UI thread. */
	public void choose(Operation operation) {
		chosen = operation;
		ask(session.snapshot());
	}

	/** The operation shown, or null before the first. */
	public Operation chosen() {
		return chosen;
	}

	/** The picture whose cells lead to traces. */
	public HeatCanvas heat() {
		return heat;
	}

	/** The parent of the charts, for whoever wants to look closely. */
	public Composite charts() {
		return charts;
	}

	private Control createBody(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(6, 4).spacing(4, 4).numColumns(2).applyTo(all);
		operations = new Combo(all, SWT.READ_ONLY | SWT.DROP_DOWN);
		operations.setToolTipText(Messages.operation);
		operations.setVisibleItemCount(20);
		operations.addListener(SWT.Selection, event -> choose(known.get(operations.getSelectionIndex())));
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(operations);
		windows = new Combo(all, SWT.READ_ONLY | SWT.DROP_DOWN);
		windows.setToolTipText(Messages.window);
		windows.setItems(Messages.minute, Messages.fiveMinutes, Messages.quarter, Messages.all);
		windows.select(window);
		windows.addListener(SWT.Selection, event -> {
			window = windows.getSelectionIndex();
			ask(session.snapshot());
		});
		summary = new Label(all, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).span(2, 1).applyTo(summary);
		charts = new Composite(all, SWT.NONE);
		charts.setLayout(new FillLayout(SWT.VERTICAL));
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(charts);
		histogram = new ChartCanvas(charts);
		percentiles = new ChartCanvas(charts);
		heat = new HeatCanvas(charts);
		heat.onChosen(filter -> {
			session.filter().set(new Filter(filter, TimeRange.ALL));
			if (!filter.isEmpty()) {
				showTraces();
			}
		});
		charts.addListener(SWT.Resize, event -> {
			boolean wide = charts.getSize().x > 2 * charts.getSize().y;
			((FillLayout) charts.getLayout()).type = wide ? SWT.HORIZONTAL : SWT.VERTICAL;
		});
		return all;
	}

	private void showTraces() {
		try {
			getSite().getPage().showView(ViewIds.TRACES, null, IWorkbenchPage.VIEW_VISIBLE);
		} catch (PartInitException e) {
			CrossTrace.log(e.getStatus());
		}
	}

	private void ask(Snapshot snapshot) {
		Operation wanted = chosen;
		long windowNanos = TimeUnit.SECONDS.toNanos(WINDOW_SECONDS[window]);
		int columns = heat.columns();
		int rows = heat.rows();
		pictures.ask(() -> make(snapshot.traces(), wanted, windowNanos, columns, rows));
	}

	private static Made make(Traces traces, Operation wanted, long windowNanos, int columns, int rows) {
		List<Operation> operations = Operation.in(traces.spans());
		if (operations.isEmpty()) {
			return new Made(operations, wanted, null, null, null, null);
		}
		Operation operation = wanted == null ? operations.get(0) : wanted;
		long first = Long.MAX_VALUE;
		long last = Long.MIN_VALUE;
		for (int i = 0; i < traces.size(); i++) {
			Trace trace = traces.byStart(i);
			first = Math.min(first, trace.startNanos());
			last = Math.max(last, trace.endNanos());
		}
		long from = windowNanos == 0 ? first : Math.max(first, last - windowNanos);
		LatencyPicture picture = LatencyPicture.of(traces.spans(), operation, from, Math.max(last, from) + 1, SLICES);
		Chart histogram = LatencyCharts.histogram(picture);
		Chart percentiles = LatencyCharts.percentiles(picture);
		if (REHEARSED.compareAndSet(false, true)) {
			histogram.rehearse();
			percentiles.rehearse();
		}
		return new Made(operations, operation, picture, histogram, percentiles,
				HeatMap.of(traces, operation, from, Math.max(last, from) + 1, columns, rows));
	}

	private void show(Made made) {
		if (made.picture == null) {
			front(empty);
			return;
		}
		if (chosen == null) {
			chosen = made.operation;
		}
		if (!made.operation.equals(chosen)) {
			return; // another was chosen meanwhile, and is being made
		}
		front(body);
		list(made.operations);
		LatencyPicture picture = made.picture;
		boolean any = picture.all().total() > 0;
		summary.setText(any ? Messages.bind(Messages.summary, new Object[] {
				String.format("%,d", picture.all().total()), String.format("%,d", picture.allFailures()),
				Durations.text(picture.all().percentile(0.5)), Durations.text(picture.all().percentile(0.95)),
				Durations.text(picture.all().percentile(0.99)), Durations.text(picture.all().max()) })
				: Messages.bind(Messages.nothing, name(made.operation)));
		summary.requestLayout();
		histogram.show(any ? made.histogram : null);
		percentiles.show(any ? made.percentiles : null);
		heat.show(made.heat);
	}

	private void list(List<Operation> now) {
		if (!now.equals(known)) {
			known = now;
			operations.setItems(now.stream().map(LatencyView::name).toArray(String[]::new));
		}
		int index = known.indexOf(chosen);
		if (operations.getSelectionIndex() != index) {
			operations.select(index);
		}
	}

	private static String name(Operation operation) {
		return operation.name().isEmpty() ? Messages.bind(Messages.allOperations, operation.service())
				: operation.service() + "  " + operation.name();
	}

	private void front(Control control) {
		if (((StackLayout) stack.getLayout()).topControl != control) {
			((StackLayout) stack.getLayout()).topControl = control;
			stack.layout();
		}
	}
}
