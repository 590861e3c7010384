package io.crosstrace.ide.code;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ide.source.EndpointIndex;

/**
 * Counts anew when spans came, at most every two seconds, and only as long as somebody listens: without listeners
 * it neither hears nor does anything. Any thread.
 */
public final class CodeWatch {
	/** How far back numbers look, unless told otherwise. */
	public static final long WINDOW_NANOS = 300_000_000_000L;
	private static final long PAUSE_MILLIS = 2_000;

	private final Session session;
	private final EndpointIndex index;
	private final List<Consumer<CodeNumbers>> listeners = new CopyOnWriteArrayList<>();
	private final Consumer<Snapshot> spansCame = this::spansCame;
	private final Runnable sourcesChanged = this::sourcesChanged;
	private final Job job = new Job("Counting calls of methods") {
		@Override
		protected IStatus run(IProgressMonitor monitor) {
			count();
			return Status.OK_STATUS;
		}
	};
	private volatile Snapshot seen;
	private volatile long windowNanos = WINDOW_NANOS;
	private volatile CodeNumbers numbers = CodeNumbers.NONE;
	/** Job only. */
	private CodeNumbers.Places places;

	public CodeWatch(Session session, EndpointIndex index) {
		this.session = session;
		this.index = index;
		job.setSystem(true);
	}

	/** Adds somebody who looks; called on the job's thread with each new count. */
	public synchronized void addListener(Consumer<CodeNumbers> listener) {
		boolean first = listeners.isEmpty();
		listeners.add(listener); // before the job can run
		if (first) {
			session.addListener(spansCame);
			index.addListener(sourcesChanged);
			job.schedule();
		}
	}

	public synchronized void removeListener(Consumer<CodeNumbers> listener) {
		if (listeners.remove(listener) && listeners.isEmpty()) {
			session.removeListener(spansCame);
			index.removeListener(sourcesChanged);
			job.cancel();
			numbers = CodeNumbers.NONE;
		}
	}

	/** Whether anybody looks, and so anything is counted. */
	public boolean isWorking() {
		return !listeners.isEmpty();
	}

	/** The last count. */
	public CodeNumbers numbers() {
		return numbers;
	}

	/** How far back to look. */
	public void setWindow(long nanos) {
		windowNanos = nanos;
		if (isWorking()) {
			job.schedule();
		}
	}

	private void spansCame(Snapshot snapshot) {
		if (!snapshot.sameTraces(seen)) {
			seen = snapshot;
			job.schedule(PAUSE_MILLIS); // does nothing if it is scheduled already
		}
	}

	private void sourcesChanged() {
		job.schedule(PAUSE_MILLIS / 4);
	}

	private void count() {
		if (places == null || !places.of(index.workspace())) {
			places = new CodeNumbers.Places(index.workspace());
		}
		CodeNumbers now = CodeNumbers.of(session.snapshot().traces(), places, windowNanos,
				SuspendedTime.of(session.snapshot().traces(), Pauses.shared().all()));
		synchronized (this) {
			if (!isWorking()) {
				return; // the last one has gone while we counted
			}
			numbers = now;
		}
		listeners.forEach(listener -> listener.accept(now));
	}
}
