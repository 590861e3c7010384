package io.crosstrace.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.launching.JavaRuntime;

/** Brings Maven modules into the workspace as Java projects, without Maven and without a file in their folders. */
final class SampleProjects {
	private SampleProjects() {
	}

	/**
	 * One project a folder, named like it, its sources linked. A project that is there already is left alone.
	 *
	 * @throws CoreException if the workspace refuses
	 */
	static void add(List<Path> folders) throws CoreException {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		workspace.run(monitor -> {
			for (Path folder : folders) {
				IProject project = workspace.getRoot().getProject(folder.getFileName().toString());
				if (!project.exists() && Files.isDirectory(folder.resolve("src/main/java"))) {
					create(project, folder);
				}
			}
		}, workspace.getRoot(), IWorkspace.AVOID_UPDATE, null);
	}

	private static void create(IProject project, Path folder) throws CoreException {
		IProjectDescription description = project.getWorkspace().newProjectDescription(project.getName());
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		project.open(null);
		List<IClasspathEntry> entries = new ArrayList<>();
		entries.add(link(project, folder.resolve("src/main/java"), "src"));
		if (Files.isDirectory(folder.resolve("src/main/resources"))) {
			entries.add(link(project, folder.resolve("src/main/resources"), "resources"));
		}
		entries.add(JavaCore.newContainerEntry(JavaRuntime.newDefaultJREContainerPath()));
		for (Path library : libraries(folder.resolve("target/classpath.txt"))) {
			entries.add(JavaCore.newLibraryEntry(IPath.fromPath(library), null, null));
		}
		IJavaProject java = JavaCore.create(project);
		java.setOption(JavaCore.COMPILER_COMPLIANCE, "21");
		java.setOption(JavaCore.COMPILER_SOURCE, "21");
		java.setOption(JavaCore.COMPILER_CODEGEN_TARGET_PLATFORM, "21");
		java.setRawClasspath(entries.toArray(IClasspathEntry[]::new), project.getFullPath().append("bin"), null);
	}

	private static IClasspathEntry link(IProject project, Path target, String name) throws CoreException {
		IFolder folder = project.getFolder(name);
		folder.createLink(IPath.fromPath(target), IResource.ALLOW_MISSING_LOCAL, null);
		return JavaCore.newSourceEntry(folder.getFullPath());
	}

	/** Sources without their libraries can still be found and read, so a missing list is no error. */
	private static List<Path> libraries(Path list) {
		try {
			List<Path> libraries = new ArrayList<>();
			for (String library : Files.readString(list).trim().split(File.pathSeparator)) {
				if (!library.isBlank() && Files.exists(Path.of(library))) {
					libraries.add(Path.of(library));
				}
			}
			return libraries;
		} catch (IOException absent) {
			return List.of();
		}
	}
}
