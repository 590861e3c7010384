package io.crosstrace.ui.debug;

import io.crosstrace.ide.debug.SlowBreakpoints;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.CodePlaces;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import io.crosstrace.ui.source.SourceOpener;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.texteditor.ITextEditor;

/** The command {@value #ID}: a breakpoint on the method at the cursor, or behind the chosen span, when it is slow. */
public final class BreakWhenSlowHandler extends AbstractHandler {
	public static final String ID = "io.crosstrace.ui.breakWhenSlow";
	private static final long PATIENCE_MILLIS = 30_000;
	private static final long USUAL_MILLIS = 500;

	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		IWorkbenchPart part = HandlerUtil.getActivePart(event);
		Asked asked = new Asked(window.getActivePage());
		if (part instanceof ITextEditor editor) {
			IFile file = editor.getEditorInput().getAdapter(IFile.class);
			if (file != null && editor.getSelectionProvider().getSelection() instanceof ITextSelection selection) {
				asked.later(() -> asked.atCursor(file, selection.getOffset()));
				return null;
			}
		}
		SpanRef span = HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection structured
				&& structured.getFirstElement() instanceof SpanRef chosen ? chosen : Session.shared().selection().span();
		if (span == null) {
			asked.opener.say(Messages.noMethod);
		} else {
			asked.later(() -> asked.behind(span));
		}
		return null;
	}

	private interface Step {
		void run() throws CoreException, InterruptedException;
	}

	/** One run of the command: looks and sets in jobs, asks on the UI thread. */
	private static final class Asked {
		final IWorkbenchPage page;
		final SourceOpener opener;
		final Display display;

		Asked(IWorkbenchPage page) {
			this.page = page;
			opener = new SourceOpener(page);
			display = page.getWorkbenchWindow().getShell().getDisplay();
		}

		void later(Step step) {
			Job job = Job.createSystem(Messages.setting, monitor -> {
				try {
					step.run();
				} catch (CoreException e) {
					display.asyncExec(() -> opener.say(e.getStatus().getMessage()));
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			});
			job.setPriority(Job.INTERACTIVE);
			job.schedule();
		}

		void atCursor(IFile file, int offset) throws CoreException {
			ICompilationUnit unit = JavaCore.createCompilationUnitFrom(file);
			IJavaElement element = unit == null ? null : unit.getElementAt(offset);
			IMethod method = element == null ? null : (IMethod) element.getAncestor(IJavaElement.METHOD);
			if (method == null) {
				display.asyncExec(() -> opener.say(Messages.noMethod));
			} else {
				ask(method, USUAL_MILLIS);
			}
		}

		void behind(SpanRef span) throws InterruptedException {
			Link link = new SourceLinker(EndpointIndex.shared().await(PATIENCE_MILLIS))
					.link(SpanQuery.of(span.table(), span.row()));
			if (!link.candidates().isEmpty() && CodePlaces.find(link.candidates().get(0).place()) instanceof IMethod method) {
				ask(method, Math.max(1, span.durationNanos() / 2_000_000));
			} else {
				display.asyncExec(() -> opener.say(Messages.bind(Messages.noMethodOfSpan, link.reason())));
			}
		}

		private void ask(IMethod method, long millis) {
			String name = method.getDeclaringType().getElementName() + "." + method.getElementName();
			display.asyncExec(() -> {
				SlowDialog dialog = new SlowDialog(page.getWorkbenchWindow().getShell(), name, millis);
				if (dialog.open() == Window.OK) {
					long wanted = dialog.millis();
					boolean failing = dialog.failing();
					later(() -> set(method, name, wanted, failing));
				}
			});
		}

		private void set(IMethod method, String name, long millis, boolean failing) throws CoreException {
			String when = SlowBreakpoints.describe(SlowBreakpoints.create(method, millis, failing));
			StopNotice.listen();
			display.asyncExec(() -> opener.say(Messages.bind(Messages.set, name, when)));
		}
	}
}
