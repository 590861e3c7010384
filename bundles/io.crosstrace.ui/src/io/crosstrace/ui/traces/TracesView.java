package io.crosstrace.ui.traces;

import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Messages;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

/** The live list of traces, newest first. */
public final class TracesView extends ViewPart {
	private EmptyState empty;

	@Override
	public void createPartControl(Composite parent) {
		empty = new EmptyState(parent, Messages.TracesView_empty);
	}

	@Override
	public void setFocus() {
		empty.setFocus();
	}
}
