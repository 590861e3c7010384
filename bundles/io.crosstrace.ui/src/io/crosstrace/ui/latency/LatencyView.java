package io.crosstrace.ui.latency;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.latency.LatencyDiff.Group;
import io.crosstrace.ide.latency.LatencyDiff.Row;
import io.crosstrace.ide.latency.LatencyPicture;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Icons;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.Named;
import io.crosstrace.ui.Pulse;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.charts.ChartCanvas;
import io.crosstrace.ui.latency.ChangesPane.Changes;
import io.crosstrace.ui.latency.LatencyContent.Against;
import io.crosstrace.ui.latency.LatencyContent.Asked;
import io.crosstrace.ui.latency.LatencyPanes.Pane;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;

/**
 * How long requests of one operation took: their distribution, percentiles and each of them over time, and what made some
 * slower than others; live.
 */
public final class LatencyView extends ViewPart {
	private static final int BEAT_MILLIS = 1_000;
	private static final int[] WINDOW_SECONDS = { 60, 300, 900, 0 };
	private static final int NARROW_PX = 440;
	private static final String WINDOW = "window";
	private static final String HIDDEN = "hidden";

	private final Session session = Session.shared();
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private Combo operations;
	private Combo windows;
	private Label summary;
	private Combo against;
	private LatencyPanes charts;
	private ChartCanvas histogram;
	private ChartCanvas percentiles;
	private HeatCanvas heat;
	private ChangesPane changes;
	private Latest<LatencyContent> pictures;
	private List<Operation> known = List.of();
	private Operation chosen;
	private int window;
	private int era;
	private Against wanted = Against.REST;
	/** With {@link Against#OTHER}. */
	private Operation other;
	private Changes compared;
	private final Set<Pane> hidden = EnumSet.noneOf(Pane.class);

	@Override
	public void init(IViewSite site, IMemento memento) throws PartInitException {
		super.init(site, memento);
		Integer saved = memento == null ? null : memento.getInteger(WINDOW);
		window = saved == null ? 0 : Math.clamp(saved, 0, WINDOW_SECONDS.length - 1);
		String out = memento == null || memento.getString(HIDDEN) == null ? "" : memento.getString(HIDDEN);
		Arrays.stream(Pane.values()).filter(pane -> List.of(out.split(" ")).contains(pane.name())).forEach(hidden::add);
	}

	@Override
	public void saveState(IMemento memento) {
		memento.putInteger(WINDOW, window);
		memento.putString(HIDDEN, Arrays.stream(Pane.values()).filter(pane -> !charts.wants(pane)).map(Pane::name)
				.collect(Collectors.joining(" ")));
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
		createActions();
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

	/** The pictures, for whoever wants to look closely. */
	public LatencyPanes charts() {
		return charts;
	}

	/** What got slower, and where. */
	public ChangesPane changes() {
		return changes;
	}

	/** With what the shown requests are compared. */
	public Combo against() {
		return against;
	}

	private Control createBody(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(6, 4).spacing(4, 4).numColumns(3).applyTo(all);
		operations = new Combo(all, SWT.READ_ONLY | SWT.DROP_DOWN);
		operations.setToolTipText(Messages.operation);
		Named.by(operations, Messages.operation);
		operations.setVisibleItemCount(20);
		operations.addListener(SWT.Selection, event -> choose(known.get(operations.getSelectionIndex())));
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(operations);
		windows = new Combo(all, SWT.READ_ONLY | SWT.DROP_DOWN);
		windows.setToolTipText(Messages.window);
		Named.by(windows, Messages.window);
		windows.setItems(Messages.minute, Messages.fiveMinutes, Messages.quarter, Messages.all);
		windows.select(window);
		windows.addListener(SWT.Selection, event -> {
			window = windows.getSelectionIndex();
			ask(session.snapshot());
		});
		against = new Combo(all, SWT.READ_ONLY | SWT.DROP_DOWN);
		against.setToolTipText(Messages.againstTip);
		Named.by(against, Messages.againstTip);
		against.setVisibleItemCount(20);
		against.setItems(Messages.againstRest, Messages.againstBefore);
		against.select(0);
		against.addListener(SWT.Selection, event -> compare(against.getSelectionIndex()));
		GridDataFactory.fillDefaults().hint(140, SWT.DEFAULT).applyTo(against);
		all.addListener(SWT.Resize, event -> wrap(all));
		summary = new Label(all, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).span(3, 1).applyTo(summary);
		charts = new LatencyPanes(all);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).applyTo(charts);
		histogram = new ChartCanvas(charts);
		percentiles = new ChartCanvas(charts);
		heat = new HeatCanvas(charts);
		heat.onChosen(this::chosen);
		changes = new ChangesPane(charts);
		changes.onOpen(this::showTracesOf);
		charts.set(Pane.DISTRIBUTION, histogram);
		charts.set(Pane.PERCENTILES, percentiles);
		charts.set(Pane.HEAT, heat);
		charts.set(Pane.CHANGES, changes);
		hidden.forEach(pane -> charts.want(pane, false));
		return all;
	}

	/** Where there is little room the operation, whose name is long, has a line of its own. */
	private void wrap(Composite all) {
		GridData first = (GridData) operations.getLayoutData();
		int span = all.getClientArea().width < NARROW_PX ? 3 : 1;
		if (first.horizontalSpan != span) {
			first.horizontalSpan = span;
			GridData last = (GridData) against.getLayoutData();
			last.horizontalSpan = span == 3 ? 2 : 1;
			last.grabExcessHorizontalSpace = span == 3;
			all.layout();
		}
	}

	private void createActions() {
		String[] names = { Messages.paneDistribution, Messages.panePercentiles, Messages.paneHeat, Messages.paneChanges };
		String[] icons = { "latency", "overtime", "heat", "changes" };
		for (Pane pane : Pane.values()) {
			IAction show = new Action(names[pane.ordinal()], IAction.AS_CHECK_BOX) {
				@Override
				public void run() {
					charts.want(pane, isChecked());
				}
			};
			show.setChecked(charts.wants(pane));
			show.setImageDescriptor(Icons.descriptor(icons[pane.ordinal()]));
			getViewSite().getActionBars().getToolBarManager().add(show);
			getViewSite().getActionBars().getMenuManager().add(show);
		}
	}

	private void compare(int index) {
		wanted = index == 0 ? Against.REST : index == 1 ? Against.BEFORE : Against.OTHER;
		other = index < 2 ? null : known.get(index - 2);
		ask(session.snapshot());
	}

	/** A block of cells was chosen, or let go: its traces are listed, and compared with the others. */
	private void chosen(Group block) {
		session.filter().set(new Filter(block == null ? "" : block.filter(), TimeRange.ALL));
		if (block != null) {
			showTraces();
		}
		ask(session.snapshot());
	}

	/** Lists the compared requests that did a step. */
	private void showTracesOf(Row row) {
		Group group = compared == null ? null : compared.group();
		if (group != null) {
			session.filter().set(new Filter(row.own() ? group.filter() : "{ " + group.filter() + " } && { service = "
					+ Completion.quoted(row.service()) + " && name = " + Completion.quoted(row.operation()) + " }",
					TimeRange.ALL));
			showTraces();
		}
	}

	private void showTraces() {
		try {
			getSite().getPage().showView(ViewIds.TRACES, null, IWorkbenchPage.VIEW_VISIBLE);
		} catch (PartInitException e) {
			CrossTrace.log(e.getStatus());
		}
	}

	private void ask(Snapshot snapshot) {
		if (snapshot.era() != era) { // other spans: cleared, or of a recording
			era = snapshot.era();
			heat.forget();
		}
		Asked asked = new Asked(chosen, TimeUnit.SECONDS.toNanos(WINDOW_SECONDS[window]), heat.columns(), heat.rows(), wanted,
				other, heat.block());
		pictures.ask(() -> LatencyContent.make(snapshot.traces(), asked));
	}

	private void show(LatencyContent made) {
		if (made.picture() == null) {
			front(empty);
			return;
		}
		if (chosen == null) {
			chosen = made.operation();
		}
		if (!made.operation().equals(chosen)) {
			return; // another was chosen meanwhile, and is being made
		}
		front(body);
		list(made.operations());
		LatencyPicture picture = made.picture();
		boolean any = picture.all().total() > 0;
		summary.setText(any ? Messages.bind(Messages.summary, new Object[] {
				String.format("%,d", picture.all().total()), String.format("%,d", picture.allFailures()),
				Durations.text(picture.all().percentile(0.5)), Durations.text(picture.all().percentile(0.95)),
				Durations.text(picture.all().percentile(0.99)), Durations.text(picture.all().max()) })
				: Messages.bind(Messages.nothing, LatencyContent.name(made.operation())));
		summary.requestLayout();
		histogram.show(any ? made.histogram() : null);
		percentiles.show(any ? made.percentiles() : null);
		heat.show(made.heat());
		compared = made.changes();
		if (compared != null) {
			changes.show(compared);
		}
		charts.fill(Pane.CHANGES, compared != null);
	}

	private void list(List<Operation> now) {
		if (!now.equals(known)) {
			known = now;
			String[] names = now.stream().map(LatencyContent::name).toArray(String[]::new);
			operations.setItems(names);
			int selected = Math.max(0, against.getSelectionIndex());
			against.setItems(Stream.concat(Stream.of(Messages.againstRest, Messages.againstBefore),
					Arrays.stream(names).map(name -> Messages.bind(Messages.againstOther, name)))
					.toArray(String[]::new));
			against.select(wanted == Against.OTHER ? known.indexOf(other) + 2 : selected);
		}
		int index = known.indexOf(chosen);
		if (operations.getSelectionIndex() != index) {
			operations.select(index);
		}
	}

	private void front(Control control) {
		if (((StackLayout) stack.getLayout()).topControl != control) {
			((StackLayout) stack.getLayout()).topControl = control;
			stack.layout();
		}
	}
}
