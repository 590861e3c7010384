package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.crosstrace.ide.session.FilterModel.Filter;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.traces.TracesView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;

/**
 * A person at the workbench, for tests: real mouse and key events, posted to the display server. Called from the
 * test's thread, never from the UI thread, which must stay free to serve the events. Waiting polls a condition
 * and fails with what it waited for.
 */
public final class Bot {
	private static final Map<Integer, String> X_KEYS = names(SWT.ARROW_UP, "Up", SWT.ARROW_DOWN, "Down", SWT.ARROW_LEFT,
			"Left", SWT.ARROW_RIGHT, "Right", SWT.HOME, "Home", SWT.END, "End", SWT.PAGE_UP, "Prior", SWT.PAGE_DOWN, "Next",
			(int) SWT.CR, "Return", (int) SWT.ESC, "Escape", (int) '+', "plus", (int) '-', "minus", (int) '/', "slash",
			(int) '*', "asterisk", (int) ' ', "space", SWT.SHIFT, "Shift_L");
	private static final long PATIENCE_MILLIS = 15_000;

	private final Display display = PlatformUI.getWorkbench().getDisplay();

	private static Map<Integer, String> names(Object... pairs) {
		Map<Integer, String> names = new HashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			names.put((Integer) pairs[i], (String) pairs[i + 1]);
		}
		return names;
	}

	/** Runs {@code task} on the UI thread; whatever it throws fails the test. */
	public <T> T ui(Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		display.syncExec(future);
		try {
			return future.get();
		} catch (Exception e) {
			Throwable cause = e.getCause() == null ? e : e.getCause();
			throw cause instanceof AssertionError failure ? failure : new AssertionError(cause);
		}
	}

	/** Waits until {@code condition}, asked on the UI thread, holds. */
	public void until(String what, Callable<Boolean> condition) {
		long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
		while (!ui(condition)) {
			if (System.nanoTime() - end > 0) {
				Path picture = screenshot("failed-" + what.replaceAll("\\W+", "-"));
				String hands = ui(() -> "focus on " + display.getFocusControl() + ", pointer over " + display.getCursorControl()
						+ " at " + display.getCursorLocation() + ", active " + display.getActiveShell());
				fail("waited " + PATIENCE_MILLIS / 1000 + " s for: " + what + "; " + hands + "; see " + picture);
			}
			pause();
		}
	}

	/** Shows a perspective in the one window, maximized, with nothing in front of it. */
	public IWorkbenchPage perspective(String id) {
		IWorkbenchPage page = ui(() -> {
			IWorkbenchWindow window = window();
			if (PlatformUI.getWorkbench().getIntroManager().getIntro() != null) {
				PlatformUI.getWorkbench().getIntroManager()
						.closeIntro(PlatformUI.getWorkbench().getIntroManager().getIntro());
			}
			window.getShell().setMaximized(true);
			if (window.getShell().getSize().x < display.getClientArea().width * 9 / 10) {
				window.getShell().setBounds(display.getClientArea()); // no window manager, or none yet
			}
			window.getShell().forceActive();
			return PlatformUI.getWorkbench().showPerspective(id, window);
		});
		until("perspective " + id, () -> page.getPerspective().getId().equals(id));
		return page;
	}

	/** Opens and activates a view and waits until it can be seen. */
	public <T extends IViewPart> T view(String id, Class<T> type) {
		T view = type.cast(ui(() -> window().getActivePage().showView(id)));
		until("view " + id, () -> window().getActivePage().isPartVisible(view));
		return view;
	}

	/** The first control of a type below {@code parent}, breadth first. */
	public <T extends Control> T find(Composite parent, Class<T> type) {
		return ui(() -> {
			List<Control> next = new ArrayList<>(List.of(parent));
			for (int i = 0; i < next.size(); i++) {
				Control control = next.get(i);
				if (type.isInstance(control)) {
					return type.cast(control);
				}
				if (control instanceof Composite composite) {
					next.addAll(List.of(composite.getChildren()));
				}
			}
			throw new AssertionError("no " + type.getSimpleName() + " in " + parent);
		});
	}

	/** Presses and releases the left button at a place inside a control, in pixels from its corner. */
	public void click(Control control, int x, int y) {
		moveTo(control, x, y);
		mouse("click", "1");
	}

	/** Clicks while a key is held, as xdotool names it. */
	public void modifiedClick(Control control, int x, int y, String key) {
		moveTo(control, x, y);
		mouse("keydown", key);
		try {
			mouse("click", "1");
		} finally {
			mouse("keyup", key);
		}
	}

	/** Opens the context menu at a place inside a control and takes the entry that begins so, by the arrow keys. */
	public void contextMenu(Control control, int x, int y, String label) {
		Menu menu = ui(control::getMenu);
		List<String> entries = new ArrayList<>();
		Listener shown = event -> {
			for (MenuItem item : menu.getItems()) {
				if (item.isEnabled() && (item.getStyle() & SWT.SEPARATOR) == 0) {
					entries.add(item.getText());
				}
			}
		};
		ui(() -> {
			menu.addListener(SWT.Show, shown);
			return null;
		});
		moveTo(control, x, y);
		mouse("click", "3");
		until("the context menu", () -> !entries.isEmpty() && menu.isVisible());
		int at = 0;
		while (at < entries.size() && !entries.get(at).startsWith(label)) {
			at++;
		}
		assertTrue(at < entries.size(), "no " + label + " in " + entries);
		for (int i = 0; i <= at; i++) {
			mouse("key", "Down");
		}
		mouse("key", "Return");
		until("the menu closed", () -> !menu.isVisible());
		ui(() -> {
			menu.removeListener(SWT.Show, shown);
			return null;
		});
	}

	/** Two clicks in quick succession. */
	public void doubleClick(Control control, int x, int y) {
		moveTo(control, x, y);
		mouse("click", "--repeat", "2", "--delay", "60", "1");
	}

	/** Turns the wheel over a place inside a control; away from the user if {@code notches} is positive. */
	public void wheel(Control control, int x, int y, int notches) {
		moveTo(control, x, y);
		mouse("click", "--repeat", String.valueOf(Math.abs(notches)), notches > 0 ? "4" : "5");
	}

	/** Drags with the left button, from one place inside a control to another. */
	public void drag(Control control, int fromX, int fromY, int toX, int toY) {
		moveTo(control, fromX, fromY);
		mouse("mousedown", "1");
		moveTo(control, (fromX + toX) / 2, (fromY + toY) / 2);
		moveTo(control, toX, toY);
		mouse("mouseup", "1");
	}

	/** Drags from one control and drops on another, slowly enough for the display server's drag and drop. */
	public void dragTo(Control from, int fromX, int fromY, Control to, int toX, int toY) {
		moveTo(from, fromX, fromY);
		mouse("mousedown", "1");
		for (int step = 1; step <= 4; step++) {
			moveTo(from, fromX + 6 * step, fromY);
			pause();
		}
		for (int step = 0; step < 4; step++) {
			moveTo(to, toX + step, toY);
			pause();
			pause();
		}
		mouse("mouseup", "1");
	}

	/** Drags with the left button while Shift is held. */
	public void shiftDrag(Control control, int fromX, int fromY, int toX, int toY) {
		mouse("keydown", "shift");
		try {
			drag(control, fromX, fromY, toX, toY);
		} finally {
			mouse("keyup", "shift");
		}
	}

	/** Turns the wheel while a key is held, as xdotool names it. */
	public void modifiedWheel(Control control, int x, int y, int notches, String key) {
		mouse("keydown", key);
		try {
			wheel(control, x, y, notches);
		} finally {
			mouse("keyup", key);
		}
	}

	/** Presses an arrow or another key of {@link #X_KEYS} while Shift is held. */
	public void shiftKey(int keyCode) {
		press("shift+" + X_KEYS.get(keyCode));
	}

	/** Presses Ctrl and a letter. */
	public void control(String letter) {
		mouse("key", "ctrl+" + letter);
	}

	/** Moves the pointer, and waits for the display server to have done so. */
	public void moveTo(Control control, int x, int y) {
		until(control + " to be shown", () -> control.isVisible() && control.getSize().x > x
				&& control.getSize().y > y);
		// By its parent: a search field takes its icon's window for its own.
		Point at = ui(() -> {
			Point corner = control.getLocation();
			return control.getParent().toDisplay(corner.x + x, corner.y + y);
		});
		post(SWT.MouseMove, event -> {
			event.x = at.x;
			event.y = at.y;
		});
		until("the pointer at " + at, () -> display.getCursorLocation().equals(at));
	}

	/** The Traces view, with no trace and no filter in it. */
	TracesView emptyTraces() {
		perspective(CrossTracePerspective.ID);
		Session.shared().clear();
		Session.shared().filter().set(Filter.NONE);
		TracesView view = view(ViewIds.TRACES, TracesView.class);
		until("an empty list", () -> view.canvas().list() != null && view.canvas().list().size() == 0
				&& !view.canvas().isVisible());
		return view;
	}

	/** Presses and releases one key, for instance {@code SWT.ARROW_DOWN}, {@code SWT.CR} or {@code '+'}. */
	public void key(int keyCode) {
		// By the display server: what is posted is lost while a tool tip comes up.
		press(X_KEYS.getOrDefault(keyCode, String.valueOf((char) keyCode)));
	}

	/** Presses keys by their names in X, with modifiers: "Escape", "ctrl+space". */
	public void press(String keys) {
		mouse("key", keys);
	}

	/** Types letters and digits. */
	public void type(String text) {
		mouse("type", "--delay", "8", text);
	}

	/** Saves what the screen shows of the window into target/screenshots, for people to look at. */
	public Path screenshot(String name) {
		return screenshotOf(name, ui(() -> window().getShell()));
	}

	/** As {@link #screenshot}, of another window, such as a dialog. */
	public Path screenshotOf(String name, Shell shell) {
		ui(() -> {
			shell.redraw(0, 0, shell.getSize().x, shell.getSize().y, true);
			return null;
		});
		pause();
		pause();
		pause(); // what changed is painted in turns of the event loop
		return ui(() -> {
			shell.redraw(0, 0, shell.getSize().x, shell.getSize().y, true);
			display.update();
			Rectangle bounds = display.map(shell, null, shell.getClientArea());
			Image image = new Image(display, bounds.width, bounds.height);
			GC gc = new GC(display);
			try {
				gc.copyArea(image, bounds.x, bounds.y);
				ImageLoader loader = new ImageLoader();
				loader.data = new ImageData[] { image.getImageData() };
				Path file = Path.of("target", "screenshots", name + ".png").toAbsolutePath();
				Files.createDirectories(file.getParent());
				loader.save(file.toString(), SWT.IMAGE_PNG);
				return file;
			} finally {
				gc.dispose();
				image.dispose();
			}
		});
	}

	public IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}

	/** By the display server: what {@code Display.post} makes of a button misses its place on a scrolled canvas. */
	private static void mouse(String... what) {
		List<String> command = new ArrayList<>(List.of("xdotool"));
		command.addAll(List.of(what));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes());
			assertEquals(0, process.waitFor(), said);
		} catch (IOException | InterruptedException e) {
			throw new AssertionError("xdotool is needed to click", e);
		}
	}

	private void post(int type, Consumer<Event> details) {
		Event event = new Event();
		event.type = type;
		details.accept(event);
		assertTrue(ui(() -> display.post(event)), "the display took no event of type " + type);
	}

	static void pause() {
		try {
			Thread.sleep(20);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", e);
		}
	}
}
