package io.crosstrace.ui.traces;

import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.TraceList.Order;
import io.crosstrace.ui.Icons;
import io.crosstrace.ui.recording.Recordings;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;

/** The tool bar and the menu of the Traces view. UI thread. */
final class TracesActions {
	private static final int MOST_RECORDINGS = 15;

	private final TracesView view;
	private final Session session;
	private final IAction pause;
	private final IAction live;
	private List<Path> recordings = List.of();

	TracesActions(TracesView view, Session session) {
		this.view = view;
		this.session = session;
		pause = new Action(Messages.pause, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				session.pause(isChecked());
			}
		};
		pause.setImageDescriptor(Icons.descriptor("pause"));
		IAction clear = action(Messages.clear, session::clear);
		clear.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages()
				.getImageDescriptor(ISharedImages.IMG_ETOOL_CLEAR));
		live = action(Messages.live, session::closeRecording);
		IActionBars bars = view.getViewSite().getActionBars();
		bars.setGlobalActionHandler(ActionFactory.FIND.getId(), action("", () -> view.filter().setFocus()));
		bars.getToolBarManager().add(pause);
		bars.getToolBarManager().add(clear);
		IMenuManager menu = bars.getMenuManager();
		menu.add(action(Messages.open, () -> Recordings.choose(view.getSite().getShell())));
		menu.add(recorded());
		menu.add(live);
		menu.add(action(Messages.save, () -> Recordings.save(view.getSite().getShell())));
		menu.add(new Separator());
		menu.add(columns());
		menu.add(sorts());
		menu.addMenuListener(manager -> view.recordings(files -> recordings = files));
		view.recordings(files -> recordings = files);
	}

	void tell(Snapshot snapshot) {
		pause.setChecked(snapshot.paused());
		live.setEnabled(snapshot.recording() != null);
	}

	private MenuManager recorded() {
		MenuManager menu = new MenuManager(Messages.openRecorded);
		menu.setRemoveAllWhenShown(true);
		menu.addMenuListener(manager -> {
			recordings.stream().limit(MOST_RECORDINGS).forEach(file -> manager.add(
					action(file.getFileName().toString().replace(".otlp", ""), () -> session.open(file))));
			if (recordings.isEmpty()) {
				IAction none = action(Messages.noRecordings, () -> { });
				none.setEnabled(false);
				manager.add(none);
			}
		});
		return menu;
	}

	private MenuManager columns() {
		MenuManager menu = new MenuManager(Messages.columns);
		menu.setRemoveAllWhenShown(true);
		menu.addMenuListener(manager -> {
			for (TraceCanvas.Column column : TraceCanvas.Column.values()) {
				if (column.isChoice()) {
					boolean on = view.canvas().columns().contains(column);
					IAction choice = new Action(column.title(), IAction.AS_CHECK_BOX) {
						@Override
						public void run() {
							view.canvas().show(column, !on);
						}
					};
					choice.setChecked(on);
					manager.add(choice);
				}
			}
		});
		return menu;
	}

	private MenuManager sorts() {
		MenuManager menu = new MenuManager(Messages.sort);
		menu.setRemoveAllWhenShown(true);
		menu.addMenuListener(manager -> {
			for (TraceCanvas.Column column : TraceCanvas.Column.values()) {
				Order order = column.order;
				IAction choice = new Action(column.title(), IAction.AS_RADIO_BUTTON) {
					@Override
					public void run() {
						if (isChecked() || view.order() == order) {
							view.sortBy(order);
						}
					}
				};
				choice.setChecked(view.order() == order);
				manager.add(choice);
			}
		});
		return menu;
	}

	private static IAction action(String label, Runnable run) {
		return new Action(label) {
			@Override
			public void run() {
				run.run();
			}
		};
	}
}
