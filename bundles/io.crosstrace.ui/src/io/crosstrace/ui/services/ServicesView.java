package io.crosstrace.ui.services;

import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Messages;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

/** Who calls whom, how often, how fast and with how many errors. */
public final class ServicesView extends ViewPart {
	private EmptyState empty;

	@Override
	public void createPartControl(Composite parent) {
		empty = new EmptyState(parent, Messages.ServicesView_empty);
	}

	@Override
	public void setFocus() {
		empty.setFocus();
	}
}
