package io.crosstrace.ui.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.flame.FlameGraph;
import io.crosstrace.ide.session.SelectionModel;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.SelectionModel.Together;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ui.Copying;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Latest;
import io.crosstrace.ui.LossLine;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.timeline.TimelineActions.Flame;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;

/** The waterfall of the chosen trace. */
public final class TimelineView extends ViewPart {
	/** Opens the method that served or sent the chosen span. */
	static final String OPEN_SOURCE = "io.crosstrace.ui.openSource";
	/** Keeps the chosen trace to compare others with. */
	static final String COMPARE = "io.crosstrace.ui.compare";
	/** A trace up to this size is drawn before a person could read that it is being drawn. */
	private static final int SMALL = 5_000;
	/** A flame graph of more traces looks no different. */
	private static final int MOST_MERGED = 2_000;

	private final Session session = Session.shared();
	private final SelectionModel selection = session.selection();
	private final Consumer<Chosen> chosenListener = this::chosenElsewhere;
	private Composite stack;
	private EmptyState empty;
	private LossLine body;
	private Composite pictures;
	private TimelineCanvas canvas;
	private FlameCanvas flameCanvas;
	private FindBar findBar;
	private TimelineActions actions;
	private Latest<Made> layouts;
	private Latest<Merged> flames;
	private Flame flame = Flame.NONE;
	private Chosen shown;
	/** What the flame graph was asked to merge. */
	private Together together;

	/** @param chosen whether the traces are those chosen together */
	private record Merged(FlameGraph graph, boolean alike, boolean chosen) {
	}

	/** A layout, or null if it could not be made. */
	private record Made(Chosen chosen, TimelineLayout layout) {
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "timeline");
		stack = new Composite(parent, 0);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, io.crosstrace.ui.Messages.TimelineView_empty);
		body = new LossLine(stack, session);
		Composite content = new Composite(body, 0);
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(content);
		body.setContent(content);
		Composite bar = new Composite(content, 0); // keeps the find line above what it looks into
		GridLayoutFactory.fillDefaults().applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		pictures = new Composite(content, 0);
		pictures.setLayout(new StackLayout());
		GridDataFactory.fillDefaults().grab(true, true).applyTo(pictures);
		canvas = new TimelineCanvas(pictures);
		flameCanvas = new FlameCanvas(pictures);
		((StackLayout) pictures.getLayout()).topControl = canvas;
		findBar = new FindBar(bar, canvas);
		GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(findBar);
		layouts = new Latest<>(stack, this::show);
		flames = new Latest<>(stack, this::showFlame);
		canvas.onChosen(index -> {
			if (shown != null) {
				shown = new Chosen(shown.traces(), shown.era(), shown.trace(), index);
				selection.choose(shown);
			}
		});
		canvas.onOpen(index -> run(OPEN_SOURCE));
		canvas.onFind(this::find);
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
		Control top = ((StackLayout) stack.getLayout()).topControl;
		if (top == body) {
			((StackLayout) pictures.getLayout()).topControl.setFocus();
		} else {
			top.setFocus();
		}
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
			empty.warn(false);
			front(empty);
		} else if (shown != null && shown.trace() == chosen.trace()) {
			if (canvas.chosen() != chosen.index()) {
				canvas.choose(chosen.index(), false);
			}
			shown = chosen;
			if (together != selection.together()) {
				askFlame();
			}
		} else {
			if (chosen.trace().size() > SMALL) {
				empty.warn(false);
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
			empty.warn(true);
			front(empty);
			return;
		}
		boolean same = shown != null && shown.era() == made.chosen.era()
				&& shown.trace().rootRow() == made.chosen.trace().rootRow();
		shown = made.chosen;
		front(body);
		canvas.show(made.layout, made.chosen.index(), same);
		findBar.find();
		askFlame();
		updateActions();
	}

	private void front(Control control) {
		((StackLayout) stack.getLayout()).topControl = control;
		stack.layout();
	}

	/** Runs a command of the plug-in. */
	void run(String command) {
		try {
			getSite().getService(IHandlerService.class).executeCommand(command, null);
		} catch (CommandException e) {
			CrossTrace.log(CrossTrace.warning("Command " + command + " did not run.", e));
		}
	}

	/** Shows all that is known of the chosen span. */
	void showSpan() {
		try {
			getSite().getPage().showView(ViewIds.SPAN);
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The Span view could not be opened.", e));
		}
	}

	/** Opens the line to look for spans in. */
	void find() {
		if (shown != null) {
			flame(Flame.NONE);
			findBar.open();
		}
	}

	/** The line to look for spans in. */
	public FindBar findBar() {
		return findBar;
	}

	/** The flame graph, for whoever wants to look closely. */
	public FlameCanvas flameCanvas() {
		return flameCanvas;
	}

	/** Shows a flame graph in place of the waterfall, or the waterfall again. */
	void flame(Flame wanted) {
		flame = wanted;
		((StackLayout) pictures.getLayout()).topControl = flame == Flame.NONE ? canvas : flameCanvas;
		pictures.layout();
		askFlame();
		updateActions();
	}

	/** Shows the steps of the chosen trace on an axis of time. */
	public void showWaterfall() {
		flame(Flame.NONE);
	}

	/** Shows the flame graph of the chosen trace, or of all that are chosen together. */
	public void showFlame() {
		flame(Flame.TRACE);
	}

	private void askFlame() {
		Chosen of = shown;
		if (of == null || flame == Flame.NONE) {
			return;
		}
		boolean alike = flame == Flame.ALIKE;
		together = selection.together();
		Together with = together != null && together.era() == of.era() ? together : null;
		flames.ask(() -> {
			List<Trace> traces = alike ? FlameGraph.alike(of.traces(), of.trace(), MOST_MERGED)
					: with != null ? with.in(of.traces(), MOST_MERGED) : List.of(of.trace());
			return new Merged(FlameGraph.of(of.traces(), traces), alike, with != null);
		});
	}

	private void showFlame(Merged merged) {
		if (shown == null) {
			return;
		}
		SpanTable spans = shown.traces().spans();
		int root = shown.trace().rootRow();
		String name = spans.names.text(spans.service.get(root)) + " " + spans.names.text(spans.operation.get(root));
		flameCanvas.show(merged.graph, merged.alike
				? Messages.bind(Messages.flameAlikeTitle, merged.graph.traces(), name)
				: merged.chosen ? Messages.bind(Messages.flameChosenTitle, merged.graph.traces())
						: Messages.bind(Messages.flameTitle, name));
	}

	void updateActions() {
		actions.update(flame);
	}

	void copyText() {
		if (canvas.timeline() != null) {
			Copying.text(canvas, SpanText.of(canvas.timeline(), canvas.rows()));
		}
	}

	void copyImage() {
		Image image = flame == Flame.NONE ? canvas.image() : flameCanvas.image();
		if (image != null) {
			Copying.image(canvas, image);
		}
	}

	private void createActions() {
		actions = new TimelineActions(this, canvas);
		actions.fill(getViewSite().getActionBars());
		for (Control control : List.of(canvas, flameCanvas)) {
			MenuManager context = new MenuManager();
			actions.fill(context);
			control.setMenu(context.createContextMenu(control));
		}
	}
}
