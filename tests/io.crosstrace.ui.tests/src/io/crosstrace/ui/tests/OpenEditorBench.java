package io.crosstrace.ui.tests;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.source.OpenSourceHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long it takes from a double click on a span to its method in an editor, among 500 endpoints. Run by
 * {@code ./crosstrace bench open-editor}.
 */
class OpenEditorBench {
	private static final int ROUNDS = 15;
	private static final int FILES = 125;

	private final Bot bot = new Bot();
	private final Session session = Session.shared();

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "open-editor")
	void openEditor() throws Exception {
		IProject project = project();
		try {
			bot.perspective(CrossTracePerspective.ID);
			IViewPart view = bot.view(ViewIds.TIMELINE, IViewPart.class);
			session.add(ShopMinute.minute(session.names(), 5, System.currentTimeMillis() * 1_000_000), "");
			bot.until("spans", () -> session.snapshot().traces().size() >= 5);
			choose("orders", "POST /orders/{id}");
			EndpointIndex.shared().await(60_000);
			double[] millis = new double[ROUNDS];
			for (int i = -2; i < ROUNDS; i++) { // the first two load what every editor needs
				bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
				bot.ui(() -> {
					bot.window().getActivePage().activate(view);
					return null;
				});
				long start = System.nanoTime();
				bot.ui(() -> view.getSite().getService(IHandlerService.class).executeCommand(OpenSourceHandler.OPEN, null));
				while (!bot.ui(this::selected)) {
					Thread.onSpinWait();
				}
				if (i >= 0) {
					millis[i] = (System.nanoTime() - start) / 1e6;
				}
			}
			Arrays.sort(millis);
			System.out.println(String.format(Locale.ROOT, "{\"bench\":\"open-editor\",\"value\":%.4g,\"unit\":\"ms\",\"note\":\"from the command"
					+ " to the method selected in a new editor, median of %d, slowest %.4g\"}", millis[ROUNDS / 2], ROUNDS, millis[ROUNDS - 1]));
		} finally {
			bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
			session.clear();
			project.delete(true, true, null);
		}
	}

	private boolean selected() {
		IEditorPart editor = bot.window().getActivePage().getActiveEditor();
		return editor instanceof ITextEditor java && java.getSelectionProvider().getSelection() instanceof ITextSelection selection
				&& selection.getText().equals("order");
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
		throw new AssertionError("no " + operation);
	}

	private static IProject project() throws Exception {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject("orders");
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription("orders");
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		IFolder shop = folder.getFolder("shop");
		shop.create(true, true, null);
		JavaCore.create(project).setRawClasspath(new IClasspathEntry[] { JavaCore.newSourceEntry(folder.getFullPath()) },
				project.getFullPath().append("bin"), null);
		ResourcesPlugin.getWorkspace().run(monitor -> {
			for (int i = 0; i < FILES; i++) {
				String path = i == 0 ? "/orders" : "/r" + i;
				String source = "package shop;\nimport org.springframework.web.bind.annotation.*;\n@RestController\n@RequestMapping(\""
						+ path + "\")\nclass C" + i + " {\n\t@GetMapping(\"/{id}\") String get(String id) { return id; }\n"
						+ "\t@PostMapping(\"/{id}\") String order(String id) { return id; }\n\t@PutMapping String put() { return null; }\n"
						+ "\t@DeleteMapping void drop() { }\n}\n";
				shop.getFile("C" + i + ".java").create(
						new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)), true, null);
			}
		}, null);
		return project;
	}
}
