package io.crosstrace.ui;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** What a view shows while it has nothing: one sentence, in the middle, that says what to do next. UI thread. */
public final class EmptyState extends Composite {
	private final Label label;

	public EmptyState(Composite parent, String sentence) {
		super(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(12, 12).applyTo(this);
		label = new Label(this, SWT.WRAP | SWT.CENTER);
		GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, true).applyTo(label);
		show(sentence);
	}

	/** Replaces the sentence. */
	public void show(String sentence) {
		label.setText(sentence);
		layout();
	}

	public String sentence() {
		return label.getText();
	}
}
