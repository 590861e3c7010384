package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ui.editor.EditorNumbers;
import io.crosstrace.ui.editor.MethodHover;
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
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.internal.ui.text.java.hover.BestMatchHover;
import org.eclipse.jface.text.AbstractInformationControl;
import org.eclipse.jface.text.IInformationControlExtension2;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.console.ConsolePlugin;
import org.eclipse.ui.console.IConsole;
import org.eclipse.ui.console.IHyperlink;
import org.eclipse.ui.console.MessageConsole;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers above methods, from a method to its traces, and trace ids in a console. */
class EditorNumbersTest {
	private static final String SOURCE = """
			package shop;

			import org.springframework.web.bind.annotation.*;

			@RestController
			@RequestMapping("/orders")
			class Orders {
				@GetMapping("/{id}")
				String get(String id) {
					return id;
				}

				@PostMapping
				String add(String order) {
					return order;
				}

				String helper() {
					return "";
				}
			}
			""";
	private static final long MILLI = 1_000_000;
	private final Bot bot = new Bot();
	private final Session session = Session.shared();
	private IProject project;
	private ITextEditor editor;

	@BeforeEach
	void openEditor() throws CoreException {
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		bot.perspective("org.eclipse.jdt.ui.JavaPerspective");
		project = ResourcesPlugin.getWorkspace().getRoot().getProject("orders");
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription("orders");
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		folder.getFolder("shop").create(true, true, null);
		JavaCore.create(project).setRawClasspath(
				new IClasspathEntry[] { JavaCore.newSourceEntry(folder.getFullPath()), JavaCore.newContainerEntry(
						org.eclipse.core.runtime.IPath.fromPortableString("org.eclipse.jdt.launching.JRE_CONTAINER")) },
				project.getFullPath().append("bin"), null);
		IFolder annotations = folder.getFolder("org");
		for (String each : List.of("org", "springframework", "web", "bind", "annotation")) {
			annotations = each.equals("org") ? annotations : annotations.getFolder(each);
			annotations.create(true, true, null);
		}
		for (String each : List.of("RestController", "RequestMapping", "GetMapping", "PostMapping")) {
			annotations.getFile(each + ".java").create(new ByteArrayInputStream(("package org.springframework.web.bind.annotation;\n"
					+ "public @interface " + each + " { String[] value() default {}; }\n").getBytes(StandardCharsets.UTF_8)), true, null);
		}
		IFile file = folder.getFile("shop/Orders.java");
		file.create(new ByteArrayInputStream(SOURCE.getBytes(StandardCharsets.UTF_8)), true, null);
		editor = (ITextEditor) bot.ui(() -> IDE.openEditor(bot.window().getActivePage(), file));
	}

	@AfterEach
	void forget() throws CoreException {
		switchMinings(true);
		bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
		session.clear();
		project.delete(true, true, null);
	}

	@Test
	void numbersAndMarks_appearAboveMappedMethodsAndGoWhenSwitchedOff() {
		session.add(spans(), "");
		bot.until("marks with numbers", () -> marks("io.crosstrace.ui.").size() == 2);
		String failing = bot.ui(() -> marks("io.crosstrace.ui.failing").get(0).getText());
		assertTrue(failing.startsWith("GET /orders/{id}\n"), failing);
		assertTrue(failing.contains("1 of 40 failed"), failing);
		assertTrue(bot.ui(() -> marks("io.crosstrace.ui.served").get(0).getText()).startsWith("POST /orders\n"));
		bot.until("numbers above the methods", () -> minings() == 2);
		Looks.both(bot, "minings");
		switchMinings(false);
		bot.until("the numbers to go", () -> minings() == 0 && marks("io.crosstrace.ui.").isEmpty());
		assertFalse(EditorNumbers.isWorking(), "nothing is counted while it is off");
		switchMinings(true);
		bot.until("the numbers again", () -> minings() == 2);
		assertTrue(EditorNumbers.isWorking());
	}

	@Test
	void method_leadsToItsTraces() {
		session.add(spans(), "");
		bot.until("the spans", () -> session.snapshot().traces().size() == 50);
		bot.ui(() -> {
			editor.selectAndReveal(SOURCE.indexOf("return id"), 0);
			editor.setFocus();
			return null;
		});
		showTraces();
		bot.until("the list of traces", () -> popup() != null);
		Table list = bot.find(bot.ui(this::popup), Table.class);
		assertEquals("All 40 calls of the last minutes", bot.ui(() -> list.getItem(0).getText().strip()));
		bot.screenshot("method-traces");
		bot.key(SWT.ARROW_DOWN);
		bot.until("the slowest", () -> list.getSelectionIndex() == 1);
		bot.key(SWT.CR);
		bot.until("the slowest to be chosen", () -> session.selection().span() != null
				&& session.selection().span().durationNanos() == 40 * MILLI);
	}

	@Test
	void hoverOverAMappedMethod_offersItsSlowAndFailedTraces() throws Exception {
		session.add(spans(), "");
		bot.until("marks with numbers", () -> marks("io.crosstrace.ui.").size() == 2);
		ISourceViewer viewer = (ISourceViewer) editor.getAdapter(ITextOperationTarget.class);
		BestMatchHover hover = new BestMatchHover(); // what the editor asks when the mouse rests
		hover.setEditor(editor);
		IRegion name = new MethodHover().getHoverRegion(viewer, SOURCE.indexOf("get(String") + 1);
		assertEquals(3, name.getLength());
		Object found = hover.getHoverInfo2(viewer, name);
		assertTrue(found instanceof MethodNumbers, String.valueOf(found));
		AbstractInformationControl control = (AbstractInformationControl) bot.ui(() -> {
			var made = hover.getHoverControlCreator().createInformationControl(bot.window().getShell());
			((IInformationControlExtension2) made).setInput(found);
			Point size = made.computeSizeHint();
			made.setSize(size.x, size.y);
			made.setLocation(editor.getSite().getShell().toDisplay(500, 300));
			made.setVisible(true);
			made.setFocus();
			return made;
		});
		bot.until("the hover", () -> popup() != null);
		Looks.both(bot, "method-hover");
		Table list = bot.find(bot.ui(this::popup), Table.class);
		String last = bot.ui(() -> list.getItem(list.getItemCount() - 1).getText());
		assertTrue(last.startsWith("Failed 500"), last);
		bot.key(SWT.END);
		bot.until("the failed one", () -> list.getSelectionIndex() == list.getItemCount() - 1);
		bot.key(SWT.CR);
		bot.until("the failed trace to be chosen", () -> session.selection().span() != null
				&& session.selection().span().durationNanos() == 5 * MILLI);
		bot.ui(() -> {
			control.dispose();
			return null;
		});
		assertFalse(hover.getHoverInfo2(viewer, new Region(SOURCE.indexOf("helper"), 6)) instanceof MethodNumbers);
	}

	@Test
	void methodThatServesNothing_saysSo() {
		bot.ui(() -> {
			editor.selectAndReveal(SOURCE.indexOf("return \"\""), 0);
			return null;
		});
		showTraces();
		bot.until("the reason", () -> Arrays.stream(bot.window().getShell().getShells()).anyMatch(shell -> shell.isVisible()
				&& text(shell).contains("Orders.helper serves no route")));
		bot.key(SWT.SHIFT);
	}

	@Test
	void traceIdInAConsole_isALinkToTheTrace() throws Exception {
		session.add(spans(), "");
		bot.until("the spans", () -> session.snapshot().traces().size() == 50);
		MessageConsole console = new MessageConsole("program", "javaStackTraceConsole", null, true);
		ConsolePlugin.getDefault().getConsoleManager().addConsoles(new IConsole[] { console });
		try (var out = console.newMessageStream()) {
			out.println("12:00 ERROR [trace_id=0000000000000abc0000000000000003] could not be ordered");
			bot.until("the link", () -> console.getHyperlinks().length == 1);
			IHyperlink link = console.getHyperlinks()[0];
			bot.ui(() -> {
				link.linkActivated();
				return null;
			});
			bot.until("the trace", () -> session.selection().span() != null
					&& session.selection().span().table().traceIdLow.get(session.selection().span().row()) == 3);
		} finally {
			ConsolePlugin.getDefault().getConsoleManager().removeConsoles(new IConsole[] { console });
		}
	}

	private SpanTable spans() {
		SpanTable spans = new SpanTable(session.names());
		long now = System.currentTimeMillis() * MILLI - 30_000 * MILLI;
		for (int i = 1; i <= 50; i++) {
			boolean get = i <= 40;
			int row = spans.add();
			spans.spanId.set(row, 1000 + i);
			spans.traceIdHigh.set(row, 0xabc);
			spans.traceIdLow.set(row, i);
			spans.kind.set(row, SpanTable.SERVER);
			spans.service.set(row, session.names().id("orders"));
			spans.operation.set(row, session.names().id(get ? "GET /orders/{id}" : "POST /orders"));
			spans.startNanos.set(row, now + i * 400 * MILLI);
			spans.endNanos.set(row, now + i * 400 * MILLI + i * MILLI);
			spans.status.set(row, i == 5 ? 500 : 200);
			if (i == 5) {
				spans.set(row, SpanTable.ERROR);
			}
			spans.addAttribute(session.names().id("http.request.method"), spans.values.id(get ? "GET" : "POST"));
			spans.addAttribute(session.names().id("url.path"), spans.values.id(get ? "/orders/" + i : "/orders"));
		}
		return spans;
	}

	private void switchMinings(boolean on) {
		bot.ui(() -> {
			InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).putBoolean("minings", on);
			EditorNumbers.preferencesChanged();
			return null;
		});
	}

	private void showTraces() {
		bot.ui(() -> editor.getSite().getService(IHandlerService.class).executeCommand("io.crosstrace.ui.showTraces", null));
	}

	private IAnnotationModel model() {
		return editor.getDocumentProvider().getAnnotationModel(editor.getEditorInput());
	}

	private List<Annotation> marks(String prefix) {
		List<Annotation> found = new ArrayList<>();
		model().getAnnotationIterator().forEachRemaining(annotation -> {
			if (annotation.getType() != null && annotation.getType().startsWith(prefix)) {
				found.add(annotation);
			}
		});
		return found;
	}

	/** Headers that the editor draws; JFace keeps them among the annotations. */
	private int minings() {
		int[] count = { 0 };
		var viewer = (org.eclipse.jface.text.source.ISourceViewer) editor
				.getAdapter(org.eclipse.jface.text.ITextOperationTarget.class);
		viewer.getAnnotationModel().getAnnotationIterator().forEachRemaining(annotation -> {
			count[0] += annotation.getClass().getSimpleName().equals("CodeMiningLineHeaderAnnotation")
					&& !annotation.isMarkedDeleted() ? 1 : 0;
		});
		return count[0];
	}

	private Shell popup() {
		for (Shell shell : bot.window().getShell().getShells()) {
			if (shell.isVisible() && Arrays.stream(shell.getChildren()).anyMatch(EditorNumbersTest::hasTable)) {
				return shell;
			}
		}
		return null;
	}

	private static boolean hasTable(org.eclipse.swt.widgets.Control control) {
		return control instanceof Table
				|| control instanceof Composite composite && Arrays.stream(composite.getChildren()).anyMatch(EditorNumbersTest::hasTable);
	}

	private static String text(Composite parent) {
		StringBuilder out = new StringBuilder();
		for (var child : parent.getChildren()) {
			out.append(child instanceof org.eclipse.swt.widgets.Label label ? label.getText() : "")
					.append(child instanceof Composite composite ? text(composite) : "");
		}
		return out.toString();
	}
}
