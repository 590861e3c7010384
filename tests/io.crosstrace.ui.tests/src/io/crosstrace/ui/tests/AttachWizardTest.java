package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.function.Predicate;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wizard's own part; the hosts themselves are in the tests of {@code io.crosstrace.ide.remote}. */
class AttachWizardTest {
	private final Bot bot = new Bot();

	@AfterEach
	void close() {
		bot.ui(() -> {
			if (wizard() != null) {
				wizard().close();
			}
			return null;
		});
	}

	@Test
	void hostThatDoesNotAnswer_isSaidInTheWizard_whichStaysOpen() throws IOException {
		int port = freePort();
		Display.getDefault().asyncExec(() -> {
			try {
				PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand("io.crosstrace.ui.attachHost", null);
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		});
		bot.until("the wizard", () -> wizard() != null);
		Button finish = bot.ui(() -> (Button) find(wizard().getShell(), control -> control instanceof Button button
				&& button.getText().replace("&", "").startsWith("Finish")));
		assertFalse(bot.ui(finish::isEnabled));
		Combo host = bot.ui(() -> (Combo) find(wizard().getShell(), Combo.class::isInstance));
		bot.ui(host::setFocus);
		bot.type("ada@@");
		bot.until("what is wrong with it", () -> message() != null && message().startsWith("A host is written as"));
		fill(host, "ada@staging-1");
		bot.until("no error", () -> message() == null && finish.isEnabled());
		bot.screenshotOf("attach-wizard", bot.ui(() -> wizard().getShell()));
		fill(host, "ada@127.0.0.1:" + port);
		bot.click(finish, 20, 10);
		bot.until("the reason", () -> message() != null && message().startsWith("No SSH server answers at ada@127.0.0.1:" + port));
		assertTrue(bot.ui(finish::isEnabled));
		bot.screenshotOf("attach-wizard-refused", bot.ui(() -> wizard().getShell()));
	}

	private void fill(Combo host, String text) {
		bot.ui(() -> {
			host.setText(text);
			return null;
		});
	}

	private static String message() {
		return ((WizardPage) wizard().getCurrentPage()).getErrorMessage();
	}

	private static WizardDialog wizard() {
		return (WizardDialog) Arrays.stream(Display.getCurrent().getShells()).map(Shell::getData)
				.filter(WizardDialog.class::isInstance).findFirst().orElse(null);
	}

	private static Control find(Composite in, Predicate<Control> test) {
		for (Control child : in.getChildren()) {
			Control found = test.test(child) ? child : child instanceof Composite composite ? find(composite, test) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}
}
