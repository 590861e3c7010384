package io.crosstrace.ui.remote;

import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.remote.RemoteAgent;
import io.crosstrace.ide.remote.RemoteAgents;
import io.crosstrace.ide.remote.RemoteException;
import io.crosstrace.ide.remote.SshAddress;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchListener;
import org.eclipse.ui.PlatformUI;

/** Brings an agent to a host and connects to it. Stays open, with the reason, when that fails. */
public final class AttachWizard extends Wizard {
	private static final AtomicBoolean LEAVES_HOSTS = new AtomicBoolean();

	private final AttachPage page = new AttachPage();

	public AttachWizard() {
		setWindowTitle(Messages.title);
		setNeedsProgressMonitor(true);
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		SshAddress address = page.address();
		List<String> options = page.agentOptions();
		page.setErrorMessage(null);
		try {
			getContainer().run(true, true, monitor -> attach(address, options, monitor));
			page.remember();
			return true;
		} catch (InvocationTargetException e) {
			page.setErrorMessage(e.getCause().getMessage());
		} catch (InterruptedException e) {
			page.setErrorMessage(null);
		}
		return false;
	}

	/** In a thread of the wizard's container. */
	private void attach(SshAddress address, List<String> options, IProgressMonitor monitor)
			throws InvocationTargetException, InterruptedException {
		monitor.beginTask(Messages.bind(Messages.attaching, address), IProgressMonitor.UNKNOWN);
		try {
			RemoteAgent agent = RemoteAgent.attach(address, sshFolder(), new PersonAtScreen(getShell()),
					AgentPackage.bundled(), options, new RemoteAgent.Progress() {
						@Override
						public void accept(String what) {
							monitor.subTask(what);
						}

						@Override
						public boolean isCanceled() {
							return monitor.isCanceled();
						}
					});
			leaveHostsAtTheEnd();
			RemoteAgents.shared().add(agent);
		} catch (RemoteException e) {
			if (monitor.isCanceled()) {
				throw new InterruptedException();
			}
			throw new InvocationTargetException(e);
		} finally {
			monitor.done();
		}
	}

	static Path sshFolder() {
		return Path.of(System.getProperty("user.home"), ".ssh");
	}

	private static void leaveHostsAtTheEnd() {
		if (LEAVES_HOSTS.compareAndSet(false, true)) {
			PlatformUI.getWorkbench().addWorkbenchListener(new IWorkbenchListener() {
				@Override
				public boolean preShutdown(IWorkbench workbench, boolean forced) {
					return true;
				}

				@Override
				public void postShutdown(IWorkbench workbench) {
					RemoteAgents.shared().closeAll();
				}
			});
		}
	}
}
