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
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;

/**
 * What a view shows while it has nothing: one sentence, in the middle, that says what to do next, and below it links
 * that do it; with a sign where something went wrong. UI thread.
 */
public final class EmptyState extends Composite {
	/** Commands that lead to traces, each with its words. */
	public static final String[][] WAYS_TO_TRACES = { { "io.crosstrace.ui.connect", Messages.EmptyState_connect },
			{ "io.crosstrace.ui.openRecording", Messages.EmptyState_open },
			{ "io.crosstrace.ui.showExample", Messages.EmptyState_example } };

	private final Label sign;
	private final Label label;
	private final Composite links;
	private final boolean offered;

	/** @param offers a command's id and a link's words each; with anything after them where only trouble calls for it */
	public EmptyState(Composite parent, String sentence, String[]... offers) {
		super(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(12, 12).spacing(0, 10).applyTo(this);
		sign = new Label(this, SWT.NONE);
		sign.setImage(PlatformUI.getWorkbench().getSharedImages().getImage(ISharedImages.IMG_OBJS_WARN_TSK));
		GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.END).grab(true, true).applyTo(sign);
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
			link.setData(offer.length > 2);
			GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(link);
		}
		offered = offers.length > 0;
		warn(false);
		show(sentence);
	}

	/** Replaces the sentence. */
	public void show(String sentence) {
		label.setText(sentence);
		layout();
	}

	/** Says whether something went wrong, or there is just nothing yet. */
	public void warn(boolean on) {
		sign.setVisible(on);
		((GridData) sign.getLayoutData()).exclude = !on;
		((GridData) label.getLayoutData()).verticalAlignment = on ? SWT.BEGINNING : offered ? SWT.END : SWT.CENTER;
		((GridData) label.getLayoutData()).grabExcessVerticalSpace = !on || !offered;
		((GridData) links.getLayoutData()).exclude = !offered;
		for (Control link : links.getChildren()) {
			boolean seen = on || !(boolean) link.getData();
			link.setVisible(seen);
			((GridData) link.getLayoutData()).exclude = !seen;
		}
		layout();
	}

	public String sentence() {
		return label.getText();
	}

	@Override
	public boolean setFocus() {
		Control[] ways = links.getChildren();
		return ways.length > 0 ? ways[0].setFocus() : super.setFocus();
	}

	private static void run(String command) {
		try {
			PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(command, null);
		} catch (CommandException e) {
			CrossTrace.log(CrossTrace.warning("Command " + command + " did not run.", e));
		}
	}
}
