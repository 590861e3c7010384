package io.crosstrace.ui.debug;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.launch.LaunchTracing;
import io.crosstrace.ide.launch.LocalAgent;
import io.crosstrace.ide.launch.RootRights;
import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.session.Session;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.MessageDialogWithToggle;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.osgi.service.prefs.BackingStoreException;

/** Begins to hear of launches and of the debugger when the IDE starts: it costs three listeners until one is used. */
public final class Startup implements IStartup {
	/** Whether an agent may be started for a launch without asking again. */
	static final String ALLOWED = "localAgentAllowed";

	@Override
	public void earlyStartup() {
		Pauses.shared();
		StopNotice.listen();
		IPath state = Platform.getStateLocation(Platform.getBundle(CrossTrace.PLUGIN_ID));
		LaunchTracing tracing = new LaunchTracing(Session.shared(),
				new LocalAgent(Session.shared(), state.append("agent").toPath(), AgentPackage.bundled(), Startup::allowed,
						RootRights.here()));
		PlatformUI.getWorkbench().getDisplay().asyncExec(
				() -> PlatformUI.getWorkbench().getDisplay().disposeExec(tracing::close));
	}

	/** Asks once; called by a job, and answers when the person has. */
	private static boolean allowed() {
		if (Platform.getPreferencesService().getBoolean(CrossTrace.PLUGIN_ID, ALLOWED, false, null)) {
			return true;
		}
		boolean[] answer = { false };
		Display display = PlatformUI.getWorkbench().getDisplay();
		display.syncExec(() -> answer[0] = ask()); // a job waits for a person here, not the other way round
		return answer[0];
	}

	private static boolean ask() {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		MessageDialogWithToggle dialog = MessageDialogWithToggle.openYesNoQuestion(window == null ? null : window.getShell(),
				Messages.askTitle, Messages.ask, Messages.askNoMore, true, null, null);
		boolean yes = dialog.getReturnCode() == IDialogConstants.YES_ID;
		if (yes && dialog.getToggleState()) {
			try {
				InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).putBoolean(ALLOWED, true);
				InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).flush();
			} catch (BackingStoreException e) {
				CrossTrace.log(CrossTrace.warning("The answer could not be remembered.", e));
			}
		}
		return yes;
	}
}
