package io.crosstrace.ui.debug;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.debug.SlowBreakpoints;
import io.crosstrace.ide.debug.SlowBreakpoints.Stop;
import io.crosstrace.ui.source.SourceOpener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.debug.ui.IDebugUIConstants;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** Brings a request that was stopped for being slow before a person's eyes, with the reason. */
final class StopNotice {
	private static final AtomicBoolean LISTENING = new AtomicBoolean();

	private StopNotice() {
	}

	/** Begins to listen, once. Any thread. */
	static void listen() {
		if (LISTENING.compareAndSet(false, true)) {
			SlowBreakpoints.addListener(stop -> Display.getDefault().asyncExec(() -> show(stop)));
		}
	}

	private static void show(Stop stop) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		if (window == null && PlatformUI.getWorkbench().getWorkbenchWindowCount() > 0) {
			window = PlatformUI.getWorkbench().getWorkbenchWindows()[0];
		}
		IWorkbenchPage page = window == null ? null : window.getActivePage();
		if (page == null) {
			return;
		}
		try {
			IViewPart debug = page.showView(IDebugUIConstants.ID_DEBUG_VIEW, null, IWorkbenchPage.VIEW_VISIBLE);
			debug.getViewSite().getSelectionProvider().setSelection(new StructuredSelection(stop.thread()));
		} catch (PartInitException e) {
			CrossTrace.log(CrossTrace.warning("The Debug view could not be opened.", e));
		}
		new SourceOpener(page).say(stop.reason());
	}
}
