package io.crosstrace.ide.launch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchesListener2;
import org.eclipse.debug.core.model.IProcess;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.Session;

/**
 * Hears of launches; those whose configuration asks for it are traced by their process id, under the configuration's
 * name. Works in jobs: a launch never waits for it.
 */
public final class LaunchTracing implements ILaunchesListener2, AutoCloseable {
	/** Attribute of a launch configuration: whether to trace it. */
	public static final String TRACE = "io.crosstrace.ide.trace";
	/** Attribute of a launch configuration: what to call its service; its own name if absent or empty. */
	public static final String SERVICE = "io.crosstrace.ide.service";

	private final Session session;
	private final LocalAgent agent;
	private final Set<IProcess> known = ConcurrentHashMap.newKeySet();

	/** Begins to listen; launches that run already are looked at, too. */
	public LaunchTracing(Session session, LocalAgent agent) {
		this.session = session;
		this.agent = agent;
		DebugPlugin.getDefault().getLaunchManager().addLaunchListener(this);
		launchesChanged(DebugPlugin.getDefault().getLaunchManager().getLaunches());
	}

	@Override
	public void close() {
		DebugPlugin.getDefault().getLaunchManager().removeLaunchListener(this);
	}

	/** What a configuration's service is called; empty if it is not to be traced. */
	public static String service(ILaunchConfiguration configuration) {
		try {
			if (configuration == null || !configuration.getAttribute(TRACE, false)) {
				return "";
			}
			String name = configuration.getAttribute(SERVICE, "").strip();
			return name.isEmpty() ? configuration.getName() : name;
		} catch (CoreException e) {
			CrossTrace.log(CrossTrace.warning("A launch configuration could not be read.", e));
			return "";
		}
	}

	@Override
	public void launchesAdded(ILaunch[] launches) {
		launchesChanged(launches);
	}

	/** A launch gets its processes after it was added. */
	@Override
	public void launchesChanged(ILaunch[] launches) {
		for (ILaunch launch : launches) {
			String service = service(launch.getLaunchConfiguration());
			for (IProcess process : service.isEmpty() ? new IProcess[0] : launch.getProcesses()) {
				String pid = process.getAttribute(IProcess.ATTR_PROCESS_ID);
				if (pid != null && pid.matches("\\d{1,9}") && !process.isTerminated() && known.add(process)) {
					trace(Integer.parseInt(pid), service);
				}
			}
		}
	}

	private void trace(int pid, String service) {
		session.watch(pid, service);
		Job job = new Job("Tracing " + service) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				String trouble = agent.ensure(monitor);
				// the program runs on, untraced; one sentence says why
				return trouble.isEmpty() ? Status.OK_STATUS : CrossTrace.warning(service + " is not traced: " + trouble, null);
			}
		};
		job.setPriority(Job.SHORT);
		job.schedule();
	}

	@Override
	public void launchesTerminated(ILaunch[] launches) {
		for (ILaunch launch : launches) {
			for (IProcess process : launch.getProcesses()) {
				known.remove(process);
			}
		}
	}

	@Override
	public void launchesRemoved(ILaunch[] launches) {
		launchesTerminated(launches);
	}
}
