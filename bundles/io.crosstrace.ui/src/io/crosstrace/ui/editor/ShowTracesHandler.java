package io.crosstrace.ui.editor;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.code.CodeNumbers;
import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Workspace;
import io.crosstrace.ui.preferences.Preferences;
import io.crosstrace.ui.source.SourceOpener;
import java.util.Comparator;
import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.IType;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.texteditor.ITextEditor;

/** The command {@value #ID}: from the method at the cursor to the traces that went through it, or the reason why not. */
public final class ShowTracesHandler extends AbstractHandler {
	public static final String ID = "io.crosstrace.ui.showTraces";
	private static final long PATIENCE_MILLIS = 30_000;

	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
		IEditorPart part = HandlerUtil.getActiveEditor(event);
		IFile file = part == null ? null : part.getEditorInput().getAdapter(IFile.class);
		SourceOpener opener = new SourceOpener(page);
		if (!(part instanceof ITextEditor editor) || file == null
				|| !(editor.getSelectionProvider().getSelection() instanceof ITextSelection selection)) {
			opener.say(Messages.noMethod);
			return null;
		}
		Display display = page.getWorkbenchWindow().getShell().getDisplay();
		Job job = Job.createSystem(Messages.looking, monitor -> {
			find(file, selection.getOffset(), display, opener);
		});
		job.setPriority(Job.INTERACTIVE);
		job.schedule();
		return null;
	}

	private static void find(IFile file, int offset, Display display, SourceOpener opener) {
		ICompilationUnit unit = JavaCore.createCompilationUnitFrom(file);
		try {
			IJavaElement element = unit == null ? null : unit.getElementAt(offset);
			IMethod method = element == null ? null : (IMethod) element.getAncestor(IJavaElement.METHOD);
			if (method == null) {
				display.asyncExec(() -> opener.say(Messages.noMethod));
				return;
			}
			Workspace workspace = EndpointIndex.shared().await(PATIENCE_MILLIS);
			IType type = method.getDeclaringType();
			List<Endpoint> here = workspace.endpoints().stream()
					.filter(each -> each.place().file().equals(file.getFullPath().toString())
							&& each.place().type().equals(type.getFullyQualifiedName('.'))
							&& each.place().method().equals(method.getElementName())
							&& each.place().parameters().size() == method.getNumberOfParameters())
					.sorted(Comparator.comparing(each -> each.side() == Side.SERVER ? 0 : 1)).toList();
			show(type.getElementName() + "." + method.getElementName(), here, workspace, display, opener);
		} catch (JavaModelException e) {
			CrossTrace.log(CrossTrace.warning("The method at the cursor could not be told.", e));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void show(String method, List<Endpoint> here, Workspace workspace, Display display,
			SourceOpener opener) {
		CodeNumbers numbers = CodeNumbers.of(Session.shared().snapshot().traces(), new CodeNumbers.Places(workspace),
				Preferences.windowNanos(), SuspendedTime.of(Session.shared().snapshot().traces(), Pauses.shared().all()));
		for (Endpoint endpoint : here) {
			MethodNumbers found = numbers.of(endpoint);
			if (found != null) {
				display.asyncExec(() -> TracesPopup.open(found));
				return;
			}
		}
		display.asyncExec(() -> opener.say(here.isEmpty() ? Messages.bind(Messages.notMapped, method)
				: Messages.bind(Messages.noSpans, method, here.get(0).route())));
	}
}
