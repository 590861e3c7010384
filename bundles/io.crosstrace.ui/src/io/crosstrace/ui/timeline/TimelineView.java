package io.crosstrace.ui.timeline;

import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Messages;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

/** The waterfall of the chosen trace. */
public final class TimelineView extends ViewPart {
	private EmptyState empty;

	@Override
	public void createPartControl(Composite parent) {
		empty = new EmptyState(parent, Messages.TimelineView_empty);
	}

	@Override
	public void setFocus() {
		empty.setFocus();
	}
}
