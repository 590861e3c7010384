package io.crosstrace.ui.traces;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.SelectionModel.Together;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.span.TraceId;
import io.crosstrace.ui.Actions;
import io.crosstrace.ui.Copying;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.compare.CompareView;
import io.crosstrace.ui.recording.Recordings;
import io.crosstrace.ui.timeline.TimelineView;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;

/** What can be done with the traces chosen in the list: its context menu, and the keys for the same. UI thread. */
final class TracesMenu {
	/** Names of more are no help in a menu. */
	private static final int MOST_SERVICES = 12;

	private final TracesView view;
	private final Session session;

	TracesMenu(TracesView view, Session session) {
		this.view = view;
		this.session = session;
		MenuManager menu = new MenuManager();
		menu.setRemoveAllWhenShown(true);
		menu.addMenuListener(this::fill);
		view.canvas().setMenu(menu.createContextMenu(view.canvas()));
		IActionBars bars = view.getViewSite().getActionBars();
		bars.setGlobalActionHandler(ActionFactory.COPY.getId(), Actions.of(Messages.copyId, null, this::copy));
		bars.setGlobalActionHandler(ActionFactory.SELECT_ALL.getId(), Actions.of("", null, this::chooseAll));
	}

	private void fill(IMenuManager menu) {
		Chosen chosen = session.selection().chosen();
		if (chosen == null) {
			return;
		}
		Together together = session.selection().together();
		int count = together == null ? 1 : together.size();
		String many = String.format("%,d", count);
		SpanTable spans = chosen.traces().spans();
		int root = chosen.trace().rootRow();
		String service = spans.names.text(spans.service.get(root));
		String operation = spans.names.text(spans.operation.get(root));
		menu.add(Actions.of(Messages.openTimeline, "timeline", this::waterfall));
		menu.add(Actions.of(count > 1 ? Messages.bind(Messages.flameMany, many) : Messages.flameOne, "flame", this::flame));
		menu.add(count == 2 ? Actions.of(Messages.compareTwo, "compare", this::compareTwo)
				: enabled(count == 1, Actions.of(Messages.compareOne, "compare", () -> compare(chosen))));
		menu.add(new Separator());
		String request = "root.service = " + Completion.quoted(service) + " && root.name = " + Completion.quoted(operation);
		menu.add(Actions.of(label(Messages.onlyRequest, service + " " + operation), null, () -> narrow(request)));
		menu.add(Actions.of(label(Messages.leaveOut, service + " " + operation), null, () -> narrow("!(" + request + ")")));
		services(menu, chosen);
		menu.add(new Separator());
		menu.add(Actions.of(Messages.copyId, null, this::copy));
		menu.add(Actions.of(Messages.bind(Messages.saveChosen, count == 1 ? "" : many).replace("  ", " "), null,
				() -> Recordings.save(view.getSite().getShell())));
		menu.add(Actions.of(Messages.saveForTicket, null, () -> Recordings.saveForTicket(view.getSite().getShell())));
	}

	private void services(IMenuManager menu, Chosen chosen) {
		SpanTable spans = chosen.traces().spans();
		TreeSet<String> names = new TreeSet<>();
		for (int i = 0; i < chosen.trace().size() && names.size() < MOST_SERVICES; i++) {
			names.add(spans.names.text(spans.service.get(chosen.trace().row(i))));
		}
		MenuManager through = new MenuManager(Messages.onlyService);
		names.forEach(name -> through.add(Actions.of(name.replace("&", "&&"), null,
				() -> narrow("service = " + Completion.quoted(name)))));
		menu.add(through);
	}

	/** One ampersand would mark a letter. */
	private static String label(String pattern, String name) {
		return Messages.bind(pattern, (name.length() > 60 ? name.substring(0, 59) + "…" : name)).replace("&", "&&");
	}

	private void narrow(String condition) {
		session.filter().setQuery(Query.narrowed(session.filter().filter().query(), condition));
	}

	private List<Trace> traces() {
		Together together = session.selection().together();
		Chosen chosen = session.selection().chosen();
		return together == null || view.shown().era() != together.era() ? List.of(chosen.trace())
				: together.in(view.shown().traces(), Integer.MAX_VALUE);
	}

	private void waterfall() {
		if (show(ViewIds.TIMELINE) instanceof TimelineView timeline) {
			timeline.showWaterfall();
		}
	}

	private void flame() {
		if (show(ViewIds.TIMELINE) instanceof TimelineView timeline) {
			timeline.showFlame();
		}
	}

	/** The earlier one is what the later one is compared with. */
	private void compareTwo() {
		List<Trace> two = traces();
		if (two.size() == 2) {
			boolean inOrder = two.get(0).startNanos() <= two.get(1).startNanos();
			compare(new Chosen(view.shown().traces(), view.shown().era(), two.get(inOrder ? 0 : 1), 0));
			session.selection().choose(new Chosen(view.shown().traces(), view.shown().era(), two.get(inOrder ? 1 : 0), 0));
		}
	}

	private void compare(Chosen with) {
		if (show(ViewIds.COMPARE) instanceof CompareView compare) {
			compare.keep(with);
		}
	}

	private IViewPart show(String id) {
		try {
			return view.getSite().getPage().showView(id);
		} catch (PartInitException e) {
			CrossTrace.log(e.getStatus());
			return null;
		}
	}

	/** In the field the keys mean its text. */
	private void chooseAll() {
		if (view.filter().isFocusControl()) {
			view.filter().selectAll();
		} else {
			view.canvas().chooseAll();
		}
	}

	private void copy() {
		if (view.filter().isFocusControl()) {
			view.filter().copy();
		} else if (session.selection().chosen() != null) {
			SpanTable spans = session.selection().chosen().traces().spans();
			Copying.text(view.canvas(), traces().stream().map(trace -> TraceId.of(spans, trace)).collect(Collectors.joining("\n")));
		}
	}

	private static IAction enabled(boolean on, IAction action) {
		action.setEnabled(on);
		return action;
	}
}
