package io.crosstrace.ui.span;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.SelectionModel;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ui.Copying;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.Named;
import io.crosstrace.ui.Pulse;
import io.crosstrace.ui.span.SpanSections.Item;
import io.crosstrace.ui.span.SpanSections.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;

/** All that is known of the chosen span: times, parent and why, gaps, calls, attributes, ids. */
public final class SpanView extends ViewPart {
	private static final String OPEN_SOURCE = "io.crosstrace.ui.openSource";

	private static final int BEAT_MILLIS = 2_000;

	private final Session session = Session.shared();
	private final SelectionModel selection = session.selection();
	private final Consumer<Chosen> listener = this::chosenElsewhere;
	/** Titles of sections a person closed; they stay closed from span to span. */
	private final Set<String> closed = new HashSet<>();
	private Composite stack;
	private EmptyState empty;
	private Composite body;
	private Label title;
	private Label state;
	private Tree tree;
	private Text full;
	private Latest<Made> makers;
	private Chosen shown;
	private Traces latest;
	private List<Section> sections = List.of();
	/** Of the trace shown last: most spans that are chosen are of the same one. Workers only. */
	private volatile TimelineLayout layout;

	/** @param latest of the chosen span's era; lines name its rows */
	private record Made(Chosen chosen, Traces latest, TimelineLayout layout, List<Section> sections) {
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "span");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, Messages.empty);
		body = new Composite(stack, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(body);
		title = new Label(body, SWT.NONE);
		title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT));
		GridDataFactory.fillDefaults().grab(true, false).indent(8, 6).applyTo(title);
		state = new Label(body, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).indent(8, 2).applyTo(state);
		createTree();
		makers = new Latest<>(stack, this::show);
		createActions();
		selection.addListener(listener);
		front(empty);
		choose(selection.chosen());
		new Pulse(session, stack, BEAT_MILLIS, snapshot -> beat());
	}

	/** Who took a message may be known only later. */
	private void beat() {
		if (shown != null && shown.traces().spans().linkCount(shown.trace().row(shown.index())) > 0) {
			choose(selection.chosen());
		}
	}

	private void createTree() {
		tree = new Tree(body, SWT.MULTI | SWT.FULL_SELECTION | SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, true).indent(0, 6).applyTo(tree);
		TreeColumn name = new TreeColumn(tree, SWT.LEFT);
		TreeColumn value = new TreeColumn(tree, SWT.LEFT);
		name.setText(Messages.columnName);
		value.setText(Messages.columnValue);
		tree.setHeaderVisible(false);
		Named.by(tree, Messages.treeName);
		tree.addListener(SWT.Resize, event -> {
			int width = tree.getClientArea().width;
			name.setWidth(Math.max(120, Math.min(320, width * 9 / 20)));
			value.setWidth(Math.max(200, width - name.getWidth()));
		});
		tree.addListener(SWT.DefaultSelection, event -> follow((TreeItem) event.item));
		full = new Text(body, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL);
		GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, 3 * full.getLineHeight()).indent(4, 2)
				.applyTo(full);
		tree.addListener(SWT.Selection, event -> showFull());
		tree.addListener(SWT.Collapse, event -> closed.add(((TreeItem) event.item).getText()));
		tree.addListener(SWT.Expand, event -> closed.remove(((TreeItem) event.item).getText()));
	}

	@Override
	public void setFocus() {
		Control top = ((StackLayout) stack.getLayout()).topControl;
		(top == body ? tree : top).setFocus();
	}

	@Override
	public void dispose() {
		selection.removeListener(listener);
		super.dispose();
	}

	/** The sections and their lines, for whoever wants to look closely. */
	public Tree tree() {
		return tree;
	}

	private void chosenElsewhere(Chosen chosen) {
		if (!stack.isDisposed()) {
			stack.getDisplay().asyncExec(() -> {
				if (!stack.isDisposed()) {
					choose(chosen);
				}
			});
		}
	}

	private void choose(Chosen chosen) {
		if (chosen == null) {
			shown = null;
			front(empty);
			return;
		}
		makers.ask(() -> {
			TimelineLayout known = layout;
			if (known == null || known.trace() != chosen.trace()) {
				known = new TimelineLayout(chosen.traces(), chosen.trace());
				layout = known;
			}
			Snapshot now = session.snapshot();
			Traces traces = now.era() == chosen.era() ? now.traces() : chosen.traces();
			return new Made(chosen, traces, known, SpanSections.of(known, chosen.index(), traces));
		});
	}

	private void show(Made made) {
		if (selection.chosen() == null) {
			return;
		}
		latest = made.latest;
		if (shown != null && shown.trace() == made.chosen.trace() && shown.index() == made.chosen.index()
				&& sections.equals(made.sections)) {
			return; // looked at again, and nothing is new: what is chosen in it stays
		}
		shown = made.chosen;
		sections = made.sections;
		SpanTable spans = made.chosen.traces().spans();
		int row = made.chosen.trace().row(made.chosen.index());
		boolean request = spans.isRequest(row);
		title.setText((request ? "" : Messages.bind(Messages.callOf, spans.names.text(spans.service.get(row))) + "  ")
				+ (request ? spans.names.text(spans.service.get(row)) + "  " : "")
				+ spans.names.text(spans.operation.get(row)));
		state.setText(state(spans, row) + "  ·  " + Durations.text(made.layout.endNanos(made.chosen.index())
				- made.layout.startNanos(made.chosen.index())));
		tree.setRedraw(false);
		tree.removeAll();
		for (Section section : made.sections) {
			TreeItem group = new TreeItem(tree, SWT.NONE);
			group.setText(section.title());
			group.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT));
			for (Item item : section.items()) {
				TreeItem line = new TreeItem(group, SWT.NONE);
				line.setText(new String[] { item.name(), item.value() });
				line.setData(item);
			}
			group.setExpanded(!closed.contains(section.title()));
		}
		tree.setRedraw(true);
		showFull();
		front(body);
		body.layout();
	}

	private static String state(SpanTable spans, int row) {
		int status = spans.status.get(row);
		String code = status == 0 ? "" : " " + status;
		if (spans.has(row, SpanTable.UNANSWERED)) {
			return Messages.stateUnanswered + code;
		}
		String text = spans.has(row, SpanTable.ERROR) ? Messages.stateFailed + code : Messages.stateWell + code;
		if (spans.has(row, SpanTable.ENCRYPTED)) {
			text += "  ·  " + Messages.stateEncrypted;
		}
		return spans.has(row, SpanTable.INCOMPLETE) ? text + "  ·  " + Messages.stateIncomplete : text;
	}

	/** The whole of a value that its column may cut. */
	private void showFull() {
		TreeItem[] lines = tree.getSelection();
		full.setText(lines.length == 0 || lines[0].getItemCount() > 0 ? Messages.hint
				: lines[0].getText(0) + ": " + lines[0].getText(1));
	}

	/** Chooses the span that a line is about, and with it its trace. */
	private void follow(TreeItem line) {
		Trace trace = shown != null && line != null && line.getData() instanceof Item item ? latest.of(item.row()) : null;
		if (trace != null) {
			selection.choose(new Chosen(latest, shown.era(), trace, trace.indexOf(((Item) line.getData()).row())));
		} else if (line != null && line.getItemCount() > 0) {
			line.setExpanded(!line.getExpanded());
		}
	}

	private void front(Control control) {
		StackLayout layers = (StackLayout) stack.getLayout();
		if (layers.topControl != control) {
			layers.topControl = control;
			stack.layout();
		}
	}

	private void createActions() {
		IAction open = action(Messages.openSource, this::openSource);
		IAction parent = action(Messages.goToParent, () -> {
			if (shown != null && shown.index() > 0) {
				selection.choose(new Chosen(shown.traces(), shown.era(), shown.trace(),
						shown.trace().parent(shown.index())));
			}
		});
		parent.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_TOOL_UP));
		IAction follow = action(Messages.goToSpan,
				() -> follow(tree.getSelectionCount() == 0 ? null : tree.getSelection()[0]));
		IAction copy = action(Messages.copy, () -> copy(List.of(tree.getSelection()), false));
		copy.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_TOOL_COPY));
		IAction copyValue = action(Messages.copyValue, () -> copy(List.of(tree.getSelection()), true));
		IAction copyAll = action(Messages.copyAll, () -> {
			List<TreeItem> all = new ArrayList<>();
			for (TreeItem group : tree.getItems()) {
				all.add(group);
			}
			copy(all, false);
		});
		MenuManager menu = new MenuManager();
		for (IAction action : new IAction[] { open, parent, follow }) {
			menu.add(action);
		}
		menu.add(new Separator());
		for (IAction action : new IAction[] { copy, copyValue, copyAll }) {
			menu.add(action);
			getViewSite().getActionBars().getMenuManager().add(action);
		}
		tree.setMenu(menu.createContextMenu(tree));
		getViewSite().getActionBars().getToolBarManager().add(parent);
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), copy);
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.SELECT_ALL.getId(),
				action(Messages.copyAll, tree::selectAll));
	}

	/** Copies lines; a section copies all of its lines. */
	private void copy(List<TreeItem> lines, boolean valuesOnly) {
		StringBuilder text = new StringBuilder();
		for (TreeItem line : lines) {
			if (line.getItemCount() > 0) {
				text.append(text.isEmpty() ? "" : "\n").append(line.getText()).append('\n');
				for (TreeItem child : line.getItems()) {
					text.append(line(child, valuesOnly)).append('\n');
				}
			} else {
				text.append(line(line, valuesOnly)).append('\n');
			}
		}
		if (!text.isEmpty()) {
			Copying.text(tree, text.toString().stripTrailing());
		}
	}

	private static String line(TreeItem line, boolean valueOnly) {
		return valueOnly ? line.getText(1) : line.getText(0) + " = " + line.getText(1);
	}

	private void openSource() {
		try {
			getSite().getService(IHandlerService.class).executeCommand(OPEN_SOURCE, null);
		} catch (CommandException e) {
			CrossTrace.log(CrossTrace.warning("The source could not be opened.", e));
		}
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
