package io.crosstrace.ui.recording;

import io.crosstrace.ui.Help;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.IWorkbench;

/** File > Import > CrossTrace: shows the traces of a file. */
public final class ImportWizard extends Wizard implements IImportWizard {
	private String proposed = "";
	private Text file;

	public ImportWizard() {
		setWindowTitle(Messages.importTitle);
	}

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		IFile chosen = selection.isEmpty() ? null : Adapters.adapt(selection.getFirstElement(), IFile.class);
		if (chosen != null && chosen.getLocation() != null) {
			proposed = chosen.getLocation().toOSString();
		}
	}

	@Override
	public void addPages() {
		addPage(new Page());
	}

	@Override
	public boolean performFinish() {
		Recordings.open(Path.of(file.getText().strip()));
		return true;
	}

	private final class Page extends WizardPage {
		Page() {
			super("file", Messages.importTitle, null);
			setDescription(Messages.importDescription);
		}

		@Override
		public void createControl(Composite parent) {
			Composite all = new Composite(parent, SWT.NONE);
			Help.on(all, "recordings");
			GridLayoutFactory.swtDefaults().numColumns(3).applyTo(all);
			new Label(all, SWT.NONE).setText(Messages.file);
			file = new Text(all, SWT.BORDER);
			GridDataFactory.fillDefaults().grab(true, false).hint(320, SWT.DEFAULT).applyTo(file);
			Button browse = new Button(all, SWT.PUSH);
			browse.setText(Messages.browse);
			browse.addListener(SWT.Selection, event -> {
				FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
				dialog.setFilterExtensions(Recordings.ENDINGS);
				String chosen = dialog.open();
				if (chosen != null) {
					file.setText(chosen);
				}
			});
			file.addListener(SWT.Modify, event -> check());
			file.setText(proposed);
			check();
			setErrorMessage(null);
			setControl(all);
		}

		private void check() {
			String name = file.getText().strip();
			boolean there = !name.isEmpty() && Files.isRegularFile(Path.of(name));
			setErrorMessage(there || name.isEmpty() ? null : Messages.fileNotThere);
			setPageComplete(there);
		}
	}
}
