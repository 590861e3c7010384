package io.crosstrace.ide.source;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;

/**
 * Keeps a session's agents told of the workspace's routes: when a service is seen for the first time, and when the
 * sources have changed. Works in a job of its own, at most once a second.
 */
public final class RoutePublisher implements AutoCloseable {
	private static final long PAUSE_MILLIS = 1_000;

	private final Session session;
	private final EndpointIndex index;
	private final Consumer<Snapshot> spansCame = this::look;
	private final Runnable sourcesChanged;
	private final Job job = new Job("Telling agents the routes") {
		@Override
		protected IStatus run(IProgressMonitor monitor) {
			publish();
			return Status.OK_STATUS;
		}
	};
	/** Session's thread only. */
	private SpanTable lookedAt;
	private int rowsSeen;
	private final Set<Integer> ids = new TreeSet<>();
	private volatile Set<String> services = Set.of();

	public RoutePublisher(Session session, EndpointIndex index) {
		this.session = session;
		this.index = index;
		job.setSystem(true);
		sourcesChanged = () -> job.schedule(PAUSE_MILLIS);
		session.addListener(spansCame);
		index.addListener(sourcesChanged);
		job.schedule(PAUSE_MILLIS);
	}

	/** Agents keep what they were told last. */
	@Override
	public void close() {
		session.removeListener(spansCame);
		index.removeListener(sourcesChanged);
		job.cancel();
	}

	private void look(Snapshot snapshot) {
		SpanTable spans = snapshot.traces().spans();
		if (spans == lookedAt) {
			return;
		}
		rowsSeen = spans.size() < rowsSeen ? 0 : rowsSeen; // rows are numbered anew after old ones were forgotten
		lookedAt = spans;
		boolean news = false;
		for (int row = rowsSeen; row < spans.size(); row++) {
			news |= ids.add(spans.service.get(row));
		}
		rowsSeen = spans.size();
		if (news) {
			Set<String> names = new TreeSet<>();
			ids.forEach(id -> names.add(spans.names.text(id)));
			services = names;
			job.schedule(PAUSE_MILLIS);
		}
	}

	private void publish() {
		session.tellRoutes(RouteTables.of(index.workspace(), services));
	}
}
