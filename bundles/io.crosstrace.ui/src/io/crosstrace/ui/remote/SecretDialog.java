package io.crosstrace.ui.remote;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Asks for a password or passphrase. UI thread. */
final class SecretDialog extends Dialog {
	private final String question;
	private final boolean wrongBefore;
	private Text text;
	private Button keep;
	private Answer answer;

	/** @param keep whether to keep it in secure storage */
	record Answer(String secret, boolean keep) {
		@Override
		public String toString() {
			return "a secret";
		}
	}

	SecretDialog(Shell parent, String question, boolean wrongBefore) {
		super(parent);
		this.question = question;
		this.wrongBefore = wrongBefore;
	}

	/** Null if the person gave up. */
	Answer ask() {
		return open() == OK ? answer : null;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(Messages.secretTitle);
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		Label label = new Label(area, SWT.WRAP);
		label.setText(wrongBefore ? Messages.secretWrong + " " + question : question);
		GridDataFactory.fillDefaults().grab(true, false).hint(convertHorizontalDLUsToPixels(260), SWT.DEFAULT).applyTo(label);
		text = new Text(area, SWT.BORDER | SWT.PASSWORD);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
		keep = new Button(area, SWT.CHECK);
		keep.setText(Messages.secretKeep);
		text.setFocus();
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, IDialogConstants.OK_LABEL, true);
		createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
	}

	@Override
	protected void okPressed() {
		answer = new Answer(text.getText(), keep.getSelection());
		super.okPressed();
	}
}
