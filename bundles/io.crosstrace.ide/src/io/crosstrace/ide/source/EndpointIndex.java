package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.crosstrace.ide.session.Session;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IWorkspaceRoot;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.core.ElementChangedEvent;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IElementChangedListener;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IJavaElementDelta;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;

/**
 * The routes and calls of all Java projects in the workspace, kept up to date as files are saved.
 *
 * <p>All reading happens in one background job, which needs no lock of the workspace; {@link #workspace()} gives
 * the last complete picture at once. A file that cannot be read counts as empty until it changes. Any thread.
 */
public final class EndpointIndex implements AutoCloseable {
	private static EndpointIndex shared;
	private static RoutePublisher publisher;

	private final SourceFiles files;
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final IElementChangedListener changes = this::changed;
	private final Job job = new Job("Indexing endpoints") {
		@Override
		protected IStatus run(IProgressMonitor monitor) {
			return update(monitor);
		}
	};
	private final Set<IFile> dirtyFiles = new HashSet<>();
	private final Set<IProject> dirtyProjects = new HashSet<>();
	private boolean working;
	private boolean closed;
	private volatile Workspace workspace = Workspace.EMPTY;

	/** An index of its own, already reading; for tests. Others share {@link #shared()}. */
	public EndpointIndex() {
		IWorkspaceRoot root = ResourcesPlugin.getWorkspace().getRoot();
		files = new SourceFiles(root);
		JavaCore.addElementChangedListener(changes, ElementChangedEvent.POST_CHANGE);
		synchronized (this) {
			dirtyProjects.addAll(List.of(root.getProjects()));
			wake();
		}
	}

	/** The index that the whole IDE uses, and that its agents are told of; the first caller starts it. */
	public static synchronized EndpointIndex shared() {
		if (shared == null) {
			shared = new EndpointIndex();
			publisher = new RoutePublisher(Session.shared(), shared);
		}
		return shared;
	}

	/** Stops the shared index and frees what it holds, if it was ever started. */
	public static synchronized void closeShared() {
		if (shared != null) {
			publisher.close();
			shared.close();
			shared = null;
		}
	}

	/** The last complete picture; {@link Workspace#EMPTY} before the first. */
	public Workspace workspace() {
		return workspace;
	}

	/**
	 * Waits until every change so far is in, at most {@code millis}. Not for the UI thread.
	 *
	 * @return the newest picture, which is an older one if time ran out
	 */
	public Workspace await(long millis) throws InterruptedException {
		long end = System.nanoTime() + millis * 1_000_000;
		synchronized (this) {
			while (working && !closed) {
				long left = (end - System.nanoTime()) / 1_000_000;
				if (left <= 0) {
					break;
				}
				wait(left);
			}
		}
		return workspace;
	}

	/** Calls {@code listener}, on the index's own thread, whenever {@link #workspace()} has changed. */
	public void addListener(Runnable listener) {
		listeners.add(listener);
	}

	public void removeListener(Runnable listener) {
		listeners.remove(listener);
	}

	@Override
	public void close() {
		JavaCore.removeElementChangedListener(changes);
		synchronized (this) {
			closed = true;
			notifyAll();
		}
		job.cancel();
		workspace = Workspace.EMPTY;
	}

	private void wake() {
		working = true;
		// a saved file is read in milliseconds, and a person may ask for it at once; a project takes seconds
		job.setPriority(dirtyProjects.isEmpty() ? Job.INTERACTIVE : Job.LONG);
		job.schedule();
	}

	private IStatus update(IProgressMonitor monitor) {
		Set<IFile> fileWork;
		Set<IProject> projectWork;
		synchronized (this) {
			fileWork = new HashSet<>(dirtyFiles);
			projectWork = new HashSet<>(dirtyProjects);
			dirtyFiles.clear();
			dirtyProjects.clear();
		}
		SubMonitor progress = SubMonitor.convert(monitor, projectWork.size() + 1);
		try {
			for (IProject project : projectWork) {
				files.readProject(project, progress.split(1));
			}
			for (IFile file : fileWork) {
				files.readFile(file);
			}
			workspace = files.resolve(progress.split(1));
		} catch (OperationCanceledException e) {
			synchronized (this) {
				dirtyFiles.addAll(fileWork); // the next change takes them along
				dirtyProjects.addAll(projectWork);
				working = false;
				notifyAll();
			}
			return Status.CANCEL_STATUS;
		} finally {
			synchronized (this) {
				working = working && !closed && !(dirtyFiles.isEmpty() && dirtyProjects.isEmpty());
				notifyAll();
			}
		}
		listeners.forEach(Runnable::run);
		return Status.OK_STATUS;
	}

	private void changed(ElementChangedEvent event) {
		List<IFile> changedFiles = new ArrayList<>();
		Set<IProject> changedProjects = new HashSet<>();
		collect(event.getDelta(), changedFiles, changedProjects);
		synchronized (this) {
			if (!closed && !(changedFiles.isEmpty() && changedProjects.isEmpty())) {
				dirtyFiles.addAll(changedFiles);
				dirtyProjects.addAll(changedProjects);
				wake();
			}
		}
	}

	private static void collect(IJavaElementDelta delta, List<IFile> outFiles, Set<IProject> outProjects) {
		IJavaElement element = delta.getElement();
		int structure = IJavaElementDelta.F_OPENED | IJavaElementDelta.F_CLOSED
				| IJavaElementDelta.F_RESOLVED_CLASSPATH_CHANGED | IJavaElementDelta.F_CLASSPATH_CHANGED
				| IJavaElementDelta.F_ADDED_TO_CLASSPATH | IJavaElementDelta.F_REMOVED_FROM_CLASSPATH;
		if (element instanceof ICompilationUnit unit) {
			boolean bufferOnly = delta.getKind() == IJavaElementDelta.CHANGED
					&& (delta.getFlags() & ~IJavaElementDelta.F_PRIMARY_WORKING_COPY) == 0;
			if (!bufferOnly && unit.getPrimary().getResource() instanceof IFile file) {
				outFiles.add(file);
			}
			return;
		}
		IJavaProject project = element.getJavaProject();
		if (project != null && (delta.getKind() != IJavaElementDelta.CHANGED || (delta.getFlags() & structure) != 0)) {
			outProjects.add(project.getProject());
			return;
		}
		IResourceDelta[] resources = delta.getResourceDeltas();
		for (int i = 0; resources != null && i < resources.length && project != null; i++) {
			if (isSettings(resources[i])) {
				outProjects.add(project.getProject());
			}
		}
		for (IJavaElementDelta child : delta.getAffectedChildren()) {
			collect(child, outFiles, outProjects);
		}
	}

	private static boolean isSettings(IResourceDelta delta) {
		IResource resource = delta.getResource();
		if (resource.getType() == IResource.FILE) {
			return SourceFiles.isSettings(resource.getName());
		}
		for (IResourceDelta child : delta.getAffectedChildren()) {
			if (isSettings(child)) {
				return true;
			}
		}
		return false;
	}
}
