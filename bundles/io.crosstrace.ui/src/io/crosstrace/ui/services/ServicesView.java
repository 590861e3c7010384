package io.crosstrace.ui.services;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.services.GraphPicture;
import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.Actions;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.Pulse;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.preferences.Preferences;
import io.crosstrace.ui.services.ServicePainter.Weight;
import io.crosstrace.ui.traces.TracesView;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;

/** Who calls whom, how often, how fast and with how many errors; live, as a picture or a table. */
public final class ServicesView extends ViewPart {
	private static final int BEAT_MILLIS = 1_000;
	private static final String WINDOW = "window";
	private static final String TABLE = "table";
	private static final String WEIGHT = "weight";

	private final Session session = Session.shared();
	/** Services that are shown by their operations. */
	private final Set<String> expanded = new HashSet<>();
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private Composite content;
	private Composite pictures;
	private Text search;
	private ServiceCanvas canvas;
	private ServiceTable table;
	private Latest<GraphPicture> graphs;
	/** Size of the canvas that the picture was laid out for. */
	private Point laidOutFor = new Point(0, 0);
	private int windowSeconds = 60;
	private Weight weight = Weight.CALLS;
	private boolean asTable;

	@Override
	public void init(IViewSite site, IMemento memento) throws PartInitException {
		super.init(site, memento);
		if (memento != null) {
			windowSeconds = memento.getInteger(WINDOW) == null ? windowSeconds : memento.getInteger(WINDOW);
			asTable = Boolean.TRUE.equals(memento.getBoolean(TABLE));
			for (Weight known : Weight.values()) {
				weight = known.name().equals(memento.getString(WEIGHT)) ? known : weight;
			}
		}
	}

	@Override
	public void saveState(IMemento memento) {
		memento.putInteger(WINDOW, windowSeconds);
		memento.putBoolean(TABLE, asTable);
		memento.putString(WEIGHT, weight.name());
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "services");
		stack = new Composite(parent, 0);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.ServicesView_empty, EmptyState.WAYS_TO_TRACES);
		body = new LossLine(stack, session);
		content = new Composite(body, 0);
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(content);
		body.setContent(content);
		createSearch();
		pictures = new Composite(content, 0);
		pictures.setLayout(new StackLayout());
		GridDataFactory.fillDefaults().grab(true, true).applyTo(pictures);
		canvas = new ServiceCanvas(pictures);
		canvas.weigh(weight);
		canvas.addListener(SWT.Resize, event -> resized());
		canvas.onOpen(this::latencies);
		canvas.onExpand(this::toggle);
		canvas.onFind(this::search);
		table = new ServiceTable(pictures, this::latencies);
		graphs = new Latest<>(stack, this::show);
		createActions();
		choose();
		front(empty);
		new Pulse(session, stack, BEAT_MILLIS, this::ask);
		Preferences.warmUp();
	}

	private void createSearch() {
		search = new Text(content, SWT.SEARCH | SWT.ICON_CANCEL);
		search.setMessage(Messages.searchHint);
		search.setVisible(false);
		GridDataFactory.fillDefaults().grab(true, false).exclude(true).indent(4, 2).applyTo(search);
		search.addListener(SWT.Modify, event -> found(canvas.find(search.getText(), false)));
		search.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR || event.keyCode == SWT.ARROW_DOWN) {
				found(canvas.find(search.getText(), true));
			} else if (event.keyCode == SWT.ESC) {
				showSearch(false);
				canvas.setFocus();
			}
		});
	}

	private void found(boolean any) {
		search.setToolTipText(any || search.getText().isEmpty() ? null : Messages.searchNone);
	}

	private void search() {
		if (!asTable) {
			showSearch(true);
			search.setFocus();
			search.selectAll();
		}
	}

	private void showSearch(boolean visible) {
		((GridData) search.getLayoutData()).exclude = !visible;
		search.setVisible(visible);
		content.layout();
	}

	@Override
	public void setFocus() {
		Control top = ((StackLayout) stack.getLayout()).topControl;
		if (top == body) {
			((StackLayout) pictures.getLayout()).topControl.setFocus();
		} else {
			top.setFocus();
		}
	}

	/** The picture, for whoever wants to look closely. */
	public ServiceCanvas canvas() {
		return canvas;
	}

	/** The field to look for a service in, which is hidden until it is asked for. */
	public Text searchField() {
		return search;
	}

	private void ask(Snapshot snapshot) {
		long window = TimeUnit.SECONDS.toNanos(windowSeconds);
		Set<String> apart = Set.copyOf(expanded);
		Point size = canvas.getSize();
		GraphPicture before = canvas.picture();
		boolean sameRoom = size.equals(laidOutFor);
		laidOutFor = size;
		graphs.ask(() -> {
			ServiceGraph graph = ServiceGraph.of(snapshot.traces(), window, apart);
			return before.hasShapeOf(graph) && sameRoom ? before.with(graph)
					: GraphPicture.of(graph, Math.max(1, size.x), Math.max(1, size.y), before);
		});
	}

	/** The room has changed: the other direction may fit it better now. */
	private void resized() {
		if (!canvas.picture().graph().nodes().isEmpty() && !canvas.getSize().equals(laidOutFor)) {
			ask(session.snapshot());
		}
	}

	private void show(GraphPicture picture) {
		front(picture.graph().nodes().isEmpty() ? empty : body);
		canvas.show(picture);
		if (asTable) {
			table.show(picture.graph());
		}
	}

	private void front(Control control) {
		if (((StackLayout) stack.getLayout()).topControl != control) {
			((StackLayout) stack.getLayout()).topControl = control;
			stack.layout();
		}
	}

	/** Puts the picture or the table in front. */
	private void choose() {
		if (asTable) {
			table.show(canvas.picture().graph());
		}
		((StackLayout) pictures.getLayout()).topControl = asTable ? table.control() : canvas;
		pictures.layout();
	}

	/** Takes a service apart into its operations, or puts it together again. */
	private void toggle(ServiceGraph.Node node) {
		if (node.watched() && !expanded.remove(node.service())) {
			expanded.add(node.service());
		}
		ask(session.snapshot());
	}

	/** Shows every service as one node again. */
	public void collapseAll() {
		expanded.clear();
		ask(session.snapshot());
	}

	private void latencies(ServiceGraph.Node node) {
		try {
			LatencyView view = (LatencyView) getSite().getPage().showView(ViewIds.LATENCY);
			view.choose(new Operation(node.service(), node.operation()));
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The Latency view could not be opened.", e));
		}
	}

	private void traces(ServiceGraph.Node node) {
		try {
			TracesView view = (TracesView) getSite().getPage().showView(ViewIds.TRACES);
			String service = "service = " + Completion.quoted(node.service());
			view.filter().setText(node.operation().isEmpty() ? service
					: service + " && name = " + Completion.quoted(node.operation()));
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The Traces view could not be opened.", e));
		}
	}

	private interface OfNode {
		void run(ServiceGraph.Node node);
	}

	private IAction ofChosen(String name, OfNode run) {
		return Actions.of(name, null, () -> {
			if (canvas.chosenNode() != null) {
				run.run(canvas.chosenNode());
			}
		});
	}

	private void createActions() {
		IAction rows = new Action(Messages.asTable, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				asTable = isChecked();
				choose();
			}
		};
		rows.setChecked(asTable);
		rows.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_OBJ_ELEMENT));
		IAction find = Actions.of(Messages.search, "search", this::search);
		IAction fit = Actions.of(Messages.fit, "fit", canvas::fit);
		MenuManager context = new MenuManager();
		context.add(ofChosen(Messages.showTraces, this::traces));
		context.add(ofChosen(Messages.showLatencies, this::latencies));
		context.add(ofChosen(Messages.expand, this::toggle));
		context.add(Actions.of(Messages.collapseAll, null, this::collapseAll));
		context.add(new Separator());
		IMenuManager menu = getViewSite().getActionBars().getMenuManager();
		for (IMenuManager to : new IMenuManager[] { context, menu }) {
			to.add(find);
			to.add(fit);
			to.add(Actions.of(Messages.zoomIn, null, () -> zoom(1.5)));
			to.add(Actions.of(Messages.zoomOut, null, () -> zoom(1 / 1.5)));
			to.add(new Separator());
			to.add(windows());
			to.add(weights());
			to.add(rows);
		}
		canvas.setMenu(context.createContextMenu(canvas));
		getViewSite().getActionBars().getToolBarManager().add(rows);
		getViewSite().getActionBars().getToolBarManager().add(find);
		getViewSite().getActionBars().getToolBarManager().add(fit);
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.FIND.getId(), find);
	}

	private void zoom(double factor) {
		canvas.zoom(factor, canvas.getSize().x / 2, canvas.getSize().y / 2);
	}

	private IMenuManager windows() {
		MenuManager windows = new MenuManager(Messages.window);
		windows.add(window(Messages.minute, 60));
		windows.add(window(Messages.fiveMinutes, 300));
		windows.add(window(Messages.all, 0));
		return windows;
	}

	private IMenuManager weights() {
		MenuManager weights = new MenuManager(Messages.weigh);
		weights.add(weight(Messages.weighCalls, Weight.CALLS));
		weights.add(weight(Messages.weighLatency, Weight.LATENCY));
		weights.add(weight(Messages.weighErrors, Weight.ERRORS));
		return weights;
	}

	private IAction weight(String name, Weight by) {
		IAction action = new Action(name, IAction.AS_RADIO_BUTTON) {
			@Override
			public void run() {
				if (isChecked()) {
					weight = by;
					canvas.weigh(by);
				}
			}
		};
		action.setChecked(weight == by);
		return action;
	}

	private IAction window(String name, int seconds) {
		IAction action = new Action(name, IAction.AS_RADIO_BUTTON) {
			@Override
			public void run() {
				if (isChecked()) {
					windowSeconds = seconds;
					ask(session.snapshot());
				}
			}
		};
		action.setChecked(windowSeconds == seconds);
		return action;
	}
}
