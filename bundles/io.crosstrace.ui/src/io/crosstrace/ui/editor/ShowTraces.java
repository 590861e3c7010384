package io.crosstrace.ui.editor;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.traces.TracesView;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** From code to the views of traces. UI thread. */
final class ShowTraces {
	private ShowTraces() {
	}

	/** Lists the traces of a method. */
	static void list(Endpoint endpoint, MethodNumbers numbers) {
		SpanRef example = numbers.slowest().get(0);
		if (view(ViewIds.TRACES) instanceof TracesView traces) {
			traces.filter().setText("service = " + Completion.quoted(example.service()) + " && name = "
					+ Completion.quoted(example.operation()));
		}
		one(example);
	}

	/** Chooses the span in its trace and shows the trace in the Timeline. */
	static void one(SpanRef span) {
		view(ViewIds.TIMELINE);
		long id = span.table().spanId.get(span.row());
		Job.createSystem(Messages.looking, monitor -> {
			choose(Session.shared().snapshot(), Session.shared().snapshot().traces().row(id));
		}).schedule();
	}

	/** @return whether the snapshot has the row */
	static boolean choose(Snapshot snapshot, int row) {
		Trace trace = snapshot.traces().of(row);
		if (trace != null) {
			Session.shared().selection().choose(snapshot, trace, trace.indexOf(row));
		}
		return trace != null;
	}

	static IViewPart view(String id) {
		IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
		try {
			return page.showView(id, null, IWorkbenchPage.VIEW_VISIBLE);
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The view could not be opened.", e));
			return null;
		}
	}
}
