package io.crosstrace.ui.timeline;

import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ui.Actions;
import io.crosstrace.ui.Icons;
import io.crosstrace.ui.recording.Recordings;
import java.util.function.Consumer;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;

/** The commands of the Timeline view, in its tool bar, its menu and the menu of its canvases. UI thread. */
final class TimelineActions {
	private final TimelineView view;
	private final TimelineCanvas canvas;
	private final IAction open;
	private final IAction find;
	private final IAction copyText;
	private final IAction copyImage;
	private final IAction flame;
	private final IAction flameAlike;
	private final IAction critical;
	private final IAction repeats;
	private final IAction compare;

	TimelineActions(TimelineView view, TimelineCanvas canvas) {
		this.view = view;
		this.canvas = canvas;
		open = Actions.of(Messages.openSource, null, () -> view.run(TimelineView.OPEN_SOURCE));
		find = Actions.of(Messages.find, "search", view::find);
		copyText = Actions.of(Messages.copy, null, view::copyText);
		copyText.setImageDescriptor(shared(ISharedImages.IMG_TOOL_COPY));
		copyImage = Actions.of(Messages.copyImage, null, view::copyImage);
		flame = check(Messages.flame, "flame", on -> view.flame(on ? Flame.TRACE : Flame.NONE));
		flameAlike = check(Messages.flameAlike, null, on -> view.flame(on ? Flame.ALIKE : Flame.NONE));
		critical = check(Messages.criticalOnly, "critical", on -> canvas.focus(on ? Focus.CRITICAL_PATH : Focus.ALL));
		repeats = check(Messages.groupRepeats, "group", canvas::foldRepeats);
		compare = Actions.of(Messages.compare, "compare", () -> view.run(TimelineView.COMPARE));
	}

	void fill(IActionBars bars) {
		IToolBarManager tools = bars.getToolBarManager();
		tools.add(find);
		tools.add(critical);
		tools.add(repeats);
		tools.add(flame);
		tools.add(new Separator());
		tools.add(compare);
		fill(bars.getMenuManager());
		bars.setGlobalActionHandler(ActionFactory.COPY.getId(), copyText);
		bars.setGlobalActionHandler(ActionFactory.FIND.getId(), find);
		bars.setGlobalActionHandler(ActionFactory.PROPERTIES.getId(), Actions.of(Messages.showSpan, null, view::showSpan));
		bars.updateActionBars();
	}

	/** Shows which of the switches are on now. */
	void update(Flame shown) {
		flame.setChecked(shown == Flame.TRACE);
		flameAlike.setChecked(shown == Flame.ALIKE);
		critical.setChecked(canvas.focus() == Focus.CRITICAL_PATH);
	}

	void fill(IMenuManager menu) {
		menu.add(open);
		menu.add(find);
		menu.add(new Separator());
		menu.add(Actions.of(Messages.zoomIn, null, () -> canvas.zoom(1.5, 0.5)));
		menu.add(Actions.of(Messages.zoomOut, null, () -> canvas.zoom(1 / 1.5, 0.5)));
		menu.add(Actions.of(Messages.fit, null, canvas::fit));
		menu.add(Actions.of(Messages.fitChosen, null, canvas::fitChosen));
		menu.add(Actions.of(Messages.measureChosen, null, () -> canvas.measureChosen(false)));
		menu.add(new Separator());
		MenuManager show = new MenuManager(Messages.show);
		for (Focus focus : Focus.values()) {
			if (focus != Focus.FOUND) {
				show.add(focus(focus));
			}
		}
		menu.add(show);
		IAction collapse = Actions.of(Messages.collapseAll, null, () -> canvas.foldAll(true));
		collapse.setImageDescriptor(shared(ISharedImages.IMG_ELCL_COLLAPSEALL));
		menu.add(collapse);
		menu.add(Actions.of(Messages.expandAll, null, () -> canvas.foldAll(false)));
		menu.add(repeats);
		menu.add(new Separator());
		menu.add(flame);
		menu.add(flameAlike);
		menu.add(compare);
		menu.add(new Separator());
		menu.add(copyText);
		menu.add(copyImage);
		menu.add(Actions.of(Messages.saveForTicket, null, () -> Recordings.saveForTicket(view.getSite().getShell())));
	}

	private IAction focus(Focus focus) {
		String name = switch (focus) {
			case ALL -> Messages.showAll;
			case CRITICAL_PATH -> Messages.showCritical;
			case PROBLEMS -> Messages.showProblems;
			case LONG -> Messages.showLong;
			case FOUND -> Messages.findOnly;
		};
		return Actions.of(name, null, () -> {
			canvas.focus(focus);
			view.updateActions();
		});
	}

	private static ImageDescriptor shared(String name) {
		return PlatformUI.getWorkbench().getSharedImages().getImageDescriptor(name);
	}

	private static IAction check(String name, String icon, Consumer<Boolean> run) {
		Action action = new Action(name, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				run.accept(isChecked());
			}
		};
		if (icon != null) {
			action.setImageDescriptor(Icons.descriptor(icon));
		}
		return action;
	}

	/** Which flame graph stands in place of the waterfall. */
	enum Flame {
		NONE, TRACE, ALIKE
	}
}
