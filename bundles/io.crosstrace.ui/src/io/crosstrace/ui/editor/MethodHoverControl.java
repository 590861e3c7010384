package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.text.AbstractInformationControl;
import org.eclipse.jface.text.IInformationControlCreator;
import org.eclipse.jface.text.IInformationControlExtension2;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/** A method's route and numbers, and the traces to open. F2 or the mouse goes into it. UI thread. */
final class MethodHoverControl extends AbstractInformationControl implements IInformationControlExtension2 {
	private static final int WIDTH = 420;

	private Composite area;
	private boolean filled;

	MethodHoverControl(Shell parent) {
		super(parent, false);
		create();
	}

	@Override
	protected void createContent(Composite parent) {
		area = new Composite(parent, SWT.NONE);
		area.setBackgroundMode(SWT.INHERIT_FORCE);
		GridLayoutFactory.fillDefaults().margins(6, 4).spacing(0, 3).applyTo(area);
	}

	@Override
	public void setInput(Object input) {
		for (Control each : area.getChildren()) {
			each.dispose();
		}
		filled = input instanceof MethodNumbers;
		if (input instanceof MethodNumbers numbers) {
			label(numbers.endpoint().route());
			label(numbers.label());
			TraceRows rows = new TraceRows(area, numbers, this::dispose);
			GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, rows.heightHint()).applyTo(rows.control());
			for (Control each : new Control[] { area, rows.control() }) {
				each.setBackground(area.getParent().getBackground());
				each.setForeground(area.getParent().getForeground());
			}
		}
		area.layout();
	}

	private void label(String text) {
		Label label = new Label(area, SWT.NONE);
		label.setText(text.replace("&", "&&"));
		label.setForeground(area.getParent().getForeground());
	}

	@Override
	public boolean hasContents() {
		return filled;
	}

	@Override
	public Point computeSizeHint() {
		return getShell().computeSize(SWT.DEFAULT, SWT.DEFAULT, true);
	}

	@Override
	public void setFocus() {
		super.setFocus();
		for (Control each : area.getChildren()) {
			if (!(each instanceof Label)) {
				each.setFocus();
			}
		}
	}

	@Override
	public IInformationControlCreator getInformationPresenterControlCreator() {
		return MethodHoverControl::new;
	}
}
