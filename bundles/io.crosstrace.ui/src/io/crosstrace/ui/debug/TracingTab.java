package io.crosstrace.ui.debug;

import io.crosstrace.ide.launch.LaunchTracing;
import io.crosstrace.ide.launch.LocalAgent;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.ui.AbstractLaunchConfigurationTab;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** The tab of Java launch configurations that says whether and as what the program is traced. UI thread. */
public final class TracingTab extends AbstractLaunchConfigurationTab {
	private static final int WIDTH = 420;

	private Button trace;
	private Text service;
	private Image image;

	@Override
	public void createControl(Composite parent) {
		Composite tab = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 12).spacing(8, 10).applyTo(tab);
		ResourceLocator.imageDescriptorFromBundle("io.crosstrace.ui", "icons/crosstrace.svg")
				.map((ImageDescriptor found) -> new LocalResourceManager(org.eclipse.jface.resource.JFaceResources.getResources(), tab)
						.create(found))
				.ifPresent(found -> image = found);
		trace = new Button(tab, SWT.CHECK);
		trace.setText(Messages.trace);
		trace.setEnabled(LocalAgent.isLinux());
		trace.addListener(SWT.Selection, event -> changed());
		GridDataFactory.fillDefaults().span(2, 1).applyTo(trace);
		Label name = new Label(tab, SWT.NONE);
		name.setText(Messages.service);
		service = new Text(tab, SWT.BORDER);
		service.addListener(SWT.Modify, event -> changed());
		GridDataFactory.fillDefaults().grab(true, false).applyTo(service);
		Label hint = new Label(tab, SWT.WRAP);
		hint.setText(LocalAgent.isLinux() ? Messages.hint : Messages.notLinux);
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(hint);
		setControl(tab);
	}

	private void changed() {
		service.setEnabled(trace.getSelection());
		updateLaunchConfigurationDialog();
	}

	@Override
	public void setDefaults(ILaunchConfigurationWorkingCopy configuration) {
		// absent means not traced: a configuration of somebody else's stays as it is
	}

	@Override
	public void initializeFrom(ILaunchConfiguration configuration) {
		try {
			trace.setSelection(configuration.getAttribute(LaunchTracing.TRACE, false));
			service.setText(configuration.getAttribute(LaunchTracing.SERVICE, ""));
			service.setMessage(configuration.getName());
			service.setEnabled(trace.getSelection());
		} catch (CoreException e) {
			setErrorMessage(e.getStatus().getMessage());
		}
	}

	@Override
	public void performApply(ILaunchConfigurationWorkingCopy configuration) {
		configuration.setAttribute(LaunchTracing.TRACE, trace.getSelection() ? Boolean.TRUE : null);
		String name = service.getText().strip();
		configuration.setAttribute(LaunchTracing.SERVICE, name.isEmpty() ? null : name);
	}

	@Override
	public String getName() {
		return Messages.tab;
	}

	@Override
	public Image getImage() {
		return image;
	}
}
