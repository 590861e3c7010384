package io.crosstrace.ui;

import io.crosstrace.ide.CrossTrace;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;

/**
 * What a view shows while it has nothing: one sentence, in the middle, that says what to do next, and below it links
 * that do it. UI thread.
 */
public final class EmptyState extends Composite {
	/** Commands that lead to traces, each with its words. */
	public static final String[][] WAYS_TO_TRACES = { { "io.crosstrace.ui.connect", Messages.EmptyState_connect },
			{ "io.crosstrace.ui.openRecording", Messages.EmptyState_open },
			{ "io.crosstrace.ui.showExample", Messages.EmptyState_example } };

	private final Label label;
	private final Composite links;

	/** @param offers a command's id and a link's words each */
	public EmptyState(Composite parent, String sentence, String[]... offers) {
		super(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(12, 12).spacing(0, 10).applyTo(this);
		label = new Label(this, SWT.WRAP | SWT.CENTER);
		GridDataFactory.fillDefaults().align(SWT.FILL, offers.length == 0 ? SWT.CENTER : SWT.END).grab(true, true)
				.applyTo(label);
		links = new Composite(this, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(links);
		GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.BEGINNING).grab(true, offers.length > 0).applyTo(links);
		for (String[] offer : offers) {
			Link link = new Link(links, SWT.NONE);
			link.setText("<a>" + offer[1] + "</a>");
			link.addListener(SWT.Selection, event -> run(offer[0]));
			GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(link);
		}
		offer(offers.length > 0);
		show(sentence);
	}

	/** Replaces the sentence. */
	public void show(String sentence) {
		label.setText(sentence);
		layout();
	}

	/** Shows the links, or does not: where only waiting helps, or something else. */
	public void offer(boolean on) {
		((GridData) links.getLayoutData()).exclude = !on;
		((GridData) links.getLayoutData()).grabExcessVerticalSpace = on;
		((GridData) label.getLayoutData()).verticalAlignment = on ? SWT.END : SWT.CENTER;
		links.setVisible(on);
		layout();
	}

	public String sentence() {
		return label.getText();
	}

	@Override
	public boolean setFocus() {
		Control[] offered = links.getChildren();
		return offered.length > 0 && links.getVisible() ? offered[0].setFocus() : super.setFocus();
	}

	private static void run(String command) {
		try {
			PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(command, null);
		} catch (CommandException e) {
			CrossTrace.log(CrossTrace.warning("Command " + command + " did not run.", e));
		}
	}
}
