package io.crosstrace.ui.compare;

import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.ViewIds;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Keeps the chosen trace as the one to compare others with, and shows the Compare view. */
public final class CompareHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		Chosen chosen = Session.shared().selection().chosen();
		try {
			CompareView view = (CompareView) HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage()
					.showView(ViewIds.COMPARE);
			view.keep(chosen);
		} catch (PartInitException e) {
			throw new ExecutionException("The Compare view could not be opened.", e);
		}
		return null;
	}
}
