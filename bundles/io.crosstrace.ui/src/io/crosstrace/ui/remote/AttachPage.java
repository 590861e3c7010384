package io.crosstrace.ui.remote;

import io.crosstrace.ide.remote.SshAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** Which host, how to get in, and what to watch there. Everything but the host may stay as it is. */
final class AttachPage extends WizardPage {
	private static final int MOST_HOSTS = 8;
	/** What the agent's option takes: the path of a program. */
	private static final String JAVA = "/java$";

	private Combo host;
	private Text jump;
	private Text key;
	private Text programs;

	AttachPage() {
		super("attach");
		setTitle(Messages.title);
		setDescription(Messages.description);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(3).margins(12, 12).spacing(10, 8).applyTo(page);
		label(page, Messages.host);
		host = new Combo(page, SWT.DROP_DOWN);
		host.setItems(known().toArray(String[]::new));
		if (host.getItemCount() > 0) {
			host.select(0);
		}
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(host);
		jump = field(page, Messages.jump, "", Messages.jumpHint, 2);
		key = field(page, Messages.key, "", Messages.keyHint, 1);
		Button browse = new Button(page, SWT.PUSH);
		browse.setText(Messages.browse);
		browse.addListener(SWT.Selection, event -> browse());
		programs = field(page, Messages.programs, JAVA, Messages.programsHint, 2);
		Label note = new Label(page, SWT.WRAP);
		note.setText(Messages.note);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).hint(520, SWT.DEFAULT).indent(0, 8).applyTo(note);
		for (Text text : new Text[] { jump, key, programs }) {
			text.addListener(SWT.Modify, event -> changed());
		}
		host.addListener(SWT.Modify, event -> changed());
		setControl(page);
		setPageComplete(error() == null); // no error before anything was typed
	}

	/** What is filled in; only while the page is complete. */
	SshAddress address() {
		return SshAddress.parse(host.getText(), jump.getText(), key.getText());
	}

	List<String> agentOptions() {
		String regex = programs.getText().strip();
		return regex.isEmpty() ? List.of() : List.of("--exe", regex);
	}

	/** Puts this host first the next time. */
	void remember() {
		List<String> hosts = new ArrayList<>(known());
		hosts.remove(host.getText().strip());
		hosts.add(0, host.getText().strip());
		Preferences node = preferences();
		node.put("hosts", String.join("\n", hosts.subList(0, Math.min(MOST_HOSTS, hosts.size()))));
		try {
			node.flush();
		} catch (BackingStoreException e) {
			// it only has to be typed again
		}
	}

	private static List<String> known() {
		return preferences().get("hosts", "").lines().filter(line -> !line.isBlank()).toList();
	}

	private static Preferences preferences() {
		return InstanceScope.INSTANCE.getNode("io.crosstrace.ui").node("remote");
	}

	private static void label(Composite page, String text) {
		new Label(page, SWT.NONE).setText(text);
	}

	private static Text field(Composite page, String label, String value, String hint, int span) {
		label(page, label);
		Text text = new Text(page, SWT.BORDER | SWT.SINGLE);
		text.setText(value);
		text.setMessage(hint);
		GridDataFactory.fillDefaults().grab(true, false).span(span, 1).applyTo(text);
		return text;
	}

	private void browse() {
		FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
		dialog.setText(Messages.key.replace("&", ""));
		dialog.setFilterPath(AttachWizard.sshFolder().toString());
		String file = dialog.open();
		if (file != null) {
			key.setText(file);
		}
	}

	private void changed() {
		String error = error();
		setErrorMessage(error);
		setPageComplete(error == null);
	}

	private String error() {
		if (host.getText().isBlank()) {
			return Messages.noHost;
		}
		try {
			address();
			Pattern.compile(programs.getText());
			return null;
		} catch (PatternSyntaxException e) {
			return Messages.bind(Messages.wrongPrograms, e.getDescription());
		} catch (IllegalArgumentException e) {
			return e.getMessage();
		}
	}
}
