package io.crosstrace.ui.services;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.latency.Operation;
import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.Pulse;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.preferences.Preferences;
import java.util.concurrent.TimeUnit;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** Who calls whom, how often, how fast and with how many errors; live, as a picture or a table. */
public final class ServicesView extends ViewPart {
	private static final int BEAT_MILLIS = 1_000;
	private static final String WINDOW = "window";
	private static final String TABLE = "table";

	private final Session session = Session.shared();
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private ServiceCanvas canvas;
	private ServiceTable table;
	private Latest<ServiceGraph> graphs;
	private int windowSeconds = 60;
	private boolean asTable;

	@Override
	public void init(IViewSite site, IMemento memento) throws PartInitException {
		super.init(site, memento);
		if (memento != null) {
			windowSeconds = memento.getInteger(WINDOW) == null ? windowSeconds : memento.getInteger(WINDOW);
			asTable = Boolean.TRUE.equals(memento.getBoolean(TABLE));
		}
	}

	@Override
	public void saveState(IMemento memento) {
		memento.putInteger(WINDOW, windowSeconds);
		memento.putBoolean(TABLE, asTable);
	}

	@Override
	public void createPartControl(Composite parent) {
		stack = new Composite(parent, 0);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.ServicesView_empty);
		body = new LossLine(stack, session);
		canvas = new ServiceCanvas(body);
		canvas.onOpen(this::latencies);
		table = new ServiceTable(body, this::latencies);
		graphs = new Latest<>(stack, this::show);
		createActions();
		choose();
		front(empty);
		new Pulse(session, stack, BEAT_MILLIS, this::ask);
		Preferences.warmUp();
	}

	@Override
	public void setFocus() {
		((StackLayout) stack.getLayout()).topControl.setFocus();
	}

	/** The picture, for whoever wants to look closely. */
	public ServiceCanvas canvas() {
		return canvas;
	}

	private void ask(Snapshot snapshot) {
		long window = TimeUnit.SECONDS.toNanos(windowSeconds);
		graphs.ask(() -> ServiceGraph.of(snapshot.traces(), window));
	}

	private void show(ServiceGraph graph) {
		front(graph.nodes().isEmpty() ? empty : body);
		canvas.show(graph);
		table.show(graph);
	}

	private void front(Control control) {
		if (((StackLayout) stack.getLayout()).topControl != control) {
			((StackLayout) stack.getLayout()).topControl = control;
			stack.layout();
		}
	}

	/** Puts the picture or the table in front. */
	private void choose() {
		canvas.setVisible(!asTable);
		table.control().setVisible(asTable);
		body.setContent(asTable ? table.control() : canvas);
	}

	private void latencies(String service) {
		try {
			LatencyView view = (LatencyView) getSite().getPage().showView(ViewIds.LATENCY);
			view.choose(new Operation(service, ""));
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The Latency view could not be opened.", e));
		}
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
		MenuManager windows = new MenuManager(Messages.window);
		windows.add(window(Messages.minute, 60));
		windows.add(window(Messages.fiveMinutes, 300));
		windows.add(window(Messages.all, 0));
		IMenuManager menu = getViewSite().getActionBars().getMenuManager();
		menu.add(windows);
		menu.add(rows);
		getViewSite().getActionBars().getToolBarManager().add(rows);
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
