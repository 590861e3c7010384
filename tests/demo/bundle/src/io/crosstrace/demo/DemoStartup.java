package io.crosstrace.demo;

import org.eclipse.ui.IStartup;

/** Begins the demo in a thread of its own, if this IDE was started for one. */
public final class DemoStartup implements IStartup {
	@Override
	public void earlyStartup() {
		DemoOptions options = DemoOptions.ofSystem();
		if (options != null) {
			Thread thread = new Thread(new DemoTour(options), "CrossTrace demo");
			thread.setDaemon(true);
			thread.start();
		}
	}
}
