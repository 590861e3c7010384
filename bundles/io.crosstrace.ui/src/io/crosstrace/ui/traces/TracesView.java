package io.crosstrace.ui.traces;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceList.Order;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.ViewIds;
import java.util.function.Consumer;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;

/** All traces of the session, live, newest first. */
public final class TracesView extends ViewPart {
	private final Session session = Session.shared();
	private final Consumer<Snapshot> snapshotListener = snapshot -> later(() -> take(snapshot));
	private final Consumer<Chosen> chosenListener = chosen -> later(() -> mark(chosen));
	private Composite stack;
	private EmptyState empty;
	private Composite body;
	private Text filter;
	private Label count;
	private TraceCanvas canvas;
	private EmptyState noMatch;
	private Composite listStack;
	private LossLine lines;
	private Latest<Made> lists;
	private IAction pause;
	private Order order = Order.START;
	private Snapshot shown;
	private String shownFilter = "";

	private record Made(Snapshot snapshot, TraceList list, String filter, Order order) {
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "traces");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.TracesView_empty);
		body = new Composite(stack, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(body);
		filter = new Text(body, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		filter.setMessage(Messages.filter);
		filter.addListener(SWT.Modify, event -> refresh());
		GridDataFactory.fillDefaults().grab(true, false).indent(4, 4).applyTo(filter);
		count = new Label(body, SWT.NONE);
		GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).indent(8, 4).applyTo(count);
		listStack = new Composite(body, SWT.NONE);
		listStack.setLayout(new StackLayout());
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).indent(0, 4).applyTo(listStack);
		lines = new LossLine(listStack, session);
		canvas = new TraceCanvas(lines);
		lines.setContent(canvas);
		noMatch = new EmptyState(listStack, "");
		lists = new Latest<>(stack, this::show);
		canvas.onChosen(trace -> session.selection().choose(shown, trace, 0));
		canvas.onOpen(this::openTimeline);
		canvas.onOrder(wanted -> {
			order = wanted;
			refresh();
		});
		filter.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ARROW_DOWN) {
				canvas.setFocus();
			}
		});
		createActions();
		front(stack, empty);
		front(listStack, lines);
		session.addListener(snapshotListener);
		session.selection().addListener(chosenListener);
		take(session.snapshot());
	}

	@Override
	public void dispose() {
		session.removeListener(snapshotListener);
		session.selection().removeListener(chosenListener);
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

	/** The filter field. */
	public Text filter() {
		return filter;
	}

	/** What is said beside the filter. */
	public String countText() {
		return count.getText();
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

	private void refresh() {
		take(session.snapshot());
	}

	private void take(Snapshot snapshot) {
		String text = filter.getText();
		Order wanted = order;
		boolean same = shown != null && snapshot.sameTraces(shown) && text.equals(shownFilter) && canvas.list() != null
				&& canvas.list().waiting() == 0 && canvas.order() == wanted;
		if (same) {
			shown = snapshot;
			tellCount();
			return;
		}
		lists.ask(() -> new Made(snapshot, TraceList.of(snapshot.traces(), text, wanted,
				System.currentTimeMillis() * 1_000_000), text, wanted));
	}

	private void show(Made made) {
		boolean sameRows = shown != null && shown.era() == made.snapshot.era();
		shown = made.snapshot;
		shownFilter = made.filter;
		canvas.show(made.list, made.order, sameRows, chosenRoot());
		tellCount();
		boolean none = made.list.size() == 0;
		if (none) {
			noMatch.show(Messages.bind(Messages.noMatch, String.format("%,d", shown.traces().size())));
		}
		front(listStack, none ? noMatch : lines);
		front(stack, shown.traces().size() == 0 ? empty : body);
	}

	private void tellCount() {
		String all = String.format("%,d",
				shown.traces().size() - (canvas.list() == null ? 0 : canvas.list().waiting()));
		String text = shown.paused() && shown.behind() > 0
				? Messages.bind(Messages.paused, String.format("%,d", shown.behind()))
				: canvas.list() != null && !shownFilter.isBlank()
						? Messages.bind(Messages.countFiltered, String.format("%,d", canvas.list().size()), all)
						: Messages.bind(Messages.count, all);
		pause.setChecked(shown.paused());
		if (!text.equals(count.getText().strip())) {
			count.setText(text + "  ");
			count.setToolTipText(shown.droppedTraces() == 0 ? null
					: Messages.bind(Messages.dropped, String.format("%,d", shown.droppedTraces())));
			body.layout();
		}
	}

	private void mark(Chosen chosen) {
		canvas.mark(chosenRoot());
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

	private void createActions() {
		pause = new Action(Messages.pause, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				session.pause(isChecked());
			}
		};
		pause.setImageDescriptor(icon("pause"));
		IAction clear = new Action(Messages.clear) {
			@Override
			public void run() {
				session.clear();
			}
		};
		clear.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_ETOOL_CLEAR));
		IAction find = new Action() {
			@Override
			public void run() {
				filter.setFocus();
			}
		};
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.FIND.getId(), find);
		getViewSite().getActionBars().getToolBarManager().add(pause);
		getViewSite().getActionBars().getToolBarManager().add(clear);
	}

	private static ImageDescriptor icon(String name) {
		return ResourceLocator.imageDescriptorFromBundle("io.crosstrace.ui", "icons/" + name + ".svg").orElse(null);
	}

	private static void front(Composite stack, Control control) {
		StackLayout layout = (StackLayout) stack.getLayout();
		if (layout.topControl != control) {
			layout.topControl = control;
			stack.layout();
		}
	}
}
