package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ui.source.Beside;
import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;

/** A method's {@link TraceRows} near the cursor. UI thread. */
final class TracesPopup extends PopupDialog {
	private static final int WIDTH = 460;

	private final MethodNumbers numbers;
	private TraceRows list;

	private TracesPopup(Shell parent, MethodNumbers numbers) {
		super(parent, SWT.RESIZE, true, false, false, false, false, numbers.endpoint().place().label() + "   " + numbers.endpoint().route(),
				numbers.label());
		this.numbers = numbers;
	}

	static void open(MethodNumbers numbers) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		if (window != null) {
			new TracesPopup(window.getShell(), numbers).open();
		}
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		list = new TraceRows(area, numbers, this::close);
		GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, list.heightHint()).applyTo(list.control());
		return area;
	}

	@Override
	protected Control getFocusControl() {
		return list.control();
	}

	@Override
	protected Point getInitialLocation(Point size) {
		return Beside.place(getParentShell(), size);
	}
}
