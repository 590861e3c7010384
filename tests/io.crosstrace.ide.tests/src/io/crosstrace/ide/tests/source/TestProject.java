package io.crosstrace.ide.tests.source;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;

/** A Java project with sources and no libraries at all: annotations must be understood without them. */
final class TestProject implements AutoCloseable {
	final IProject project;

	/** Makes a project with one source folder, building on the {@code required} ones. */
	TestProject(String name, String... required) throws CoreException {
		project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		if (project.exists()) {
			project.delete(true, true, null);
		}
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription(name);
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		List<IClasspathEntry> entries = new ArrayList<>();
		entries.add(JavaCore.newSourceEntry(folder.getFullPath()));
		for (String each : required) {
			entries.add(JavaCore.newProjectEntry(IPath.fromOSString("/" + each)));
		}
		JavaCore.create(project).setRawClasspath(entries.toArray(IClasspathEntry[]::new),
				project.getFullPath().append("bin"), null);
	}

	/** Writes or replaces a source file, named after its package and its first type. */
	TestProject java(String source) throws CoreException {
		String packageName = source.replaceFirst("(?s)^.*?package ([\\w.]+);.*$", "$1");
		String type = source.replaceFirst("(?s)^.*?\\n[^\\n*@]*?(?:class|interface|record|enum) (\\w+).*$", "$1");
		return file("src/" + packageName.replace('.', '/') + "/" + type + ".java", source);
	}

	/** Writes or replaces any file. */
	TestProject file(String path, String content) throws CoreException {
		IFile file = project.getFile(path);
		folders(file.getParent());
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		if (file.exists()) {
			file.setContents(new ByteArrayInputStream(bytes), true, false, null);
		} else {
			file.create(new ByteArrayInputStream(bytes), true, null);
		}
		return this;
	}

	/** Runs many changes as one. */
	static void inOneGo(IWorkspaceRunnable changes) throws CoreException {
		ResourcesPlugin.getWorkspace().run(changes, null);
	}

	/** What the whole workspace serves or calls, a line each: "GET /x -> Type.method", sorted. */
	static List<String> lines(Endpoint.Kind kind, Endpoint.Side side) throws InterruptedException {
		try (EndpointIndex index = new EndpointIndex()) {
			return index.await(30_000).endpoints().stream()
					.filter(endpoint -> endpoint.side() == side && endpoint.kind() == kind)
					.map(endpoint -> (endpoint.verbs().isEmpty() ? "*" : String.join("|",
							endpoint.verbs().stream().sorted().toList())) + " " + endpoint.pattern() + " -> "
							+ endpoint.place().label())
					.sorted().distinct().toList();
		}
	}

	@Override
	public void close() throws CoreException {
		project.delete(true, true, null);
	}

	private static void folders(IContainer container) throws CoreException {
		if (container instanceof IFolder folder && !folder.exists()) {
			folders(folder.getParent());
			folder.create(true, true, null);
		}
	}
}
