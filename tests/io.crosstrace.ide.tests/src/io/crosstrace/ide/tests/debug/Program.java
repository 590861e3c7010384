package io.crosstrace.ide.tests.debug;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.core.resources.ICommand;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Path;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.core.model.IStreamsProxy;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.launching.IJavaLaunchConfigurationConstants;
import org.eclipse.jdt.launching.IVMInstall;
import org.eclipse.jdt.launching.IVMInstallType;
import org.eclipse.jdt.launching.JavaRuntime;
import org.eclipse.jdt.launching.VMStandin;

/** A Java project that is built and really launched, and talked to on its input and output. */
public final class Program implements AutoCloseable {
	private final IProject project;
	private ILaunch launch;
	private IStreamsProxy streams;

	public Program(String name) throws CoreException {
		project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription(name);
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		ICommand builder = description.newCommand();
		builder.setBuilderName(JavaCore.BUILDER_ID);
		description.setBuildSpec(new ICommand[] { builder });
		project.create(description, null);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		useThisJava();
		JavaCore.create(project).setRawClasspath(new IClasspathEntry[] { JavaCore.newSourceEntry(folder.getFullPath()),
				JavaCore.newContainerEntry(new Path(JavaRuntime.JRE_CONTAINER)) }, project.getFullPath().append("bin"), null);
	}

	/** Writes a source file, by its path below src. */
	public IFile source(String path, String content) throws CoreException {
		IFile file = project.getFile("src/" + path);
		folders((IFolder) file.getParent());
		file.create(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), true, null);
		return file;
	}

	public void build() throws CoreException {
		project.build(IncrementalProjectBuilder.FULL_BUILD, null);
	}

	/** Launches a main class; {@code attributes} are put into the launch configuration. */
	public void launch(String configurationName, String mainType, String mode, Map<String, Object> attributes)
			throws CoreException {
		ILaunchConfigurationWorkingCopy configuration = DebugPlugin.getDefault().getLaunchManager()
				.getLaunchConfigurationType(IJavaLaunchConfigurationConstants.ID_JAVA_APPLICATION)
				.newInstance(null, configurationName);
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_PROJECT_NAME, project.getName());
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_MAIN_TYPE_NAME, mainType);
		attributes.forEach(configuration::setAttribute);
		launch = configuration.launch(mode, null);
		streams = launch.getProcesses()[0].getStreamsProxy();
	}

	public void say(String what) throws IOException {
		streams.write(what + "\n");
	}

	/** Waits until the program has said it. */
	public void said(String what) throws InterruptedException {
		long end = System.nanoTime() + 40_000_000_000L;
		while (!streams.getOutputStreamMonitor().getContents().contains(what)) {
			assertTrue(System.nanoTime() < end, () -> "not said: " + what + "; but "
					+ streams.getOutputStreamMonitor().getContents() + streams.getErrorStreamMonitor().getContents());
			Thread.sleep(20);
		}
	}

	@Override
	public void close() throws CoreException {
		if (launch != null) {
			launch.terminate();
		}
		project.delete(true, true, null);
	}

	private static void useThisJava() throws CoreException {
		if (JavaRuntime.getDefaultVMInstall() == null) {
			IVMInstallType type = JavaRuntime.getVMInstallType("org.eclipse.jdt.internal.debug.ui.launcher.StandardVMType");
			VMStandin standin = new VMStandin(type, "this");
			standin.setName("this");
			standin.setInstallLocation(new java.io.File(System.getProperty("java.home")));
			IVMInstall install = standin.convertToRealVM();
			JavaRuntime.setDefaultVMInstall(install, null);
		}
	}

	private static void folders(IFolder folder) throws CoreException {
		if (!folder.exists()) {
			if (folder.getParent() instanceof IFolder parent) {
				folders(parent);
			}
			folder.create(true, true, null);
		}
	}
}
