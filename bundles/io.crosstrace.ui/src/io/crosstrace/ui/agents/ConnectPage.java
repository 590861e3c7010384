package io.crosstrace.ui.agents;

import io.crosstrace.ide.session.AgentProbe;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.ConnectionState;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/**
 * Host, port, token and certificate. A certificate is trusted on first use only if a person says that its fingerprint
 * is the one the agent printed. UI thread; the test runs in a job.
 */
final class ConnectPage extends WizardPage {
	private static final String DEFAULT_PORT = "4520";
	private static final Duration PATIENCE = Duration.ofSeconds(8);
	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

	private Text host;
	private Text port;
	private Text token;
	private Button tls;
	private Text fingerprint;
	private Button trust;
	private Label offered;
	private Button test;
	private boolean tlsChosen;
	private String offeredFingerprint = "";
	private int asked;

	ConnectPage() {
		super("connect");
		setTitle(Messages.wizardTitle);
		setDescription(Messages.wizardDescription);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 12).spacing(10, 8).applyTo(page);
		host = field(page, Messages.wizardHost, "localhost", SWT.NONE);
		port = field(page, Messages.wizardPort, DEFAULT_PORT, SWT.NONE);
		GridDataFactory.swtDefaults().hint(80, SWT.DEFAULT).applyTo(port);
		token = field(page, Messages.wizardToken, "", SWT.PASSWORD);
		token.setMessage(Messages.wizardTokenHint);
		tls = check(page, Messages.wizardTls);
		tls.addListener(SWT.Selection, event -> {
			tlsChosen = true;
			changed();
		});
		fingerprint = field(page, Messages.wizardFingerprint, "", SWT.NONE);
		fingerprint.setMessage(Messages.wizardFingerprintHint);
		offered = new Label(page, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(460, SWT.DEFAULT).exclude(true).applyTo(offered);
		trust = check(page, Messages.wizardTrust);
		trust.setVisible(false);
		trust.addListener(SWT.Selection, event -> {
			fingerprint.setText(trust.getSelection() ? grouped(offeredFingerprint) : "");
			changed();
		});
		test = new Button(page, SWT.PUSH);
		test.setText(Messages.wizardTest);
		test.addListener(SWT.Selection, event -> test());
		GridDataFactory.swtDefaults().span(2, 1).applyTo(test);
		for (Text text : new Text[] { host, port, token, fingerprint }) {
			text.addListener(SWT.Modify, event -> changed());
		}
		setControl(page);
		changed();
		host.selectAll();
	}

	/** What is filled in; only while the page is complete. */
	AgentAddress address() {
		return new AgentAddress(host.getText().strip(), Integer.parseInt(port.getText().strip()),
				token.getText().strip(), tls.getSelection(), fingerprint.getText(), "");
	}

	private Text field(Composite page, String label, String value, int style) {
		new Label(page, SWT.NONE).setText(label);
		Text text = new Text(page, SWT.BORDER | SWT.SINGLE | style);
		text.setText(value);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
		return text;
	}

	private Button check(Composite page, String label) {
		new Label(page, SWT.NONE);
		Button check = new Button(page, SWT.CHECK);
		check.setText(label);
		return check;
	}

	private void changed() {
		asked++; // an answer to an earlier question counts no more
		boolean loopback = LOOPBACK.contains(host.getText().strip());
		if (!tlsChosen) {
			tls.setSelection(!loopback);
		}
		fingerprint.setEnabled(tls.getSelection());
		String error = error();
		setErrorMessage(error);
		setPageComplete(error == null);
		test.setEnabled(error == null);
		if (error == null && !tls.getSelection() && !loopback) {
			setMessage(Messages.bind(Messages.wizardPlain, host.getText().strip()), IMessageProvider.WARNING);
		} else if (error == null && tls.getSelection() && fingerprint.getText().isBlank()) {
			setMessage(Messages.wizardUnknown, IMessageProvider.INFORMATION);
		} else {
			setMessage(null);
		}
	}

	private String error() {
		if (host.getText().isBlank()) {
			return Messages.wizardNoHost;
		}
		try {
			address();
			return null;
		} catch (NumberFormatException e) {
			return Messages.wizardPortWrong;
		} catch (IllegalArgumentException e) {
			return e.getMessage();
		}
	}

	private void test() {
		AgentAddress address = address();
		int question = ++asked;
		setErrorMessage(null);
		setMessage(Messages.bind(Messages.wizardTesting, address), IMessageProvider.INFORMATION);
		Display display = host.getDisplay();
		Job.createSystem(Messages.wizardTest, monitor -> {
			try {
				AgentProbe.Answer answer = AgentProbe.ask(address, PATIENCE);
				display.asyncExec(() -> {
					if (!host.isDisposed() && question == asked) {
						told(answer);
					}
				});
				return Status.OK_STATUS;
			} catch (InterruptedException e) {
				return Status.CANCEL_STATUS;
			}
		}).schedule();
	}

	private void told(AgentProbe.Answer answer) {
		if (answer.state() == ConnectionState.CONNECTED) {
			setErrorMessage(null);
			setMessage(Messages.bind(Messages.wizardWell, new Object[] { answer.info().hostName(),
					answer.info().agentVersion(), answer.info().provider() }), IMessageProvider.INFORMATION);
			return;
		}
		setErrorMessage(answer.message());
		if (answer.state() == ConnectionState.UNTRUSTED && !answer.offeredFingerprint().isEmpty()) {
			offeredFingerprint = answer.offeredFingerprint();
			offered.setText(Messages.wizardOffered + "\n" + grouped(offeredFingerprint));
			((GridData) offered.getLayoutData()).exclude = false;
			trust.setVisible(true);
			trust.setSelection(false);
			offered.getParent().layout();
		}
	}

	/** As agents print it: pairs with colons. */
	private static String grouped(String hex) {
		return hex.replaceAll("(..)(?=.)", "$1:").toUpperCase(Locale.ROOT);
	}
}
