package io.crosstrace.ui.agents;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.AgentBook;
import io.crosstrace.ide.session.Session;
import io.crosstrace.wire.client.AgentAddress;
import java.io.IOException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.wizard.Wizard;

/** Asks where an agent is and whether to trust it, then connects. Keeps the address for the next start. */
final class ConnectWizard extends Wizard {
	private final Session session;
	private final ConnectPage page = new ConnectPage();

	ConnectWizard(Session session) {
		this.session = session;
		setWindowTitle(Messages.wizardTitle);
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		AgentAddress address = page.address();
		session.connect(address);
		Job.create(Messages.keeping, monitor -> {
			try {
				new AgentBook().save(address);
				return Status.OK_STATUS;
			} catch (IOException e) {
				CrossTrace.log(CrossTrace.warning(Messages.keepFailed + ' ' + e.getMessage(), e));
				return Status.OK_STATUS;
			}
		}).schedule();
		return true;
	}
}
