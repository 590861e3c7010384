package io.crosstrace.ui;

import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;

/** What F1 shows. UI thread. */
public final class Help {
	private Help() {
	}

	/** @param context as contexts.xml of io.crosstrace.doc names it, such as "timeline" */
	public static void on(Control control, String context) {
		PlatformUI.getWorkbench().getHelpSystem().setHelp(control, "io.crosstrace.ui." + context);
	}
}
