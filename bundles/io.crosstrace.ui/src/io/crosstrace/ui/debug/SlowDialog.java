package io.crosstrace.ui.debug;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Asks when a method is to be stopped. UI thread. */
final class SlowDialog extends TitleAreaDialog {
	private static final long MOST_MILLIS = 3_600_000;

	private final String method;
	private long millis;
	private boolean failing;
	private Button slower;
	private Text time;
	private Button fails;

	/** @param millis what to propose */
	SlowDialog(Shell parent, String method, long millis) {
		super(parent);
		this.method = method;
		this.millis = millis;
	}

	/** Milliseconds to stop a call after; 0 for never. */
	long millis() {
		return millis;
	}

	boolean failing() {
		return failing;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(Messages.title);
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		setTitle(Messages.title);
		setMessage(Messages.bind(Messages.explain, method));
		Composite fields = new Composite(area, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 12).applyTo(fields);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(fields);
		slower = new Button(fields, SWT.CHECK);
		slower.setText(Messages.slower);
		slower.setSelection(true);
		slower.addListener(SWT.Selection, event -> check());
		time = new Text(fields, SWT.BORDER | SWT.RIGHT);
		time.setText(String.valueOf(millis));
		time.addListener(SWT.Modify, event -> check());
		GridDataFactory.swtDefaults().hint(80, SWT.DEFAULT).applyTo(time);
		fails = new Button(fields, SWT.CHECK);
		fails.setText(Messages.failing);
		fails.addListener(SWT.Selection, event -> check());
		GridDataFactory.fillDefaults().span(2, 1).applyTo(fails);
		time.setFocus();
		time.selectAll();
		return area;
	}

	private void check() {
		boolean number = time.getText().strip().matches("\\d{1,7}") && Long.parseLong(time.getText().strip()) > 0
				&& Long.parseLong(time.getText().strip()) <= MOST_MILLIS;
		time.setEnabled(slower.getSelection());
		String wrong = slower.getSelection() && !number ? Messages.noNumber
				: !slower.getSelection() && !fails.getSelection() ? Messages.nothing : null;
		setMessage(wrong == null ? Messages.bind(Messages.explain, method) : wrong,
				wrong == null ? IMessageProvider.NONE : IMessageProvider.ERROR);
		getButton(IDialogConstants.OK_ID).setEnabled(wrong == null);
	}

	@Override
	protected void okPressed() {
		millis = slower.getSelection() ? Long.parseLong(time.getText().strip()) : 0;
		failing = fails.getSelection();
		super.okPressed();
	}
}
