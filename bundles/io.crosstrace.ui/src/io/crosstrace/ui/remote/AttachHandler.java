package io.crosstrace.ui.remote;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the wizard that attaches to a host over SSH. */
public final class AttachHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		new WizardDialog(HandlerUtil.getActiveShell(event), new AttachWizard()).open();
		return null;
	}
}
