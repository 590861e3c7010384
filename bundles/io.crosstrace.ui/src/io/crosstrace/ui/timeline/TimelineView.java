package io.crosstrace.ui.timeline;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.SelectionModel;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import java.util.BitSet;
import java.util.function.Consumer;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;

/** The waterfall of the chosen trace. */
public final class TimelineView extends ViewPart {
	/** Opens the method that served or sent the chosen span. */
	static final String OPEN_SOURCE = "io.crosstrace.ui.openSource";
	/** A trace up to this size is drawn before a person could read that it is being drawn. */
	private static final int SMALL = 5_000;

	private final Session session = Session.shared();
	private final SelectionModel selection = session.selection();
	private final Consumer<Chosen> chosenListener = this::chosenElsewhere;
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private TimelineCanvas canvas;
	private Latest<Made> layouts;
	private Chosen shown;

	/** A layout, or null if it could not be made. */
	private record Made(Chosen chosen, TimelineLayout layout) {
	}

	@Override
	public void createPartControl(Composite parent) {
		stack = new Composite(parent, 0);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.TimelineView_empty);
		body = new LossLine(stack, session);
		canvas = new TimelineCanvas(body);
		body.setContent(canvas);
		layouts = new Latest<>(stack, this::show);
		canvas.onChosen(index -> {
			if (shown != null) {
				shown = new Chosen(shown.traces(), shown.era(), shown.trace(), index);
				selection.choose(shown);
			}
		});
		canvas.onOpen(index -> openSource());
		selection.addListener(chosenListener);
		createActions();
		front(empty);
		choose(selection.chosen());
	}

	@Override
	public void dispose() {
		selection.removeListener(chosenListener);
		super.dispose();
	}

	@Override
	public void setFocus() {
		((StackLayout) stack.getLayout()).topControl.setFocus();
	}

	/** The canvas, for whoever wants to look closely. */
	public TimelineCanvas canvas() {
		return canvas;
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
			empty.show(io.crosstrace.ui.Messages.TimelineView_empty);
			front(empty);
		} else if (shown != null && shown.trace() == chosen.trace()) {
			if (canvas.chosen() != chosen.index()) {
				canvas.choose(chosen.index(), false);
			}
			shown = chosen;
		} else {
			if (chosen.trace().size() > SMALL) {
				empty.show(Messages.bind(Messages.loading, String.format("%,d", chosen.trace().size())));
				front(empty);
			}
			layouts.ask(() -> make(chosen));
		}
	}

	private static Made make(Chosen chosen) {
		try {
			return new Made(chosen, new TimelineLayout(chosen.traces(), chosen.trace()));
		} catch (RuntimeException e) {
			CrossTrace.log(CrossTrace.error("A trace could not be laid out.", e));
			return new Made(chosen, null);
		}
	}

	private void show(Made made) {
		if (made.layout == null) {
			empty.show(Messages.failed);
			front(empty);
			return;
		}
		boolean same = shown != null && shown.era() == made.chosen.era()
				&& shown.trace().rootRow() == made.chosen.trace().rootRow();
		shown = made.chosen;
		front(body);
		canvas.show(made.layout, made.chosen.index(), same);
	}

	private void front(Control control) {
		((StackLayout) stack.getLayout()).topControl = control;
		stack.layout();
	}

	private void openSource() {
		try {
			getSite().getService(IHandlerService.class).executeCommand(OPEN_SOURCE, null);
		} catch (CommandException e) {
			CrossTrace.log(CrossTrace.warning("The source could not be opened.", e));
		}
	}

	private void createActions() {
		IAction open = action(Messages.openSource, this::openSource);
		IAction zoomIn = action(Messages.zoomIn, () -> canvas.zoom(1.5, 0.5));
		IAction zoomOut = action(Messages.zoomOut, () -> canvas.zoom(1 / 1.5, 0.5));
		IAction fit = action(Messages.fit, canvas::fit);
		IAction fitChosen = action(Messages.fitChosen, canvas::fitChosen);
		IAction collapse = action(Messages.collapseAll, () -> canvas.foldAll(true));
		IAction expand = action(Messages.expandAll, () -> canvas.foldAll(false));
		IAction copy = action(Messages.copy, this::copy);
		copy.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_TOOL_COPY));
		collapse.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_ELCL_COLLAPSEALL));
		MenuManager context = new MenuManager();
		for (IMenuManager menu : new IMenuManager[] { context, getViewSite().getActionBars().getMenuManager() }) {
			menu.add(open);
			menu.add(new Separator());
			menu.add(zoomIn);
			menu.add(zoomOut);
			menu.add(fit);
			menu.add(fitChosen);
			menu.add(new Separator());
			menu.add(collapse);
			menu.add(expand);
			menu.add(new Separator());
			menu.add(copy);
		}
		canvas.setMenu(context.createContextMenu(canvas));
		getViewSite().getActionBars().getToolBarManager().add(collapse);
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), copy);
	}

	private void copy() {
		if (canvas.timeline() != null) {
			Clipboard clipboard = new Clipboard(canvas.getDisplay());
			String text = SpanText.of(canvas.timeline(), canvas.timeline().rows(new BitSet()));
			clipboard.setContents(new Object[] { text }, new Transfer[] { TextTransfer.getInstance() });
			clipboard.dispose();
		}
	}

	private static IAction action(String name, Runnable run) {
		Action action = new Action(name) {
			@Override
			public void run() {
				run.run();
			}
		};
		return action;
	}
}
