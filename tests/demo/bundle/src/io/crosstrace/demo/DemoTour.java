package io.crosstrace.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.eclipse.core.runtime.ILog;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.texteditor.ITextEditor;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.wire.client.AgentAddress;

/** The tour, in a thread that is not the UI's. What it saw goes to result.properties, or why it saw nothing. */
final class DemoTour implements Runnable {
	private static final String PERSPECTIVE = "io.crosstrace.ui.perspective";
	private static final String OPEN_SOURCE = "io.crosstrace.ui.openSource";
	private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";
	/** A trace is complete when nothing was added to it for so long. */
	private static final long SETTLED_NANOS = 3_000_000_000L;
	private static final int ENOUGH_SPANS = 4;
	private static final int ENOUGH_SERVICES = 3;

	private final DemoOptions options;
	private final Pictures pictures;
	private final Properties result = new Properties();

	DemoTour(DemoOptions options) {
		this.options = options;
		this.pictures = new Pictures(options.out());
	}

	@Override
	public void run() {
		try {
			Files.createDirectories(options.out());
			show();
		} catch (Exception e) {
			result.setProperty("problem", String.valueOf(e.getMessage()));
			ILog.of(DemoTour.class).error("The demo stopped", e);
		}
		try (OutputStream out = Files.newOutputStream(options.out().resolve("result.properties"))) {
			result.store(out, "What the demo saw in the IDE");
		} catch (IOException e) {
			ILog.of(DemoTour.class).error("The demo's result could not be written", e);
		}
		if (options.exit()) {
			Display.getDefault().asyncExec(() -> PlatformUI.getWorkbench().close());
		}
	}

	private void show() throws Exception {
		IWorkbenchWindow window = ui(DemoTour::window);
		if (options.dark()) {
			ui(() -> {
				window.getWorkbench().getService(IThemeEngine.class).setTheme(DARK, true);
				return null;
			});
		}
		SampleProjects.add(options.projects());
		IWorkbenchPage page = ui(() -> {
			Shell shell = window.getShell();
			shell.setBounds(shell.getMonitor().getClientArea()); // where no window manager maximizes
			shell.setMaximized(true);
			shell.forceActive();
			return PlatformUI.getWorkbench().showPerspective(PERSPECTIVE, window);
		});
		Session session = Session.shared();
		if (options.port() != 0) {
			String token = options.tokenFile() == null ? "" : Files.readString(options.tokenFile()).trim();
			session.connect(AgentAddress.plain(options.host(), options.port(), token));
		}
		Trace trace = await(session);
		settle();
		picture(page, ViewIds.SERVICES, "services");
		picture(page, ViewIds.LATENCY, "latency");
		picture(page, ViewIds.AGENTS, "agents");
		trace = refreshed(session, trace);
		int step = step(session.snapshot().traces(), trace);
		session.selection().choose(session.snapshot(), trace, step);
		ui(() -> page.showView(ViewIds.TRACES));
		picture(page, ViewIds.TIMELINE, "timeline");
		window("perspective");
		tell(session.snapshot().traces(), trace, step);
		openSource(page);
	}

	/** Waits for a trace worth showing: the newest that is complete, of those with the most services. */
	private Trace await(Session session) throws Exception {
		long end = System.nanoTime() + options.waitSeconds() * 1_000_000_000L;
		while (System.nanoTime() < end) {
			Snapshot snapshot = session.snapshot();
			Trace best = best(snapshot.traces());
			if (best != null) {
				return best;
			}
			Thread.sleep(500);
		}
		Snapshot last = session.snapshot();
		throw new IllegalStateException("no trace of " + ENOUGH_SPANS + " spans over " + ENOUGH_SERVICES
				+ " services came within " + options.waitSeconds() + " s; " + last.received() + " spans, "
				+ last.traces().size() + " traces, agents: " + last.agents().stream()
						.map(agent -> agent.state() + " " + agent.reason()).toList());
	}

	private static Trace best(Traces traces) {
		Trace best = null;
		long newest = traces.size() == 0 ? 0 : traces.newest(0).startNanos();
		for (int i = 0; i < Math.min(2000, traces.size()); i++) {
			Trace trace = traces.newest(i);
			if (newest - trace.endNanos() < SETTLED_NANOS || trace.services() < ENOUGH_SERVICES
					|| trace.size() < ENOUGH_SPANS || traces.spans().parentId.get(trace.rootRow()) != 0) {
				continue;
			}
			if (best == null || trace.services() > best.services()) {
				best = trace;
			}
		}
		return best;
	}

	/** The trace as it is by now, or a newer one like it if it was forgotten. */
	private static Trace refreshed(Session session, Trace trace) {
		Trace best = best(session.snapshot().traces());
		return best == null ? trace : best;
	}

	/** The deepest step that a service answered: the one whose code is hardest to find by hand. */
	private static int step(Traces traces, Trace trace) {
		int[] depths = trace.depths();
		int step = 0;
		for (int i = 0; i < trace.size(); i++) {
			if (traces.spans().kind.get(trace.row(i)) == SpanTable.SERVER && depths[i] > depths[step]) {
				step = i;
			}
		}
		return step;
	}

	private void openSource(IWorkbenchPage page) throws Exception {
		ui(() -> {
			page.activate(page.showView(ViewIds.TIMELINE));
			return page.getWorkbenchWindow().getService(IHandlerService.class).executeCommand(OPEN_SOURCE, null);
		});
		long end = System.nanoTime() + 30_000_000_000L;
		while (ui(page::getActiveEditor) == null) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("no editor opened for the step " + result.getProperty("step"));
			}
			Thread.sleep(200);
		}
		settle();
		ui(() -> {
			IEditorPart editor = page.getActiveEditor();
			result.setProperty("source", editor.getEditorInput().getName());
			if (editor instanceof ITextEditor text
					&& text.getSelectionProvider().getSelection() instanceof ITextSelection selection) {
				result.setProperty("source.line", Integer.toString(selection.getStartLine() + 1));
				result.setProperty("source.selected", String.valueOf(selection.getText()));
			}
			return null;
		});
		window("source");
	}

	private void tell(Traces traces, Trace trace, int step) {
		SpanTable spans = traces.spans();
		int joined = 0;
		for (int i = 0; i < trace.size(); i++) {
			int parent = trace.parent(i);
			if (parent != Trace.NONE && spans.kind.get(trace.row(i)) == SpanTable.SERVER
					&& spans.kind.get(trace.row(parent)) == SpanTable.CLIENT) {
				joined++;
			}
		}
		result.setProperty("traces", Integer.toString(traces.size()));
		result.setProperty("trace.spans", Integer.toString(trace.size()));
		result.setProperty("trace.services", Integer.toString(trace.services()));
		result.setProperty("trace.joined", Integer.toString(joined));
		int row = trace.row(step);
		result.setProperty("step", spans.names.text(spans.service.get(row)) + " "
				+ spans.names.text(spans.operation.get(row)));
	}

	private void picture(IWorkbenchPage page, String view, String name) throws Exception {
		ui(() -> page.showView(view));
		settle();
		ui(() -> {
			IViewPart part = page.findView(view);
			Control control = part.getSite().getShell();
			if (part.getAdapter(Control.class) != null) {
				control = part.getAdapter(Control.class);
			}
			pictures.take(name, control);
			return null;
		});
	}

	private void window(String name) throws Exception {
		settle();
		ui(() -> {
			pictures.take(name, window().getShell());
			return null;
		});
	}

	/** Lets views that follow the session, or wait for a layout, catch up. */
	private static void settle() throws InterruptedException {
		Thread.sleep(1500);
	}

	private static IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}

	private static <T> T ui(Callable<T> task) throws Exception {
		FutureTask<T> future = new FutureTask<>(task);
		Display.getDefault().syncExec(future);
		return future.get();
	}
}
