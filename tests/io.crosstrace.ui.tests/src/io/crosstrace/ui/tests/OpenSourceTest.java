package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.source.Choices;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a chosen span to the editor, the chooser or the reason. */
class OpenSourceTest {
	private static final String ORDERS = """
			package shop;
			import org.springframework.web.bind.annotation.*;
			@RestController
			@RequestMapping("/orders")
			class Orders {
				@GetMapping("/{id}") String get(String id) { return id; }

				@PostMapping("/{id}")
				String order(String id) { return id; }
			}
			""";
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private final List<IProject> projects = new ArrayList<>();

	@BeforeEach
	void showShop() {
		Choices.forget();
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		bot.perspective(CrossTracePerspective.ID);
		bot.view(ViewIds.TIMELINE, IViewPart.class);
		session.add(ShopMinute.minute(session.names(), 5, System.currentTimeMillis() * 1_000_000), "");
		bot.until("the shop's spans", () -> session.snapshot().traces().size() == 5);
	}

	@AfterEach
	void forget() throws CoreException {
		bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
		session.clear();
		for (IProject project : projects) {
			project.delete(true, true, null);
		}
	}

	@Test
	void servedSpan_opensItsMethodInTheEditor() throws CoreException {
		project("orders", ORDERS);
		choose("orders", "POST /orders/{id}");
		open("openSource");
		assertSelected("Orders.java", "order");
		bot.screenshot("source");
	}

	@Test
	void severalMethods_giveAListWhoseChoiceIsRemembered() throws CoreException {
		project("one", ORDERS);
		project("two", ORDERS.replace("String order(", "String buy("));
		choose("orders", "POST /orders/{id}");
		open("openSource");
		Table list = list();
		assertEquals(2, bot.ui(list::getItemCount));
		bot.screenshot("chooser");
		int two = bot.ui(() -> list.getItem(0).getText().contains("buy") ? 0 : 1);
		for (int i = 0; i < two; i++) {
			bot.key(SWT.ARROW_DOWN);
		}
		bot.until("the second to be chosen", () -> list.getSelectionIndex() == two);
		bot.key(SWT.CR);
		assertSelected("Orders.java", "buy");
		bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
		bot.view(ViewIds.TIMELINE, IViewPart.class);
		open("openSource");
		assertSelected("Orders.java", "buy");
		bot.view(ViewIds.TIMELINE, IViewPart.class);
		open("chooseSource");
		assertEquals(2, bot.ui(list()::getItemCount));
		bot.key(SWT.ESC);
	}

	@Test
	void spanWithoutMethod_saysWhyBesideThePointer() throws CoreException {
		project("stock", ORDERS);
		choose("stock", "GET /stock/levels/{id}");
		open("openSource");
		bot.until("the reason", () -> sentences().stream()
				.anyMatch(text -> text.startsWith("No method serves GET /stock/levels/")));
		assertTrue(bot.ui(this::sentences).stream().anyMatch(text -> text.contains("project stock of service \"stock\"")));
		bot.screenshot("reason");
		bot.key(SWT.SHIFT);
		bot.until("the reason to go", () -> sentences().isEmpty());
	}

	private void choose(String service, String operation) {
		Snapshot snapshot = session.snapshot();
		Trace trace = snapshot.traces().newest(0);
		for (int i = 0; i < trace.size(); i++) {
			int row = trace.row(i);
			if (snapshot.traces().spans().isRequest(row)
					&& snapshot.traces().spans().names.text(snapshot.traces().spans().service.get(row)).equals(service)
					&& snapshot.traces().spans().names.text(snapshot.traces().spans().operation.get(row)).equals(operation)) {
				session.selection().choose(snapshot, trace, i);
				return;
			}
		}
		throw new AssertionError("no " + operation + " of " + service);
	}

	/** As the Timeline does on a double click. */
	private void open(String command) {
		bot.ui(() -> bot.window().getActivePage().getActivePart().getSite().getService(IHandlerService.class)
				.executeCommand("io.crosstrace.ui." + command, null));
	}

	private void assertSelected(String file, String text) {
		bot.until(text + " in " + file, () -> {
			IEditorPart editor = bot.window().getActivePage().getActiveEditor();
			return editor instanceof ITextEditor java && editor.getTitle().equals(file)
					&& java.getSelectionProvider().getSelection() instanceof ITextSelection selection
					&& selection.getText().equals(text);
		});
	}

	/** The list of methods in its window beside the pointer. */
	private Table list() {
		bot.until("the list of methods", () -> popup() != null);
		return bot.find(bot.ui(this::popup), Table.class);
	}

	private Shell popup() {
		for (Shell shell : bot.window().getShell().getShells()) {
			if (shell.isVisible() && has(shell, Table.class)) {
				return shell;
			}
		}
		return null;
	}

	private List<String> sentences() {
		List<String> out = new ArrayList<>();
		for (Shell shell : bot.window().getShell().getShells()) {
			if (shell.isVisible() && !has(shell, Table.class) && has(shell, Label.class)) {
				out.add(bot.find(shell, Label.class).getText());
			}
		}
		return out;
	}

	private static boolean has(Composite parent, Class<?> type) {
		return Arrays.stream(parent.getChildren()).anyMatch(child -> type.isInstance(child)
				|| child instanceof Composite composite && has(composite, type));
	}

	private void project(String name, String source) throws CoreException {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription(name);
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		projects.add(project);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		folder.getFolder("shop").create(true, true, null);
		JavaCore.create(project).setRawClasspath(
				new IClasspathEntry[] { JavaCore.newSourceEntry(folder.getFullPath()) },
				project.getFullPath().append("bin"), null);
		IFile file = folder.getFile("shop/Orders.java");
		file.create(new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)), true, null);
	}
}
