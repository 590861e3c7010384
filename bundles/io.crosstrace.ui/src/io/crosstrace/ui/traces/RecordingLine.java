package io.crosstrace.ui.traces;

import io.crosstrace.ide.session.Recording;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.Theme;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;

/** Says that a file is shown, how far it is read, and what was wrong with it; not there for what agents send. UI thread. */
final class RecordingLine extends Composite {
	private final Label label;
	private final Link links;

	RecordingLine(Composite parent, Session session) {
		super(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(2).margins(8, 4).applyTo(this);
		label = new Label(this, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(label);
		links = new Link(this, SWT.NONE);
		links.setText(Messages.back);
		links.addListener(SWT.Selection, event -> {
			switch (event.text) {
				case "earlier" -> session.openEarlier();
				case "later" -> session.openLater();
				default -> session.closeRecording();
			}
		});
		setVisible(false);
	}

	/** Goes to another page, or back to what agents send. */
	Link links() {
		return links;
	}

	String sentence() {
		return label.getText();
	}

	/** Whether it has changed: then the parent is to be laid out again. */
	boolean tell(Recording recording) {
		String text = recording == null ? "" : text(recording);
		if (text.equals(label.getText())) {
			return false;
		}
		label.setText(text);
		links.setText((recording != null && recording.earlier() ? Messages.earlier + "  " : "")
				+ (recording != null && recording.page() > 0 ? Messages.later + "  " : "") + Messages.back);
		label.setToolTipText(recording == null ? null : recording.file().toString());
		label.setForeground(recording == null || recording.problem().isEmpty() ? null : Theme.of(this).warning());
		setVisible(!text.isEmpty());
		((GridData) getLayoutData()).exclude = text.isEmpty();
		return true;
	}

	private static String text(Recording recording) {
		String read = String.format("%,d", recording.read());
		if (!recording.complete()) {
			return Messages.bind(Messages.reading,
					new Object[] { recording.name(), read, (int) (100 * recording.progress()) });
		}
		if (!recording.problem().isEmpty()) {
			return Messages.bind(Messages.recordingProblem, new Object[] { recording.name(), read, recording.problem() });
		}
		if (recording.earlier() || recording.page() > 0) {
			return Messages.bind(Messages.recordingPage, new Object[] { recording.name(), recording.page() + 1, read });
		}
		return recording.skipped() == 0 ? Messages.bind(Messages.recording, recording.name(), read)
				: Messages.bind(Messages.recordingSkipped,
						new Object[] { recording.name(), read, String.format("%,d", recording.skipped()) });
	}
}
