package io.crosstrace.ui.source;

import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.SpanRef;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.handlers.HandlerUtil;

/**
 * The commands {@value #OPEN} and {@value #CHOOSE}: open the source of the selected span, or of the one all views
 * look at. The second asks even if a choice is remembered.
 */
public final class OpenSourceHandler extends AbstractHandler {
	public static final String OPEN = "io.crosstrace.ui.openSource";
	public static final String CHOOSE = "io.crosstrace.ui.chooseSource";

	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
		SpanRef span = span(HandlerUtil.getCurrentSelection(event));
		SourceOpener opener = new SourceOpener(page);
		if (span == null) {
			opener.say(Messages.noSpan);
		} else {
			opener.open(span, event.getCommand().getId().equals(CHOOSE));
		}
		return null;
	}

	private static SpanRef span(ISelection selection) {
		return selection instanceof IStructuredSelection structured
				&& structured.getFirstElement() instanceof SpanRef span ? span : Session.shared().selection().span();
	}
}
