package io.crosstrace.ui.recording;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.ViewIds;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.wizard.IWizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** Opens and saves recordings. UI thread. */
public final class Recordings {
	/** Endings of files that may hold spans. */
	static final String[] ENDINGS = { "*.otlp;*.json;*.jsonl;*.gz;*.pb", "*" };

	private Recordings() {
	}

	/** Shows a file's traces in the Traces view. */
	public static void open(Path file) {
		Session.shared().open(file);
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		IWorkbenchPage page = window == null ? null : window.getActivePage();
		if (page != null) {
			try {
				page.showView(ViewIds.TRACES);
			} catch (PartInitException e) {
				CrossTrace.log(e.getStatus());
			}
		}
	}

	/** Shows the traces that come with the plug-in: of a shop of four services, as an agent saw them. */
	public static void openExample() {
		try {
			URL example = Platform.getBundle("io.crosstrace.ui").getEntry("examples/shop.json");
			open(Path.of(FileLocator.toFileURL(example).getPath()));
		} catch (IOException e) {
			CrossTrace.log(CrossTrace.error("The example could not be unpacked: " + e.getMessage(), e));
		}
	}

	/** Asks for a file and opens it. */
	public static void choose(Shell shell) {
		FileDialog dialog = new FileDialog(shell, SWT.OPEN);
		dialog.setText(Messages.importTitle);
		dialog.setFilterExtensions(ENDINGS);
		String file = dialog.open();
		if (file != null) {
			open(Path.of(file));
		}
	}

	/** Asks what to save and where. */
	public static void save(Shell shell) {
		show(shell, new ExportWizard());
	}

	/** Asks where to save the chosen traces for people to read. */
	public static void saveForTicket(Shell shell) {
		show(shell, new ExportWizard(true));
	}

	private static void show(Shell shell, IWizard wizard) {
		WizardDialog dialog = new WizardDialog(shell, wizard);
		dialog.create();
		dialog.open();
	}
}
