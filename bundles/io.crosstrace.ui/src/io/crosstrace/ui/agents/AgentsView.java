package io.crosstrace.ui.agents;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.AgentBook;
import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Named;
import io.crosstrace.ui.Theme;
import io.crosstrace.wire.client.ConnectionState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The agents this session listens to, and how well each captures. */
public final class AgentsView extends ViewPart {
	private static final int MOST_ROWS = 5;
	private static final AtomicBoolean RECALLED = new AtomicBoolean();

	private final Session session = Session.shared();
	private final Consumer<Snapshot> listener = this::told;
	private Composite stack;
	private Composite empty;
	private Composite body;
	private TableViewer table;
	private Composite holder;
	/** What the sentences' colours were chosen for. */
	private Color painted;
	private StyledText detail;
	private List<AgentText.Line> lines = List.of();
	private IAction reconnect;
	private IAction disconnect;
	private IAction remove;
	private List<AgentStatus> shown = List.of();

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "agents");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		IAction connect = action(Messages.connect, this::connect);
		connect.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_OBJ_ADD));
		createEmpty();
		body = new Composite(stack, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(body);
		createTable(body);
		detail = new StyledText(body, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL);
		detail.setMargins(8, 6, 8, 6);
		detail.setAlwaysShowScrollBars(false);
		detail.setCaret(null);
		detail.addListener(SWT.Paint, event -> {
			if (!detail.getBackground().equals(painted)) { // the theme was switched
				paintDetail();
			}
		});
		GridDataFactory.fillDefaults().grab(true, true).applyTo(detail);
		createActions(connect);
		session.addListener(listener);
		show(session.snapshot().agents());
		recall();
	}

	@Override
	public void dispose() {
		session.removeListener(listener);
		super.dispose();
	}

	@Override
	public void setFocus() {
		Control top = ((StackLayout) stack.getLayout()).topControl;
		if (top == body) {
			table.getControl().setFocus();
		} else {
			top.setFocus();
		}
	}

	/** The table of agents. */
	public TableViewer table() {
		return table;
	}

	/** What is said of the chosen agent. */
	public String detailText() {
		return detail.getText();
	}

	private void createEmpty() {
		empty = new Composite(stack, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(12, 12).spacing(0, 8).applyTo(empty);
		EmptyState sentence = new EmptyState(empty, io.crosstrace.ui.Messages.AgentsView_empty);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.END).applyTo(sentence);
		Button button = new Button(empty, SWT.PUSH);
		button.setText(Messages.connect);
		button.addListener(SWT.Selection, event -> connect());
		GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.BEGINNING).applyTo(button);
	}

	private void createTable(Composite parent) {
		holder = new Composite(parent, SWT.NONE);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(holder);
		TableColumnLayout columns = new TableColumnLayout();
		holder.setLayout(columns);
		table = new TableViewer(holder, SWT.FULL_SELECTION | SWT.SINGLE);
		table.getTable().setHeaderVisible(true);
		Named.by(table.getTable(), Messages.tableName);
		table.setContentProvider(ArrayContentProvider.getInstance());
		column(columns, Messages.columnAgent, SWT.LEFT, 40, AgentsView::name, this::image);
		column(columns, Messages.columnState, SWT.LEFT, 30, AgentsView::state, null);
		column(columns, Messages.columnRate, SWT.RIGHT, 20,
				agent -> agent.health() == null ? "" : String.format("%,.0f", agent.health().spansPerSecond()), null);
		column(columns, Messages.columnLost, SWT.RIGHT, 16, agent -> String.format("%,d", lost(agent)), null);
		table.addSelectionChangedListener(event -> showDetail());
		table.getTable().addListener(SWT.Paint, event -> event.display.asyncExec(this::remindOfWidths));
	}

	private void column(TableColumnLayout columns, String title, int style, int weight,
			Function<AgentStatus, String> text, Function<AgentStatus, Image> image) {
		TableViewerColumn column = new TableViewerColumn(table, style);
		column.getColumn().setText(title);
		columns.setColumnData(column.getColumn(), new ColumnWeightData(weight, 3 * weight));
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return text.apply((AgentStatus) element);
			}

			@Override
			public Image getImage(Object element) {
				return image == null ? null : image.apply((AgentStatus) element);
			}
		});
	}

	private static String name(AgentStatus agent) {
		String address = agent.address().host() + ":" + agent.address().port();
		return agent.info() == null ? address : agent.info().hostName() + " (" + address + ")";
	}

	private static String state(AgentStatus agent) {
		return switch (agent.state()) {
			case CONNECTING -> Messages.stateConnecting;
			case CONNECTED -> agent.lost().isEmpty() ? Messages.stateConnected : Messages.stateLossy;
			case WAITING -> Messages.stateWaiting;
			case UNTRUSTED -> Messages.stateUntrusted;
			case REJECTED -> Messages.stateRejected;
			case CLOSED -> Messages.stateClosed;
		};
	}

	/** Never null, so that names stand below each other. */
	private Image image(AgentStatus agent) {
		String name = switch (agent.state()) {
			case WAITING -> ISharedImages.IMG_OBJS_WARN_TSK;
			case UNTRUSTED, REJECTED -> ISharedImages.IMG_OBJS_ERROR_TSK;
			case CONNECTED -> agent.lost().isEmpty() ? null : ISharedImages.IMG_OBJS_WARN_TSK;
			default -> null;
		};
		return name == null ? getTitleImage() : PlatformUI.getWorkbench().getSharedImages().getImage(name);
	}

	private static long lost(AgentStatus agent) {
		return agent.lost().values().stream().mapToLong(Long::longValue).sum();
	}

	private void told(Snapshot snapshot) {
		if (!stack.isDisposed()) {
			stack.getDisplay().asyncExec(() -> {
				if (!stack.isDisposed() && !snapshot.agents().equals(shown)) {
					show(snapshot.agents());
				}
			});
		}
	}

	private void show(List<AgentStatus> agents) {
		AgentStatus chosen = chosen();
		boolean same = agents.size() == shown.size();
		shown = agents;
		// In front first: GTK scrolls a table that is not there yet past its only row.
		StackLayout layout = (StackLayout) stack.getLayout();
		Control front = agents.isEmpty() ? empty : body;
		if (layout.topControl != front) {
			layout.topControl = front;
			stack.layout();
		}
		if (same) {
			for (int i = 0; i < agents.size(); i++) { // keeps selection and focus, which setInput would disturb
				table.replace(agents.get(i), i);
			}
		} else {
			table.setInput(agents);
			fitTable();
		}
		int at = 0;
		for (int i = 0; i < agents.size(); i++) {
			if (chosen != null && agents.get(i).address().equals(chosen.address())) {
				at = i;
			}
		}
		if (!agents.isEmpty() && table.getTable().getSelectionIndex() != at) {
			table.setSelection(new StructuredSelection(agents.get(at)));
			table.getTable().setTopIndex(0);
		}
		showDetail();
	}

	private AgentStatus chosen() {
		IStructuredSelection selection = table.getStructuredSelection();
		return (AgentStatus) selection.getFirstElement();
	}

	private void showDetail() {
		AgentStatus agent = chosen();
		List<AgentText.Line> now = agent == null ? List.of() : AgentText.of(agent, ahead(agent));
		if (!now.equals(lines)) {
			lines = now;
			paintDetail();
		}
		reconnect.setEnabled(agent != null);
		disconnect.setEnabled(agent != null && agent.state() != ConnectionState.CLOSED);
		remove.setEnabled(agent != null);
	}

	/** How far an agent's clock was found to be ahead of the others'. */
	private long ahead(AgentStatus agent) {
		int host = session.names().id(agent.address().host() + ":" + agent.address().port());
		return session.snapshot().traces().clocks().ahead(host);
	}

	private void paintDetail() {
		int top = detail.getTopPixel(); // by lines it would creep on, one a state, where a line is cut
		detail.setText(AgentText.plain(lines));
		Theme theme = Theme.of(detail);
		painted = detail.getBackground();
		int at = 0;
		String text = detail.getText();
		for (AgentText.Line line : lines) {
			at = text.indexOf(line.text(), at);
			if (at < 0 || line.text().isEmpty()) {
				at = Math.max(0, at);
				continue;
			}
			if (line.style() != AgentText.Style.TEXT) {
				boolean title = line.style() == AgentText.Style.TITLE;
				detail.setStyleRange(new StyleRange(at, line.text().length(), title ? null : theme.warning(), null,
						title ? SWT.BOLD : SWT.NORMAL));
			}
			at += line.text().length();
		}
		detail.setTopPixel(top);
	}

	/** As high as its rows need, so that the sentences below get the rest. */
	private void fitTable() {
		int rows = Math.max(1, Math.min(MOST_ROWS, shown.size()));
		int height = table.getTable().getHeaderHeight() + rows * table.getTable().getItemHeight() + 4;
		((GridData) holder.getLayoutData()).heightHint = height;
		body.layout();
	}

	/**
	 * GTK forgets the columns' widths when what is in them changes, and learns them again with the next new size only: until
	 * then no row is painted.
	 */
	private void remindOfWidths() {
		Table rows = table.getTable();
		if (rows.isDisposed() || Arrays.stream(rows.getColumns()).allMatch(column -> column.getWidth() > 0)) {
			return;
		}
		Point size = rows.getSize();
		rows.setSize(size.x, size.y + 1);
		rows.setSize(size);
	}

	private void connect() {
		WizardDialog dialog = new WizardDialog(getSite().getShell(), new ConnectWizard(session));
		dialog.open();
	}

	/** Listens again, once, to the agents of the last time. */
	private void recall() {
		if (!RECALLED.compareAndSet(false, true)) {
			return;
		}
		Job.createSystem(Messages.recalling, monitor -> {
			try {
				new AgentBook().load().forEach(session::connect);
			} catch (IOException e) {
				CrossTrace.log(CrossTrace.warning(e.getMessage(), e));
			}
		}).schedule();
	}

	private void remove() {
		AgentStatus agent = chosen();
		session.remove(agent.address());
		Job.createSystem(Messages.keeping, monitor -> {
			try {
				new AgentBook().forget(agent.address());
			} catch (IOException e) {
				CrossTrace.log(CrossTrace.warning(e.getMessage(), e));
			}
		}).schedule();
	}

	private void createActions(IAction connect) {
		reconnect = action(Messages.reconnect, () -> session.connect(chosen().address()));
		disconnect = action(Messages.disconnect, () -> session.disconnect(chosen().address()));
		remove = action(Messages.remove, this::remove);
		remove.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_ELCL_REMOVE));
		MenuManager menu = new MenuManager();
		for (IAction action : new IAction[] { connect, reconnect, disconnect, remove }) {
			menu.add(action);
			getViewSite().getActionBars().getMenuManager().add(action);
		}
		table.getControl().setMenu(menu.createContextMenu(table.getControl()));
		getViewSite().getActionBars().getToolBarManager().add(connect);
		table.getTable().addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.DEL && chosen() != null) {
				remove();
			}
		});
	}

	private static IAction action(String name, Runnable run) {
		Action action = new Action(name) {
			@Override
			public void run() {
				run.run();
			}
		};
		action.setToolTipText(name);
		return action;
	}
}
