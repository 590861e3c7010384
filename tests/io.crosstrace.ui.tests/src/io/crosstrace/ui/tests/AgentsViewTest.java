package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.agents.AgentsView;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.ConnectionState;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.function.Predicate;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentsViewTest {
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private AgentsView view;

	@BeforeEach
	void open() {
		bot.perspective(CrossTracePerspective.ID);
		view = bot.view(ViewIds.AGENTS, AgentsView.class);
	}

	@AfterEach
	void forget() {
		session.snapshot().agents().forEach(agent -> session.remove(agent.address()));
		bot.until("no agent", () -> session.snapshot().agents().isEmpty() && !view.table().getControl().isVisible());
	}

	@Test
	void agentThatDoesNotAnswer_isShownWithWhatToDo() throws IOException {
		AgentAddress nobody = AgentAddress.plain("127.0.0.1", freePort(), "");
		session.connect(nobody);
		bot.until("the agent", () -> view.table().getTable().getItemCount() == 1
				&& view.table().getTable().getItem(0).getText(1).equals("Trying again"));
		bot.until("the reason", () -> view.detailText().startsWith("Nothing answers at 127.0.0.1:"));
		bot.screenshot("agents-unreachable");
		session.disconnect(nobody);
		bot.until("a closed connection", () -> view.table().getTable().getItem(0).getText(1).equals("Disconnected"));
	}

	@Test
	void wizard_testsAndConnects() throws IOException {
		int port = freePort();
		Button connect = bot.ui(() -> (Button) control(view.getSite().getShell(), Button.class, "Connect to an Agent"));
		bot.click(connect, 20, 10);
		bot.until("the wizard", () -> wizard() != null);
		Text portField = bot.ui(() -> (Text) text(wizard().getShell(), "4520"));
		bot.ui(() -> {
			portField.setFocus();
			portField.selectAll();
			return null;
		});
		bot.type(String.valueOf(port));
		bot.until("the port", () -> portField.getText().equals(String.valueOf(port)));
		Button test = bot.ui(() -> (Button) control(wizard().getShell(), Button.class, "Test Connection"));
		bot.click(test, 20, 10);
		bot.until("an answer", () -> page().getErrorMessage() != null);
		String answer = bot.ui(() -> page().getErrorMessage());
		assertTrue(answer.startsWith("Nothing answers at localhost:" + port), answer);
		assertFalse(answer.contains("Trying again"), answer);
		bot.screenshotOf("agents-wizard", bot.ui(() -> wizard().getShell()));
		Button finish = bot.ui(() -> (Button) control(wizard().getShell(), Button.class, "Finish"));
		bot.click(finish, 20, 10);
		bot.until("the agent in the session", () -> wizard() == null && session.snapshot().agents().size() == 1);
		bot.until("its state", () -> session.snapshot().agents().get(0).state() == ConnectionState.WAITING);
	}

	private WizardPage page() {
		return (WizardPage) wizard().getCurrentPage();
	}

	private static WizardDialog wizard() {
		return (WizardDialog) Arrays.stream(Display.getCurrent().getShells()).map(Shell::getData)
				.filter(WizardDialog.class::isInstance).findFirst().orElse(null);
	}

	private static Control text(Composite in, String value) {
		return search(in, control -> control instanceof Text text && text.getText().equals(value));
	}

	private static Control control(Composite in, Class<? extends Control> type, String label) {
		return search(in, control -> type.isInstance(control) && control.isVisible()
				&& ((Button) control).getText().replace("&", "").startsWith(label));
	}

	private static Control search(Composite in, Predicate<Control> test) {
		for (Control child : in.getChildren()) {
			if (test.test(child)) {
				return child;
			}
			Control found = child instanceof Composite composite ? search(composite, test) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}
}
