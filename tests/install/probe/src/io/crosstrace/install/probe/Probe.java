package io.crosstrace.install.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Opens the CrossTrace perspective and each of its views, writes what came of it into the file that the system
 * property {@code crosstrace.probe.out} names, and closes the IDE. A line a fact: {@code view ID CLASS},
 * {@code bundle NAME STATE}, {@code failed REASON}.
 */
public final class Probe implements IStartup {
	private static final String PERSPECTIVE = "io.crosstrace.ui.perspective";
	private static final List<String> VIEWS = List.of("agents", "traces", "timeline", "services", "latency");

	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		workbench.getDisplay().asyncExec(() -> {
			write(look(workbench));
			workbench.close();
		});
	}

	private static List<String> look(IWorkbench workbench) {
		List<String> lines = new ArrayList<>();
		try {
			IWorkbenchPage page = workbench.showPerspective(PERSPECTIVE, workbench.getWorkbenchWindows()[0]);
			for (String view : VIEWS) {
				String id = "io.crosstrace.ui." + view;
				lines.add("view " + id + " " + page.showView(id).getClass().getName());
			}
		} catch (Exception e) {
			lines.add("failed " + e);
		}
		for (Bundle bundle : FrameworkUtil.getBundle(Probe.class).getBundleContext().getBundles()) {
			if (bundle.getSymbolicName().startsWith("io.crosstrace.")) {
				lines.add("bundle " + bundle.getSymbolicName() + " " + state(bundle));
			}
		}
		return lines;
	}

	private static String state(Bundle bundle) {
		return switch (bundle.getState()) {
			case Bundle.ACTIVE -> "active";
			case Bundle.STARTING -> "lazy";
			case Bundle.RESOLVED -> "resolved";
			default -> "unresolved";
		};
	}

	private static void write(List<String> lines) {
		try {
			Files.write(Path.of(System.getProperty("crosstrace.probe.out")), lines);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
