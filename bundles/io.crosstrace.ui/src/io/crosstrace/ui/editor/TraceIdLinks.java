package io.crosstrace.ui.editor;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.source.SourceOpener;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.console.IHyperlink;
import org.eclipse.ui.console.IPatternMatchListenerDelegate;
import org.eclipse.ui.console.PatternMatchEvent;
import org.eclipse.ui.console.TextConsole;

/** Makes each trace id that a program writes to its console a link to the trace. */
public final class TraceIdLinks implements IPatternMatchListenerDelegate {
	private TextConsole console;

	@Override
	public void connect(TextConsole newConsole) {
		console = newConsole;
	}

	@Override
	public void disconnect() {
		console = null;
	}

	@Override
	public void matchFound(PatternMatchEvent event) {
		TextConsole in = console;
		if (in == null) {
			return;
		}
		try {
			String id = in.getDocument().get(event.getOffset(), event.getLength());
			in.addHyperlink(new Link(id), event.getOffset(), event.getLength());
		} catch (BadLocationException e) {
			// the console has dropped its oldest lines meanwhile: there is nothing left to link
		}
	}

	private record Link(String id) implements IHyperlink {
		@Override
		public void linkActivated() {
			Display display = Display.getCurrent();
			ShowTraces.view(ViewIds.TIMELINE);
			Job job = Job.createSystem(Messages.bind(Messages.looking, id), monitor -> {
				Snapshot snapshot = Session.shared().snapshot();
				if (!ShowTraces.choose(snapshot, row(snapshot.traces().spans(), id))) {
					display.asyncExec(() -> new SourceOpener(PlatformUI.getWorkbench().getActiveWorkbenchWindow()
							.getActivePage()).say(Messages.bind(Messages.noTrace, id)));
				}
			});
			job.setPriority(Job.INTERACTIVE);
			job.schedule();
		}

		@Override
		public void linkEntered() {
			// nothing to show before it is clicked
		}

		@Override
		public void linkExited() {
			// as above
		}
	}

	/** The first row of a trace, by 32 hexadecimal digits; -1 if there is none. */
	static int row(SpanTable spans, String id) {
		try {
			long high = Long.parseUnsignedLong(id.substring(0, 16), 16);
			long low = Long.parseUnsignedLong(id.substring(16), 16);
			for (int row = spans.size() - 1; row >= 0; row--) {
				if (spans.traceIdLow.get(row) == low && spans.traceIdHigh.get(row) == high) {
					return row;
				}
			}
		} catch (NumberFormatException e) {
			CrossTrace.log(CrossTrace.warning(id + " is no trace id.", e));
		}
		return -1;
	}
}
