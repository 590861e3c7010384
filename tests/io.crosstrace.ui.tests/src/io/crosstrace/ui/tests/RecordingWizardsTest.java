package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.recording.ImportWizard;
import io.crosstrace.ui.traces.TraceCanvas;
import io.crosstrace.ui.traces.TracesView;
import io.crosstrace.wire.otlp.SpanFiles;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces written and read by wizards, and dropped onto the view. */
class RecordingWizardsTest {
	@TempDir
	Path folder;
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private final ShopSpans shop = new ShopSpans(System.currentTimeMillis() * 1_000_000);
	private TraceCanvas list;
	private TracesView view;

	@BeforeEach
	void open() {
		view = bot.emptyTraces();
		list = bot.ui(view::canvas);
		session.add(shop.requests(20), "");
		bot.until("traces", () -> list.list().size() == 20 && list.isVisible());
	}

	@AfterEach
	void clear() {
		session.clear();
		bot.until("live again", () -> session.snapshot().recording() == null);
	}

	@Test
	void chosenTraces_areSavedForATicket() throws Exception {
		Rectangle row = bot.ui(() -> list.rowBounds(2));
		bot.click(list, row.x + 150, row.y + row.height / 2);
		bot.until("a chosen trace", () -> list.chosenPosition() == 2);
		bot.contextMenu(list, row.x + 150, row.y + 5, "Save for a Ticket");
		Shell dialog = dialog("Save Traces");
		Combo format = bot.find(dialog, Combo.class);
		assertEquals("Web page for a ticket (.html)", bot.ui(format::getText));
		Path file = folder.resolve("trace.html");
		write(dialog, file);
		bot.screenshotOf("export-wizard", dialog);
		press(dialog, "Finish");
		bot.until("the page", () -> Files.exists(file) && Files.readString(file).endsWith("</html>\n"));
		String page = Files.readString(file);
		assertTrue(page.contains("<h1>gateway  "), page);
		assertTrue(page.contains("Where the time went"), page);
	}

	@Test
	void allTraces_areWritten_andReadByTheOtherWizard() throws Exception {
		run("io.crosstrace.ui.saveTraces");
		Shell dialog = dialog("Save Traces");
		Combo format = bot.find(dialog, Combo.class);
		bot.ui(format::setFocus);
		bot.key(SWT.ARROW_DOWN);
		bot.key(SWT.ARROW_DOWN);
		bot.until("Jaeger's format", () -> format.getText().startsWith("Jaeger"));
		write(dialog, Path.of("/nowhere/at/all.json"));
		assertFalse(bot.ui(() -> button(dialog, "Finish").isEnabled()), "a folder that is not there");
		Path file = folder.resolve("jaeger.json");
		write(dialog, file);
		press(dialog, "Finish");
		bot.until("the file", () -> Files.exists(file));
		session.clear();
		bot.until("nothing", () -> list.list().size() == 0);
		Display.getDefault().asyncExec(() -> {
			ImportWizard wizard = new ImportWizard();
			wizard.init(null, StructuredSelection.EMPTY);
			new WizardDialog(bot.window().getShell(), wizard).open();
		});
		Shell reading = dialog("Open Traces");
		write(reading, folder.resolve("not there.json"));
		assertFalse(bot.ui(() -> button(reading, "Finish").isEnabled()), "a file that is not there");
		write(reading, file);
		bot.screenshotOf("import-wizard", reading);
		press(reading, "Finish");
		bot.until("the same traces", () -> list.list().size() == 20 && view.recordingText().startsWith("jaeger.json: "));
	}

	@Test
	void fileDroppedOntoTheView_isOpened() throws Exception {
		Path file = folder.resolve("dropped.otlp");
		SpanFiles.write(file, Format.RECORDING, new ShopSpans(1_000_000_000_000_000_000L).requests(33), Map.of());
		Shell shell = bot.ui(() -> {
			Shell files = new Shell(bot.window().getShell(), SWT.TOOL | SWT.ON_TOP);
			files.setLayout(new FillLayout());
			Label label = new Label(files, SWT.NONE);
			label.setText("dropped.otlp");
			DragSource source = new DragSource(label, DND.DROP_COPY);
			source.setTransfer(new Transfer[] { FileTransfer.getInstance() });
			source.addDragListener(new DragSourceAdapter() {
				@Override
				public void dragSetData(DragSourceEvent event) {
					event.data = new String[] { file.toString() };
				}
			});
			files.setBounds(900, 300, 200, 80);
			files.open();
			return files;
		});
		Label label = bot.find(shell, Label.class);
		bot.dragTo(label, 40, 20, list, 200, 200);
		bot.until("what was dropped", () -> list.list().size() == 33 && view.recordingText().startsWith("dropped.otlp"));
		bot.ui(() -> {
			shell.dispose();
			return null;
		});
	}

	private void run(String command) {
		Display.getDefault().asyncExec(() -> {
			try {
				bot.window().getService(IHandlerService.class).executeCommand(command, null);
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		});
	}

	private Shell dialog(String title) {
		Callable<Shell> find = () -> Arrays.stream(Display.getDefault().getShells())
				.filter(shell -> shell.getText().equals(title) && shell.isVisible()).findFirst().orElse(null);
		bot.until("the dialog " + title, () -> find.call() != null);
		return bot.ui(find);
	}

	private void write(Shell dialog, Path file) {
		Text field = bot.ui(() -> texts(dialog));
		bot.ui(() -> {
			field.setText(file.toString());
			return null;
		});
	}

	/** The one that can be written into. */
	private static Text texts(Composite parent) {
		for (Control control : parent.getChildren()) {
			if (control instanceof Text text && (text.getStyle() & SWT.READ_ONLY) == 0 && text.isVisible()) {
				return text;
			}
			Text below = control instanceof Composite composite ? texts(composite) : null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	private void press(Shell dialog, String label) {
		Button button = bot.ui(() -> button(dialog, label));
		bot.until(label + " enabled", button::isEnabled);
		bot.click(button, 20, bot.ui(() -> button.getSize().y) / 2);
		bot.until("the dialog closed", dialog::isDisposed);
	}

	private static Button button(Composite parent, String label) {
		for (Control control : parent.getChildren()) {
			if (control instanceof Button button && button.getText().replace("&", "").equals(label)) {
				return button;
			}
			Button below = control instanceof Composite composite ? button(composite, label) : null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}
}
