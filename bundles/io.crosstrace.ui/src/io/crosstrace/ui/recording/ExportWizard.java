package io.crosstrace.ui.recording;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ide.report.TraceReport;
import io.crosstrace.ide.session.Export;
import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.SelectionModel.Together;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.TraceList;
import io.crosstrace.ide.session.TraceListing;
import io.crosstrace.ui.Help;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IExportWizard;
import org.eclipse.ui.IWorkbench;

/** File > Export > CrossTrace: writes traces, in a job with progress that can be stopped. */
public final class ExportWizard extends Wizard implements IExportWizard {
	/** What can be written. */
	private enum Kind {
		RECORDING(Format.RECORDING, ".otlp"), OTLP(Format.OTLP_JSON, ".json"), JAEGER(Format.JAEGER_JSON, ".json"),
		ZIPKIN(Format.ZIPKIN_JSON, ".json"), PAGE(null, ".html"), TEXT(null, ".txt");

		/** Null for what only people read. */
		final Format format;
		final String ending;

		Kind(Format format, String ending) {
			this.format = format;
			this.ending = ending;
		}
	}


	private final Traces traces = Session.shared().snapshot().traces();
	private final Chosen chosen = Session.shared().selection().chosen();
	private final Together together = Session.shared().selection().together();
	private final Filter filter = Session.shared().filter().filter();
	private Text file;
	private Combo format;
	private Button filtered;
	private Button one;
	private final boolean forTicket;

	/** Named by plugin.xml. */
	public ExportWizard() {
		this(false);
	}

	/** @param forTicket proposes the chosen traces as a web page */
	ExportWizard(boolean forTicket) {
		this.forTicket = forTicket;
		setWindowTitle(Messages.exportTitle);
	}

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		// the session knows what is chosen
	}

	@Override
	public void addPages() {
		addPage(new Page());
	}

	@Override
	public boolean performFinish() {
		Path target = Path.of(file.getText().strip());
		Kind wanted = kind();
		boolean byFilter = filtered.getSelection();
		boolean onlyOne = one.getSelection();
		Job.create(Messages.exporting, monitor -> {
			return write(target, wanted, byFilter, onlyOne, monitor);
		}).schedule();
		return true;
	}

	private Kind kind() {
		return Kind.values()[format.getSelectionIndex()];
	}

	private IStatus write(Path target, Kind wanted, boolean byFilter, boolean onlyOne, IProgressMonitor monitor) {
		Traces from = onlyOne ? chosen.traces() : traces;
		List<Trace> some = onlyOne ? chosen() : List.of();
		int count = onlyOne ? some.size() : traces.size();
		IntFunction<Trace> trace = onlyOne ? some::get : traces::byStart;
		try {
			if (byFilter) {
				TraceList list = TraceList.of(traces, new TraceListing(Query.of(filter.query()), null, filter.range(),
						TraceList.Order.START, true), null, 0);
				count = list.size();
				trace = list::trace;
			}
			monitor.beginTask(Messages.exporting, Math.max(1, count));
			if (wanted.format == null) {
				List<Trace> read = IntStream.range(0, count).mapToObj(trace).toList();
				if (wanted == Kind.PAGE) {
					TraceReport.page(target, from, read, ExportWizard::colour);
				} else {
					TraceReport.text(target, from, read);
				}
				return Status.OK_STATUS;
			}
			int[] done = { 0 };
			Export.write(target, wanted.format, from, count, trace, written -> {
				monitor.worked(written - done[0]);
				done[0] = written;
				return !monitor.isCanceled();
			});
			return Status.OK_STATUS;
		} catch (CancellationException stopped) {
			return Status.CANCEL_STATUS;
		} catch (IOException | QueryProblem e) {
			return CrossTrace.error(NLS.bind(Messages.failed, target, e.getMessage()), e);
		}
	}

	private static String colour(String service) {
		Color colour = ServiceColours.of(service, false);
		return String.format("#%02x%02x%02x", colour.getRed(), colour.getGreen(), colour.getBlue());
	}

	private List<Trace> chosen() {
		return together == null || together.era() != chosen.era() ? List.of(chosen.trace())
				: together.in(chosen.traces(), Integer.MAX_VALUE);
	}

	private final class Page extends WizardPage {
		Page() {
			super("file", Messages.exportTitle, null);
			setDescription(Messages.exportDescription);
		}

		@Override
		public void createControl(Composite parent) {
			Composite page = new Composite(parent, SWT.NONE);
			Help.on(page, "recordings");
			GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
			Button all = radio(page, NLS.bind(Messages.all, String.format("%,d", traces.size())));
			filtered = radio(page, Messages.filtered);
			one = radio(page, together == null ? Messages.chosen
					: NLS.bind(Messages.chosenMany, String.format("%,d", together.size())));
			filtered.setEnabled(!filter.equals(Filter.NONE));
			one.setEnabled(chosen != null);
			(together != null || forTicket && chosen != null ? one : filtered.isEnabled() ? filtered : all).setSelection(true);
			new Label(page, SWT.NONE).setText(Messages.format);
			format = new Combo(page, SWT.READ_ONLY);
			format.setItems(Messages.formatRecording, Messages.formatOtlp, Messages.formatJaeger, Messages.formatZipkin,
					Messages.formatPage, Messages.formatText);
			format.select((forTicket ? Kind.PAGE : Kind.RECORDING).ordinal());
			GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(format);
			new Label(page, SWT.NONE).setText(Messages.file);
			file = new Text(page, SWT.BORDER);
			GridDataFactory.fillDefaults().grab(true, false).hint(320, SWT.DEFAULT).applyTo(file);
			Button browse = new Button(page, SWT.PUSH);
			browse.setText(Messages.browse);
			browse.addListener(SWT.Selection, event -> browse());
			file.addListener(SWT.Modify, event -> check());
			check();
			setErrorMessage(null);
			setControl(page);
		}

		private Button radio(Composite parent, String label) {
			Button button = new Button(parent, SWT.RADIO);
			button.setText(label);
			GridDataFactory.fillDefaults().span(3, 1).applyTo(button);
			return button;
		}

		private void browse() {
			String ending = kind().ending;
			FileDialog dialog = new FileDialog(getShell(), SWT.SAVE);
			dialog.setFilterExtensions(new String[] { "*" + ending, "*" });
			dialog.setFileName("traces" + ending);
			dialog.setOverwrite(true);
			String chosenFile = dialog.open();
			if (chosenFile != null) {
				file.setText(chosenFile);
			}
		}

		private void check() {
			String name = file.getText().strip();
			Path folder = name.isEmpty() ? null : Path.of(name).toAbsolutePath().getParent();
			String problem = traces.size() == 0 ? Messages.nothing : name.isEmpty() ? Messages.fileMissing
					: folder == null || !Files.isDirectory(folder) ? NLS.bind(Messages.folderMissing, folder) : null;
			setErrorMessage(problem);
			setPageComplete(problem == null);
		}
	}
}
