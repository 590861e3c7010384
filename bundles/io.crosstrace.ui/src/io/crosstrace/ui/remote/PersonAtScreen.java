package io.crosstrace.ui.remote;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.remote.Questions;
import io.crosstrace.ide.remote.SecretBook;
import java.io.IOException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

/**
 * Asks in dialogs, and keeps an answer in secure storage if the person wants that. Waits for the person in the
 * connection's thread; the UI thread never waits for the connection.
 */
final class PersonAtScreen implements Questions {
	private final Display display;
	private final Shell shell;
	private final SecretBook book = new SecretBook();

	PersonAtScreen(Shell shell) {
		this.shell = shell;
		display = shell.getDisplay();
	}

	@Override
	public boolean trust(String host, String keyType, String fingerprint) {
		boolean[] answer = new boolean[1];
		display.syncExec(() -> answer[0] = MessageDialog.open(MessageDialog.QUESTION, parent(), Messages.trustTitle,
				Messages.bind(Messages.trustText, new Object[] { host, keyType, fingerprint }), 0,
				Messages.trustYes, Messages.trustNo) == 0);
		return answer[0];
	}

	@Override
	public String password(String user, String host, int attempt) {
		return secret("password " + user + "@" + host, Messages.bind(Messages.password, user, host), attempt);
	}

	@Override
	public String passphrase(String keyFile, int attempt) {
		return secret("passphrase " + keyFile, Messages.bind(Messages.passphrase, keyFile), attempt);
	}

	@Override
	public String sudoPassword(String user, String host, int attempt) {
		return secret("sudo " + user + "@" + host, Messages.bind(Messages.sudo, user, host), attempt);
	}

	private String secret(String name, String question, int attempt) {
		String kept = attempt == 1 ? book.load(name) : null;
		if (kept != null) {
			return kept;
		}
		if (attempt > 1) {
			book.forget(name);
		}
		SecretDialog.Answer[] answer = new SecretDialog.Answer[1];
		display.syncExec(() -> answer[0] = new SecretDialog(parent(), question, attempt > 1).ask());
		if (answer[0] == null) {
			return null;
		}
		if (answer[0].keep()) {
			try {
				book.save(name, answer[0].secret());
			} catch (IOException e) {
				CrossTrace.log(CrossTrace.warning(e.getMessage(), e));
			}
		}
		return answer[0].secret();
	}

	/** The wizard may be long gone when a connection comes back. */
	private Shell parent() {
		return shell.isDisposed() ? display.getActiveShell() : shell;
	}
}
