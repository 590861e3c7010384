package io.crosstrace.ui.compare;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.compare.TraceDiff;
import io.crosstrace.ide.flame.FlameGraph;
import io.crosstrace.ide.session.SelectionModel;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.Icons;
import io.crosstrace.ui.Latest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.part.ViewPart;

/**
 * The chosen trace, B, beside another one, A: the one that was kept for comparison, or else a typical trace of the
 * same operation. Says what B did more, less, slower or in vain.
 */
public final class CompareView extends ViewPart {
	private static final int MOST_ALIKE = 2_000;
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
			.withZone(ZoneId.systemDefault());

	private final SelectionModel selection = Session.shared().selection();
	private final Consumer<Chosen> listener = this::chosenElsewhere;
	private Composite stack;
	private EmptyState empty;
	private CompareCanvas canvas;
	private Latest<Made> makers;
	private Chosen kept;
	private Chosen shown;
	private IAction keep;
	private IAction swap;

	/** @param diff null if there is nothing to compare with */
	private record Made(Chosen b, TraceDiff diff, boolean typical) {
	}

	@Override
	public void createPartControl(Composite parent) {
		Help.on(parent, "compare");
		stack = new Composite(parent, SWT.NONE);
		stack.setLayout(new StackLayout());
		empty = new EmptyState(stack, Messages.empty);
		canvas = new CompareCanvas(stack);
		makers = new Latest<>(stack, this::show);
		canvas.onOpen(row -> {
			if (shown != null && row.b().first() != Trace.NONE) {
				selection.choose(new Chosen(shown.traces(), shown.era(), shown.trace(), row.b().first()));
			}
		});
		createActions();
		selection.addListener(listener);
		front(empty);
		choose(selection.chosen());
	}

	@Override
	public void setFocus() {
		((StackLayout) stack.getLayout()).topControl.setFocus();
	}

	@Override
	public void dispose() {
		selection.removeListener(listener);
		super.dispose();
	}

	/** The picture, for whoever wants to look closely. */
	public CompareCanvas canvas() {
		return canvas;
	}

	/** Compares with this trace from now on; null for a typical one. */
	public void keep(Chosen trace) {
		kept = trace;
		keep.setChecked(kept != null);
		choose(selection.chosen());
	}

	/** The trace that was kept for comparison, or null. */
	public Chosen kept() {
		return kept;
	}

	private void chosenElsewhere(Chosen chosen) {
		if (!stack.isDisposed()) {
			stack.getDisplay().asyncExec(() -> {
				if (!stack.isDisposed() && (chosen == null || shown == null || chosen.trace() != shown.trace())) {
					choose(chosen);
				}
			});
		}
	}

	private void choose(Chosen b) {
		if (b == null) {
			shown = null;
			empty.show(Messages.empty);
			front(empty);
			return;
		}
		Chosen a = kept;
		makers.ask(() -> {
			TimelineLayout after = new TimelineLayout(b.traces(), b.trace());
			if (a != null && a.trace() != b.trace()) {
				return new Made(b, TraceDiff.of(new TimelineLayout(a.traces(), a.trace()), after), false);
			}
			Trace typical = TraceDiff.typical(b.trace(), FlameGraph.alike(b.traces(), b.trace(), MOST_ALIKE));
			return new Made(b, typical == null ? null
					: TraceDiff.of(new TimelineLayout(b.traces(), typical), after), true);
		});
	}

	private void show(Made made) {
		if (selection.chosen() == null) {
			return;
		}
		shown = made.b;
		if (made.diff == null) {
			empty.show(Messages.alone);
			front(empty);
			return;
		}
		canvas.show(made.diff, (made.typical ? Messages.typical : Messages.kept) + ", " + time(made.diff.a()),
				Messages.chosen + ", " + time(made.diff.b()));
		front(canvas);
	}

	private static String time(TimelineLayout layout) {
		return CLOCK.format(Instant.ofEpochSecond(0, layout.trace().startNanos()));
	}

	private void front(Control control) {
		StackLayout layers = (StackLayout) stack.getLayout();
		if (layers.topControl != control) {
			layers.topControl = control;
			stack.layout();
		}
	}

	private void createActions() {
		keep = new Action(Messages.keep, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				CompareView.this.keep(isChecked() ? selection.chosen() : null);
			}
		};
		keep.setImageDescriptor(Icons.descriptor("pin"));
		keep.setToolTipText(Messages.keepTip);
		swap = new Action(Messages.swap) {
			@Override
			public void run() {
				if (kept != null && selection.chosen() != null) {
					Chosen before = kept;
					kept = selection.chosen();
					selection.choose(before);
				}
			}
		};
		IAction next = new Action(Messages.next) {
			@Override
			public void run() {
				if (canvas.diff() != null) {
					canvas.nextChange(1);
				}
			}
		};
		MenuManager menu = new MenuManager();
		for (IAction action : new IAction[] { keep, swap, next }) {
			menu.add(action);
			getViewSite().getActionBars().getMenuManager().add(action);
		}
		getViewSite().getActionBars().getToolBarManager().add(keep);
		canvas.setMenu(menu.createContextMenu(canvas));
	}
}
