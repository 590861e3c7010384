package io.crosstrace.ui;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.swt.widgets.Control;
import io.crosstrace.ide.CrossTrace;

/**
 * Makes something off the UI thread and shows it on it; when asked faster than it can make, leaves out all but the
 * latest. Results come in the order they were asked for, and none after the control is disposed. Any thread may ask.
 */
public final class Latest<T> {
	private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2, work -> {
		Thread thread = new Thread(work, "CrossTrace pictures");
		thread.setDaemon(true);
		return thread;
	});

	private final Control control;
	private final Consumer<T> show;
	private final AtomicReference<Supplier<T>> wanted = new AtomicReference<>();
	private boolean running;

	/** @param show takes the result, on the UI thread */
	public Latest(Control control, Consumer<T> show) {
		this.control = control;
		this.show = show;
	}

	/** Asks for something. {@code work} must read nothing that changes. */
	public void ask(Supplier<T> work) {
		wanted.set(work);
		synchronized (this) {
			if (running) {
				return;
			}
			running = true;
		}
		WORKERS.execute(this::run);
	}

	private void run() {
		while (true) {
			Supplier<T> work = wanted.getAndSet(null);
			if (work == null) {
				synchronized (this) {
					if (wanted.get() == null) {
						running = false;
						return;
					}
				}
				continue;
			}
			try {
				T result = work.get();
				if (!control.isDisposed()) {
					control.getDisplay().asyncExec(() -> {
						if (!control.isDisposed()) {
							show.accept(result);
						}
					});
				}
			} catch (RuntimeException e) { // also a display disposed in between
				if (!control.isDisposed()) {
					CrossTrace.log(CrossTrace.error("A view could not be drawn.", e));
				}
			}
		}
	}
}
