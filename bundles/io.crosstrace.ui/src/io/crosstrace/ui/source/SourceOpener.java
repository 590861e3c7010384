package io.crosstrace.ui.source;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.SpanRef;
import io.crosstrace.ide.source.CodePlace;
import io.crosstrace.ide.source.CodePlaces;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import io.crosstrace.ide.source.Workspace;
import io.crosstrace.ui.preferences.Preferences;
import java.util.Optional;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IMember;
import org.eclipse.jdt.core.ISourceRange;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.SourceRange;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.texteditor.ITextEditor;

/**
 * Opens the method behind a span in one workbench page. Made and called on the UI thread; the search runs in a
 * job, and only its answer comes back.
 */
public final class SourceOpener {
	/** As long as a person would wait for a first index. */
	private static final long PATIENCE_MILLIS = 30_000;

	private final IWorkbenchPage page;
	private final Display display;

	public SourceOpener(IWorkbenchPage page) {
		this.page = page;
		this.display = page.getWorkbenchWindow().getShell().getDisplay();
	}

	/**
	 * Opens the editor, or a chooser where several methods fit, or says why none does. Returns at once.
	 *
	 * @param ask whether to offer all candidates even if one is sure or remembered
	 */
	public void open(SpanRef span, boolean ask) {
		if (!Preferences.endpoints()) {
			say(Messages.off);
			return;
		}
		Job job = Job.create(Messages.bind(Messages.looking, span.operation()), (IProgressMonitor monitor) -> find(span, ask));
		job.setPriority(Job.INTERACTIVE);
		job.setSystem(true);
		job.schedule();
	}

	private IStatus find(SpanRef span, boolean ask) {
		try {
			Workspace workspace = EndpointIndex.shared().await(PATIENCE_MILLIS);
			SpanQuery query = SpanQuery.of(span.table(), span.row());
			Link link = new SourceLinker(workspace).link(query);
			Optional<Endpoint> remembered = ask ? Optional.empty() : Choices.remembered(query, link.candidates());
			boolean direct = !ask && link.sure() || ask && link.candidates().size() == 1;
			Endpoint only = direct ? link.candidates().get(0) : remembered.orElse(null);
			if (only != null) {
				reveal(only.place());
			} else if (link.candidates().isEmpty()) {
				boolean nothingYet = workspace == Workspace.EMPTY;
				onDisplay(() -> say(nothingYet ? Messages.stillIndexing : link.reason()));
			} else {
				onDisplay(() -> new SourceChooser(page.getWorkbenchWindow().getShell(), link, chosen -> {
					Choices.remember(query, chosen);
					Job.createSystem(Messages.looking, (IProgressMonitor m) -> reveal(chosen.place())).schedule();
				}).open());
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return Status.CANCEL_STATUS;
		}
		return Status.OK_STATUS;
	}

	/** Looks the place up in Java's model, off the UI thread, then shows it. */
	private IStatus reveal(CodePlace place) {
		if (!place.file().endsWith(".java")) { // a route that a settings file declares
			onDisplay(() -> show(place, new SourceRange(place.offset(), place.length())));
			return Status.OK_STATUS;
		}
		IJavaElement element = CodePlaces.find(place);
		if (element == null) {
			onDisplay(() -> say(Messages.bind(Messages.gone, place.label())));
			return Status.OK_STATUS;
		}
		ISourceRange name = range(element, place);
		onDisplay(() -> show(place, name));
		return Status.OK_STATUS;
	}

	/** A method's name; of a call the call itself, as long as it still lies within its method. */
	private static ISourceRange range(IJavaElement element, CodePlace place) {
		try {
			if (element instanceof IMember member) {
				ISourceRange whole = member.getSourceRange();
				boolean inside = place.offset() >= whole.getOffset()
						&& place.offset() + place.length() <= whole.getOffset() + whole.getLength();
				return inside ? new SourceRange(place.offset(), place.length()) : member.getNameRange();
			}
		} catch (JavaModelException e) {
			CrossTrace.log(CrossTrace.warning("The place of " + place.label() + " is not known.", e));
		}
		return new SourceRange(0, 0);
	}

	private void show(CodePlace place, ISourceRange range) {
		IFile file = ResourcesPlugin.getWorkspace().getRoot().getFile(IPath.fromPortableString(place.file()));
		try {
			IEditorPart editor = place.file().endsWith(".java") ? IDE.openEditor(page, file, JavaUI.ID_CU_EDITOR, true)
					: IDE.openEditor(page, file, EditorsUI.DEFAULT_TEXT_EDITOR_ID, true);
			if (editor instanceof ITextEditor text) {
				text.selectAndReveal(range.getOffset(), range.getLength());
			}
			say("");
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.error("The editor of " + place.file() + " could not be opened.", e));
			say(Messages.bind(Messages.gone, place.label()));
		}
	}

	/** Puts a sentence where the user looks: in a bubble at the pointer and in the status line. Empty removes it. */
	public void say(String sentence) {
		IWorkbenchPart part = page.getActivePart();
		if (part != null && part.getSite() instanceof IViewSite site) {
			IStatusLineManager line = site.getActionBars().getStatusLineManager();
			line.setMessage(sentence.isEmpty() ? null : sentence);
		}
		if (!sentence.isEmpty()) {
			new Bubble(page.getWorkbenchWindow().getShell(), sentence).open();
		}
	}

	private void onDisplay(Runnable run) {
		if (!display.isDisposed()) {
			display.asyncExec(() -> {
				if (!page.getWorkbenchWindow().getShell().isDisposed()) {
					run.run();
				}
			});
		}
	}
}
