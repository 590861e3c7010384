package io.crosstrace.ui.latency;

import io.crosstrace.ui.EmptyState;
import io.crosstrace.ui.Messages;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

/** How latencies are distributed. */
public final class LatencyView extends ViewPart {
	private EmptyState empty;

	@Override
	public void createPartControl(Composite parent) {
		empty = new EmptyState(parent, Messages.LatencyView_empty);
	}

	@Override
	public void setFocus() {
		empty.setFocus();
	}
}
