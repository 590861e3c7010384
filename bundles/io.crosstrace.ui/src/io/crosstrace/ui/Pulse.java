package io.crosstrace.ui;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;

/**
 * Tells a view that the session's traces have changed: on the UI thread, not more often than it wants, and only
 * while it can be seen. What it missed while hidden it is told at its next paint.
 */
public final class Pulse {
	private final Session session;
	private final Control control;
	private final int millis;
	private final Consumer<Snapshot> beat;
	private final Consumer<Snapshot> listener = snapshot -> wake();
	private final AtomicBoolean waking = new AtomicBoolean();
	private Snapshot told;
	private long toldAt;
	private boolean timed;

	/**
	 * UI thread. Ends with the control.
	 *
	 * @param millis shortest time between two beats
	 * @param beat takes the newest snapshot
	 */
	public Pulse(Session session, Control control, int millis, Consumer<Snapshot> beat) {
		this.session = session;
		this.control = control;
		this.millis = millis;
		this.beat = beat;
		toldAt = System.nanoTime() - millis * 1_000_000L;
		session.addListener(listener);
		control.addDisposeListener(event -> session.removeListener(listener));
		control.addListener(SWT.Paint, event -> check());
		control.addListener(SWT.Resize, event -> check());
		wake();
	}

	private void wake() {
		if (!control.isDisposed() && waking.compareAndSet(false, true)) {
			control.getDisplay().asyncExec(() -> {
				waking.set(false);
				check();
			});
		}
	}

	private void check() {
		if (control.isDisposed() || timed || !control.isVisible()) {
			return;
		}
		Snapshot now = session.snapshot();
		if (now.sameTraces(told)) {
			return;
		}
		long left = millis - (System.nanoTime() - toldAt) / 1_000_000;
		if (left > 0) {
			timed = true;
			control.getDisplay().timerExec((int) left, () -> {
				timed = false;
				check();
			});
			return;
		}
		told = now;
		toldAt = System.nanoTime();
		beat.accept(now);
	}
}
