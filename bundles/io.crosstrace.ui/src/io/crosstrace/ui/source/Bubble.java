package io.crosstrace.ui.source;

import io.crosstrace.ui.Theme;
import java.util.List;
import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;

/** One sentence beside the pointer. Takes no focus; goes by itself or with the next key or click. UI thread. */
final class Bubble extends PopupDialog {
	private static final int WIDTH = 380;
	private static final int STAY_MILLIS = 9_000;

	private static Bubble open;
	private final String sentence;
	private Composite border;

	Bubble(Shell parent, String sentence) {
		super(parent, SWT.ON_TOP | SWT.TOOL, false, false, false, false, false, null, null);
		this.sentence = sentence;
	}

	@Override
	public int open() {
		if (open != null) {
			open.close();
		}
		open = this;
		int result = super.open();
		getShell().getDisplay().timerExec(STAY_MILLIS, this::close);
		Listener leave = event -> close();
		Shell shell = getShell();
		for (int type : new int[] { SWT.MouseDown, SWT.KeyDown }) {
			shell.getDisplay().addFilter(type, leave);
			shell.addDisposeListener(event -> event.display.removeFilter(type, leave));
		}
		return result;
	}

	@Override
	public boolean close() {
		open = open == this ? null : open;
		return super.close();
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		border = (Composite) super.createDialogArea(parent);
		border.setBackground(Theme.of(getParentShell()).quiet());
		GridLayoutFactory.fillDefaults().margins(1, 1).applyTo(border);
		Composite inside = new Composite(border, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(8, 6).applyTo(inside);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(inside);
		Label label = new Label(inside, SWT.WRAP);
		label.setText(sentence);
		GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).applyTo(label);
		return border;
	}

	@Override
	protected List<Control> getBackgroundColorExclusions() {
		List<Control> exclusions = super.getBackgroundColorExclusions();
		exclusions.add(border);
		return exclusions;
	}

	@Override
	protected Point getInitialLocation(Point size) {
		return Beside.place(getParentShell(), size);
	}

	@Override
	protected Color getBackground() {
		return Theme.of(getParentShell()).raised();
	}
}
