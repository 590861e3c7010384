package io.crosstrace.ui.agents;

import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Messages;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

/** The agents this session is connected to, and how well each captures. */
public final class AgentsView extends ViewPart {
	private EmptyState empty;

	@Override
	public void createPartControl(Composite parent) {
		empty = new EmptyState(parent, Messages.AgentsView_empty);
	}

	@Override
	public void setFocus() {
		empty.setFocus();
	}
}
