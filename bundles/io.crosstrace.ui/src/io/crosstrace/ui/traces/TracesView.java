package io.crosstrace.ui.traces;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ide.session.Arrivals;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.SelectionModel.Together;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.TimeRange;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceList.Order;
import io.crosstrace.ide.session.TraceListing;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.preferences.Preferences;
import io.crosstrace.ui.recording.Recordings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.IEclipsePreferences.IPreferenceChangeListener;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;

/** All traces of the session, live or of a recording, newest first unless asked otherwise. */
public final class TracesView extends ViewPart {
	private static final String ORDER = "order";
	private static final String REVERSED = "reversed";
	private static final String HIDDEN = "hidden";

	private final Session session = Session.shared();
	private final Consumer<Snapshot> snapshotListener = snapshot -> later(this::refresh);
	private final Consumer<Chosen> chosenListener = chosen -> later(this::mark);
	private final Consumer<Filter> filterListener = filter -> later(this::filterChanged);
	private final IPreferenceChangeListener preferenceListener = event -> later(this::refresh);
	private Composite stack;
	private EmptyState empty;
	private Composite body;
	private FilterField filter;
	private Label count;
	private Link mute;
	private RecordingLine recordingLine;
	private ArrivalsCanvas arrivals;
	private TraceCanvas canvas;
	private EmptyState noMatch;
	private Composite listStack;
	private LossLine lines;
	private Latest<Made> lists;
	private TracesActions actions;
	private IMemento memento;
	private Order order = Order.START;
	private boolean reversed;
	private Snapshot shown;
	private int shownSlices;
	/** What is muted, and the text it was read from. */
	private String mutedText = "";
	private Query mutedQuery;

	private record Made(Snapshot snapshot, TraceList list, Arrivals arrivals, int slices) {
	}

	@Override
	public void init(IViewSite site, IMemento saved) throws PartInitException {
		super.init(site, saved);
		memento = saved;
		if (saved != null && saved.getString(ORDER) != null) {
			try {
				order = Order.valueOf(saved.getString(ORDER));
				reversed = Boolean.TRUE.equals(saved.getBoolean(REVERSED));
			} catch (IllegalArgumentException ofAnotherVersion) {
				order = Order.START;
			}
		}
	}

	@Override
	public void saveState(IMemento saved) {
		saved.putString(ORDER, order.name());
		saved.putBoolean(REVERSED, reversed);
		StringBuilder hidden = new StringBuilder();
		for (TraceCanvas.Column column : TraceCanvas.Column.values()) {
			hidden.append(canvas.columns().contains(column) ? "" : column.name() + " ");
		}
		saved.putString(HIDDEN, hidden.toString());
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "traces");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.TracesView_empty, Stream.concat(
				Arrays.stream(EmptyState.WAYS_TO_TRACES), Stream.of(new String[][] {
						{ "io.crosstrace.ui.showLive", Messages.backToLive, "trouble" } })).toArray(String[][]::new));
		body = new Composite(stack, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(3).spacing(0, 0).applyTo(body);
		recordingLine = new RecordingLine(body, session);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).exclude(true).applyTo(recordingLine);
		filter = new FilterField(body, () -> session.snapshot().traces());
		filter.onQuery(query -> session.filter().setQuery(query.text()));
		GridDataFactory.fillDefaults().grab(true, false).indent(4, 4).applyTo(filter);
		count = new Label(body, SWT.NONE);
		GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).indent(8, 4).applyTo(count);
		mute = new Link(body, SWT.NONE);
		mute.setToolTipText(Messages.mutedTip);
		mute.addListener(SWT.Selection, event -> Preferences.mute(!Preferences.muting()));
		GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).indent(4, 4).applyTo(mute);
		arrivals = new ArrivalsCanvas(body);
		arrivals.onRange(range -> session.filter().setRange(range));
		arrivals.addListener(SWT.Resize, event -> refresh());
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).indent(0, 3).applyTo(arrivals);
		createList(body);
		lists = new Latest<>(stack, this::show);
		actions = new TracesActions(this, session);
		acceptFiles(stack);
		new TracesMenu(this, session);
		front(stack, empty);
		front(listStack, lines);
		session.addListener(snapshotListener);
		session.selection().addListener(chosenListener);
		session.filter().addListener(filterListener);
		InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).addPreferenceChangeListener(preferenceListener);
		filterChanged();
	}

	private void createList(Composite parent) {
		listStack = new Composite(parent, SWT.NONE);
		listStack.setLayout(new StackLayout());
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).applyTo(listStack);
		lines = new LossLine(listStack, session);
		canvas = new TraceCanvas(lines);
		lines.setContent(canvas);
		noMatch = new EmptyState(listStack, "");
		String hidden = memento == null || memento.getString(HIDDEN) == null ? "" : memento.getString(HIDDEN);
		for (TraceCanvas.Column column : TraceCanvas.Column.values()) {
			canvas.show(column, !(" " + hidden).contains(" " + column.name() + " "));
		}
		canvas.onChosen((trace, all) -> session.selection().choose(new Chosen(shown.traces(), shown.era(), trace, 0),
				all.cardinality() > 1 ? new Together(shown.era(), all) : null));
		canvas.onOpen(this::openTimeline);
		canvas.onOrder(this::sortBy);
		filter.text().addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ARROW_DOWN && (event.stateMask & SWT.ALT) == 0 && !filter.isProposing()) {
				canvas.setFocus();
			}
		});
	}

	@Override
	public void dispose() {
		session.removeListener(snapshotListener);
		session.selection().removeListener(chosenListener);
		session.filter().removeListener(filterListener);
		InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).removePreferenceChangeListener(preferenceListener);
		super.dispose();
	}

	@Override
	public void setFocus() {
		if (((StackLayout) stack.getLayout()).topControl == empty) {
			empty.setFocus();
		} else {
			canvas.setFocus();
		}
	}

	/** The list, for whoever wants to look closely. */
	public TraceCanvas canvas() {
		return canvas;
	}

	/** The picture of arrivals above it. */
	public ArrivalsCanvas arrivals() {
		return arrivals;
	}

	/** The filter field. */
	public Text filter() {
		return filter.text();
	}

	/** What is wrong with the filter; empty if nothing is. */
	public String filterProblem() {
		return filter.problem();
	}

	/** What is said beside the filter. */
	public String countText() {
		return count.getText();
	}

	/** The link that mutes, and says how many traces are. */
	public Link muteLink() {
		return mute;
	}

	/** What is said of the recording that is shown; empty for what agents send. */
	public String recordingText() {
		return recordingLine.sentence();
	}

	/** Leads to other pages of a recording, and back to what agents send. */
	public Link recordingLinks() {
		return recordingLine.links();
	}

	Order order() {
		return order;
	}

	/** Lists by an order; by the same once more, in reverse. */
	void sortBy(Order wanted) {
		reversed = order == wanted && !reversed;
		order = wanted;
		refresh();
	}

	private void later(Runnable run) {
		if (!stack.isDisposed()) {
			stack.getDisplay().asyncExec(() -> {
				if (!stack.isDisposed()) {
					run.run();
				}
			});
		}
	}

	/** Another view may have set the filter, or this one's field has. */
	private void filterChanged() {
		String wanted = session.filter().filter().query();
		if (!wanted.equals(filter.query().text())) {
			filter.text().setText(wanted);
		}
		refresh();
	}

	private TraceListing wanted() {
		String text = Preferences.muting() ? Preferences.muted() : "";
		if (!text.equals(mutedText) || mutedQuery == null && !text.isBlank()) {
			mutedText = text;
			try {
				mutedQuery = text.isBlank() ? null : Query.of(text);
			} catch (QueryProblem e) {
				mutedQuery = null;
				CrossTrace.log(CrossTrace.warning("Nothing is muted, because the filter in the preferences cannot be read: "
						+ e.getMessage(), e));
			}
		}
		return new TraceListing(filter.query(), mutedQuery, session.filter().filter().range(), order, reversed);
	}

	private void refresh() {
		Snapshot snapshot = session.snapshot();
		TraceListing wanted = wanted();
		TraceList before = canvas.list();
		int slices = arrivals.slices();
		if (before != null && shown != null && snapshot.sameTraces(shown) && wanted.equals(before.listing())
				&& before.waiting() == 0 && slices == shownSlices) {
			shown = snapshot;
			tell();
			return;
		}
		lists.ask(() -> {
			TraceList list = TraceList.of(snapshot.traces(), wanted, before, System.currentTimeMillis() * 1_000_000);
			return new Made(snapshot, list, list.arrivals(slices), slices);
		});
	}

	private void show(Made made) {
		boolean sameRows = shown != null && shown.era() == made.snapshot.era();
		shown = made.snapshot;
		shownSlices = made.slices;
		canvas.show(made.list, sameRows, chosenRoot());
		arrivals.show(made.arrivals, made.list.listing().range());
		tell();
		boolean none = made.list.size() == 0;
		if (none) {
			noMatch.show(Messages.bind(Messages.noMatch, String.format("%,d", shown.traces().size())));
		}
		front(listStack, none ? noMatch : lines);
		front(stack, shown.traces().size() == 0 ? empty : body);
	}

	private void tell() {
		TraceList list = canvas.list();
		if (list == null) {
			return;
		}
		String failed = shown.recording() == null || !shown.recording().complete() ? "" : shown.recording().problem();
		String nothing = failed.isEmpty() ? io.crosstrace.ui.Messages.TracesView_empty
				: Messages.bind(Messages.recordingFailed, shown.recording().name(), failed);
		if (!nothing.equals(empty.sentence())) {
			empty.show(nothing);
			empty.warn(!failed.isEmpty());
		}
		String all = String.format("%,d", shown.traces().size() - list.waiting() - list.muted());
		boolean filtered = !list.listing().filter().isAll() || !list.listing().range().isAll();
		String text = shown.paused() && shown.behind() > 0
				? Messages.bind(Messages.paused, String.format("%,d", shown.behind()))
				: filtered ? Messages.bind(Messages.countFiltered, String.format("%,d", list.size()), all)
						: all.equals("1") ? Messages.countOne : Messages.bind(Messages.count, all);
		String muting = list.listing().muted() == null ? Messages.mute
				: list.muted() == 0 ? "" : Messages.bind(Messages.muted, String.format("%,d", list.muted()));
		actions.tell(shown);
		int together = canvas.chosenCount();
		text = together > 1 ? Messages.bind(Messages.chosenCount, String.format("%,d", together)) + ", " + text : text;
		boolean changed = recordingLine.tell(shown.recording());
		if (changed || !text.equals(count.getText().strip()) || !muting.equals(mute.getText().strip())) {
			count.setText(text + " ");
			count.setToolTipText(shown.droppedTraces() == 0 ? null
					: Messages.bind(Messages.dropped, String.format("%,d", shown.droppedTraces())));
			mute.setText(muting + " ");
			body.layout();
		}
	}

	private void mark() {
		canvas.mark(chosenRoot());
		tell();
	}

	/** What is listed, as it was when the list was made. */
	Snapshot shown() {
		return shown;
	}

	private int chosenRoot() {
		Chosen chosen = session.selection().chosen();
		return chosen == null || shown == null || chosen.era() != shown.era() ? -1 : chosen.trace().rootRow();
	}

	private void openTimeline() {
		try {
			getSite().getPage().showView(ViewIds.TIMELINE);
		} catch (PartInitException e) {
			CrossTrace.log(e.getStatus());
		}
	}

	/** Lists the recordings off the UI thread, and hands them over on it. */
	void recordings(Consumer<java.util.List<Path>> listener) {
		Job.createSystem("CrossTrace recordings", monitor -> {
			java.util.List<Path> files = session.recordings();
			later(() -> listener.accept(files));
		}).schedule();
	}

	private static void acceptFiles(Control control) {
		DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT | DND.DROP_MOVE);
		target.setTransfer(new Transfer[] { FileTransfer.getInstance() });
		target.addDropListener(new DropTargetAdapter() {
			@Override
			public void dragEnter(DropTargetEvent event) {
				event.detail = DND.DROP_COPY;
			}

			@Override
			public void drop(DropTargetEvent event) {
				if (event.data instanceof String[] files && files.length > 0) {
					Recordings.open(Path.of(files[0]));
				}
			}
		});
	}

	private static void front(Composite stack, Control control) {
		StackLayout layout = (StackLayout) stack.getLayout();
		if (layout.topControl != control) {
			layout.topControl = control;
			stack.layout();
		}
	}
}
