package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.SlowBreakpoints;
import io.crosstrace.ide.launch.LaunchTracing;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.Theme;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.timeline.TimelineView;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.debug.core.DebugEvent;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.core.model.IBreakpoint;
import org.eclipse.debug.core.model.IDebugTarget;
import org.eclipse.debug.core.model.IProcess;
import org.eclipse.debug.core.model.IThread;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.debug.core.IJavaBreakpoint;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A breakpoint on slow calls set from an editor, and the tab that makes a launch traced. */
class DebuggerTest {
	private static final String SOURCE = """
			package shop;

			public class Orders {
				public int get(int id) {
					return id;
				}
			}
			""";
	private final Bot bot = new Bot();
	private IProject project;
	private ITextEditor editor;

	@BeforeEach
	void openEditor() throws CoreException {
		bot.perspective("org.eclipse.jdt.ui.JavaPerspective");
		project = ResourcesPlugin.getWorkspace().getRoot().getProject("debugged");
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription("debugged");
		description.setNatureIds(new String[] { JavaCore.NATURE_ID });
		project.create(description, null);
		project.open(null);
		IFolder folder = project.getFolder("src");
		folder.create(true, true, null);
		folder.getFolder("shop").create(true, true, null);
		JavaCore.create(project).setRawClasspath(new IClasspathEntry[] { JavaCore.newSourceEntry(folder.getFullPath()),
				JavaCore.newContainerEntry(IPath.fromPortableString("org.eclipse.jdt.launching.JRE_CONTAINER")) },
				project.getFullPath().append("bin"), null);
		IFile file = folder.getFile("shop/Orders.java");
		file.create(new ByteArrayInputStream(SOURCE.getBytes(StandardCharsets.UTF_8)), true, null);
		editor = (ITextEditor) bot.ui(() -> IDE.openEditor(bot.window().getActivePage(), file));
	}

	@AfterEach
	void forget() throws CoreException {
		bot.ui(() -> { // what a failed test left open would be in the next one's way
			for (Shell shell : bot.window().getShell().getDisplay().getShells()) {
				if (shell.isVisible() && shell.getParent() != null) {
					shell.close();
				}
			}
			return null;
		});
		bot.ui(() -> bot.window().getActivePage().closeAllEditors(false));
		DebugPlugin.getDefault().getBreakpointManager().removeBreakpoints(breakpoints(), true);
		project.delete(true, true, null);
	}

	@Test
	void breakpointOnSlowCalls_isSetFromTheMethodAtTheCursor() {
		bot.ui(() -> {
			editor.selectAndReveal(SOURCE.indexOf("return id"), 0);
			editor.setFocus();
			editor.getSite().getShell().getDisplay().asyncExec(() -> execute("io.crosstrace.ui.breakWhenSlow"));
			return null;
		});
		bot.until("the dialog", () -> shell("Break When Slow or Failing") != null);
		Shell dialog = bot.ui(() -> shell("Break When Slow or Failing"));
		Text time = bot.ui(() -> all(dialog, Text.class).stream().filter(each -> each.getText().equals("500")).findFirst().orElseThrow());
		bot.until("the time to have the focus", time::isFocusControl);
		bot.type("0");
		Button ok = bot.ui(dialog::getDefaultButton);
		bot.until("no breakpoint for 0 ms", () -> !ok.isEnabled());
		bot.ui(() -> {
			time.selectAll();
			return null;
		});
		bot.type("250");
		bot.until("a breakpoint for 250 ms", ok::isEnabled);
		bot.screenshotOf("break-when-slow", dialog);
		bot.key(SWT.CR);
		bot.until("the breakpoint", () -> breakpoints().length == 1);
		assertEquals("slower than 250 ms", SlowBreakpoints.describe((IJavaBreakpoint) breakpoints()[0]));
		bot.until("what was done to be said", () -> Arrays.stream(bot.window().getShell().getShells()).anyMatch(Shell::isVisible));
		bot.screenshot("break-when-slow-set");
		bot.key(SWT.SHIFT);
	}

	@Test
	void launchConfiguration_hasATabThatMakesItTraced() throws CoreException {
		ILaunchConfigurationWorkingCopy copy = DebugPlugin.getDefault().getLaunchManager()
				.getLaunchConfigurationType("org.eclipse.jdt.launching.localJavaApplication").newInstance(null, "Checkout");
		copy.setAttribute("org.eclipse.jdt.launching.PROJECT_ATTR", "debugged");
		copy.setAttribute("org.eclipse.jdt.launching.MAIN_TYPE", "shop.Orders");
		ILaunchConfiguration saved = copy.doSave();
		try {
			assertEquals("", LaunchTracing.service(saved));
			bot.ui(() -> {
				bot.window().getShell().getDisplay().asyncExec(() -> DebugUITools.openLaunchConfigurationPropertiesDialog(
						bot.window().getShell(), saved, "org.eclipse.debug.ui.launchGroup.run"));
				return null;
			});
			bot.until("the launch dialog with the tab", () -> launchDialog() != null);
			Shell dialog = bot.ui(this::launchDialog);
			CTabFolder tabs = bot.find(dialog, CTabFolder.class);
			bot.ui(() -> {
				tabs.setSelection(tab(dialog));
				tabs.notifyListeners(SWT.Selection, new org.eclipse.swt.widgets.Event());
				return null;
			});
			Button trace = bot.find((Composite) bot.ui(() -> tabs.getItem(tab(dialog)).getControl()), Button.class);
			bot.until("the box", trace::isVisible);
			assertFalse(bot.ui(trace::getSelection));
			bot.click(trace, 8, 8);
			bot.until("the box to be ticked", trace::getSelection);
			bot.screenshotOf("launch-tab", dialog);
			Button ok = bot.ui(() -> button(dialog, "OK"));
			bot.until("OK", ok::isEnabled);
			bot.click(ok, 10, 10);
			bot.until("the choice to be kept", () -> LaunchTracing.service(DebugPlugin.getDefault().getLaunchManager()
					.getLaunchConfigurations()[0]).equals("Checkout"));
		} finally {
			saved.delete();
		}
		assertTrue(bot.ui(() -> launchDialog() == null));
	}

	@Test
	void timeInTheDebugger_isHatchedInTheTimeline() throws Exception {
		Session session = Session.shared();
		session.clear();
		bot.until("an empty session", () -> session.snapshot().traces().size() == 0);
		bot.perspective(CrossTracePerspective.ID);
		TimelineView view = bot.view(ViewIds.TIMELINE, TimelineView.class);
		Composite canvas = bot.ui(view::canvas);
		Pauses.shared();
		long start = System.currentTimeMillis() * 1_000_000;
		Thread.sleep(150);
		Object thread = thread(4711, "exec-1");
		DebugPlugin.getDefault().fireDebugEventSet(new DebugEvent[] { new DebugEvent(thread, DebugEvent.SUSPEND, DebugEvent.BREAKPOINT) });
		bot.until("the pause to begin", () -> Pauses.shared().all().stream().anyMatch(pause -> pause.pid() == 4711));
		Thread.sleep(300);
		DebugPlugin.getDefault().fireDebugEventSet(new DebugEvent[] { new DebugEvent(thread, DebugEvent.RESUME, DebugEvent.CLIENT_REQUEST) });
		bot.until("the pause to end", () -> Pauses.shared().all().stream()
				.anyMatch(pause -> pause.pid() == 4711 && pause.endNanos() < Long.MAX_VALUE));
		Thread.sleep(100);
		SpanTable spans = new SpanTable(session.names());
		int row = spans.add();
		spans.spanId.set(row, 77);
		spans.pid.set(row, 4711);
		spans.kind.set(row, SpanTable.SERVER);
		spans.service.set(row, session.names().id("orders"));
		spans.operation.set(row, session.names().id("GET /orders/{id}"));
		spans.startNanos.set(row, start);
		spans.firstByteNanos.set(row, System.currentTimeMillis() * 1_000_000);
		spans.endNanos.set(row, System.currentTimeMillis() * 1_000_000);
		session.add(spans, "");
		bot.until("the span", () -> session.snapshot().traces().size() == 1);
		session.selection().choose(session.snapshot(), session.snapshot().traces().newest(0), 0);
		Color hatch = bot.ui(() -> Theme.of(canvas).warning());
		bot.until("the hatch", () -> pixels(canvas, hatch) > 30);
		Looks.both(bot, "held-up");
		session.clear();
	}

	/** A thread as the debugger would tell of it, of a process with this id. */
	private static IThread thread(int pid, String name) {
		IProcess process = proxy(IProcess.class, "getAttribute", String.valueOf(pid));
		IDebugTarget target = proxy(IDebugTarget.class, "getProcess", process);
		return (IThread) Proxy.newProxyInstance(DebuggerTest.class.getClassLoader(), new Class<?>[] { IThread.class },
				(self, method, arguments) -> switch (method.getName()) {
					case "getDebugTarget" -> target;
					case "getName" -> name;
					case "hashCode" -> System.identityHashCode(self);
					case "equals" -> self == arguments[0];
					case "toString" -> name;
					default -> method.getReturnType() == boolean.class ? (Object) false : null;
				});
	}

	private static <T> T proxy(Class<T> type, String answers, Object answer) {
		return type.cast(Proxy.newProxyInstance(DebuggerTest.class.getClassLoader(), new Class<?>[] { type },
				(self, method, arguments) -> method.getName().equals(answers) ? answer
						: method.getReturnType() == boolean.class ? (Object) false
						: method.getReturnType() == int.class ? (Object) 0 : null));
	}

	private static int pixels(Composite canvas, Color colour) {
		Image image = new Image(canvas.getDisplay(), canvas.getSize().x, canvas.getSize().y);
		GC gc = new GC(canvas);
		gc.copyArea(image, 0, 0);
		gc.dispose();
		ImageData data = image.getImageData();
		image.dispose();
		int count = 0;
		for (int y = 0; y < data.height; y++) {
			for (int x = 0; x < data.width; x++) {
				RGB rgb = data.palette.getRGB(data.getPixel(x, y));
				count += Math.abs(rgb.red - colour.getRed()) + Math.abs(rgb.green - colour.getGreen())
						+ Math.abs(rgb.blue - colour.getBlue()) < 24 ? 1 : 0;
			}
		}
		return count;
	}

	private Shell launchDialog() {
		return Arrays.stream(bot.window().getShell().getDisplay().getShells())
				.filter(shell -> shell.isVisible() && shell != bot.window().getShell() && tab(shell) >= 0).findFirst().orElse(null);
	}

	private void execute(String command) {
		try {
			editor.getSite().getService(IHandlerService.class).executeCommand(command, null);
		} catch (org.eclipse.core.commands.common.CommandException e) {
			throw new AssertionError(e);
		}
	}

	private static IBreakpoint[] breakpoints() {
		return DebugPlugin.getDefault().getBreakpointManager().getBreakpoints();
	}

	private Shell shell(String title) {
		return Arrays.stream(bot.window().getShell().getDisplay().getShells())
				.filter(shell -> shell.isVisible() && shell.getText().equals(title)).findFirst().orElse(null);
	}

	private int tab(Shell dialog) {
		for (CTabFolder folder : all(dialog, CTabFolder.class)) {
			for (int i = 0; i < folder.getItemCount(); i++) {
				if (folder.getItem(i).getText().equals("CrossTrace")) {
					return i;
				}
			}
		}
		return -1;
	}

	private Button button(Shell dialog, String text) {
		return all(dialog, Button.class).stream().filter(each -> each.getText().replace("&", "").equals(text)).findFirst()
				.orElseThrow();
	}

	private static <T> java.util.List<T> all(Composite parent, Class<T> type) {
		java.util.List<T> found = new java.util.ArrayList<>();
		for (var child : parent.getChildren()) {
			if (type.isInstance(child)) {
				found.add(type.cast(child));
			}
			if (child instanceof Composite composite) {
				found.addAll(all(composite, type));
			}
		}
		return found;
	}
}
